//! `shigan calendar`: working days from the shell.

use std::io::Read;

use calendar::Calendar;

use super::{print, tell};
use crate::failure::{Failure, Meaning};

/// Answers the lines on stdin with a calendar by name or by file.
pub fn answer(name: &str) -> Result<u8, Failure> {
    let calendar = match name {
        "cn" => Calendar::china(),
        "cn-office" => Calendar::office(),
        "continuous" => Calendar::continuous(),
        file => {
            let text = match std::fs::read_to_string(file) {
                Ok(text) => text,
                Err(error) => {
                    tell(&format!("shigan: {file}: {error}"));
                    return Ok(2);
                }
            };
            match Calendar::from_toml(&text) {
                Ok(calendar) => calendar,
                Err(fault) => {
                    tell(&format!("shigan: {file}: {fault}"));
                    return Ok(2);
                }
            }
        }
    };
    let mut asked = Vec::new();
    std::io::stdin().read_to_end(&mut asked).meaning("reading the questions")?;
    match calendar::answer(&calendar, &asked) {
        Ok(answers) => {
            print(answers.lines.trim_end_matches('\n'));
            for (row, day) in answers.provisional {
                tell(&format!("row {row}: provisional, {day} is past the last notice"));
            }
            Ok(0)
        }
        Err(bad) => {
            tell(&format!("shigan: stdin: {bad}"));
            Ok(2)
        }
    }
}
