//! The key projects: their weeks at a glance, and one project with its meetings and decisions.

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Html,
};
use mechanisms::{
    Id,
    light::Light,
    project::{Held, Project, Week},
    roster::Power,
};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

/// Weeks a line shows.
const WEEKS: usize = 12;

/// One week as a mark: its state's word, and the sentence behind the mark.
struct Mark {
    held: &'static str,
    told: String,
}

struct Line {
    id: i64,
    title: String,
    leader: String,
    team: usize,
    light: Light,
    due: String,
    marks: Vec<Mark>,
    missed: usize,
    unadopted: usize,
    /// Still to meet in this week, or has met in it.
    ahead: bool,
    met: bool,
}

/// Which projects a list is narrowed to.
#[derive(Debug, Deserialize)]
pub struct Narrowed {
    /// `ahead`, `met`, `lit` or `unadopted`: what the overview counts.
    #[serde(default)]
    show: Option<String>,
}

impl Narrowed {
    fn has(&self, line: &Line) -> bool {
        match self.show.as_deref() {
            Some("ahead") => line.ahead,
            Some("met") => line.met,
            Some("lit") => matches!(line.light, Light::Late | Light::Warn),
            Some("unadopted") => line.unadopted > 0 && line.light != Light::Done,
            _ => true,
        }
    }
}

#[derive(Template)]
#[template(path = "project/projects.html")]
struct ProjectsPage {
    shell: Shell,
    lines: Vec<Line>,
    missed: usize,
    this_week: usize,
    narrowed: Option<String>,
    may_register: bool,
}

/// Every project within the officer's scope, by what turns next.
pub async fn all(me: &Me) -> Result<Vec<(i64, Project)>, Trouble> {
    let text = format!(
        "select m.id from matter m where m.jurisdiction = $1 and m.kind = 'project' and {} \
         order by m.standing desc, m.red_on, m.id limit 500",
        me.scope.condition()
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    let mut projects = Vec::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        let found = me.house.store.state::<Project>(me.body.id, Id::new(id)).await?;
        projects.extend(found.map(|project| (id, project)));
    }
    Ok(projects)
}

/// The light of a project on a day.
pub fn light(project: &Project, me: &Me) -> Light {
    match project.ended {
        Some(_) => Light::Done,
        None => project.turns(&me.calendar).light(me.today()),
    }
}

fn marks(weeks: &[Week], me: &Me, w: &Words) -> Vec<Mark> {
    let told = |week: &Week| {
        let monday = w.short(&week.monday, &me.today());
        let held = w.t(&format!("week-{}", week.held.word()));
        w.a("week-told", &[("monday", &monday), ("held", &held)])
    };
    weeks.iter().map(|week| Mark { held: week.held.word(), told: told(week) }).collect()
}

pub async fn projects_page(
    me: Me,
    Query(narrowed): Query<Narrowed>,
) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let calendar = &*me.calendar;
    let mut lines = Vec::new();
    let mut this_week = 0;
    for (id, project) in all(&me).await? {
        let weeks = project.weeks(calendar, me.today());
        let open = project.ended.is_none();
        this_week += usize::from(open && weeks.last().is_some_and(|one| one.held == Held::Ahead));
        lines.push(Line {
            id,
            title: project.charter.title.clone(),
            leader: me.roster.post_title(project.charter.leader).to_owned(),
            team: project.charter.team.len(),
            light: light(&project, &me),
            due: w.short(&project.charter.due_on, &me.today()),
            marks: marks(&weeks[weeks.len().saturating_sub(WEEKS)..], &me, &w),
            missed: project.missed(calendar, me.today()),
            unadopted: project.unadopted(),
            ahead: open && weeks.last().is_some_and(|one| one.held == Held::Ahead),
            met: open && weeks.last().is_some_and(|one| one.held == Held::Met),
        });
    }
    lines.retain(|line| narrowed.has(line));
    let shows = ["ahead", "met", "lit", "unadopted"];
    let show = narrowed.show.filter(|show| shows.contains(&show.as_str()));
    let page = ProjectsPage {
        narrowed: show.map(|show| w.t(&format!("strand-meet-{show}"))),
        shell: Shell::of(&me, "/projects").await?,
        missed: lines.iter().map(|line| line.missed).sum(),
        this_week,
        lines,
        may_register: me.may(Power::Register),
    };
    Ok(ui::page(&page)?)
}

struct DecisionLine {
    place: usize,
    text: String,
    who: String,
    due: String,
    item: Option<i64>,
}

struct MeetingView {
    number: i64,
    held: String,
    weekday: String,
    recorded: String,
    chair: String,
    present: usize,
    raised: i64,
    solved: i64,
    text: String,
    decisions: Vec<DecisionLine>,
}

#[derive(Template)]
#[template(path = "project/project.html")]
struct ProjectPage {
    shell: Shell,
    id: i64,
    title: String,
    aim: String,
    unit: String,
    leader: String,
    team: Vec<String>,
    light: Light,
    due: String,
    left: String,
    marks: Vec<Mark>,
    missed: i64,
    next: String,
    meetings: Vec<MeetingView>,
    result: Option<String>,
    may_meet: bool,
    may_register: bool,
    may_end: bool,
}

pub async fn project_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    let project = super::find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let (calendar, today) = (&*me.calendar, me.today());
    let weeks = project.weeks(calendar, today);
    let charter = &project.charter;
    let title = |post: Id<_>| me.roster.post_title(post).to_owned();
    let open = project.ended.is_none();
    let ask = me.ask();
    let inside = project.is_inside(&ask);
    let next = project.next_week(calendar).last_workday;
    let page = ProjectPage {
        shell: Shell::of(&me, "/projects").await?,
        id,
        title: charter.title.clone(),
        aim: charter.aim.clone(),
        unit: me.roster.unit_name(charter.unit).to_owned(),
        leader: title(charter.leader),
        team: charter.team.iter().map(|post| title(*post)).collect(),
        light: light(&project, &me),
        due: w.day(&charter.due_on, &today),
        left: if open { w.left(&charter.due_on, &today) } else { w.t("light-done") },
        marks: marks(&weeks, &me, &w),
        missed: i64::try_from(project.missed(calendar, today)).unwrap_or(0),
        next: next.filter(|_| open).map_or(String::new(), |day| w.day(&day, &today)),
        meetings: project.meetings.iter().rev().map(|one| meeting(one, &me, &w)).collect(),
        result: project.ended.as_ref().map(|ended| ended.0.clone()),
        may_meet: open && (inside || me.may(Power::Register)),
        may_register: open && me.may(Power::Register),
        may_end: open && me.may(Power::Verify) && !inside,
    };
    Ok(ui::page(&page)?)
}

fn meeting(one: &mechanisms::project::Meeting, me: &Me, w: &Words) -> MeetingView {
    let (minutes, today) = (&one.minutes, me.today());
    let decisions = one.decisions.iter().zip(1..).map(|((decision, item), place)| DecisionLine {
        place,
        text: decision.text.clone(),
        who: format!(
            "{} {}",
            me.roster.unit_name(decision.lead),
            me.roster.post_title(decision.owner)
        ),
        due: w.short(&decision.due_on, &today),
        item: item.map(|item| item.0),
    });
    MeetingView {
        number: one.number,
        held: w.day(&minutes.held_on, &today),
        weekday: w.weekday(&minutes.held_on),
        recorded: w.short(&one.stamp.day, &today),
        chair: me.roster.post_title(minutes.chair).to_owned(),
        present: minutes.present.len(),
        raised: minutes.raised,
        solved: minutes.solved,
        text: minutes.text.clone(),
        decisions: decisions.collect(),
    }
}
