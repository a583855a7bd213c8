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

impl Refuses for Unreadable {
    fn key(&self) -> &'static str {
        self.why
    }
    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("found", self.found.clone())]
    }
    fn field(&self) -> Option<&'static str> {
        Some(self.field)
    }
}

/// A day, where one was typed.
pub fn day(field: &'static str, text: &str) -> Result<Option<Day>, Unreadable> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Unreadable { field, why: "unreadable-day", found: text.to_owned() };
    text.parse().map(Some).map_err(wrong)
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
