//! The address of a list, and the condition it says.

use serde::{Deserialize, Serialize};

use super::top;
use crate::{access::Me, failure::Failure, ui::encode};

/// The address of a list, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
        let mut pairs: Vec<(String, String)> = self.pairs();
        pairs.retain(|(key, _)| key != name && key != "page");
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let parts: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let value = serde_json::to_value(self).unwrap_or_default();
        let fields = value.as_object().cloned().unwrap_or_default();
        fields
            .into_iter()
            .filter_map(|(key, value)| match value {
                serde_json::Value::String(text) if !text.is_empty() => Some((key, text)),
                serde_json::Value::Number(number) => Some((key, number.to_string())),
                _ => None,
            })
            .collect()
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

    /// The condition on a row `m`: `$1` body, `$2` today, `$3` area, `$4` words looked for.
    pub async fn condition(&self, me: &Me) -> Result<String, Failure> {
        let mut text = format!(
            "m.jurisdiction = $1 and m.kind = 'item' and $2 <> '' and $3 = $3 and $4 = $4 and {}",
            me.scope.condition()
        );
        if self.is_top() {
            text.push_str(top(me).await?);
        }
        let light = match self.light.as_deref() {
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
        };
        text.push_str(&format!(" and {light}"));
        text.push_str(self.timeliness_condition());
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
        if self.q.as_deref().is_some_and(|q| !q.trim().is_empty()) {
            text.push_str(" and (m.title like $4 or m.number like $4)");
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

    fn timeliness_condition(&self) -> &'static str {
        match self.timeliness.as_deref() {
            Some("done-on-time") => " and m.standing = 'done' and m.done_on <= m.due_on",
            Some("done-late") => " and m.standing = 'done' and m.done_on > m.due_on",
            Some("not-yet-due") => " and m.standing in ('open', 'hold') and m.due_on >= $2",
            Some("overdue") => " and m.standing in ('open', 'hold') and m.due_on < $2",
            Some("undated") => " and m.standing <> 'draft' and m.due_on is null",
            _ => "",
        }
    }

    pub fn area_text(&self) -> String {
        self.area.clone().unwrap_or_default()
    }

    pub fn q_text(&self) -> String {
        format!("%{}%", self.q.as_deref().unwrap_or_default().trim())
    }
}
