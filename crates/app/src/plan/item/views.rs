//! What an item's page shows of reports, reminders, extensions, closing and baseline.

use mechanisms::{
    Mechanism, Officer, Refuses, Stamp,
    plan::item::{Command, Content, Due, Evidence, Extension, Item, Reminder, Report},
};

use super::grouped;
use crate::{access::Me, ui::words::Words};

/// A piece of evidence: its name, the hash of its file, the day it was true for.
pub type Piece = (String, Option<String>, String);

pub struct ReportView {
    pub number: i64,
    pub text: String,
    pub stuck: String,
    pub needs: Vec<String>,
    pub sum: String,
    pub when: String,
    pub who: String,
    pub evidence: Vec<Piece>,
    /// Sound or not, what was said, by whom.
    pub check: Option<(bool, String, String)>,
    pub corrected: bool,
    pub may_check: bool,
}

/// The application to close, and who verified it.
pub struct ClosingView {
    pub text: String,
    pub when: String,
    pub who: String,
    pub evidence: Vec<Piece>,
    pub verified: Option<String>,
    /// Why this officer cannot verify it, where only their part in it stands in the way.
    pub barred: Option<String>,
}

pub struct ReminderView {
    pub level: String,
    pub text: String,
    pub to: String,
    pub when: String,
    pub state: String,
    pub answer: String,
    pub open: bool,
}

pub struct ExtensionView {
    pub day: String,
    pub reason: String,
    pub when: String,
    pub who: String,
    pub steps: Vec<(String, String)>,
    /// Granted or not, why, when and by whom.
    pub decision: Option<(bool, String, String)>,
}

/// One field of the baseline beside what it is now.
pub struct Moved {
    pub field: String,
    pub base: String,
    pub now: String,
}

pub fn when(stamp: &Stamp, me: &Me, w: &Words) -> String {
    let local = me.house.clock.local(&stamp.at);
    let time = local.map(|at| at.strftime(" %H:%M").to_string()).unwrap_or_default();
    format!("{}{time}", w.short(&stamp.day, &me.today()))
}

pub fn who(officer: Officer, me: &Me) -> String {
    me.roster.post_title(officer.post).to_owned()
}

pub fn reports(item: &Item, shown: usize, me: &Me, w: &Words) -> Vec<ReportView> {
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    let all = item.reports.iter().enumerate().rev().take(shown);
    all.map(|(place, report)| {
        let stood = item.reports[..place].iter().rev();
        let before = stood
            .filter(|one| one.check.as_ref().is_none_or(|check| check.0))
            .map(|one| one.account.amount)
            .next()
            .unwrap_or(0);
        report_view(report, (before, unit), item, me, w)
    })
    .collect()
}

fn report_view(
    report: &Report,
    (before, unit): (i64, &str),
    item: &Item,
    me: &Me,
    w: &Words,
) -> ReportView {
    let account = &report.account;
    let command = Command::Check { report: report.number, sound: true, note: "-".into() };
    let signed = |delta: i64| {
        let sign = if delta < 0 { "−" } else { "+" };
        format!("{sign}{} {unit}", grouped(delta.abs()))
    };
    let amount = format!("{} {unit}", grouped(account.amount));
    let args = [("delta", &*signed(account.amount - before)), ("amount", &*amount)];
    ReportView {
        number: report.number,
        text: account.text.clone(),
        stuck: account.stuck.clone(),
        needs: account.needs.iter().map(|unit| me.roster.unit_name(*unit).to_owned()).collect(),
        sum: w.a("report-sum", &args),
        when: when(&report.stamp, me, w),
        who: who(report.stamp.by, me),
        evidence: account.evidence.iter().map(piece).collect(),
        check: report.check.as_ref().map(|(sound, note, stamp)| {
            let by = format!("{}　{}", when(stamp, me, w), who(stamp.by, me));
            (*sound, note.trim_matches('-').to_owned(), by)
        }),
        corrected: report.corrected,
        may_check: report.check.is_none() && Item::decide(Some(item), command, &me.ask()).is_ok(),
    }
}

fn piece(one: &Evidence) -> Piece {
    (one.name.clone(), one.hash.clone(), one.true_for.to_string())
}

pub fn closing(item: &Item, me: &Me, w: &Words) -> Option<ClosingView> {
    let (text, evidence, stamp) = item.closing.as_ref()?;
    let verified = item.verified.as_ref();
    let command = Command::Verify { finding: "-".into() };
    let barred = match Item::decide(Some(item), command, &me.ask()) {
        Err(refusal) if ["refused-own-work", "refused-own-chain"].contains(&refusal.key()) => {
            Some(w.t(refusal.key()))
        }
        _ => None,
    };
    Some(ClosingView {
        text: text.clone(),
        when: when(stamp, me, w),
        who: who(stamp.by, me),
        evidence: evidence.iter().map(piece).collect(),
        verified: verified.map(|by| format!("{}　{}", when(by, me, w), who(by.by, me))),
        barred,
    })
}

pub fn reminders(item: &Item, me: &Me, w: &Words) -> Vec<ReminderView> {
    let lead = item.content.lead.map_or("—", |lead| me.roster.unit_name(lead));
    let state = |one: &Reminder| match (&one.answer, &one.signed) {
        (Some(_), _) => w.t("reminder-answered"),
        (None, Some(_)) => w.t("reminder-signed"),
        _ if one.revoked.is_some() => w.t("reminder-revoked"),
        _ => w.t("reminder-sent"),
    };
    let dates = |one: &Reminder| {
        let mut text = when(&one.stamp, me, w);
        let steps = [
            ("reminder-signed-at", one.signed.as_ref().filter(|_| one.answer.is_none())),
            ("reminder-answered-at", one.answer.as_ref().map(|answer| &answer.1)),
        ];
        for (key, stamp) in steps {
            if let Some(stamp) = stamp {
                text.push_str(&w.a(key, &[("at", &when(stamp, me, w))]));
            }
        }
        text
    };
    let all = item.reminders.iter().rev();
    all.map(|one| ReminderView {
        level: w.t(&format!("level-{}", one.level.word())),
        text: one.text.clone(),
        to: w.a("reminder-to", &[("who", &addressees(one, lead, me))]),
        when: dates(one),
        state: state(one),
        answer: one.answer.as_ref().map(|answer| answer.0.clone()).unwrap_or_default(),
        open: one.is_open(),
    })
    .collect()
}

/// The posts a reminder went to; the unit, for one from before the ladder said.
fn addressees(one: &Reminder, lead: &str, me: &Me) -> String {
    let posts: Vec<&str> = one.to.iter().map(|post| me.roster.post_title(*post)).collect();
    if posts.is_empty() { lead.to_owned() } else { posts.join("、") }
}

/// What comes when the open reminder is not answered in time: whether that day has passed, and
/// the sentence. The next rung is named beforehand, and taken by a person.
pub fn next_rung(item: &Item, me: &Me, w: &Words) -> Option<(bool, String)> {
    let open = item.open_reminder()?;
    let ladder = me.house.store.ladder();
    let next = ladder.above(open.level).map(|rung| format!("level-{}", rung.level.word()));
    let next = w.t(next.as_deref().unwrap_or("level-again"));
    let day = w.day(&open.answer_due, &me.today());
    let past = open.answer_due < me.today();
    let key = if past { "reminder-next-past" } else { "reminder-next-on" };
    Some((past, w.a(key, &[("day", &day), ("level", &next)])))
}

pub fn extensions(item: &Item, me: &Me, w: &Words) -> Vec<ExtensionView> {
    let view = |one: &Extension| ExtensionView {
        day: w.day(&one.due_on, &me.today()),
        reason: one.reason.clone(),
        when: when(&one.stamp, me, w),
        who: who(one.stamp.by, me),
        steps: one
            .milestones
            .iter()
            .map(|step| (w.short(&step.planned_on, &me.today()), step.title.clone()))
            .collect(),
        decision: one.decision.as_ref().map(|(granted, reason, stamp)| {
            let by = format!("{}　{}", when(stamp, me, w), who(stamp.by, me));
            (*granted, reason.clone(), by)
        }),
    };
    item.extensions.iter().rev().map(view).collect()
}

/// What has moved since the baseline; nothing where there is no baseline, an empty list where
/// nothing has.
pub fn moved(item: &Item, me: &Me, w: &Words) -> Option<Vec<Moved>> {
    let base = item.baseline.as_deref()?;
    let now = &item.content;
    let mut list = Vec::new();
    let mut note = |key: &str, base: String, now: String| {
        if base != now {
            list.push(Moved { field: w.t(key), base, now });
        }
    };
    note("col-due", due(base, me, w), due(now, me, w));
    note("field-start_on", start(base, me, w), start(now, me, w));
    note("field-target", target(base), target(now));
    note("field-best_pace", pace(base), pace(now));
    let lead =
        |content: &Content| content.lead.map_or("—", |unit| me.roster.unit_name(unit)).to_owned();
    note("lead-unit", lead(base), lead(now));
    let owner =
        |content: &Content| content.owner.map_or("—", |post| me.roster.post_title(post)).to_owned();
    note("owner", owner(base), owner(now));
    for step in &base.milestones {
        let found = now.milestones.iter().find(|other| other.number == step.number);
        let day = |on| w.short(&on, &me.today());
        let (was, is) = (day(step.planned_on), found.map(|other| day(other.planned_on)));
        let is = is.unwrap_or_else(|| "—".to_owned());
        if was != is {
            list.push(Moved { field: step.title.clone(), base: was, now: is });
        }
    }
    Some(list)
}

fn due(content: &Content, me: &Me, w: &Words) -> String {
    match &content.due {
        Some(Due::On(day)) => w.day(day, &me.today()),
        Some(Due::Never { reason }) => reason.clone(),
        None => "—".to_owned(),
    }
}

fn start(content: &Content, me: &Me, w: &Words) -> String {
    content.start_on.map_or("—".to_owned(), |day| w.day(&day, &me.today()))
}

fn target(content: &Content) -> String {
    let told = |target: &mechanisms::plan::item::Target| {
        format!("{} {}", grouped(target.amount), target.unit)
    };
    content.target.as_ref().map_or("—".to_owned(), told)
}

fn pace(content: &Content) -> String {
    content.best_pace.map_or("—".to_owned(), |pace| pace.to_string())
}
