//! The wall chart (作战图): the whole plan on one A3 sheet, as a page that prints and as SVG.

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{Html, IntoResponse, Response},
};
use jiff::civil::date;
use mechanisms::{Day, Id, light::Light};
use paper::wall::{self, Area, Goal, Item, Mark, Sheet};
use sqlx::Row;

use crate::{
    access::Me,
    matters::{self, Filter},
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

#[derive(Template)]
#[template(path = "plan/wall.html")]
struct WallPage {
    shell: Shell,
    sheet: String,
}

pub async fn wall_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let sheet = sheet(&me, filter).await?;
    Ok(ui::page(&WallPage { shell: Shell::of(&me, "/plan").await?, sheet })?)
}

pub async fn wall_svg(me: Me, Query(filter): Query<Filter>) -> Result<Response, Trouble> {
    let style = include_str!("../../../../web/css/wall-sheet.css");
    let svg = wall::alone(&sheet(&me, filter).await?, style);
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

async fn sheet(me: &Me, mut filter: Filter) -> Result<String, Trouble> {
    let w = Words::of(me.visit.lang);
    filter.plan = filter.plan.or(super::chart::current_plan(me).await?);
    let plan = filter.plan.unwrap_or(0);
    let row = sqlx::query("select title, year from plan where jurisdiction = $1 and id = $2")
        .bind(me.body.id)
        .bind(plan)
        .fetch_optional(me.house.store.reader())
        .await?;
    let (title, year): (String, i64) = match row {
        Some(row) => (row.try_get(0)?, row.try_get(1)?),
        None => (w.t("nav-plan"), i64::from(me.today().year())),
    };
    let year = i16::try_from(year).unwrap_or(2015);
    let counts = matters::counts(me, filter.plan).await?;
    let areas = areas(me, &filter, plan, year).await?;
    let goals: usize = areas.iter().map(|area| area.goals.len()).sum();
    let legend = [Light::Late, Light::Warn, Light::Ok, Light::Done, Light::Hold];
    let text = |key: &str| w.t(key);
    let sheet = Sheet {
        title,
        subtitle: format!(
            "{}　{}　{}",
            w.n("plan-goals", i64::try_from(goals).unwrap_or(0)),
            w.n("plan-items", counts.total()),
            w.day(&me.today(), &date(1, 1, 1))
        ),
        legend: legend
            .iter()
            .map(|light| (mark(*light), format!("{} {}", w.light(light), counts.of(*light))))
            .collect(),
        heads: [
            text("col-order"),
            text("four-what"),
            text("four-how"),
            text("four-who"),
            text("lead-unit"),
            text("four-when"),
        ],
        months: (1..=12).map(|month| w.a("month-name", &[("month", &month.to_string())])).collect(),
        today: share(me.today(), year),
        today_label: format!("{} {}", text("today"), me.today().strftime("%m-%d")),
        areas,
        foot: [
            w.a("wall-compiled", &[("who", "____________")]),
            if me.body.demo { text("demo-data") } else { String::new() },
            w.a("wall-issued", &[("who", "____________")]),
        ],
    };
    Ok(wall::draw(&sheet))
}

async fn areas(me: &Me, filter: &Filter, plan: i64, year: i16) -> Result<Vec<Area>, Trouble> {
    let rows = sqlx::query(
        "select id, number, title, area, sponsor from matter where jurisdiction = $1 \
         and kind = 'goal' and standing <> 'gone' and plan = $2 order by sort, id limit 400",
    )
    .bind(me.body.id)
    .bind(plan)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut ids = Vec::new();
    for row in &rows {
        ids.push(row.try_get::<i64, _>(0)?);
    }
    let lines = matters::of_goals(me, &ids, filter).await?;
    let mut areas: Vec<Area> = Vec::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        let sponsor: Option<i64> = row.try_get(4)?;
        let own: Vec<_> = lines.iter().filter(|line| line.goal == id).collect();
        let lead = own.first().and_then(|line| line.lead);
        let goal = Goal {
            number: row.try_get(1)?,
            title: row.try_get(2)?,
            sponsor: sponsor
                .map(|post| me.roster.post_title(Id::new(post)).to_owned())
                .unwrap_or_default(),
            lead: lead
                .map(|unit| me.roster.unit_name(Id::new(unit)).to_owned())
                .unwrap_or_default(),
            start: own
                .iter()
                .filter_map(|line| line.start_on)
                .min()
                .map_or(0.0, |d| share(d, year)),
            due: own.iter().filter_map(|line| line.due_on).max().map_or(0.0, |d| share(d, year)),
            items: own
                .iter()
                .map(|line| Item {
                    title: line.title.clone(),
                    mark: mark(line.light),
                    end: line
                        .done_on
                        .or(line.forecast_on)
                        .or(line.due_on)
                        .map_or(1.0, |day| share(day, year)),
                })
                .collect(),
        };
        let name: String = row.try_get::<Option<String>, _>(3)?.unwrap_or_default();
        match areas.last_mut().filter(|area| area.name == name) {
            Some(area) => area.goals.push(goal),
            None => areas.push(Area { name, goals: vec![goal] }),
        }
    }
    Ok(areas)
}

fn mark(light: Light) -> Mark {
    match light {
        Light::Late => Mark::Late,
        Light::Warn => Mark::Warn,
        Light::Ok => Mark::Ok,
        Light::Done => Mark::Done,
        Light::Hold => Mark::Hold,
        Light::Idle => Mark::Idle,
    }
}

/// How much of the year has passed by a day.
fn share(day: Day, year: i16) -> f64 {
    let days = date(year, 1, 1).until(day).map_or(0, |span| span.get_days());
    f64::from(days) / 365.0
}
