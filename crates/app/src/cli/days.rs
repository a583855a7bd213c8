//! `shigan calendar`: working days from the shell.

use std::io::Read;

use calendar::Calendar;

use super::{print, tell};
use crate::failure::{Failure, Meaning};

/// A calendar by name or by file; where there is none, why.
pub fn calendar(name: &str) -> Result<Calendar, String> {
    match name {
        "cn" | "cn-office" => Ok(Calendar::china()),
        "continuous" => Ok(Calendar::continuous()),
        file => {
            let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
            Calendar::from_toml(&text).map_err(|fault| format!("{file}: {fault}"))
        }
    }
}

/// Answers the lines on stdin with a calendar by name or by file.
pub fn answer(name: &str) -> Result<u8, Failure> {
    let calendar = match calendar(name) {
        Ok(calendar) => calendar,
        Err(wrong) => {
            tell(&format!("shigan: {wrong}"));
            return Ok(2);
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
