//! Scope: one answer to two questions — may this officer see that matter, and which matters do
//! their lists show? A property test holds the two together.

use std::collections::BTreeSet;

use mechanisms::{
    Day, Officer,
    roster::{Power, Roster},
};

/// What an officer may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything of the jurisdiction: the supervision office, leaders of the body, auditors.
    All,
    /// What their own unit or one below it has a part in, and what their own posts have.
    Parts { units: BTreeSet<i64>, posts: BTreeSet<i64> },
}

/// A part somebody has in a matter: a unit, a post, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub unit: Option<i64>,
    pub post: Option<i64>,
}

impl Scope {
    /// The scope of an officer on a day.
    pub fn of(officer: Officer, roster: &Roster, day: Day) -> Self {
        if roster.may(officer, Power::ReadAll) {
            return Self::All;
        }
        let mut units = BTreeSet::new();
        let mut posts = BTreeSet::new();
        for post in roster.posts_of(officer.person, day) {
            posts.insert(post.0);
            if let Some(held) = roster.post(post) {
                units.extend(roster.unit_and_descendants(held.unit).into_iter().map(|unit| unit.0));
            }
        }
        Self::Parts { units, posts }
    }

    /// May a matter with these parts be seen?
    pub fn sees(&self, parts: &[Part]) -> bool {
        match self {
            Self::All => true,
            Self::Parts { units, posts } => parts.iter().any(|part| {
                part.unit.is_some_and(|unit| units.contains(&unit))
                    || part.post.is_some_and(|post| posts.contains(&post))
            }),
        }
    }

    /// The same as a condition on the row `m` of `matter`, `$1` being the body. It holds numbers
    /// only, and looks at nothing of the row but its name: the parts are read once, not per row.
    pub fn condition(&self) -> String {
        self.matters().map_or("1 = 1".into(), |matters| format!("(m.kind, m.id) in ({matters})"))
    }

    /// The matters themselves, as `kind` and `matter`, each once, `$1` being the body; none where
    /// everything may be seen.
    pub fn matters(&self) -> Option<String> {
        let Self::Parts { units, posts } = self else { return None };
        let list = |numbers: &BTreeSet<i64>| {
            let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
            if texts.is_empty() { "null".to_owned() } else { texts.join(", ") }
        };
        Some(format!(
            "select p.kind, p.matter from party p where p.jurisdiction = $1 \
             and p.unit in ({}) union select p.kind, p.matter from party p \
             where p.jurisdiction = $1 and p.post in ({})",
            list(units),
            list(posts)
        ))
    }
}
