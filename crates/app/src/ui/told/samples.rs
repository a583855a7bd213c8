//! Why something cannot be estimated.

use std::fmt::Display;

use survey::Trouble;

use super::phrase;
use crate::ui::words::Words;

/// Bad input: what was found where, and what was expected.
pub fn trouble(words: &Words, trouble: &Trouble) -> String {
    let say = |key: &str, args: &[(&str, &dyn Display)]| {
        let args: Vec<(&str, String)> =
            args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
        words.a(key, &args)
    };
    let quoted = |text: &str| format!("{text:?}");
    let phrase = |text: &str| phrase(words, text);
    match trouble {
        Trouble::Unread { message } => say("told-sample-unread", &[("why", message)]),
        Trouble::NotText { row, cell } => say("told-sample-bytes", &[("n", row), ("cell", cell)]),
        Trouble::OpenQuote { row } => say("told-sample-quote", &[("n", row)]),
        Trouble::AfterQuote { row, cell } => {
            say("told-sample-after", &[("n", row), ("cell", cell)])
        }
        Trouble::Width { row, found, expected } => {
            say("told-sample-width", &[("n", row), ("found", found), ("expected", expected)])
        }
        Trouble::RepeatedColumn { column } => {
            say("told-sample-twice", &[("column", &quoted(column))])
        }
        Trouble::UnknownColumn { column, known } => {
            say("told-sample-column", &[("column", &quoted(column)), ("known", known)])
        }
        Trouble::NotNumbers { column, found } => {
            say("told-sample-number", &[("column", &quoted(column)), ("found", &quoted(found))])
        }
        Trouble::Missing { column, row } => {
            say("told-sample-missing", &[("column", &quoted(column)), ("n", row)])
        }
        Trouble::Weight { column, row, found } => {
            let column = quoted(column);
            say("told-sample-weight", &[("column", &column), ("n", row), ("found", found)])
        }
        Trouble::TwoStrata { column, unit, row } => {
            let (column, unit, nest) = (quoted(column), quoted(unit), "\"nest\": true");
            let args: [(&str, &dyn Display); 4] =
                [("column", &column), ("n", row), ("unit", &unit), ("nest", &nest)];
            say("told-sample-strata", &args)
        }
        Trouble::Population { column, row, found, expected } => {
            let (column, found, expected) = (quoted(column), phrase(found), phrase(expected));
            let args: [(&str, &dyn Display); 4] =
                [("column", &column), ("n", row), ("found", &found), ("expected", &expected)];
            say("told-sample-population", &args)
        }
        Trouble::Totals { margin, found, expected } => {
            let (found, expected) = (phrase(found), phrase(expected));
            let args: [(&str, &dyn Display); 3] =
                [("margin", margin), ("found", &found), ("expected", &expected)];
            say("told-sample-totals", &args)
        }
        Trouble::LonelyUnit { stage, row } => {
            say("told-sample-lonely", &[("stage", stage), ("n", row)])
        }
        Trouble::Request { field, found, expected } => {
            let (found, expected) = (phrase(found), phrase(expected));
            let args: [(&str, &dyn Display); 3] =
                [("field", field), ("found", &found), ("expected", &expected)];
            say("told-sample-request", &args)
        }
    }
}
