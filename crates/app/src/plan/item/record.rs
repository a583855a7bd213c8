//! The record of one item (记录): what was done, as the journal has it, and between the entries
//! what followed by itself: the day a light turned, and a forecast that moved. The second kind
//! stands in no entry: it is computed again from the entries each time, by today's rules.

use mechanisms::{
    Day,
    light::Light,
    plan::item::{Event, Item},
};
use sqlx::Row;

use super::kebab;
use crate::{
    access::Me, failure::Failure, store::kept::replay_one, trouble::Trouble, ui::words::Words,
};

/// How many lines the page shows.
const SHOWN: usize = 12;

/// One line of the record.
pub struct Line {
    pub text: String,
    /// The reason, finding or text that came with it.
    pub note: String,
    pub when: String,
    pub who: String,
    /// The entry's number; none for what was computed.
    pub number: Option<i64>,
    pub light: Option<Light>,
}

/// The record, newest first, and what the page needs of it besides.
pub struct Record {
    pub lines: Vec<Line>,
    /// Entries of the journal, all of them.
    pub total: i64,
    /// The day since which the light has been what it is.
    pub since: Option<Day>,
    /// When the baseline was taken, and by which act.
    pub baseline: Option<(String, String)>,
}

/// Reads an item's entries and tells them.
pub async fn read(me: &Me, id: i64, w: &Words) -> Result<Record, Trouble> {
    let rows = sqlx::query(
        "select number, day, at, person, post, payload, act from entry where jurisdiction = $1 \
         and kind = 'item' and matter = $2 order by number",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut telling = Telling { me, w, state: None, light: None, lines: Vec::new(), since: None };
    let mut baseline = None;
    for row in &rows {
        let fact = crate::store::pen::fact(row)?;
        let act: String = row.try_get(6)?;
        telling.pass_to(fact.stamp.day);
        telling.take(&fact, &act)?;
        if ["Issued", "PlanApproved", "BaselineSaved"].contains(&act.as_str()) {
            let day = w.day(&fact.stamp.day, &me.today());
            baseline = Some((day, w.t(&format!("act-{}", kebab(&act)))));
        }
    }
    telling.pass_to(me.today());
    telling.stands();
    let Telling { mut lines, since, .. } = telling;
    lines.reverse();
    lines.truncate(SHOWN);
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    Ok(Record { lines, total, since, baseline })
}

struct Telling<'a> {
    me: &'a Me,
    w: &'a Words,
    state: Option<Item>,
    /// The light after what was told last; only of items that are open.
    light: Option<Light>,
    since: Option<Day>,
    lines: Vec<Line>,
}

impl Telling<'_> {
    /// The turns of the light up to the morning of a day, if nothing else happened.
    fn pass_to(&mut self, day: Day) {
        let Some(item) = &self.state else { return };
        let store = &self.me.house.store;
        let turns = item.turns(store.lights(), &self.me.calendar);
        let mut days: Vec<Day> =
            [turns.yellow_on, turns.red_on].into_iter().flatten().filter(|on| *on <= day).collect();
        days.sort();
        days.dedup();
        for on in days {
            if on > item_day(&self.state) {
                self.look(on);
            }
        }
    }

    /// Notes the light of a day, with a line where it turned.
    fn look(&mut self, day: Day) {
        let Some(item) = &self.state else { return };
        let store = &self.me.house.store;
        let now = match item.stage.standing() {
            "open" => Some(item.light(store.lights(), &self.me.calendar, day)),
            _ => None,
        };
        let before = std::mem::replace(&mut self.light, now);
        if before == now {
            return;
        }
        self.since = now.map(|_| day);
        let (Some(from), Some(to)) = (before, now) else { return };
        let names = self.fired(day, to);
        let args = [("from", &*self.w.light(&from)), ("to", &*self.w.light(&to))];
        let text = self.w.a("record-turned", &args);
        self.computed(day, text, names, Some(to));
    }

    /// The rules that hold on a day, by name.
    fn fired(&self, day: Day, light: Light) -> String {
        let Some(item) = &self.state else { return String::new() };
        let store = &self.me.house.store;
        let reasons =
            store.lights().reasons(&item.facts(&self.me.calendar), &self.me.calendar, day);
        let fired = reasons.iter().filter(|one| one.light == light && light != Light::Ok);
        let names: Vec<String> =
            fired.map(|one| self.w.t(&format!("rule-{}", one.key.word()))).collect();
        names.join(&self.w.t("list-comma"))
    }

    fn computed(&mut self, day: Day, text: String, note: String, light: Option<Light>) {
        let when = self.w.short(&day, &self.me.today());
        let who = self.w.n("record-computed", self.me.house.store.lights().version);
        self.lines.push(Line { text, note, when, who, number: None, light });
    }

    fn take(&mut self, fact: &crate::store::kept::Fact, act: &str) -> Result<(), Failure> {
        let forecast = self.state.as_ref().and_then(Item::forecast_on);
        self.state = replay_one(self.state.take(), fact)
            .map_err(|error| Failure::new(format!("corrupt journal: an item's entry: {error}")))?;
        let event =
            fact.payload.as_deref().and_then(|text| serde_json::from_str::<Event>(text).ok());
        let (text, note) = told(act, event.as_ref(), self.me, self.w);
        let local = self.me.house.clock.local(&fact.stamp.at);
        let time = local.map(|at| at.strftime(" %H:%M").to_string()).unwrap_or_default();
        self.lines.push(Line {
            text,
            note,
            when: format!("{}{time}", self.w.short(&fact.stamp.day, &self.me.today())),
            who: self.me.roster.post_title(fact.stamp.by.post).to_owned(),
            number: Some(fact.stamp.number),
            light: None,
        });
        let day = fact.stamp.day;
        let moved = self.state.as_ref().and_then(Item::forecast_on);
        let reported = matches!(
            event,
            Some(Event::Reported { .. } | Event::Corrected { .. } | Event::Checked { .. })
        );
        if let (Some(from), Some(to), true) = (forecast, moved, reported && forecast != moved) {
            let today = self.me.today();
            let args =
                [("from", &*self.w.short(&from, &today)), ("to", &*self.w.short(&to, &today))];
            let text = self.w.a("record-forecast", &args);
            self.computed(day, text, String::new(), None);
        }
        self.look(day);
        Ok(())
    }

    /// The last line: that a bad light still stands, and why.
    fn stands(&mut self) {
        let Some(light) = self.light.filter(|one| matches!(one, Light::Late | Light::Warn)) else {
            return;
        };
        let today = self.me.today();
        if self.since == Some(today) {
            return;
        }
        let names = self.fired(today, light);
        let since = self.since.map(|day| self.w.day(&day, &today)).unwrap_or_default();
        let name = self.w.light(&light);
        let text = self.w.a("record-stands", &[("light", &name), ("since", &since)]);
        self.computed(today, text, names, Some(light));
        if let Some(line) = self.lines.last_mut() {
            line.when = self.w.t("today");
        }
    }
}

/// The day of the last fact.
fn item_day(state: &Option<Item>) -> Day {
    state.as_ref().map_or(Day::MIN, |item| item.touched.day)
}

/// An entry in words: what was done, and what was said with it.
fn told(act: &str, event: Option<&Event>, me: &Me, w: &Words) -> (String, String) {
    let plain = w.t(&format!("act-{}", kebab(act)));
    let Some(event) = event else { return (plain, w.t("entry-erased")) };
    let day = |day: &Day| w.day(day, &me.today());
    match event {
        Event::Reported { number, account } => {
            let args =
                [("n", &*number.to_string()), ("files", &*account.evidence.len().to_string())];
            let key = if account.evidence.is_empty() { "record-reported" } else { "record-filed" };
            (w.a(key, &args), String::new())
        }
        Event::Corrected { number, .. } => (w.n("record-corrected", number), String::new()),
        Event::Checked { report, sound, note } => {
            let key = if *sound { "record-sound" } else { "record-sent-back" };
            (w.n(key, report), note.trim_matches('-').to_owned())
        }
        Event::Reminded { level, text, .. } => {
            (w.t(&format!("level-{}", level.word())), text.clone())
        }
        Event::ReminderAnswered { text, .. } | Event::ClosingApplied { text, .. } => {
            (plain, text.clone())
        }
        Event::ExtensionAsked { due_on, reason, .. } => {
            (w.a("extension-asked", &[("day", &day(due_on))]), reason.clone())
        }
        Event::ExtensionDecided { granted, reason, .. } => {
            let key = if *granted { "record-extended" } else { "record-not-extended" };
            (w.t(key), reason.clone())
        }
        Event::Returned { reason }
        | Event::Objected { reason }
        | Event::PlanReturned { reason }
        | Event::Suspended { reason }
        | Event::Resumed { reason, .. }
        | Event::ClosingReturned { reason }
        | Event::Waived { reason }
        | Event::Withdrawn { reason } => (plain, reason.clone()),
        Event::Verified { finding } => (plain, finding.clone()),
        Event::HandedOver { post, .. } => (plain, me.roster.post_title(*post).to_owned()),
        _ => (plain, String::new()),
    }
}
