//! Views of the first run (首次使用): whose system this is, what the lights watch, and off it goes.
//! The doors behind them are in `access`.

use askama::Template;
use mechanisms::{
    Day,
    light::{Key, Pack, Rule},
};
use serde::Deserialize;

use super::words::Words;
use crate::access::Visit;

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Units,
    Import,
    Chain,
    Rules,
    Start,
}

/// A step as the list at the side shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub key: &'static str,
    pub about: &'static str,
    /// `done`, `now`, or empty.
    pub state: &'static str,
}

impl Step {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Units, "first-units", "first-units-about"),
        (Self::Import, "first-import", "first-import-about"),
        (Self::Chain, "first-chain", "first-chain-about"),
        (Self::Rules, "first-rules", "first-rules-about"),
        (Self::Start, "first-start", ""),
    ];

    /// Every step, seen from this one.
    pub fn list(self) -> [Listed; 5] {
        Self::ALL.map(|(step, key, about)| {
            let state = match step.cmp(&self) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "",
            };
            Listed { key, about, state }
        })
    }
}

/// A person of the form. Passwords are never shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub login: String,
    pub password: String,
}

/// What the form of the first step holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Founding {
    pub body_name: String,
    pub body_code: String,
    pub office_name: String,
    pub head: Person,
    pub system: Person,
    pub security: Person,
    pub audit: Person,
}

/// The same as a browser sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FoundingForm {
    body_name: String,
    body_code: String,
    office_name: String,
    head_name: String,
    head_login: String,
    head_password: String,
    system_name: String,
    system_login: String,
    system_password: String,
    security_name: String,
    security_login: String,
    security_password: String,
    audit_name: String,
    audit_login: String,
    audit_password: String,
}

impl From<FoundingForm> for Founding {
    fn from(form: FoundingForm) -> Self {
        let person = |name: String, login: String, password| Person {
            name: name.trim().to_owned(),
            login: login.trim().to_owned(),
            password,
        };
        Self {
            body_name: form.body_name.trim().to_owned(),
            body_code: form.body_code.trim().to_owned(),
            office_name: form.office_name.trim().to_owned(),
            head: person(form.head_name, form.head_login, form.head_password),
            system: person(form.system_name, form.system_login, form.system_password),
            security: person(form.security_name, form.security_login, form.security_password),
            audit: person(form.audit_name, form.audit_login, form.audit_password),
        }
    }
}

/// The first step: the body, its supervision office, its three administrators.
#[derive(Debug, Template)]
#[template(path = "access/first_run.html")]
pub struct UnitsPage {
    pub w: Words,
    pub visit: Visit,
    pub given: Founding,
    /// Fields that were refused, and why, in words.
    pub errors: Vec<(String, String)>,
    step: Step,
}

impl UnitsPage {
    pub fn new(visit: Visit, given: Founding, errors: Vec<(String, String)>) -> Self {
        Self { w: Words::of(visit.lang), visit, given, errors, step: Step::Units }
    }

    fn error(&self, field: &str) -> &str {
        let found = self.errors.iter().find(|error| error.0 == field);
        found.map_or("", |error| error.1.as_str())
    }
}

/// A rule of the lights in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleView {
    pub key: Key,
    pub yellow: String,
    pub red: String,
}

/// The fourth step: what the lights watch.
#[derive(Debug, Template)]
#[template(path = "access/first_rules.html")]
pub struct RulesPage {
    w: Words,
    visit: Visit,
    version: String,
    since: String,
    rules: Vec<RuleView>,
    step: Step,
}

impl RulesPage {
    pub fn new(visit: Visit, pack: &Pack, today: Day) -> Self {
        let w = Words::of(visit.lang);
        let rules = pack.rules.iter().map(|rule| view(rule, &w)).collect();
        let since = w.day(&pack.valid_from, &today);
        let version = pack.version.to_string();
        Self { w, visit, version, since, rules, step: Step::Rules }
    }
}

fn view(rule: &Rule, w: &Words) -> RuleView {
    RuleView {
        key: rule.key,
        yellow: limit(rule.key, rule.yellow, w),
        red: limit(rule.key, rule.red, w),
    }
}

/// From which value on a rule shows, in words: before a day where the value is negative.
pub fn limit(key: Key, value: Option<i64>, w: &Words) -> String {
    let Some(value) = value else { return w.t("first-rule-never") };
    let before = if value < 0 { "-before" } else { "" };
    w.n(&format!("limit-{}{before}", key.word()), &value.abs())
}

/// The last step: nothing was sent to anybody, and now it begins.
#[derive(Debug, Template)]
#[template(path = "access/first_start.html")]
pub struct StartPage {
    w: Words,
    visit: Visit,
    step: Step,
}

impl StartPage {
    pub fn new(visit: Visit) -> Self {
        Self { w: Words::of(visit.lang), visit, step: Step::Start }
    }
}
