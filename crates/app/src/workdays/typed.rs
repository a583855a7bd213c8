//! Days as they are typed, one span a line.
//!
//! ```text
//! 2015-12-10 休 市庆
//! 2015-12-12..2015-12-13 班 补上市庆的班
//! ```

use mechanisms::workdays::Arranged;

use crate::typed::Unreadable;

const WORKS: [&str; 3] = ["班", "上班", "work"];
const RESTS: [&str; 3] = ["休", "休息", "rest"];

/// Reads the days of a form; blank lines are passed over.
pub fn read(text: &str) -> Result<Vec<Arranged>, Unreadable> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let wrong =
                || Unreadable { field: "days", why: "unreadable-days", found: line.to_owned() };
            span(line).ok_or_else(wrong)
        })
        .collect()
}

fn span(line: &str) -> Option<Arranged> {
    let mut parts = line.splitn(3, char::is_whitespace).map(str::trim);
    let (days, works) = (parts.next()?, parts.next()?);
    let (first, last) = days.split_once("..").or(days.split_once('～')).unwrap_or((days, days));
    let works = match works {
        works if WORKS.contains(&works) => true,
        works if RESTS.contains(&works) => false,
        _ => return None,
    };
    Some(Arranged {
        first: first.parse().ok()?,
        last: last.parse().ok()?,
        works,
        name: parts.next().unwrap_or_default().to_owned(),
    })
}

/// Days the way [`read`] reads them.
pub fn text(days: &[Arranged]) -> String {
    let line = |span: &Arranged| {
        let works = if span.works { WORKS[0] } else { RESTS[0] };
        let days = if span.first == span.last {
            span.first.to_string()
        } else {
            format!("{}..{}", span.first, span.last)
        };
        format!("{days} {works} {}", span.name)
    };
    days.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{read, text};

    #[test]
    fn days_are_read_and_written_the_same() {
        let typed = "2015-12-10..2015-12-11 休 市庆\n2015-12-12 班 补上市庆的班";
        let days = read(typed).unwrap();
        assert!(!days[0].works && days[1].works);
        assert_eq!(text(&days), typed);
        assert_eq!(read("2015-12-10 rest city day").unwrap()[0].name, "city day");
        for line in ["2015-02-29 休 无此日", "2015-12-10", "2015-12-10 半天 市庆", "市庆 休"]
        {
            assert_eq!(read(line).unwrap_err().found, line);
        }
    }
}
