//! The command `calendar`: questions as lines of CSV, an answer a line.

use jiff::civil::Date;

use crate::{BadInput, Calendar, Expected, Place};

/// What the command prints.
///
/// ```
/// use calendar::{Calendar, answer};
/// let answers = answer(&Calendar::china(), b"add_after,2026-12-31,1\n")?;
/// assert_eq!(answers.lines, "2027-01-01\n");
/// assert_eq!(answers.provisional, [(1, jiff::civil::date(2027, 1, 1))]);
/// # Ok::<(), calendar::BadInput>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// One answer a line: a count or a day.
    pub lines: String,
    /// The rows whose answer rests on a day past the last published notice, and that day.
    pub provisional: Vec<(u64, Date)>,
}

const OPS: &str = "count_closed, add_after, sub_before, next_or_same, prev_or_same";

/// Answers lines of `op,a,b`, with or without that header; further columns and empty lines are
/// passed over. `a` is a day; `b` is a day for `count_closed`, how many for `add_after` and
/// `sub_before`, and not looked at otherwise.
///
/// # Errors
/// The first row that cannot be read.
///
/// ```
/// use calendar::{Calendar, answer};
/// let asked = b"op,a,b\ncount_closed,2015-10-01,2015-10-31\nnext_or_same,2015-11-21,\n";
/// assert_eq!(answer(&Calendar::china(), asked)?.lines, "18\n2015-11-23\n");
/// # Ok::<(), calendar::BadInput>(())
/// ```
pub fn answer(calendar: &Calendar, asked: &[u8]) -> Result<Answers, BadInput> {
    let text = std::str::from_utf8(asked).map_err(|_| {
        BadInput::new(Place::File, "", "bytes that are not UTF-8", Expected::Format("UTF-8 text"))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut answers = Answers::default();
    for (row, line) in (1_u64..).zip(text.lines()) {
        let fields: Vec<&str> =
            line.split(',').map(|field| field.trim().trim_matches('"')).collect();
        if line.trim().is_empty() || (row == 1 && fields[0] == "op") {
            continue;
        }
        let (said, reached) = one(calendar, row, &fields)?;
        answers.lines.push_str(&said);
        answers.lines.push('\n');
        if calendar.is_provisional(reached) {
            answers.provisional.push((row, reached));
        }
    }
    Ok(answers)
}

/// The answer, and the latest day it rests on.
fn one(calendar: &Calendar, row: u64, fields: &[&str]) -> Result<(String, Date), BadInput> {
    let field = |place: usize| fields.get(place).copied().unwrap_or_default();
    let wrong = |name: &str, place: usize, expected: Expected| {
        BadInput::new(Place::Row(row), name, field(place), expected)
    };
    let op = field(0);
    if !OPS.split(", ").any(|known| known == op) {
        return Err(wrong("op", 0, Expected::OneOf(OPS)));
    }
    let day = |name: &str, place: usize| {
        let text = field(place);
        let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = if is_plain { text.parse::<Date>().ok() } else { None };
        day.ok_or_else(|| wrong(name, place, Expected::Date))
    };
    let how_many = || {
        let many = field(2).parse::<i64>().ok().filter(|many| (0..=MOST).contains(many));
        many.ok_or_else(|| wrong("b", 2, Expected::Amount(MOST)))
    };
    let a = day("a", 1)?;
    let reached = match op {
        "count_closed" => {
            let b = day("b", 2)?;
            return Ok((calendar.count_workdays(a, b).to_string(), a.max(b)));
        }
        "add_after" => calendar.add_workdays(a, how_many()?),
        "sub_before" => calendar.sub_workdays(a, how_many()?),
        "next_or_same" => calendar.next_or_same(a),
        _ => calendar.prev_or_same(a),
    };
    if reached.year() >= 1 && reached < Date::MAX {
        Ok((reached.to_string(), reached.max(a)))
    } else {
        Err(wrong("b", 2, Expected::Writable))
    }
}

/// More working days than 9,999 years have.
const MOST: i64 = 3_000_000;
