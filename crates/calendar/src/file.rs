//! Calendar files: TOML, as an office edits it.
//!
//! ```toml
//! name = "示范市"
//! base = "cn"                         # or "office", "continuous"; without one, nothing
//! published_until = 2026-12-28        # optional
//!
//! [week]                              # optional over a base
//! mon = ["08:00-12:00", "13:00-17:00"]
//!
//! [[exception]]
//! first = 2015-07-28
//! last = 2015-07-28
//! working = []
//! name = "纪念日"
//! ```

use jiff::civil::Date;
use toml::{Table, Value};

use crate::{BadInput, Calendar, Exception, Expected, Fault, Hours, Place, Range, Rules, Week};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Calendar {
    /// Reads a calendar file. A weekday that is missing from `[week]` is a day off.
    ///
    /// # Errors
    /// What is wrong, with the entry and the field; a calendar without working time.
    ///
    /// ```
    /// use calendar::Calendar;
    /// use jiff::civil::date;
    ///
    /// let text = r#"
    /// name = "four days"
    /// [week]
    /// mon = ["08:00-12:00", "13:00-17:00"]
    /// tue = ["08:00-12:00", "13:00-17:00"]
    /// wed = ["08:00-12:00", "13:00-17:00"]
    /// thu = ["08:00-12:00", "13:00-17:00"]
    /// [[exception]]
    /// first = 2015-10-01
    /// last = 2015-10-07
    /// working = []
    /// name = "国庆节"
    /// "#;
    /// let calendar = Calendar::from_toml(text)?;
    /// assert_eq!(calendar.add_workdays(date(2015, 9, 30), 1), date(2015, 10, 8));
    /// let wrong = Calendar::from_toml(&text.replace("2015-10-07", "2015-02-29")).unwrap_err();
    /// assert!(wrong.to_string().contains("line 10"), "{wrong}");
    /// # Ok::<(), calendar::Fault>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, Fault> {
        let table: Table = text.parse().map_err(|error| unreadable(text, &error))?;
        let base = match table.get("base") {
            None => None,
            Some(value) => Some(base(value)?),
        };
        let rules = rules(&table)?;
        let calendar = match &base {
            Some(base) => base.derive(&rules),
            None => Self::new(&rules),
        };
        calendar.map_err(|fault| placed(fault, &rules))
    }
}

fn unreadable(text: &str, error: &toml::de::Error) -> BadInput {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    let found = text.lines().nth(line as usize - 1).unwrap_or_default();
    let field = found.split('=').next().unwrap_or_default().trim();
    BadInput::new(Place::Line(line), field, found, Expected::Format("a line of a TOML calendar"))
}

fn base(value: &Value) -> Result<Calendar, BadInput> {
    match value.as_str() {
        Some("cn" | "cn-office") => Ok(Calendar::china()),
        Some("office") => Ok(Calendar::office()),
        Some("continuous") => Ok(Calendar::continuous()),
        _ => Err(wrong("base", value, Expected::OneOf("cn, office, continuous"))),
    }
}

fn rules(table: &Table) -> Result<Rules, BadInput> {
    let mut rules = Rules::default();
    for (key, value) in table {
        match key.as_str() {
            "name" => rules.name = text("name", value)?,
            "base" => {}
            "published_until" => rules.published_until = Some(date("published_until", value)?),
            "week" => rules.week = Some(week(value)?),
            "exception" => rules.exceptions = exceptions(value)?,
            _ => {
                let known = "name, base, published_until, week, exception";
                return Err(wrong(key, &Value::String(key.clone()), Expected::OneOf(known)));
            }
        }
    }
    if rules.week.is_none() && !table.contains_key("base") {
        let week = Value::String(String::new());
        return Err(wrong("week", &week, Expected::Something));
    }
    Ok(rules)
}

fn week(value: &Value) -> Result<Week, BadInput> {
    let table = value.as_table().ok_or_else(|| wrong("week", value, Expected::Something))?;
    let mut week = Week::default();
    for (key, value) in table {
        let Some(place) = WEEKDAYS.iter().position(|weekday| weekday == key) else {
            let known = "mon, tue, wed, thu, fri, sat, sun";
            return Err(wrong("week", &Value::String(key.clone()), Expected::OneOf(known)));
        };
        week[place] = hours(&format!("week.{key}"), value)?;
    }
    Ok(week)
}

fn exceptions(value: &Value) -> Result<Vec<Exception>, BadInput> {
    let list = value.as_array().ok_or_else(|| wrong("exception", value, Expected::Something))?;
    list.iter().enumerate().map(|(place, value)| exception(place + 1, value)).collect()
}

fn exception(place: usize, value: &Value) -> Result<Exception, BadInput> {
    let field = |name: &str| format!("exception {place}, {name}");
    let empty = Value::String(String::new());
    let table = value.as_table().ok_or_else(|| wrong(&field(""), value, Expected::Something))?;
    let known = ["first", "last", "working", "name"];
    if let Some(key) = table.keys().find(|key| !known.contains(&key.as_str())) {
        let names = Expected::OneOf("first, last, working, name");
        return Err(wrong(&field(key), &Value::String(key.clone()), names));
    }
    let first = date(&field("first"), table.get("first").unwrap_or(&empty))?;
    let last = table.get("last").map_or(Ok(first), |value| date(&field("last"), value))?;
    if last < first {
        return Err(wrong(&field("last"), &Value::String(last.to_string()), Expected::Later));
    }
    let working =
        table.get("working").map_or(Ok(Hours::new()), |value| hours(&field("working"), value))?;
    let name = table.get("name").map_or(Ok(String::new()), |value| text(&field("name"), value))?;
    Ok(Exception { first, last, working, name })
}

fn hours(field: &str, value: &Value) -> Result<Hours, BadInput> {
    let list = value.as_array().ok_or_else(|| wrong(field, value, Expected::Range))?;
    let range = |value: &Value| {
        let range = value.as_str().and_then(|text| text.parse::<Range>().ok());
        range.ok_or_else(|| wrong(field, value, Expected::Range))
    };
    list.iter().map(range).collect()
}

/// A date of TOML's own, or its text.
fn date(field: &str, value: &Value) -> Result<Date, BadInput> {
    let text = match value {
        Value::Datetime(found) => found.to_string(),
        Value::String(found) => found.trim().to_owned(),
        _ => return Err(wrong(field, value, Expected::Date)),
    };
    let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = if is_plain { text.parse::<Date>().ok() } else { None };
    date.ok_or_else(|| wrong(field, value, Expected::Date))
}

fn text(field: &str, value: &Value) -> Result<String, BadInput> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| wrong(field, value, Expected::Something))
}

fn wrong(field: &str, value: &Value, expected: Expected) -> BadInput {
    let found = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    BadInput::new(Place::File, field, found, expected)
}

/// A fault of the rules, said with the entry it stands in.
fn placed(fault: Fault, rules: &Rules) -> Fault {
    let name = Place::Calendar(rules.name.clone());
    match fault {
        Fault::NoWorkingTime => {
            BadInput::new(name, "week", "no working time", Expected::WorkingTime).into()
        }
        Fault::Overlap(one, other) => {
            let found = format!("{one} {other}");
            let whole = Expected::Format("ranges that do not overlap");
            BadInput::new(name, "working", found, whole).into()
        }
        other => other,
    }
}
