//! Reading a calendar pack: a section a year, its days of rest and the weekend days it works.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use serde::Deserialize;

use crate::Exception;

/// Holidays and make-up days, as published.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pack {
    pub(crate) published_until: Date,
    year: Vec<Year>,
    #[serde(skip)]
    days: BTreeMap<Date, Exception>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    /// `MM-DD name` or `MM-DD..MM-DD name`.
    off: Vec<String>,
    work: Vec<String>,
}

impl Pack {
    pub(crate) fn china() -> Self {
        // The pack is part of the program; a test reads every line of it.
        let empty =
            |_| Self { published_until: date(2004, 1, 1), year: Vec::new(), days: BTreeMap::new() };
        let mut pack: Self =
            toml::from_str(include_str!("../../../packs/calendar/cn.toml")).unwrap_or_else(empty);
        pack.spread();
        pack
    }

    pub(crate) fn first(&self) -> Date {
        date(self.year.iter().map(|year| year.year).min().unwrap_or(2004), 1, 1)
    }

    pub(crate) fn exception(&self, day: Date) -> Option<&Exception> {
        self.days.get(&day)
    }

    pub(crate) fn exceptions(&self) -> BTreeMap<Date, Exception> {
        self.days.clone()
    }

    fn spread(&mut self) {
        for year in &self.year {
            for text in &year.off {
                let (days, name) = text.split_once(' ').unwrap_or((text, ""));
                let (from, to) = days.split_once("..").unwrap_or((days, days));
                let (from, to) = (in_year(year.year, from), in_year(year.year, to));
                let mut day = from;
                while day <= to {
                    self.days.insert(day, Exception::Off(name.to_owned()));
                    day = crate::next(day);
                }
            }
            for text in &year.work {
                self.days.insert(in_year(year.year, text), Exception::Worked);
            }
        }
    }
}

fn in_year(year: i16, text: &str) -> Date {
    format!("{year}-{text}").parse().unwrap_or_else(|_| date(year, 1, 1))
}
