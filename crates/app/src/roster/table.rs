//! Units, posts and people from a table: read and judged cell by cell, then opened in one turn.

use std::collections::{BTreeMap, BTreeSet};

use mechanisms::{
    Day, Id,
    roster::{Command, Person, Post, Role, Roster, Unit, UnitKind},
};
use paper::sheet::{Table, column_letters};

use super::ROSTER;
use crate::{
    store::{Pen, Stop},
    ui::words::{Lang, Words},
};

/// The columns, and the headings they are known by.
const COLUMNS: [(&str, &[&str]); 9] = [
    ("unit", &["单位", "單位", "unit"]),
    ("kind", &["类别", "類別", "kind"]),
    ("parent", &["上级单位", "上级", "上級單位", "上級", "parent"]),
    ("code", &["代码", "代碼", "区划代码", "code"]),
    ("post", &["职务", "岗位", "職務", "崗位", "post"]),
    ("role", &["角色", "role"]),
    ("head", &["主要负责人", "负责人", "主要負責人", "head"]),
    ("name", &["姓名", "name"]),
    ("login", &["登录名", "账号", "登入名", "login"]),
];

/// One row: a unit, and where it names one, a post of it with the person who holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub unit: String,
    pub kind: Option<UnitKind>,
    pub parent: String,
    pub code: String,
    pub post: String,
    pub role: Option<Role>,
    pub head: bool,
    pub name: String,
    pub login: String,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The address Excel shows: `C12`.
    pub place: String,
    pub why: &'static str,
    pub found: String,
}

/// A table read, and everything that is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    pub lines: Vec<Line>,
    pub faults: Vec<Fault>,
}

/// Reads every row. Nothing is opened while anything is wrong.
pub fn read(table: &Table, roster: &Roster) -> Trial {
    let mut trial = Trial::default();
    let place = |name: &str| {
        let known = COLUMNS.iter().find(|column| column.0 == name)?.1;
        table.header.iter().position(|heading| known.contains(&heading.trim()))
    };
    let at: BTreeMap<&str, Option<usize>> =
        COLUMNS.iter().map(|column| (column.0, place(column.0))).collect();
    if at.get("unit").copied().flatten().is_none() {
        let found = table.header.join(" ");
        trial.faults.push(Fault { place: "A1".into(), why: "setup-no-unit-column", found });
        return trial;
    }
    let units: BTreeSet<&str> = roster.units().map(|(_, unit)| unit.name.as_str()).collect();
    let named: BTreeSet<String> = table
        .rows
        .iter()
        .filter_map(|row| Some(row.cells.get(at["unit"]?)?.trim().to_owned()))
        .collect();
    let mut logins = BTreeSet::new();
    for row in &table.rows {
        let cell = |name: &str| {
            let text = at[name].and_then(|column| row.cells.get(column));
            text.map(|text| text.trim().to_owned()).unwrap_or_default()
        };
        let mut fault = |name: &str, why, found: &str| {
            let column = at[name].map_or(String::new(), column_letters);
            let place = format!("{column}{}", row.number);
            trial.faults.push(Fault { place, why, found: found.to_owned() });
        };
        let line = line(cell);
        if line.unit.is_empty() {
            fault("unit", "setup-no-unit", "");
            continue;
        }
        if !cell("kind").is_empty() && line.kind.is_none() {
            fault("kind", "setup-unknown-kind", &cell("kind"));
        }
        let parent = &line.parent;
        let known = parent.is_empty() || units.contains(parent.as_str()) || named.contains(parent);
        if !known || *parent == line.unit {
            fault("parent", "setup-unknown-parent", parent);
        }
        if !cell("role").is_empty() && line.role.is_none() {
            fault("role", "setup-unknown-role", &cell("role"));
        }
        if line.post.is_empty() && !(line.name.is_empty() && line.login.is_empty()) {
            fault("post", "setup-no-post", &line.name);
        }
        if line.name.is_empty() && !line.login.is_empty() {
            fault("name", "setup-no-name", &line.login);
        }
        if !line.login.is_empty() && !logins.insert((line.login.clone(), line.name.clone())) {
            // The same person in two posts.
        } else if logins.iter().filter(|one| one.0 == line.login && !one.0.is_empty()).count() > 1 {
            fault("login", "setup-login-twice", &line.login);
        }
        trial.lines.push(line);
    }
    trial
}

fn line(cell: impl Fn(&str) -> String) -> Line {
    Line {
        unit: cell("unit"),
        kind: kind(&cell("kind")),
        parent: cell("parent"),
        code: cell("code"),
        post: cell("post"),
        role: role(&cell("role")),
        head: ["是", "yes", "true", "1", "√"].contains(&cell("head").as_str()),
        name: cell("name"),
        login: cell("login"),
    }
}

/// A word in any of the three languages, or its own name.
fn meant<T: Copy>(text: &str, all: &[T], word: fn(T) -> &'static str, key: &str) -> Option<T> {
    let text = text.trim();
    all.iter().copied().find(|one| {
        let spoken =
            Lang::ALL.iter().map(|lang| Words::of(*lang).t(&format!("{key}{}", word(*one))));
        word(*one) == text || spoken.into_iter().any(|spoken| spoken == text)
    })
}

fn kind(text: &str) -> Option<UnitKind> {
    meant(text, UnitKind::ALL, UnitKind::word, "unit-kind-")
}

fn role(text: &str) -> Option<Role> {
    meant(text, Role::ALL, Role::word, "role-")
}

/// What was opened, and whose sign-in names wait for a password.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    pub units: usize,
    pub posts: usize,
    pub people: usize,
    pub logins: Vec<(String, Id<Person>)>,
}

/// Opens what the roster does not have yet; running the same table again opens nothing.
pub async fn open(pen: &mut Pen<'_, '_>, lines: Vec<Line>, from: Day) -> Result<Opened, Stop> {
    let mut opened = Opened::default();
    let mut rest: Vec<&Line> = lines.iter().collect();
    // Parents before children, in whatever order they stand.
    while !rest.is_empty() {
        let before = rest.len();
        let mut later = Vec::new();
        for line in rest {
            if !unit(pen, line, from, &mut opened).await? {
                later.push(line);
            }
        }
        if later.len() == before {
            return Err(Stop::Missing);
        }
        rest = later;
    }
    let mut people: BTreeMap<String, Id<Person>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.post.is_empty()) {
        post(pen, line, from, &mut people, &mut opened).await?;
    }
    opened.logins = people.into_iter().filter(|one| !one.0.is_empty()).collect();
    Ok(opened)
}

fn unit_named(pen: &Pen<'_, '_>, name: &str) -> Option<Id<Unit>> {
    pen.roster().units().find(|(_, unit)| unit.name == name).map(|one| one.0)
}

/// Whether the unit is there now; its parent may still have to come.
async fn unit(
    pen: &mut Pen<'_, '_>,
    line: &Line,
    from: Day,
    opened: &mut Opened,
) -> Result<bool, Stop> {
    if unit_named(pen, &line.unit).is_some() {
        return Ok(true);
    }
    let parent = match line.parent.as_str() {
        "" => pen.roster().root(),
        parent => unit_named(pen, parent),
    };
    let Some(parent) = parent else { return Ok(false) };
    let unit = Id::new(pen.fresh::<Roster>().0);
    let open = Command::OpenUnit {
        unit,
        name: line.unit.clone(),
        code: line.code.clone(),
        kind: line.kind.unwrap_or(UnitKind::Department),
        parent,
        from,
    };
    pen.ask::<Roster>(ROSTER, open).await?;
    opened.units += 1;
    Ok(true)
}

async fn post(
    pen: &mut Pen<'_, '_>,
    line: &Line,
    from: Day,
    people: &mut BTreeMap<String, Id<Person>>,
    opened: &mut Opened,
) -> Result<(), Stop> {
    let unit = unit_named(pen, &line.unit).ok_or(Stop::Missing)?;
    let same = |post: &Post| post.unit == unit && post.title == line.post && post.closed.is_none();
    let known = pen.roster().posts().find(|(_, post)| same(post)).map(|one| one.0);
    let post = match known {
        Some(post) => post,
        None => {
            let post = Id::new(pen.fresh::<Roster>().0);
            let role = line.role.unwrap_or(match line.head {
                true => Role::UnitHead,
                false => Role::Cadre,
            });
            let (title, head) = (line.post.clone(), line.head);
            pen.ask::<Roster>(ROSTER, Command::OpenPost { post, title, unit, role, head }).await?;
            opened.posts += 1;
            post
        }
    };
    if line.name.is_empty() || pen.roster().holder(post, from).is_some() {
        return Ok(());
    }
    let person = match people.get(&line.login).filter(|_| !line.login.is_empty()) {
        Some(person) => *person,
        None => {
            let person = Id::new(pen.fresh::<Roster>().0);
            let name = line.name.clone();
            pen.ask::<Roster>(ROSTER, Command::RegisterPerson { person, name }).await?;
            opened.people += 1;
            people.insert(line.login.clone(), person);
            person
        }
    };
    pen.ask::<Roster>(ROSTER, Command::Appoint { person, post, from }).await
}
