//! Microsoft Project XML (MSPDI): plans in and out.
//!
//! What is read: the plan's dates and calendars, tasks with durations, constraints, deadlines,
//! outline, progress and links. What is not: resources and assignments, and every date that
//! Microsoft Project has computed.

mod calendars;
mod read;
mod recurrence;
mod write;

use calendar::{BadInput, Expected, Moment, Place};

use crate::element::Element;

/// A field of an element, read and named when it is wrong.
struct Fields<'a> {
    place: Place,
    of: &'a Element,
}

impl<'a> Fields<'a> {
    fn wrong(&self, name: &str, expected: Expected) -> BadInput {
        BadInput::new(self.place.clone(), name, self.of.get(name).unwrap_or_default(), expected)
    }

    fn number(&self, name: &str) -> Result<Option<i64>, BadInput> {
        let Some(text) = self.of.get(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.wrong(name, Expected::Number))
    }

    fn is_set(&self, name: &str) -> bool {
        matches!(self.of.get(name), Some("1" | "true"))
    }

    fn moment(&self, name: &str) -> Result<Option<Moment>, BadInput> {
        let Some(text) = self.of.get(name) else { return Ok(None) };
        if text.len() < 16 {
            return Err(self.wrong(name, Expected::Moment));
        }
        // Some programs write a fraction of a second, or say that the clock is Greenwich's.
        let plain = text.trim_end_matches('Z').split('.').next().unwrap_or_default();
        plain.parse().map(Some).map_err(|_| self.wrong(name, Expected::Moment))
    }

    /// A duration such as `PT12H30M0S`, in seconds.
    fn duration(&self, name: &str) -> Result<Option<i64>, BadInput> {
        let Some(text) = self.of.get(name) else { return Ok(None) };
        let most = Expected::Amount(crate::network::LONGEST / 60);
        let seconds = seconds(text).filter(|found| (0..=crate::network::LONGEST).contains(found));
        seconds.map(Some).ok_or_else(|| self.wrong(name, most))
    }
}

/// `PT12H30M0S` or `P1DT2H` in seconds.
fn seconds(text: &str) -> Option<i64> {
    let mut rest = text.strip_prefix('P')?;
    let (mut seconds, mut in_time) = (0.0, false);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (rest, in_time) = (time, true);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest.get(..end)?.parse().ok()?;
        let scale = match (rest.as_bytes().get(end)?, in_time) {
            (b'D', false) => 86_400.0,
            (b'H', true) => 3_600.0,
            (b'M', true) => 60.0,
            (b'S', true) => 1.0,
            _ => return None,
        };
        seconds += amount * scale;
        rest = rest.get(end + 1..)?;
    }
    if seconds.is_finite() && seconds < 1e15 { Some(seconds.round() as i64) } else { None }
}

/// Duration and lag formats that pass by the clock: minutes, hours, days, weeks, months, and the
/// same as estimates.
fn is_elapsed(format: i64) -> bool {
    matches!(format, 4 | 6 | 8 | 10 | 12 | 36 | 38 | 40 | 42 | 44)
}
