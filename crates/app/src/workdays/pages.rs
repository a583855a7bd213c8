//! The pages of the working calendar.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use calendar::Calendar;
use mechanisms::{
    Day, Mechanism, Refuses,
    roster::Power,
    workdays::{Arranged, Command, Workdays},
};
use serde::Deserialize;

use super::{own, typed};
use crate::{
    House,
    access::Me,
    store::{Stop, workdays::Shifted},
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// So many open matters are looked at before a change.
const LOOKED_AT: i64 = 20_000;
/// So many of what would move are listed.
const LISTED: usize = 500;

/// One day of the year's sheet.
struct Cell {
    day: i8,
    /// `off` a weekend, `hol` a holiday, `make` made up, `own` arranged by the body.
    class: &'static str,
    /// Why, where there is a reason: said to those who do not see colours.
    name: String,
    is_today: bool,
}

struct Month {
    name: String,
    /// Weeks from Monday; none is a day of another month.
    weeks: Vec<Vec<Option<Cell>>>,
    workdays: i64,
}

struct EditionView {
    number: usize,
    reason: String,
    when: String,
    who: String,
    days: Vec<String>,
}

#[derive(Template)]
#[template(path = "workdays/workdays.html")]
struct WorkdaysPage {
    shell: Shell,
    year: i16,
    months: Vec<Month>,
    workdays: i64,
    provisional: Option<String>,
    editions: Vec<EditionView>,
    may_arrange: bool,
    given: Given,
    error: Option<(String, String)>,
}

/// What the form holds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    days: String,
    reason: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    year: Option<i16>,
}

pub async fn workdays_page(me: Me, Query(asked): Query<Asked>) -> Result<Response, Trouble> {
    let state = own(&me).await?;
    let days = state.as_ref().map(Workdays::days).unwrap_or_default();
    let given = Given { days: typed::text(days), reason: String::new() };
    let year = asked.year.filter(|year| (1900..=2200).contains(year));
    let page = view(&me, state, year.unwrap_or(me.today().year()), given, None).await?;
    Ok(ui::page(&page)?.into_response())
}

async fn view(
    me: &Me,
    state: Option<Workdays>,
    year: i16,
    given: Given,
    error: Option<(String, String)>,
) -> Result<WorkdaysPage, Trouble> {
    let w = Words::of(me.visit.lang);
    let first = jiff::civil::date(year, 1, 1);
    let last = jiff::civil::date(year, 12, 31);
    let own = state.as_ref().map(Workdays::days).unwrap_or_default();
    let months = (1..=12).map(|month| sheet(me, year, month, own, &w)).collect();
    let until = me.calendar.published_until().filter(|until| *until < last);
    Ok(WorkdaysPage {
        shell: Shell::of(me, "/workdays").await?,
        year,
        months,
        workdays: me.calendar.count_workdays(first, last),
        provisional: until.map(|until| w.day(&until, &me.today())),
        editions: editions(me, state.as_ref(), &w),
        may_arrange: me.may(Power::Decide),
        given,
        error,
    })
}

fn editions(me: &Me, state: Option<&Workdays>, w: &Words) -> Vec<EditionView> {
    let editions = state.map(|state| state.editions.as_slice()).unwrap_or_default();
    let view = |(place, edition): (usize, &mechanisms::workdays::Edition)| EditionView {
        number: place + 1,
        reason: edition.reason.clone(),
        when: w.day(&edition.stamp.day, &me.today()),
        who: me.roster.post_title(edition.stamp.by.post).to_owned(),
        days: edition.days.iter().map(|span| told(span, w, me.today())).collect(),
    };
    editions.iter().enumerate().rev().map(view).collect()
}

fn told(span: &Arranged, w: &Words, today: Day) -> String {
    let (first, last) = (w.day(&span.first, &today), w.day(&span.last, &today));
    let days = if first == last { first } else { format!("{first} – {last}") };
    let key = if span.works { "workdays-works" } else { "workdays-rests" };
    w.a(key, &[("days", &days), ("name", &span.name)])
}

/// One month of the year.
fn sheet(me: &Me, year: i16, month: i8, own: &[Arranged], w: &Words) -> Month {
    let first = jiff::civil::date(year, month, 1);
    let last = first.last_of_month();
    let blank = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let mut cells: Vec<Option<Cell>> = (0..blank).map(|_| None).collect();
    for number in 1..=last.day() {
        let day = jiff::civil::date(year, month, number);
        cells.push(Some(cell(&me.calendar, day, own, me.today())));
    }
    while !cells.len().is_multiple_of(7) {
        cells.push(None);
    }
    let mut weeks: Vec<Vec<Option<Cell>>> = Vec::new();
    for (place, cell) in cells.into_iter().enumerate() {
        if place % 7 == 0 {
            weeks.push(Vec::new());
        }
        if let Some(week) = weeks.last_mut() {
            week.push(cell);
        }
    }
    let name = w.a("workdays-month", &[("month", &month.to_string())]);
    Month { name, weeks, workdays: me.calendar.count_workdays(first, last) }
}

fn cell(calendar: &Calendar, day: Day, own: &[Arranged], today: Day) -> Cell {
    let is_own = own.iter().any(|span| (span.first..=span.last).contains(&day));
    let is_weekend = day.weekday().to_monday_one_offset() > 5;
    let works = calendar.is_workday(day);
    let name = calendar.exception(day).map(|exception| exception.name.clone());
    let class = match (is_own, works, is_weekend) {
        (true, true, _) => "wd-make wd-own",
        (true, false, _) => "wd-hol wd-own",
        (false, true, true) => "wd-make",
        (false, false, false) => "wd-hol",
        (false, false, true) if name.is_some() => "wd-hol",
        (false, false, true) => "wd-off",
        (false, true, false) => "",
    };
    Cell { day: day.day(), class, name: name.unwrap_or_default(), is_today: day == today }
}

/// One thing that would move.
struct Move {
    href: String,
    number: String,
    title: String,
    what: String,
    before: String,
    after: String,
    days: String,
}

#[derive(Template)]
#[template(path = "workdays/impact.html")]
struct ImpactPage {
    shell: Shell,
    given: Given,
    changed: Vec<String>,
    looked_at: i64,
    total: usize,
    moves: Vec<Move>,
}

/// What an edition would move. Nothing is changed.
pub async fn impact_page(me: Me, Query(given): Query<Given>) -> Result<Response, Trouble> {
    me.needs(Power::Decide)?;
    let state = own(&me).await?;
    let days = match tried(&me, state.as_ref(), &given) {
        Ok(days) => days,
        Err(refused) => return refuse(&me, state, given, &*refused).await,
    };
    let w = Words::of(me.visit.lang);
    let (after, changed) = Workdays::tried(state.as_ref(), &days);
    let store = &me.house.store;
    let calendars = (&*me.calendar, &after);
    let (looked_at, shifted) = store.shifts(me.body.id, calendars, crate::cast, LOOKED_AT).await?;
    let total = shifted.len();
    let changed = changed.iter().map(|day| {
        let works =
            if after.is_workday(*day) { "workdays-day-works" } else { "workdays-day-rests" };
        w.a(works, &[("day", &w.day(day, &me.today()))])
    });
    let page = ImpactPage {
        shell: Shell::of(&me, "/workdays").await?,
        changed: changed.collect(),
        looked_at,
        total,
        moves: shifted.into_iter().take(LISTED).map(|one| moved(one, &me, &w)).collect(),
        given,
    };
    Ok(ui::page(&page)?.into_response())
}

fn moved(one: Shifted, me: &Me, w: &Words) -> Move {
    let today = me.today();
    let text = |day: Option<Day>| day.map_or("—".to_owned(), |day| w.short(&day, &today));
    let days = match (one.before, one.after) {
        (Some(before), Some(after)) => {
            let days = before.until(after).map_or(0, |span| i64::from(span.get_days()));
            if days >= 0 { w.n("slip-late", days) } else { w.n("slip-early", -days) }
        }
        _ => String::new(),
    };
    let what = match one.what.as_str() {
        "latest_start_on" | "yellow_on" | "red_on" => w.t(&format!("workdays-{}", one.what)),
        what => w.a("workdays-move", &[("what", &w.t(&format!("todo-{what}")))]),
    };
    Move {
        href: format!("/{}s/{}", one.kind, one.id),
        number: one.number,
        title: one.title,
        what,
        before: text(one.before),
        after: text(one.after),
        days,
    }
}

/// The days of the form, if the rules would take them.
fn tried(
    me: &Me,
    state: Option<&Workdays>,
    given: &Given,
) -> Result<Vec<Arranged>, Box<dyn Refuses>> {
    let days = typed::read(&given.days).map_err(|error| Box::new(error) as Box<dyn Refuses>)?;
    let command = Command::Arrange { days: days.clone(), reason: given.reason.trim().to_owned() };
    let ask = me.ask();
    match Workdays::decide(state, command, &ask) {
        Ok(_) => Ok(days),
        Err(refusal) => Err(Box::new(refusal)),
    }
}

async fn refuse(
    me: &Me,
    state: Option<Workdays>,
    given: Given,
    refused: &dyn Refuses,
) -> Result<Response, Trouble> {
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    let error = (field, sentence(&w, refused.key(), &refused.facts()));
    let page = view(me, state, me.today().year(), given, Some(error)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// Carries the edition out, as one turn.
pub async fn arrange(
    State(house): State<House>,
    me: Me,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    let state = own(&me).await?;
    let days = match typed::read(&given.days) {
        Ok(days) => days,
        Err(unreadable) => return refuse(&me, state, given, &unreadable).await,
    };
    match carry_out(&house, &me, days, given.reason.trim()).await {
        Ok(()) => Ok(Redirect::to("/workdays").into_response()),
        Err(Stop::Refused(refusal)) => refuse(&me, state, given, &*refusal).await,
        Err(stop) => Err(stop.into()),
    }
}

/// One turn: the edition, and every open matter cast again.
pub(super) async fn carry_out(
    house: &House,
    me: &Me,
    days: Vec<Arranged>,
    reason: &str,
) -> Result<(), Stop> {
    let command = Command::Arrange { days, reason: reason.to_owned() };
    let turn = house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { pen.arrange(command, crate::cast).await })
    });
    turn.await
}
