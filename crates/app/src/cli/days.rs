//! `shigan calendar`: working days from the shell.

use std::io::Read;

use calendar::Calendar;

use super::{print, tell, warn};
use crate::ui::told;
use crate::{
    failure::{Failure, Meaning},
    ui::words::Words,
};

/// A calendar by name or by file; where there is none, why.
pub fn calendar(name: &str, words: &Words) -> Result<Calendar, String> {
    match name {
        "cn" | "cn-office" => Ok(Calendar::china()),
        "continuous" => Ok(Calendar::continuous()),
        file => {
            let wrong = |what: &str| told::of(words, &file, what);
            let text = std::fs::read_to_string(file)
                .map_err(|error| wrong(&told::unread(words, &error)))?;
            Calendar::from_toml(&text).map_err(|fault| wrong(&told::fault(words, &fault)))
        }
    }
}

/// Answers the lines on stdin with a calendar by name or by file.
pub fn answer(name: &str, words: &Words) -> Result<u8, Failure> {
    let calendar = match calendar(name, words) {
        Ok(calendar) => calendar,
        Err(wrong) => {
            warn(&wrong);
            return Ok(2);
        }
    };
    let mut asked = Vec::new();
    std::io::stdin().read_to_end(&mut asked).meaning("reading the questions")?;
    match calendar::answer(&calendar, &asked) {
        Ok(answers) => {
            print(answers.lines.trim_end_matches('\n'));
            for (row, day) in answers.provisional {
                let args = [("n", &*row.to_string()), ("day", &*day.to_string())];
                tell(&words.a("told-calendar-provisional", &args));
            }
            Ok(0)
        }
        Err(bad) => {
            warn(&told::of(words, &"stdin", &told::bad_input(words, &bad)));
            Ok(2)
        }
    }
}
