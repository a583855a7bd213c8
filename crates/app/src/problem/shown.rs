//! What a problem's page shows of it, in words.

use mechanisms::{
    Day, Stamp,
    light::Light,
    problem::{Problem, Stage},
    reminder::Reminder,
};
use sqlx::Row;

use crate::{access::Me, trouble::Trouble, ui::words::Words};

/// Lines of the record the page shows.
const SHOWN: i64 = 12;

/// One line of a list in time: what, what state it is in, what was said, when and by whom.
pub struct Entry {
    pub name: String,
    /// The glyph beside it: `done`, `idle`, `warn` or `late`.
    pub glyph: &'static str,
    pub state: String,
    pub note: String,
    pub when: String,
}

/// The same file shown for another matter.
pub struct Reused {
    pub name: String,
    pub href: String,
    pub number: String,
}

fn when(stamp: &Stamp, me: &Me, w: &Words) -> String {
    let local = me.house.clock.local(&stamp.at);
    let time = local.map(|at| at.strftime(" %H:%M").to_string()).unwrap_or_default();
    let who = me.roster.post_title(stamp.by.post);
    format!("{}{time}　{who}", w.short(&stamp.day, &me.today()))
}

fn entry(name: String, note: &str, stamp: &Stamp, me: &Me, w: &Words) -> Entry {
    let (state, note) = (String::new(), note.to_owned());
    Entry { name, glyph: "done", state, note, when: when(stamp, me, w) }
}

/// Sponsor, unit, responsible person; whether it is the unit's own word.
pub fn chain(problem: &Problem, me: &Me) -> Vec<(String, bool)> {
    let content = &problem.content;
    let title = |post| me.roster.post_title(post).to_owned();
    let sponsor = content.sponsor.map(title).map(|title| (title, false));
    let unit = (me.roster.unit_name(content.unit).to_owned(), true);
    let owner = content.owner.map(title).map(|title| (title, false));
    sponsor.into_iter().chain([unit]).chain(owner).collect()
}

/// What the ledger's columns say.
pub fn facts(problem: &Problem, me: &Me, w: &Words) -> Vec<(String, String)> {
    let content = &problem.content;
    let day = |day: Option<Day>| day.map(|day| w.day(&day, &me.today())).unwrap_or_default();
    let word = |prefix: &str, word: &str| w.t(&format!("problem-{prefix}-{word}"));
    let watcher = content.watcher.map_or("", |post| me.roster.post_title(post));
    let (moved, first) = (problem.content.due_on, problem.first_due_on);
    let list = [
        ("problem-source", word("source", content.source.word())),
        ("problem-category", content.category.clone()),
        (
            "problem-yardstick",
            content.yardstick.map(|one| word("yardstick", one.word())).unwrap_or_default(),
        ),
        (
            "problem-aspect",
            content.aspect.map(|one| word("aspect", one.word())).unwrap_or_default(),
        ),
        ("problem-horizon", word("horizon", content.horizon.word())),
        ("problem-found-on", day(Some(content.found_on))),
        ("problem-first-due", day(first.filter(|_| moved != first))),
        ("problem-watcher", watcher.to_owned()),
        ("problem-complaint", content.complaint.clone().unwrap_or_default()),
        ("problem-scope", word("scope", content.scope.word())),
        ("problem-look-back-on", day(problem.look_back_on)),
    ];
    let said = list.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| (w.t(key), text)).collect()
}

pub fn measures(
    problem: &Problem,
    me: &Me,
    w: &Words,
) -> Vec<(i64, String, String, String, Light)> {
    let today = me.today();
    let one = |measure: &mechanisms::problem::Measure| {
        let light = match measure.done_on {
            Some(_) => Light::Done,
            None if measure.due_on < today => Light::Late,
            None => Light::Idle,
        };
        let done = measure.done_on.map(|day| w.short(&day, &today)).unwrap_or_default();
        let (number, text) = (measure.number, measure.text.clone());
        (number, text, w.short(&measure.due_on, &today), done, light)
    };
    problem.measures.iter().map(one).collect()
}

/// Each criterion, and what the verifier saw of it.
pub fn criteria(problem: &Problem) -> Vec<(String, Option<String>)> {
    let verified = problem.application().and_then(|one| one.verification.as_ref());
    let all = (1_i64..).zip(&problem.content.criteria);
    let seen = |place: i64| {
        let ticks = verified.map(|one| one.ticks.as_slice()).unwrap_or_default();
        ticks.iter().find(|tick| tick.criterion == place).map(|tick| tick.note.clone())
    };
    all.map(|(place, text)| (text.clone(), seen(place))).collect()
}

/// Who did which step of the closing, application by application.
pub fn seals(problem: &Problem, me: &Me, w: &Words) -> Vec<Entry> {
    let mut list = Vec::new();
    for one in &problem.applications {
        let mut add = |key: &str, note: &str, stamp: &Stamp| {
            list.push(entry(w.t(key), note, stamp, me, w));
        };
        add("problem-sealed-applied", &one.text, &one.stamp);
        if let Some(stamp) = &one.corrected {
            add("problem-sealed-corrected", "", stamp);
        }
        for asked in &one.consulted {
            let key = format!("problem-sealed-asked-{}", asked.answer.word());
            add(&key, &asked.note, &asked.stamp);
        }
        if let Some((finding, stamp)) = &one.check {
            add("problem-sealed-checked", finding, stamp);
        }
        if let Some(verified) = &one.verification {
            add("problem-sealed-verified", &verified.finding, &verified.stamp);
        }
        if let Some((reason, stamp)) = &one.returned {
            let back = entry(w.t("problem-sealed-returned"), reason, stamp, me, w);
            list.push(Entry { glyph: "late", ..back });
        }
    }
    let next = match problem.stage {
        Stage::Applied => Some("problem-next-check"),
        Stage::Checked => Some("problem-next-verify"),
        _ => None,
    };
    if let Some(key) = next {
        let (state, note, when) = (String::new(), String::new(), String::new());
        list.push(Entry { name: w.t(key), glyph: "idle", state, note, when });
    }
    list
}

pub fn progress(problem: &Problem, me: &Me, w: &Words) -> Vec<Entry> {
    let one = |report: &mechanisms::problem::Progress| {
        let state = match (&report.check, &report.corrected) {
            (Some((true, ..)), _) => w.t("report-sound"),
            (Some((false, ..)), _) => w.t("report-returned"),
            (None, Some(_)) => w.t("problem-corrected"),
            _ => String::new(),
        };
        let name = w.n("report-number", report.number);
        Entry { state, ..entry(name, &report.text, &report.stamp, me, w) }
    };
    problem.progress.iter().rev().map(one).collect()
}

/// Extensions, suspensions, statements and objections, each with what was decided.
pub fn said(problem: &Problem, me: &Me, w: &Words) -> Vec<Entry> {
    let decided = |decision: Option<bool>| match decision {
        Some(true) => w.t("problem-granted"),
        Some(false) => w.t("problem-not-granted"),
        None => w.t("problem-undecided"),
    };
    let mut list = Vec::new();
    for one in &problem.extensions {
        let name = w.a("extension-asked", &[("day", &w.day(&one.due_on, &me.today()))]);
        let state = decided(one.decision.as_ref().map(|decision| decision.0));
        list.push((&one.stamp, Entry { state, ..entry(name, &one.reason, &one.stamp, me, w) }));
    }
    for one in &problem.suspensions {
        let state = decided(one.decision.as_ref().map(|decision| decision.0));
        let asked = entry(w.t("problem-suspension"), &one.reason, &one.stamp, me, w);
        list.push((&one.stamp, Entry { state, ..asked }));
    }
    for (text, stamp) in &problem.statements {
        list.push((stamp, entry(w.t("problem-statement"), text, stamp, me, w)));
    }
    for one in &problem.objections {
        let state = match &one.decision {
            Some((true, ..)) => w.t("problem-upheld"),
            Some((false, ..)) => w.t("problem-not-upheld"),
            None => {
                let day = w.day(&one.decide_by, &me.today());
                w.a("problem-decide-until", &[("day", &day)])
            }
        };
        let against = w.t(&format!("against-{}", one.against.word()));
        let name = w.a("problem-objection", &[("against", &against)]);
        list.push((&one.stamp, Entry { state, ..entry(name, &one.reason, &one.stamp, me, w) }));
    }
    list.sort_by_key(|one| std::cmp::Reverse(one.0.number));
    list.into_iter().map(|one| one.1).collect()
}

/// Siblings that were asked: unit, answer, what they said.
pub fn pushes(problem: &Problem, me: &Me, w: &Words) -> Vec<(String, String, String)> {
    let one = |push: &mechanisms::problem::Push| {
        let (state, text) = match &push.answer {
            Some((Some(_), text, _)) => (w.t("problem-found-too"), text.clone()),
            Some((None, text, _)) => (w.t("problem-not-found-here"), text.clone()),
            None => {
                let day = w.day(&push.answer_due, &me.today());
                (w.a("problem-answer-by", &[("day", &day)]), String::new())
            }
        };
        (me.roster.unit_name(push.unit).to_owned(), state, text)
    };
    problem.pushes.iter().map(one).collect()
}

/// Other numbers: id, number as it is now, kind.
pub async fn links(
    me: &Me,
    problem: &Problem,
    w: &Words,
) -> Result<Vec<(i64, String, String)>, Trouble> {
    let mut list = Vec::new();
    for link in &problem.links {
        let other = me.house.store.state::<Problem>(me.body.id, link.other).await?;
        let number = other.and_then(|other| other.number.clone());
        let unnumbered = || w.t("problem-stage-filed");
        let number = number.or_else(|| Some(link.number.clone()).filter(|text| !text.is_empty()));
        let kind = w.t(&format!("problem-link-{}", link.kind.word()));
        list.push((link.other.0, number.unwrap_or_else(unnumbered), kind));
    }
    Ok(list)
}

/// Files of this problem that are shown for another matter too.
pub async fn reused(me: &Me, id: i64) -> Result<Vec<Reused>, Trouble> {
    let rows = sqlx::query(
        "select distinct e.name, o.kind, o.matter, m.number from evidence e join evidence o \
         on o.jurisdiction = e.jurisdiction and o.hash = e.hash \
         and (o.kind <> e.kind or o.matter <> e.matter) \
         join matter m on m.jurisdiction = o.jurisdiction and m.kind = o.kind \
         and m.id = o.matter where e.jurisdiction = $1 and e.kind = 'problem' \
         and e.matter = $2 order by o.kind, o.matter, e.name",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut list = Vec::new();
    for row in &rows {
        let (kind, matter): (String, i64) = (row.try_get(1)?, row.try_get(2)?);
        let href = format!("/{kind}s/{matter}");
        list.push(Reused { name: row.try_get(0)?, href, number: row.try_get(3)? });
    }
    Ok(list)
}

pub fn reminders(problem: &Problem, me: &Me, w: &Words) -> Vec<Entry> {
    let one = |reminder: &Reminder| {
        let (glyph, state) = match (&reminder.revoked, &reminder.answer, &reminder.signed) {
            (Some(_), ..) => ("idle", w.t("reminder-revoked")),
            (_, Some(_), _) => ("done", w.t("reminder-answered")),
            (_, _, Some(_)) => ("warn", w.t("reminder-signed")),
            _ => ("warn", w.t("reminder-sent")),
        };
        let posts = reminder.to.iter().map(|post| me.roster.post_title(*post));
        let to = posts.collect::<Vec<_>>().join("、");
        let answer = reminder.answer.as_ref().map(|answer| answer.0.clone());
        let answer =
            answer.map_or(String::new(), |text| format!("　{}{text}", w.t("reminder-answer")));
        let note = format!(
            "{}{}{}{answer}",
            w.a("reminder-to", &[("who", &to)]),
            w.t("colon"),
            reminder.text
        );
        let name = w.level(reminder.level.word());
        Entry { glyph, state, ..entry(name, &note, &reminder.stamp, me, w) }
    };
    problem.reminders.iter().rev().map(one).collect()
}

/// What comes next and when, known beforehand; whether its day has come.
pub fn next_rung(problem: &Problem, me: &Me, w: &Words) -> Option<(bool, String)> {
    let open = problem.stage.standing() == "open" && problem.stage != Stage::Publishing;
    let (due, given) = (problem.content.due_on, &problem.reminders);
    let next = me.house.store.ladder().next(due, given, &me.calendar).filter(|_| open)?;
    let come = next.on <= me.today();
    let (level, day) = (w.level(next.level.word()), w.day(&next.on, &me.today()));
    let key = if come { "problem-rung-now" } else { "problem-rung-on" };
    Some((come, w.a(key, &[("level", &level), ("day", &day)])))
}

/// Look-backs and relapses, newest first.
pub fn looks(problem: &Problem, me: &Me, w: &Words) -> Vec<Entry> {
    let mut list = Vec::new();
    for look in &problem.look_backs {
        let key = if look.held { "problem-held" } else { "problem-not-held" };
        let glyph = if look.held { "done" } else { "late" };
        list.push((
            look.stamp.number,
            Entry { glyph, ..entry(w.t(key), &look.finding, &look.stamp, me, w) },
        ));
    }
    for one in problem.relapses.iter().filter(|one| one.by_way_of != "look-back") {
        let key = format!("problem-relapse-{}", one.by_way_of);
        let found = entry(w.t(&key), &one.finding, &one.stamp, me, w);
        list.push((one.stamp.number, Entry { glyph: "late", ..found }));
    }
    list.sort_by_key(|one| std::cmp::Reverse(one.0));
    list.into_iter().map(|one| one.1).collect()
}

/// The newest entries of the journal about it, and how many there are.
pub async fn record(me: &Me, id: i64, w: &Words) -> Result<(Vec<Entry>, i64), Trouble> {
    let rows = sqlx::query(
        "select day, at, post, act, number, payload from entry where jurisdiction = $1 \
         and kind = 'problem' and matter = $2 order by number desc",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_all(me.house.store.reader())
    .await?;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut list = Vec::new();
    for row in rows.iter().take(usize::try_from(SHOWN).unwrap_or(0)) {
        let (day, at): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let (post, act, number): (i64, String, i64) =
            (row.try_get(2)?, row.try_get(3)?, row.try_get(4)?);
        let local = me.house.clock.local(&at);
        let time = local.map(|at| at.strftime(" %H:%M").to_string()).unwrap_or_default();
        let short = day.parse().map_or(day.clone(), |day: Day| w.short(&day, &me.today()));
        let who = me.roster.post_title(mechanisms::Id::new(post));
        list.push(Entry {
            name: w.t(&format!("act-problem-{}", kebab(&act))),
            glyph: "done",
            state: format!("#{number}"),
            note: String::new(),
            when: format!("{short}{time}　{who}"),
        });
    }
    Ok((list, total))
}

/// `MeasuresSet` as `measures-set`.
fn kebab(act: &str) -> String {
    let mut out = String::new();
    for (place, c) in act.chars().enumerate() {
        if c.is_ascii_uppercase() && place > 0 {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
