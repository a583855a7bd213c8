//! `shigan schedule`: a plan's dates from the shell.
//!
//! Exit 2 names the file, the row, the field, what was found and what was expected; exit 3 says
//! that some task has less than no slack.

use std::{io::Write, path::PathBuf};

use calendar::{Expected, Moment};
use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use paper::sheet::SheetError;
use schedule::{Options, Printed, Source};

use super::{days, tell, warn};
use crate::ui::told;
use crate::{
    clock::Clock,
    failure::{Failure, Meaning},
    ui::words::Words,
};

#[cfg(test)]
mod tests;

/// What is scheduled, and how.
#[derive(Args, Clone, Debug)]
#[command(after_help = "Example:
  printf 'uid,name,duration_min,predecessors\\n1,survey,480,\\n2,build,960,1:FS:0\\n' > plan.csv
  shigan schedule plan.csv --direction backward --deadline 2015-11-20T17:00")]
pub struct ScheduleArgs {
    /// The plan: Microsoft Project .xml, .csv or .xlsx.
    plan: PathBuf,
    /// From which end.
    #[arg(long)]
    direction: Option<Direction>,
    /// When work can begin, YYYY-MM-DDTHH:MM.
    #[arg(long)]
    start: Option<String>,
    /// When all of it must be finished, YYYY-MM-DDTHH:MM.
    #[arg(long)]
    deadline: Option<String>,
    /// cn-office, continuous, or a calendar file; a table without one works by cn-office.
    #[arg(long)]
    calendar: Option<String>,
    /// Write why as JSON to stderr: the smallest conflict, each way out, the driving chain.
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Direction {
    Forward,
    Backward,
}

/// Prints the schedule.
pub fn answer(args: ScheduleArgs, words: &Words) -> Result<u8, Failure> {
    let zone = TimeZone::system();
    let today = Clock::system(zone).now().day();
    match scheduled(&args, today, words) {
        Ok(printed) => {
            let mut out = std::io::stdout().lock();
            out.write_all(printed.csv.as_bytes()).meaning("writing the schedule")?;
            out.flush().meaning("writing the schedule")?;
            if let Some(explanation) = &printed.explanation {
                tell(explanation);
            } else if !printed.is_feasible {
                warn(&words.t("told-plan-infeasible"));
            }
            Ok(if printed.is_feasible { 0 } else { 3 })
        }
        Err(wrong) => {
            warn(&wrong);
            Ok(2)
        }
    }
}

/// The schedule of the arguments; where there is none, what is wrong with them.
fn scheduled(
    args: &ScheduleArgs,
    today: jiff::civil::Date,
    words: &Words,
) -> Result<Printed, String> {
    let wrong = |what: &str| told::of(words, &args.plan.display(), what);
    let options = options(args, today, words)?;
    let read = std::fs::read(&args.plan);
    let bytes = read.map_err(|error| wrong(&told::unread(words, &error)))?;
    let ending = args.plan.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let rows;
    let source = match ending.to_ascii_lowercase().as_str() {
        "csv" => Source::Csv(&bytes),
        "xml" => Source::Xml(&bytes),
        "xlsx" | "xlsm" => {
            rows = sheet(&bytes).map_err(|error| wrong(&told::sheet(words, &error)))?;
            Source::Rows(&rows)
        }
        _ => {
            let (found, expected) = (format!("{ending:?}"), words.t("told-want-file"));
            return Err(wrong(&told::found(words, &found, &expected)));
        }
    };
    schedule::command(source, &options).map_err(|bad| wrong(&told::bad_input(words, &bad)))
}

fn options(
    args: &ScheduleArgs,
    today: jiff::civil::Date,
    words: &Words,
) -> Result<Options, String> {
    let moment = |name: &str, given: &Option<String>| {
        let Some(text) = given else { return Ok(None) };
        let moment = text.parse::<Moment>().ok().filter(|_| text.len() >= 16);
        let wrong = || {
            let expected = told::expected(words, &Expected::Moment);
            told::of(words, &name, &told::found(words, &format!("{text:?}"), &expected))
        };
        moment.map(Some).ok_or_else(wrong)
    };
    let direction = args.direction.map(|direction| match direction {
        Direction::Forward => schedule::Direction::Forward,
        Direction::Backward => schedule::Direction::Backward,
    });
    let calendar = args.calendar.as_deref().map(|name| days::calendar(name, words));
    Ok(Options {
        direction,
        start: moment("--start", &args.start)?,
        deadline: moment("--deadline", &args.deadline)?,
        calendar: calendar.transpose()?,
        today: Some(today),
        explain: args.explain,
    })
}

/// The rows of a workbook with their numbers, the header first. A cell with a day and no time
/// of day is that day's midnight.
fn sheet(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, SheetError> {
    let table = paper::sheet::read("plan.xlsx", bytes)?;
    let is_date = |name: &String| matches!(name.trim(), "constraint_date" | "deadline");
    let dates: Vec<bool> = table.header.iter().map(is_date).collect();
    let above = table.rows.first().map_or(1, |row| row.number.saturating_sub(1).max(1));
    let mut rows = vec![(above as u64, table.header)];
    for row in table.rows {
        let mut cells = row.cells;
        for (cell, _) in cells.iter_mut().zip(&dates).filter(|(_, is_date)| **is_date) {
            if let Some(day) = day_of(cell) {
                *cell = day;
            }
        }
        rows.push((row.number as u64, cells));
    }
    Ok(rows)
}

/// The midnight of the day Excel counts as this number: five digits, 1927 to 2173.
fn day_of(cell: &str) -> Option<String> {
    let number: i64 = cell.parse().ok().filter(|_| cell.len() == 5)?;
    let day = jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(number)).ok()?;
    Some(format!("{day}T00:00"))
}
