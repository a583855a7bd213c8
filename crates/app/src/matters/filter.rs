//! The address of a list, and the condition it says.

use serde::Deserialize;

use super::top;
use crate::{access::Me, failure::Failure, store::search, ui::encode};

/// The address of a list, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub plan: Option<i64>,
    /// `late`, `warn`, `ok`, `done`, `hold`, `idle`; `urgent` for the first two.
    pub light: Option<String>,
    pub area: Option<String>,
    pub sponsor: Option<i64>,
    pub lead: Option<i64>,
    pub owner: Option<i64>,
    pub goal: Option<i64>,
    pub stage: Option<String>,
    /// One of the five official groups of timeliness.
    pub timeliness: Option<String>,
    pub q: Option<String>,
    /// `all` shows the plans of units below beside the body's own.
    pub level: Option<String>,
    /// The item above.
    pub above: Option<i64>,
    /// `yes` or `no`: taken up by units below.
    pub cascaded: Option<String>,
    /// `urgent` (default) or `number`.
    pub sort: Option<String>,
    pub zoom: Option<String>,
    pub all: Option<i64>,
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
            ("light", self.light.clone()),
            ("area", self.area.clone()),
            ("sponsor", number(self.sponsor)),
            ("lead", number(self.lead)),
            ("owner", number(self.owner)),
            ("goal", number(self.goal)),
            ("stage", self.stage.clone()),
            ("timeliness", self.timeliness.clone()),
            ("q", self.q.clone()),
            ("level", self.level.clone()),
            ("above", number(self.above)),
            ("cascaded", self.cascaded.clone()),
            ("sort", self.sort.clone()),
            ("zoom", self.zoom.clone()),
            ("all", number(self.all)),
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

    /// Only the body's own plans are meant: nothing narrower was asked for.
    fn is_top(&self) -> bool {
        let narrower = [self.plan, self.goal, self.above, self.owner, self.lead];
        narrower.iter().all(Option::is_none) && self.level.as_deref() != Some("all")
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
        if self.is_top() {
            text.push_str(top(me).await?);
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
        if let Some(stage) = self.stage.as_deref().filter(|stage| {
            stage.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !stage.is_empty()
        }) {
            text.push_str(&format!(" and m.stage = '{stage}'"));
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
        Some("undated") => " and m.standing <> 'draft' and m.due_on is null",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn an_address_says_every_value_and_is_read_back() {
        let filter = Filter {
            plan: Some(1),
            light: Some("late".into()),
            area: Some("生态 环境".into()),
            sponsor: Some(2),
            lead: Some(3),
            owner: Some(4),
            goal: Some(5),
            stage: Some("done".into()),
            timeliness: Some("overdue".into()),
            level: Some("all".into()),
            above: Some(6),
            cascaded: Some("no".into()),
            q: Some("锅炉&=".into()),
            sort: Some("number".into()),
            zoom: Some("year".into()),
            all: Some(1),
            page: None,
        };
        let text = filter.with("page", "7");
        let read: Filter = serde_urlencoded::from_str(text.trim_start_matches('?')).unwrap();
        assert_eq!(read, Filter { page: Some(7), ..filter.clone() });
        let without = filter.with("light", "");
        let read: Filter = serde_urlencoded::from_str(without.trim_start_matches('?')).unwrap();
        assert_eq!(read, Filter { light: None, ..filter });
    }
}
