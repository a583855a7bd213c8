//! What officers type, read: days, whole numbers, units and posts by their names; or the field
//! that cannot be read.

use mechanisms::{
    Day, Id, Refuses,
    roster::{Post, Roster, Unit},
};

/// A field that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub field: &'static str,
    pub why: &'static str,
    pub found: String,
}

/// What is said of a day that its month does not have.
const NO_SUCH_DAY: &str = "unreadable-day-of-month";

impl Refuses for Unreadable {
    fn key(&self) -> &'static str {
        self.why
    }
    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("found", self.found.clone())];
        if let (NO_SUCH_DAY, Some((month, last))) = (self.why, month_of(&self.found)) {
            facts.push(("month", month.to_string()));
            facts.push(("last", last.to_string()));
        }
        facts
    }
    fn field(&self) -> Option<&'static str> {
        Some(self.field)
    }
}

/// A day, where one was typed: `2015-11-30`, `2015/11/30`, `2015年11月30日`.
pub fn day(field: &'static str, text: &str) -> Result<Option<Day>, Unreadable> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plain = text.replace(['年', '月', '/', '.'], "-");
    let plain = plain.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = plain.split('-').collect();
    let read = match parts.as_slice() {
        [year, month, day] => format!("{year:0>4}-{month:0>2}-{day:0>2}").parse::<Day>().ok(),
        _ => None,
    };
    let why = if month_of(text).is_some() { NO_SUCH_DAY } else { "unreadable-day" };
    read.map(Some).ok_or(Unreadable { field, why, found: text.to_owned() })
}

/// The month of a day written as `2015-11-31`, and how many days it has.
fn month_of(text: &str) -> Option<(i8, i8)> {
    let plain = text.replace(['年', '月', '/', '.'], "-");
    let mut parts = plain.trim_end_matches(['日', '号']).split('-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let day: i8 = parts.next()?.parse().ok()?;
    let last = Day::new(year, month, 1).ok()?.days_in_month();
    (day > last).then_some((month, last))
}

/// A day that must be there.
pub fn sure_day(field: &'static str, text: &str) -> Result<Day, Unreadable> {
    let missing = Unreadable { field, why: "unreadable-day", found: text.to_owned() };
    day(field, text)?.ok_or(missing)
}

/// A whole number, where one was typed.
pub fn number(field: &'static str, text: &str) -> Result<Option<i64>, Unreadable> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Unreadable { field, why: "unreadable-number", found: text.to_owned() };
    text.parse().map(Some).map_err(wrong)
}

/// A unit by its name, where one was typed.
pub fn unit(
    roster: &Roster,
    field: &'static str,
    name: &str,
) -> Result<Option<Id<Unit>>, Unreadable> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    let found = roster.units().find(|(_, unit)| unit.name == name).map(|one| one.0);
    let wrong = Unreadable { field, why: "unreadable-unit", found: name.to_owned() };
    found.map(Some).ok_or(wrong)
}

/// A post by its title, where one was typed.
pub fn post(
    roster: &Roster,
    field: &'static str,
    title: &str,
) -> Result<Option<Id<Post>>, Unreadable> {
    let title = title.trim();
    if title.is_empty() {
        return Ok(None);
    }
    let open = |post: &Post| post.title == title && post.closed.is_none();
    let found = roster.posts().find(|(_, post)| open(post)).map(|one| one.0);
    let wrong = Unreadable { field, why: "unreadable-post", found: title.to_owned() };
    found.map(Some).ok_or(wrong)
}

/// Several posts, separated by commas, 、 or lines.
pub fn posts(
    roster: &Roster,
    field: &'static str,
    text: &str,
) -> Result<Vec<Id<Post>>, Unreadable> {
    let titles = text.split(['、', ',', '，', '\n']).filter(|title| !title.trim().is_empty());
    let mut posts = Vec::new();
    for title in titles {
        posts.extend(post(roster, field, title)?);
    }
    Ok(posts)
}
