//! The address of a list of problems, and the condition it says.

use mechanisms::{
    Day,
    problem::{Source, Step},
};
use serde::{Deserialize, Deserializer};

use crate::{
    access::{Me, Scope},
    matters::{Origin, span::list},
    store::search,
    ui::encode,
};

/// The address of a list, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// `all` where nothing narrower is asked for: an address without anything is the officer's
    /// own first view.
    #[serde(deserialize_with = "text")]
    pub show: Option<String>,
    /// `me`, or the number of a post.
    #[serde(deserialize_with = "text")]
    pub watcher: Option<String>,
    /// `overdue`, `week` for this week from today on, `look-back` for those to be looked at again.
    #[serde(deserialize_with = "text")]
    pub due: Option<String>,
    /// One of the five boxes: `to-plan`, `rectifying`, `to-apply`, `to-verify`, `closed`.
    #[serde(deserialize_with = "text")]
    pub step: Option<String>,
    /// A step of the funnel that was reached: `planned`, `ready`, `applied`, `closed`.
    #[serde(deserialize_with = "text")]
    pub reached: Option<String>,
    /// A stage by its word.
    #[serde(deserialize_with = "text")]
    pub stage: Option<String>,
    #[serde(deserialize_with = "text")]
    pub source: Option<String>,
    #[serde(deserialize_with = "text")]
    pub category: Option<String>,
    #[serde(deserialize_with = "text")]
    pub horizon: Option<String>,
    #[serde(deserialize_with = "text")]
    pub unit: Option<String>,
    #[serde(deserialize_with = "text")]
    pub sponsor: Option<String>,
    #[serde(deserialize_with = "text")]
    pub owner: Option<String>,
    #[serde(deserialize_with = "text")]
    pub ledger: Option<String>,
    /// One of the five official groups; `listed` for all five.
    #[serde(deserialize_with = "text")]
    pub timeliness: Option<String>,
    /// `carried` from earlier years, or `new` in this one.
    #[serde(deserialize_with = "text")]
    pub origin: Option<String>,
    /// `yes`: came back at least once.
    #[serde(deserialize_with = "text")]
    pub relapsed: Option<String>,
    #[serde(deserialize_with = "text")]
    pub q: Option<String>,
    /// `due` (default) or `number`.
    #[serde(deserialize_with = "text")]
    pub sort: Option<String>,
    #[serde(deserialize_with = "text")]
    pub page: Option<String>,
    /// The problem in the side panel.
    #[serde(deserialize_with = "text")]
    pub open: Option<String>,
}

/// An empty value is none: a form sends every field.
fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|text| !text.trim().is_empty()))
}

/// What narrows a list, in the order in which the filter bar shows it.
pub const NARROWING: [&str; 16] = [
    "watcher",
    "due",
    "step",
    "reached",
    "stage",
    "source",
    "category",
    "horizon",
    "unit",
    "sponsor",
    "owner",
    "ledger",
    "timeliness",
    "origin",
    "relapsed",
    "q",
];

impl Filter {
    /// The list of everything.
    pub fn everything() -> Self {
        Self { show: Some("all".into()), ..Self::default() }
    }

    /// The list an address's query says.
    pub fn of(query: &str) -> Self {
        serde_urlencoded::from_str(query.trim_start_matches('?')).unwrap_or_default()
    }

    /// Every value that is set, by its name in the address.
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let pairs = [
            ("show", &self.show),
            ("watcher", &self.watcher),
            ("due", &self.due),
            ("step", &self.step),
            ("reached", &self.reached),
            ("stage", &self.stage),
            ("source", &self.source),
            ("category", &self.category),
            ("horizon", &self.horizon),
            ("unit", &self.unit),
            ("sponsor", &self.sponsor),
            ("owner", &self.owner),
            ("ledger", &self.ledger),
            ("timeliness", &self.timeliness),
            ("origin", &self.origin),
            ("relapsed", &self.relapsed),
            ("q", &self.q),
            ("sort", &self.sort),
            ("page", &self.page),
            ("open", &self.open),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect()
    }

    /// A value that is set.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.pairs().into_iter().find(|pair| pair.0 == name).map(|pair| pair.1)
    }

    /// The query of the address with some values set or, where they are empty, taken away.
    pub fn and(&self, set: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let mut add = |name: &str, value: &str| {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(&format!("{name}={}", encode(value)));
        };
        for (name, value) in self.pairs() {
            if !set.iter().any(|one| one.0 == name) {
                add(name, value);
            }
        }
        for (name, value) in set.iter().filter(|one| !one.1.is_empty()) {
            add(name, value);
        }
        text
    }

    /// The query of the address as it is.
    pub fn query(&self) -> String {
        self.and(&[])
    }

    /// The address of the list with a value set or taken away, on its first page.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut set = vec![("page", ""), ("open", ""), (name, value)];
        let rest = NARROWING.iter().any(|one| *one != name && self.value(one).is_some());
        let narrowed = !value.is_empty() && NARROWING.contains(&name);
        if narrowed {
            set.push(("show", ""));
        } else if value.is_empty() && !rest && name != "show" {
            set.push(("show", "all"));
        }
        set.dedup_by_key(|one| one.0);
        format!("/problems{}", self.and(&set))
    }

    /// The address of the list with a problem in its panel.
    pub fn opening(&self, id: impl std::fmt::Display) -> String {
        format!("/problems{}", self.and(&[("open", &id.to_string())]))
    }

    /// The address of the list on a page.
    pub fn at(&self, page: i64) -> String {
        format!("/problems{}", self.and(&[("open", ""), ("page", &page.to_string())]))
    }

    /// What is asked, without the page and the panel.
    pub fn plain(&self) -> Self {
        Self { page: None, open: None, sort: None, ..self.clone() }
    }

    pub fn page(&self) -> i64 {
        self.number(&self.page).unwrap_or(1).max(1)
    }

    pub fn open(&self) -> Option<i64> {
        self.number(&self.open)
    }

    #[expect(clippy::unused_self, reason = "reads as what is asked of the address")]
    fn number(&self, text: &Option<String>) -> Option<i64> {
        text.as_deref().and_then(|text| text.parse().ok())
    }

    /// The order of rows `p`, total.
    pub(super) fn order(&self) -> &'static str {
        match self.sort.as_deref() {
            Some("number") => "p.sort, p.id",
            _ => "p.rank, p.sort, p.id",
        }
    }

    /// What an answer is remembered under, beside the statement.
    pub(super) fn question(&self, text: &str) -> String {
        let (category, q) = (self.category.as_deref(), self.q.as_deref());
        format!("{text}\n{}\n{}", category.unwrap_or_default(), q.unwrap_or_default())
    }

    /// What is asked of the text index, `$4`.
    pub(super) fn asked(&self, me: &Me) -> String {
        search::asked(me.house.store.dialect(), self.q.as_deref().unwrap_or_default())
    }

    /// The condition on a row `p`: `$1` body, `$2` today, `$3` category, `$4` words looked for.
    pub(crate) fn condition(&self, me: &Me) -> String {
        let mut text = "p.jurisdiction = $1 and $2 <> '' and $3 = $3 and $4 = $4".to_owned();
        text.push_str(&self.range(me.today()));
        self.words(&mut text, me);
        if let Some(posts) = self.posts(me) {
            text.push_str(&posts);
        }
        for (column, value) in
            [("p.unit", &self.unit), ("p.sponsor", &self.sponsor), ("p.ledger", &self.ledger)]
        {
            if let Some(number) = self.number(value) {
                text.push_str(&format!(" and {column} = {number}"));
            }
        }
        if let Some(number) = self.number(&self.owner) {
            text.push_str(&format!(" and p.owner = {number}"));
        }
        if self.category.is_some() {
            text.push_str(" and p.category = $3");
        }
        if self.relapsed.as_deref() == Some("yes") {
            text.push_str(" and p.relapses > 0");
        }
        if let Some(q) = self.q.as_deref() {
            let found = search::matters(me.house.store.dialect(), q);
            text.push_str(&format!(" and p.id in ({found})"));
        }
        if me.scope != Scope::All
            && let Some(parts) = me.scope.matters()
        {
            text.push_str(&format!(
                " and p.id in (select s.matter from ({parts}) s where s.kind = 'problem')"
            ));
        }
        text
    }

    /// The part of the order a list is in: open, suspended and closed, without drafts and what
    /// is gone; what is overdue and what is due this week are ranges of it.
    fn range(&self, today: Day) -> String {
        match self.due.as_deref() {
            Some("overdue") => " and p.rank >= '0' and p.rank < '0' || $2".to_owned(),
            Some("week") => {
                let left = 7 - today.weekday().to_monday_one_offset();
                let sunday = today.saturating_add(jiff::Span::new().days(left));
                format!(" and p.rank >= '0' || $2 and p.rank <= '0{sunday}'")
            }
            Some("look-back") => " and p.look_back_on <= $2 and p.rank < '3'".to_owned(),
            _ => " and p.rank < '3'".to_owned(),
        }
    }

    /// What is asked by a word of the house; any other word asks nothing.
    fn words(&self, text: &mut String, me: &Me) {
        let step = Step::ALL.iter().position(|step| Some(step.word()) == self.step.as_deref());
        if let Some(place) = step {
            text.push_str(&format!(" and p.box = {}", place + 1));
        }
        if let Some(from) = reached(self.reached.as_deref()) {
            text.push_str(&format!(" and p.box >= {from}"));
        }
        let source = Source::ALL.iter().find(|one| Some(one.word()) == self.source.as_deref());
        if let Some(source) = source {
            text.push_str(&format!(" and p.source = '{}'", source.word()));
        }
        for (column, value) in [("p.stage", &self.stage), ("p.horizon", &self.horizon)] {
            if let Some(word) = value.as_deref().filter(|word| is_word(word)) {
                text.push_str(&format!(" and {column} = '{word}'"));
            }
        }
        text.push_str(timeliness(self.timeliness.as_deref()));
        let year = me.today().year();
        match self.origin.as_deref().and_then(Origin::from_word) {
            Some(Origin::New) => text.push_str(&format!(" and p.listed_on >= '{year}-01-01'")),
            Some(Origin::Carried) => text.push_str(&format!(
                " and p.listed_on < '{year}-01-01' and (p.done_on is null \
                 or p.done_on >= '{year}-01-01')"
            )),
            None => {}
        }
    }

    /// Those a post watches; `me` is every post of the officer.
    fn posts(&self, me: &Me) -> Option<String> {
        let posts = match self.watcher.as_deref()? {
            "me" => me.roster.posts_of(me.officer.person, me.now.day()),
            number => vec![mechanisms::Id::new(number.parse().ok()?)],
        };
        let posts: Vec<i64> = posts.iter().map(|post| post.0).collect();
        Some(format!(" and p.watcher in ({})", list(&posts)))
    }
}

/// The first box at or past a step of the funnel.
pub(super) fn reached(word: Option<&str>) -> Option<usize> {
    Some(match word? {
        "planned" => 2,
        "ready" => 3,
        "applied" => 4,
        "closed" => 5,
        _ => return None,
    })
}

/// The condition that a row `p` is in one of the official groups on day `$2`.
pub(super) fn timeliness(group: Option<&str>) -> &'static str {
    match group {
        Some("done-on-time") => " and p.timely_on = 'kept'",
        Some("done-late") => " and p.timely_on = 'missed'",
        Some("undated") => " and p.timely_on = 'none'",
        Some("not-yet-due") => {
            " and p.timely_on >= $2 and p.timely_on not in ('kept', 'missed', 'none')"
        }
        Some("overdue") => " and p.timely_on < $2",
        _ => "",
    }
}

/// May stand in a statement as it is.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn an_address_is_read_back_and_narrowed() {
        let filter =
            Filter::of("watcher=me&due=week&category=行政 审批&q=a%26b&page=3&open=97&unit=");
        assert_eq!((filter.page(), filter.open(), filter.unit.as_deref()), (3, Some(97), None));
        let again = Filter::of(filter.and(&[]).as_str());
        assert_eq!(again, filter);
        let wider = filter.with("due", "");
        assert!(wider.starts_with("/problems?watcher=me&category="), "{wider}");
        assert!(!wider.contains("page") && !wider.contains("open"), "{wider}");
        // Taking the last filter away leaves everything, not the officer's own view.
        assert_eq!(Filter::of("due=week").with("due", ""), "/problems?show=all");
        assert_eq!(Filter::everything().with("due", "week"), "/problems?due=week");
        assert_eq!(Filter::everything().with("sort", "number"), "/problems?show=all&sort=number");
        assert_eq!(filter.opening(8), format!("/problems{}", filter.and(&[("open", "8")])));
    }
}
