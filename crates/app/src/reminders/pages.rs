//! The digest as a page.

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::Day;
use serde::Deserialize;

use super::digest::{self, Next, Sent, Whose};
use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

/// Working days the digest looks ahead.
pub const AHEAD: i64 = 5;

/// Which matters the office's part is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `watched`, or everything within the officer's scope.
    whose: Option<String>,
}

/// A reminder as a line shows it.
struct SentLine {
    one: Sent,
    sent: String,
    due: String,
    overdue: bool,
}

/// The next rungs of one day.
struct DayOf {
    day: String,
    weekday: String,
    today: bool,
    lines: Vec<(Next, String)>,
}

struct Office {
    watched: bool,
    ready: i64,
    next: i64,
    days: Vec<DayOf>,
    waiting: i64,
    unanswered: Vec<SentLine>,
}

#[derive(Template)]
#[template(path = "reminders/reminders.html")]
struct RemindersPage {
    shell: Shell,
    lede: String,
    to_me: Vec<SentLine>,
    to_me_n: i64,
    mine: Vec<DayOf>,
    mine_n: i64,
    office: Option<Office>,
}

fn lines(list: Vec<Sent>, me: &Me, w: &Words) -> Vec<SentLine> {
    let today = me.today();
    let line = |one: Sent| SentLine {
        sent: w.short(&one.sent_on, &today),
        due: w.left(&one.answer_due, &today),
        overdue: one.answer_due < today,
        one,
    };
    list.into_iter().map(line).collect()
}

/// What may be sent already stands under today.
fn days(list: Vec<Next>, me: &Me, w: &Words) -> Vec<DayOf> {
    let today = me.today();
    let mut days: Vec<(Day, DayOf)> = Vec::new();
    for one in list {
        let on = one.on.max(today);
        let due = one.due_on.map_or(String::new(), |due| w.left(&due, &today));
        match days.last_mut().filter(|last| last.0 == on) {
            Some((_, of)) => of.lines.push((one, due)),
            None => {
                let of = DayOf {
                    day: w.day(&on, &today),
                    weekday: w.weekday(&on),
                    today: on == today,
                    lines: vec![(one, due)],
                };
                days.push((on, of));
            }
        }
    }
    days.into_iter().map(|(_, of)| of).collect()
}

/// The last day the digest looks at.
pub fn horizon(me: &Me) -> Day {
    me.calendar.add_workdays(me.today(), AHEAD)
}

pub async fn reminders_page(me: Me, Query(asked): Query<Asked>) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let (to_me_n, to_me) = digest::to_me(&me).await?;
    let (mine_n, mine) = digest::next(&me, Whose::Mine, horizon(&me)).await?;
    let office = match digest::is_office(&me) {
        false => None,
        true => {
            let whose = Whose::of(asked.whose.as_deref());
            let (next, list) = digest::next(&me, whose, horizon(&me)).await?;
            let (ready, _) = digest::next(&me, whose, me.today()).await?;
            let (waiting, unanswered) = digest::waiting(&me, whose).await?;
            Some(Office {
                watched: whose == Whose::Watched,
                ready,
                next,
                days: days(list, &me, &w),
                waiting,
                unanswered: lines(unanswered, &me, &w),
            })
        }
    };
    let count = |n: i64| n.to_string();
    let lede = match &office {
        Some(office) => {
            let args = [("ready", &*count(office.ready)), ("waiting", &*count(office.waiting))];
            w.a("reminders-lede-office", &args)
        }
        None => w.a("reminders-lede", &[("n", &*count(to_me_n)), ("next", &*count(mine_n))]),
    };
    let page = RemindersPage {
        shell: Shell::of(&me, "/reminders").await?,
        lede,
        to_me: lines(to_me, &me, &w),
        to_me_n,
        mine: days(mine, &me, &w),
        mine_n,
        office,
    };
    Ok(ui::page(&page)?)
}
