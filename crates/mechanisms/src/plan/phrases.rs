//! Phrases real plans are written in: who does it, and by when.
//!
//! What was read exactly, what was interpreted, and what cannot be read are three different
//! answers: an import shows the second as a warning and stops at the third.

use crate::Day;

#[cfg(test)]
mod tests;

/// Who does it, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    pub lead: Option<String>,
    pub co: Vec<String>,
    /// Nobody was named as lead, so the first was taken.
    pub guessed: bool,
}

/// Reads `A牵头，B、C按职责分工负责`, `A、B按职责分工负责`, `A牵头，B配合`, `A（B、C）`, `无`.
pub fn owners(text: &str) -> Owners {
    let text = text.trim().trim_end_matches(['。', ';', '；']);
    if text.is_empty() || ["无", "—", "-", "/"].contains(&text) {
        return Owners::default();
    }
    if let Some((lead, rest)) = text.split_once("牵头") {
        let mut leads = names(lead);
        let first = (!leads.is_empty()).then(|| leads.remove(0));
        let mut co = leads;
        co.extend(names(rest));
        return Owners { guessed: !co.is_empty() && first.is_none(), lead: first, co };
    }
    if let Some((lead, rest)) = text.split_once(['（', '(']) {
        let mut co = names(lead);
        let first = (!co.is_empty()).then(|| co.remove(0));
        co.extend(names(rest));
        return Owners { lead: first, co, guessed: false };
    }
    let mut all = names(text);
    let lead = (!all.is_empty()).then(|| all.remove(0));
    Owners { lead, guessed: !all.is_empty(), co: all }
}

/// The names in a list, less the words around them.
fn names(text: &str) -> Vec<String> {
    const AROUND: &[&str] = &[
        "按职责分工负责",
        "按各自职责分工负责",
        "按职责负责",
        "分工负责",
        "等部门",
        "等单位",
        "参加",
        "参与",
        "配合",
        "协办",
        "负责",
        "单位",
        "：",
        ":",
    ];
    text.split(['、', '，', ',', '；', ';', '/', '\n', '）', ')'])
        .map(|name| {
            let mut name = name.trim().to_owned();
            for word in AROUND {
                name = name.trim_end_matches(word).trim_start_matches(word).trim().to_owned();
            }
            name
        })
        .filter(|name| !name.is_empty() && name != "无")
        .collect()
}

/// By when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A date, as written.
    Exact(Day),
    /// A phrase, read as this day.
    Interpreted(Day),
    /// No deadline, with the phrase as its reason.
    Never(String),
    Empty,
    /// Not a date; what was probably meant, where that can be said.
    Wrong {
        found: String,
        instead: Option<Day>,
    },
}

/// Reads a date or a date phrase of a plan for `year`.
pub fn when(text: &str, year: i16) -> When {
    let text = text.trim().trim_end_matches(['。', '；', ';']);
    if text.is_empty() || ["—", "-", "无"].contains(&text) {
        return When::Empty;
    }
    for word in ["持续推进", "年内持续推进", "长期", "常态化", "持续"] {
        if text.contains(word) {
            return When::Never(text.to_owned());
        }
    }
    if let Some(found) = written(text, year) {
        return found;
    }
    if let Some(day) = phrase(text, year) {
        return When::Interpreted(day);
    }
    When::Wrong { found: text.to_owned(), instead: None }
}

/// `2015-10-31`, `2015/10/31`, `2015.10.31`, `2015年10月31日`, `10月31日`, `10-31`, Excel days.
fn written(text: &str, year: i16) -> Option<When> {
    if let Ok(serial) = text.parse::<f64>()
        && (20_000.0..80_000.0).contains(&serial)
    {
        let epoch = jiff::civil::date(1899, 12, 30);
        #[expect(clippy::cast_possible_truncation, reason = "a day number within the range above")]
        let days = serial.floor() as i64;
        return Some(When::Exact(epoch.saturating_add(jiff::Span::new().days(days))));
    }
    let plain = text
        .trim_end_matches("前")
        .trim_end_matches("之")
        .trim_end_matches("以")
        .trim_end_matches(['日', '号'])
        .replace(['年', '月', '/', '.'], "-");
    let plain = plain.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = plain.split('-').collect();
    let number = |text: &str| text.trim().parse::<i16>().ok();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (number(year)?, number(month)?, number(day)?),
        [month, day] => (year, number(month)?, number(day)?),
        _ => return None,
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let exact = Day::new(year, month, day).ok();
    let last = Day::new(year, month, 1).ok().map(Day::last_of_month);
    Some(match exact {
        Some(exact) => When::Exact(exact),
        None => When::Wrong { found: text.to_owned(), instead: last },
    })
}

/// `10月底`, `年底前`, `上半年`, `三季度末`, `6月`, `6月中旬`, `年内`.
fn phrase(text: &str, year: i16) -> Option<Day> {
    let year = match text.split_once('年') {
        Some((number, _)) => number.trim().parse().unwrap_or(year),
        None => year,
    };
    let end = |month: i8| Day::new(year, month, 1).ok().map(Day::last_of_month);
    let quarters = [("一季度", 3), ("二季度", 6), ("三季度", 9), ("四季度", 12)];
    for (name, month) in quarters {
        if text.contains(name) {
            return end(month);
        }
    }
    if text.contains("上半年") {
        return end(6);
    }
    if ["下半年", "年底", "年末", "年内", "全年"].iter().any(|word| text.contains(word))
    {
        return end(12);
    }
    let (before, after) = text.split_once('月')?;
    let digits: String = before
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let month: i8 = digits.parse().ok()?;
    match () {
        () if after.contains("上旬") => Day::new(year, month, 10).ok(),
        () if after.contains("中旬") => Day::new(year, month, 20).ok(),
        () => end(month),
    }
}
