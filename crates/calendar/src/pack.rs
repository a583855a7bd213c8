//! The pack of China's holidays: a section a year, its days of rest and the weekend days worked.

use jiff::civil::Date;
use serde::Deserialize;

use crate::{BadInput, Exception, Expected, Fault, Place, Rules, office_hours};

const CHINA: &str = include_str!("../../../packs/calendar/cn.toml");

/// Holidays and make-up days, as published.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    published_until: Date,
    year: Vec<Year>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    /// `MM-DD name` or `MM-DD..MM-DD name`.
    off: Vec<String>,
    work: Vec<String>,
}

/// The rules of the calendar of China.
pub(crate) fn china() -> Result<Rules, Fault> {
    let wrong = |error: toml::de::Error| {
        let expected = Expected::Format("a pack of years");
        BadInput::new(Place::File, "cn.toml", error.message(), expected)
    };
    let pack: Pack = toml::from_str(CHINA).map_err(wrong)?;
    let mut exceptions = Vec::new();
    for year in &pack.year {
        for text in &year.off {
            let (days, name) = text.split_once(' ').unwrap_or((text, ""));
            let (first, last) = days.split_once("..").unwrap_or((days, days));
            let (first, last) = (in_year(year.year, first)?, in_year(year.year, last)?);
            exceptions.push(Exception { first, last, working: vec![], name: name.into() });
        }
        for text in &year.work {
            let (day, name) = text.split_once(' ').unwrap_or((text, ""));
            let day = in_year(year.year, day)?;
            let working = office_hours();
            exceptions.push(Exception { first: day, last: day, working, name: name.into() });
        }
    }
    let published_until = Some(pack.published_until);
    Ok(Rules { name: "cn".into(), exceptions, published_until, ..Rules::default() })
}

fn in_year(year: i16, text: &str) -> Result<Date, BadInput> {
    let wrong = |_| BadInput::new(Place::File, &year.to_string(), text, Expected::Date);
    format!("{year}-{text}").parse().map_err(wrong)
}
