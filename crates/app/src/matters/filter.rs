//! The address of a list, and the condition it says.

use serde::Deserialize;

use mechanisms::Day;

use super::span::{Origin, span};
use crate::{access::Me, failure::Failure, store::search, ui::encode};

/// The address of a list, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub plan: Option<i64>,
    /// The year whose plans are meant; by default the newest that has begun.
    pub year: Option<i64>,
    /// A past day: everything as it stood at its end.
    pub as_of: Option<String>,
    /// `late`, `warn`, `ok`, `done`, `hold`, `idle`; `urgent` for the first two.
    pub light: Option<String>,
    pub area: Option<String>,
    pub sponsor: Option<i64>,
    pub lead: Option<i64>,
    pub owner: Option<i64>,
    pub goal: Option<i64>,
    pub stage: Option<String>,
    /// One of the five official groups of timeliness; `issued` for all five.
    pub timeliness: Option<String>,
    /// `carried` from earlier years, or `new` in this one.
    pub origin: Option<String>,
    /// The move it waits for: `sign`, `report`, `answer`, …
    pub waits: Option<String>,
    pub q: Option<String>,
    /// `all` shows the plans of units below beside the body's own, `own` only the year's own
    /// even where a unit or person is asked for.
    pub level: Option<String>,
    /// The item above.
    pub above: Option<i64>,
    /// `yes` or `no`: taken up by units below.
    pub cascaded: Option<String>,
    /// `urgent` (default) or `number`.
    pub sort: Option<String>,
    pub zoom: Option<String>,
    pub all: Option<i64>,
    /// Goals whose items are folded away on the chart, by comma.
    pub shut: Option<String>,
    pub page: Option<i64>,
}

/// A row `m` that has items below it.
pub const CASCADED: &str = "exists (select 1 from item i where i.jurisdiction = m.jurisdiction \
    and i.parent = m.id)";

impl Filter {
    /// The query of the address with one value set or taken away.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut text = String::new();
        let mut add = |name: &str, value: &str| {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(value));
        };
        for (key, kept) in self.pairs() {
            if key != name && key != "page" {
                add(key, &kept);
            }
        }
        if !value.is_empty() {
            add(name, value);
        }
        text
    }

    /// Every value that is set, by its name in the address.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let number = |value: Option<i64>| value.map(|value| value.to_string());
        let pairs = [
            ("plan", number(self.plan)),
            ("year", number(self.year)),
            ("as_of", self.as_of.clone()),
            ("light", self.light.clone()),
            ("area", self.area.clone()),
            ("sponsor", number(self.sponsor)),
            ("lead", number(self.lead)),
            ("owner", number(self.owner)),
            ("goal", number(self.goal)),
            ("stage", self.stage.clone()),
            ("timeliness", self.timeliness.clone()),
            ("origin", self.origin.clone()),
            ("waits", self.waits.clone()),
            ("q", self.q.clone()),
            ("level", self.level.clone()),
            ("above", number(self.above)),
            ("cascaded", self.cascaded.clone()),
            ("sort", self.sort.clone()),
            ("zoom", self.zoom.clone()),
            ("all", number(self.all)),
            ("shut", self.shut.clone()),
            ("page", number(self.page)),
        ];
        let set = |(name, value): (&'static str, Option<String>)| {
            value.filter(|value| !value.is_empty()).map(|value| (name, value))
        };
        pairs.into_iter().filter_map(set).collect()
    }

    pub fn zoom(&self) -> &str {
        self.zoom.as_deref().unwrap_or("half")
    }

    pub fn page(&self) -> i64 {
        self.page.unwrap_or(1).max(1)
    }

    /// The past day that is asked for.
    pub fn as_of(&self) -> Option<Day> {
        self.as_of.as_deref().and_then(|text| text.parse().ok())
    }

    pub fn origin(&self) -> Option<Origin> {
        self.origin.as_deref().and_then(Origin::from_word)
    }

    /// The same plan or year on the same day, and nothing narrower.
    pub fn bounds(&self) -> Self {
        let (plan, year, as_of) = (self.plan, self.year, self.as_of.clone());
        Self { plan, year, as_of, ..Self::default() }
    }

    /// Goals that are folded away.
    pub fn shut(&self) -> Vec<i64> {
        let text = self.shut.as_deref().unwrap_or_default();
        text.split(',').filter_map(|id| id.parse().ok()).collect()
    }

    /// The query with one goal folded or unfolded.
    pub fn turned(&self, goal: &i64) -> String {
        let mut shut = self.shut();
        match shut.iter().position(|id| id == goal) {
            Some(place) => drop(shut.remove(place)),
            None => shut.push(*goal),
        }
        let texts: Vec<String> = shut.iter().map(i64::to_string).collect();
        let page = self.page.map_or(String::new(), |page| page.to_string());
        Self { page: None, ..self.clone() }.and("shut", &texts.join(","), "page", &page)
    }

    /// A value that is set, as the address writes it.
    pub fn value(&self, name: &str) -> Option<String> {
        self.pairs().into_iter().find(|pair| pair.0 == name).map(|pair| pair.1)
    }

    /// The same plan or year on the same day, narrowed by one of the values alone.
    pub fn alone(&self, name: &str) -> Self {
        let value = self.value(name).unwrap_or_default();
        let text = self.bounds().with(name, &value);
        serde_urlencoded::from_str(text.trim_start_matches('?')).unwrap_or_default()
    }

    /// The same plan or year on a day; the day the page shows needs no naming.
    pub fn on(&self, day: Day, shown: Day) -> Self {
        let as_of = if day == shown { self.as_of.clone() } else { Some(day.to_string()) };
        Self { as_of, ..self.bounds() }
    }

    /// The address of the list with one value set or taken away.
    pub fn items(&self, name: &str, value: &str) -> String {
        format!("/items{}", self.with(name, value))
    }

    /// The list of one goal's items, as the chart shows them, or of one light among them.
    pub fn of_goal(&self, goal: &i64, light: &str) -> String {
        let light = if light.is_empty() { self.light.clone() } else { Some(light.to_owned()) };
        let (goal, sort) = (Some(*goal), Some("number".to_owned()));
        let (level, all, shut, zoom) = (Some("own".to_owned()), None, None, None);
        let one = Self { goal, sort, light, level, all, shut, zoom, ..self.clone() };
        one.with("page", "")
    }

    /// The list of one sponsor's items that show a light.
    pub fn of_sponsor(&self, sponsor: i64, light: &str) -> String {
        Self { sponsor: Some(sponsor), ..self.clone() }.with("light", light)
    }

    /// The query with two values set or taken away.
    pub fn and(&self, name: &str, value: &str, other: &str, set: &str) -> String {
        let text = self.with(name, value);
        let Ok(one) = serde_urlencoded::from_str::<Self>(text.trim_start_matches('?')) else {
            return text;
        };
        one.with(other, set)
    }

    /// The year's own plans are meant: nothing narrower was asked for, or they were by name.
    pub(super) fn is_bounded(&self) -> bool {
        let narrower = [self.plan, self.goal, self.above, self.owner, self.lead];
        match self.level.as_deref() {
            Some("all") => false,
            Some("own") => true,
            _ => narrower.iter().all(Option::is_none),
        }
    }

    /// What to read rows `m` from where the matters looked for, or those of the scope, are read
    /// first: right where they are few, and where all of them are counted.
    pub fn few(&self, me: &Me) -> String {
        let q = self.q.as_deref().filter(|q| !q.trim().is_empty());
        let first = match q {
            Some(q) => {
                let found = search::matters(me.house.store.dialect(), q);
                Some(format!("select 'item' as kind, f.matter from ({found}) f"))
            }
            None => me.scope.matters(),
        };
        // A cross join is read in the order in which it is written.
        first.map_or("matter m where ".to_owned(), |first| {
            format!(
                "({first}) s cross join matter m where m.jurisdiction = $1 and m.kind = s.kind \
                 and m.id = s.matter and "
            )
        })
    }

    /// The condition on a row `m`: `$1` body, `$2` today, `$3` area, `$4` words looked for.
    pub async fn condition(&self, me: &Me) -> Result<String, Failure> {
        let mut text = format!(
            "m.jurisdiction = $1 and m.kind = 'item' and $2 <> '' and $3 = $3 and $4 = $4 and {}",
            me.scope.condition()
        );
        if self.is_bounded() || self.origin.is_some() {
            text.push_str(&span(me, self).await?.rows(self.origin()));
        }
        let light = light_condition(self.light.as_deref());
        text.push_str(&format!(" and {light}"));
        text.push_str(timeliness_condition(self.timeliness.as_deref()));
        for (column, value) in [
            ("plan", self.plan),
            ("sponsor", self.sponsor),
            ("lead_unit", self.lead),
            ("owner", self.owner),
            ("parent", self.goal),
        ] {
            if let Some(value) = value {
                text.push_str(&format!(" and m.{column} = {value}"));
            }
        }
        if let Some(stage) = self.stage.as_deref().filter(|stage| is_word(stage)) {
            text.push_str(&format!(" and m.stage = '{stage}'"));
        }
        if let Some(waits) = self.waits.as_deref().filter(|word| is_word(word)) {
            text.push_str(&format!(
                " and m.id in (select t.matter from todo t where t.jurisdiction = $1 \
                 and t.kind = 'item' and t.what = '{waits}' and t.since <= $2)"
            ));
        }
        if self.area.as_deref().is_some_and(|area| !area.is_empty()) {
            text.push_str(
                " and m.parent in (select g.id from matter g where g.jurisdiction = $1 \
                 and g.kind = 'goal' and g.area = $3)",
            );
        }
        if let Some(q) = self.q.as_deref().filter(|q| !q.trim().is_empty()) {
            let found = search::matters(me.house.store.dialect(), q);
            text.push_str(&format!(" and m.id in ({found})"));
        }
        match self.cascaded.as_deref() {
            Some("yes") => text.push_str(&format!(" and {CASCADED}")),
            Some("no") => text.push_str(&format!(" and not {CASCADED}")),
            _ => {}
        }
        if let Some(above) = self.above {
            let lower = format!(
                " and m.id in (select i.id from item i where i.jurisdiction = $1 \
                 and i.parent = {above})"
            );
            text.push_str(&lower);
        }
        Ok(text)
    }

    pub fn area_text(&self) -> String {
        self.area.clone().unwrap_or_default()
    }

    /// What is asked of the text index.
    pub fn q_text(&self, me: &Me) -> String {
        search::asked(me.house.store.dialect(), self.q.as_deref().unwrap_or_default())
    }
}

/// The condition that a row `m` shows a light today, `$2`.
pub(super) fn light_condition(light: Option<&str>) -> &'static str {
    match light {
        Some("late") => "m.standing = 'open' and m.urgent_on <= $2",
        Some("warn") => "m.standing = 'open' and m.yellow_on <= $2 and m.urgent_on > $2",
        Some("urgent") => "m.standing = 'open' and (m.urgent_on <= $2 or m.yellow_on <= $2)",
        Some("ok") => {
            "m.standing = 'open' and (m.yellow_on > $2 or m.yellow_on is null) \
             and m.urgent_on > $2"
        }
        Some("done") => "m.standing = 'done'",
        Some("hold") => "m.standing = 'hold'",
        Some("idle") => "m.standing = 'draft'",
        _ => "m.standing <> 'gone'",
    }
}

/// The condition that a row `m` is in one of the official groups today, after the others.
pub(super) fn timeliness_condition(group: Option<&str>) -> &'static str {
    match group {
        Some("done-on-time") => " and m.standing = 'done' and m.done_on <= m.due_on",
        Some("done-late") => " and m.standing = 'done' and m.done_on > m.due_on",
        Some("not-yet-due") => " and m.standing in ('open', 'hold') and m.due_on >= $2",
        Some("overdue") => " and m.standing in ('open', 'hold') and m.due_on < $2",
        Some("issued") => " and m.standing <> 'draft'",
        Some("undated") => " and m.standing <> 'draft' and m.due_on is null",
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
    fn an_address_says_every_value_and_is_read_back() {
        let filter = Filter {
            plan: Some(1),
            year: Some(2014),
            as_of: Some("2014-09-01".into()),
            light: Some("late".into()),
            area: Some("生态 环境".into()),
            sponsor: Some(2),
            lead: Some(3),
            owner: Some(4),
            goal: Some(5),
            stage: Some("done".into()),
            timeliness: Some("overdue".into()),
            origin: Some("carried".into()),
            waits: Some("report".into()),
            level: Some("all".into()),
            above: Some(6),
            cascaded: Some("no".into()),
            q: Some("锅炉&=".into()),
            sort: Some("number".into()),
            zoom: Some("year".into()),
            all: Some(1),
            shut: Some("8,9".into()),
            page: None,
        };
        assert!(filter.turned(&9).contains("shut=8&") || filter.turned(&9).ends_with("shut=8"));
        assert!(filter.turned(&3).contains("shut=8%2C9%2C3"));
        let text = filter.with("page", "7");
        let read: Filter = serde_urlencoded::from_str(text.trim_start_matches('?')).unwrap();
        assert_eq!(read, Filter { page: Some(7), ..filter.clone() });
        let without = filter.with("light", "");
        let read: Filter = serde_urlencoded::from_str(without.trim_start_matches('?')).unwrap();
        assert_eq!(read, Filter { light: None, ..filter });
    }
}
