//! The run chart (四个干运行图): goals and items as a tree on the left, the same rows drawn on a
//! time axis on the right. Its other views are in `lists.rs`.
//!
//! Everything that can be set is in the address: what is filtered, how far one sees, which goals
//! are folded away, and the day it is looked at (`?as_of=2015-09-01`), so that a copied address
//! shows the same thing to whoever may see it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Query,
    response::{Html, IntoResponse, Response},
};
use mechanisms::{Id, light::Light, plan::item::Item, roster::Power};
use sqlx::{AssertSqlSafe, Row};

use super::{
    card::{self, Card, card},
    choices::{Choices, choices},
};
use crate::matters::{self as list, Counts, Filter, Line, goals, past};
use crate::{
    access::Me,
    failure::Failure,
    trouble::Trouble,
    ui::{self, Shell, gantt::Window, words::Words},
};

/// Goals on one page of the chart.
const GOALS: i64 = 40;

/// A goal with the items shown under it.
#[derive(Clone, Debug)]
pub struct GoalRows {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub sponsor: String,
    pub counts: Vec<(Light, i64)>,
    pub items: Vec<ItemRow>,
    /// Its items are shown.
    pub open: bool,
    /// The year of its plan, where that is not the page's year.
    pub carried: Option<i64>,
}

/// One item as the tables show it.
#[derive(Clone, Debug)]
pub struct ItemRow {
    pub line: Line,
    pub lead: String,
    pub owner: String,
    pub sponsor: String,
    pub due: String,
    /// `+19 天`, `−6 天`, 按期, 已完成.
    pub slip: String,
    pub slip_class: &'static str,
    pub card: Card,
}

#[derive(Template)]
#[template(path = "plan/chart.html")]
struct ChartPage {
    shell: Shell,
    filter: Filter,
    lede: String,
    urgent_goals: i64,
    /// How many goals there are on all pages.
    total: i64,
    goals: Vec<GoalRows>,
    drawing: String,
    choices: Choices,
    last_page: i64,
    within: bool,
    may_register: bool,
}

pub async fn chart_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let w = Words::of(me.visit.lang);
    let within = past::within(&me, &filter).await?;
    let counts = list::counts(&me, &filter).await?;
    let default = filter.light.is_none() && filter.all.is_none();
    let shown = match default {
        true => Filter { light: Some("urgent".into()), ..filter.clone() },
        false => filter.clone(),
    };
    let ids = goals::in_order(&me, &shown).await?;
    let urgent_goals = match default {
        true => count(ids.len()),
        false => {
            let urgent =
                Filter { light: Some("urgent".into()), all: None, page: None, ..filter.clone() };
            count(goals::in_order(&me, &urgent).await?.len())
        }
    };
    let total = count(ids.len());
    let last_page = (total + GOALS - 1).max(1) / GOALS;
    let skip = usize::try_from((filter.page() - 1) * GOALS).unwrap_or(0);
    let ids: Vec<i64> = ids.into_iter().skip(skip).take(40).collect();
    let goals = rows(&me, &ids, &filter, &w).await?;
    let window = Window::around(me.today(), filter.zoom(), me.past.is_some());
    let drawing = super::bars::draw(&me, &goals, &window, &w).await?;
    let page = ChartPage {
        lede: lede(&me, &filter, &counts, &w).await?,
        choices: choices(&me, &filter, &counts).await?,
        shell: Shell::of(&me, "/plan").await?,
        urgent_goals,
        total,
        goals,
        drawing,
        last_page,
        within,
        may_register: me.past.is_none() && me.may(Power::Register),
        filter,
    };
    Ok(ui::page(&page)?)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What the chart says first, each number a link to its list.
async fn lede(me: &Me, filter: &Filter, counts: &Counts, w: &Words) -> Result<String, Failure> {
    let bounds = filter.bounds();
    let everything = Filter { all: Some(1), ..bounds.clone() };
    let goals = goals::count(me, &bounds).await?;
    let to = |light: &str| format!("/items{}", bounds.with("light", light));
    let chart = format!("/plan{}", everything.with("page", ""));
    let n = |n: i64| n.to_string();
    Ok(w.linked(
        "plan-lede",
        &[
            ("goals", &n(goals)),
            ("items", &n(counts.total())),
            ("late", &n(counts.late)),
            ("warn", &n(counts.warn)),
        ],
        &[("goals", &chart), ("items", &to("")), ("late", &to("late")), ("warn", &to("warn"))],
    ))
}

/// The drawing alone, as an SVG file.
pub async fn chart_svg(me: Me, Query(filter): Query<Filter>) -> Result<Response, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let w = Words::of(me.visit.lang);
    let ids = goals::in_order(&me, &Filter { all: Some(1), ..filter.clone() }).await?;
    let ids: Vec<i64> = ids.into_iter().take(200).collect();
    let goals = rows(&me, &ids, &Filter { shut: None, ..filter.clone() }, &w).await?;
    let window = Window::around(me.today(), filter.zoom(), me.past.is_some());
    let svg = super::bars::draw(&me, &goals, &window, &w).await?;
    Ok(([(axum::http::header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// The plan of this year that stands highest: the body's own.
pub async fn current_plan(me: &Me) -> Result<Option<i64>, Failure> {
    let year = list::span(me, &Filter::default()).await?.year;
    let plans = list::plans(me).await?.iter();
    let own = plans.filter(|plan| plan.own && plan.year == year);
    Ok(own.map(|plan| plan.id).min())
}

/// Some goals with their items, and the cards of these.
async fn rows(me: &Me, ids: &[i64], filter: &Filter, w: &Words) -> Result<Vec<GoalRows>, Failure> {
    let under = Filter { page: None, ..filter.clone() };
    let lines = list::of_goals(me, ids, &under).await?;
    let states = card::states(me, lines.iter()).await?;
    let shut = filter.shut();
    let span = list::span(me, filter).await?;
    let mut goals = heads(me, ids, &span).await?;
    for line in lines {
        if let Some(goal) = goals.get_mut(&line.goal) {
            goal.items.push(carded(me, line, &states, w));
        }
    }
    let order =
        [Light::Late, Light::Warn, Light::Ok, Light::Hold, Light::Idle, Light::Done].into_iter();
    for goal in goals.values_mut() {
        let n =
            |light: Light| count(goal.items.iter().filter(|row| row.line.light == light).count());
        goal.counts =
            order.clone().map(|light| (light, n(light))).filter(|one| one.1 > 0).collect();
        goal.open = !shut.contains(&goal.id);
    }
    Ok(ids.iter().filter_map(|id| goals.remove(id)).collect())
}

fn carded(me: &Me, line: Line, states: &BTreeMap<i64, Item>, w: &Words) -> ItemRow {
    let mut row = item_row(me, line);
    row.card = card(me, &row, states.get(&row.line.id), w);
    row
}

/// The rows of goals, those taken away since a past day included.
async fn heads(
    me: &Me,
    ids: &[i64],
    span: &list::Span,
) -> Result<BTreeMap<i64, GoalRows>, Failure> {
    let mut goals = BTreeMap::new();
    if ids.is_empty() {
        return Ok(goals);
    }
    let texts: Vec<String> = ids.iter().map(i64::to_string).collect();
    let text = format!(
        "select m.id, m.number, m.title, m.sponsor, p.year from matter m left join plan p \
         on p.jurisdiction = m.jurisdiction and p.id = m.plan where m.jurisdiction = $1 \
         and m.kind = 'goal' and m.id in ({}) order by m.id",
        texts.join(", ")
    );
    let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
    for row in &query.fetch_all(me.house.store.reader()).await? {
        let (id, year): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(4)?);
        let goal = GoalRows {
            id,
            number: row.try_get(1)?,
            title: row.try_get(2)?,
            sponsor: post_title(me, row.try_get(3)?),
            counts: Vec::new(),
            items: Vec::new(),
            open: true,
            carried: year.filter(|year| *year < span.year),
        };
        goals.insert(id, goal);
    }
    Ok(goals)
}

/// One item with the names of its parties and its slip in words.
pub fn item_row(me: &Me, line: Line) -> ItemRow {
    let w = Words::of(me.visit.lang);
    let today = me.today();
    let slip = match (line.light, line.slip(today)) {
        (Light::Done, _) => w.t("slip-done"),
        (Light::Hold, _) => w.t("light-hold"),
        (_, None) => "—".into(),
        (_, Some(0)) => w.t("slip-none"),
        (_, Some(days)) if days > 0 => w.n("slip-late", days),
        (_, Some(days)) => w.n("slip-early", -days),
    };
    let slip_class = match line.light {
        Light::Late => "t-late b",
        Light::Warn => "t-warn",
        _ => "muted",
    };
    ItemRow {
        lead: line.lead.map(|id| me.roster.unit_name(Id::new(id)).to_owned()).unwrap_or_default(),
        owner: post_title(me, line.owner),
        sponsor: post_title(me, line.sponsor),
        due: line.due_on.map_or("—".into(), |due| w.short(&due, &today)),
        slip,
        slip_class,
        card: Card::default(),
        line,
    }
}

fn post_title(me: &Me, post: Option<i64>) -> String {
    post.map(|post| me.roster.post_title(Id::new(post)).to_owned()).unwrap_or_default()
}
