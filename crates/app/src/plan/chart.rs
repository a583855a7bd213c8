//! The run chart (四个干运行图): goals and items as a tree on the left, the same rows drawn on a
//! time axis on the right; the list and the chain of responsibility are its other views.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{
    extract::Query,
    response::{Html, IntoResponse, Response},
};
use mechanisms::{Id, light::Light, roster::Power};
use sqlx::{AssertSqlSafe, Row};

use crate::matters::{self as list, Counts, Filter, Line, PAGE};
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
}

/// A value one may filter by.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub name: String,
    pub here: bool,
}

#[derive(Template)]
#[template(path = "plan/chart.html")]
struct ChartPage {
    shell: Shell,
    filter: Filter,
    counts: Counts,
    goals_total: i64,
    urgent_goals: i64,
    goals: Vec<GoalRows>,
    drawing: String,
    choices: Choices,
    more: bool,
    may_register: bool,
}

#[derive(Template)]
#[template(path = "plan/list.html")]
struct ListPage {
    shell: Shell,
    filter: Filter,
    total: i64,
    rows: Vec<ItemRow>,
    choices: Choices,
    last_page: i64,
    may_register: bool,
}

#[derive(Template)]
#[template(path = "plan/chain.html")]
struct ChainPage {
    shell: Shell,
    filter: Filter,
    sponsors: Vec<Chain>,
    total: i64,
    choices: Choices,
    may_register: bool,
}

/// A sponsor, the units under them, and the items each leads.
type Chain = (String, Vec<(String, Vec<ItemRow>)>);

/// Every choice of the filter bar.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub areas: Vec<Choice>,
    pub sponsors: Vec<Choice>,
    pub leads: Vec<Choice>,
    pub lights: Vec<Choice>,
}

pub async fn chart_page(me: Me, Query(mut filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    filter.plan = filter.plan.or(current_plan(&me).await?);
    let counts = list::counts(&me, filter.plan).await?;
    let narrowed = filter.light.is_some() || filter.all.is_some();
    let shown = Filter {
        light: if narrowed { filter.light.clone() } else { Some("urgent".into()) },
        ..filter.clone()
    };
    let skip = (filter.page() - 1) * GOALS;
    let (ids, urgent_goals) = goals_in_order(&me, &shown, skip).await?;
    let more = i64::try_from(ids.len()).unwrap_or(0) > GOALS;
    let ids: Vec<i64> = ids.into_iter().take(usize::try_from(GOALS).unwrap_or(40)).collect();
    let under = Filter { light: filter.light.clone(), ..filter.clone() };
    let lines = list::of_goals(&me, &ids, &under).await?;
    let goals = goal_rows(&me, &ids, lines).await?;
    let window = Window::around(me.today(), filter.zoom());
    let w = Words::of(me.visit.lang);
    let drawing = super::bars::draw(&me, &goals, &window, &w).await?;
    let choices = choices(&me, &filter).await?;
    let page = ChartPage {
        shell: Shell::of(&me, "/plan").await?,
        goals_total: goals_total(&me, filter.plan).await?,
        urgent_goals,
        counts,
        goals,
        drawing,
        choices,
        more,
        may_register: me.may(Power::Register),
        filter,
    };
    Ok(ui::page(&page)?)
}

pub async fn list_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let total = list::count(&me, &filter).await?;
    let skip = (filter.page() - 1) * PAGE;
    let lines = list::lines(&me, &filter, PAGE, skip).await?;
    let page = ListPage {
        shell: Shell::of(&me, "/plan").await?,
        total,
        rows: lines.into_iter().map(|line| item_row(&me, line)).collect(),
        choices: choices(&me, &filter).await?,
        last_page: (total + PAGE - 1).max(1) / PAGE,
        may_register: me.may(Power::Register),
        filter,
    };
    Ok(ui::page(&page)?)
}

pub async fn chain_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let total = list::count(&me, &filter).await?;
    let lines = list::lines(&me, &filter, 500, 0).await?;
    let mut tree: BTreeMap<String, BTreeMap<String, Vec<ItemRow>>> = BTreeMap::new();
    for line in lines {
        let row = item_row(&me, line);
        let units = tree.entry(row.sponsor.clone()).or_default();
        units.entry(row.lead.clone()).or_default().push(row);
    }
    let sponsors =
        tree.into_iter().map(|(sponsor, units)| (sponsor, units.into_iter().collect())).collect();
    let page = ChainPage {
        shell: Shell::of(&me, "/plan").await?,
        sponsors,
        total,
        choices: choices(&me, &filter).await?,
        may_register: me.may(Power::Register),
        filter,
    };
    Ok(ui::page(&page)?)
}

/// The drawing alone, as an SVG file.
pub async fn chart_svg(me: Me, Query(filter): Query<Filter>) -> Result<Response, Trouble> {
    let (ids, _) = goals_in_order(&me, &Filter { all: Some(1), ..filter.clone() }, 0).await?;
    let lines = list::of_goals(&me, &ids, &filter).await?;
    let goals = goal_rows(&me, &ids, lines).await?;
    let window = Window::around(me.today(), filter.zoom());
    let svg = super::bars::draw(&me, &goals, &window, &Words::of(me.visit.lang)).await?;
    Ok(([(axum::http::header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// The plan of this year that stands highest: the body's own.
pub async fn current_plan(me: &Me) -> Result<Option<i64>, Failure> {
    let row = sqlx::query(
        "select id from plan where jurisdiction = $1 and year <= $2 \
         order by year desc, case when parent is null then 0 else 1 end, id limit 1",
    )
    .bind(me.body.id)
    .bind(i64::from(me.today().year()))
    .fetch_optional(me.house.store.reader())
    .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

async fn goals_total(me: &Me, plan: Option<i64>) -> Result<i64, Failure> {
    let row = sqlx::query(
        "select cast(coalesce(sum(n), 0) as bigint) from tally where jurisdiction = $1 \
         and kind = 'goal' and plan = $2 and standing <> 'gone' and turn = ''",
    )
    .bind(me.body.id)
    .bind(plan.unwrap_or(0))
    .fetch_one(me.house.store.reader())
    .await?;
    Ok(row.try_get(0)?)
}

/// Goals with items that pass the filter, most urgent first, and how many have urgent ones.
async fn goals_in_order(me: &Me, filter: &Filter, skip: i64) -> Result<(Vec<i64>, i64), Failure> {
    let condition = filter.condition(me).await?;
    let order = match filter.sort.as_deref() {
        Some("number") => "m.sort, m.id",
        _ => "m.urgent_on, m.sort, m.id",
    };
    let bind = |text: String| {
        sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(me.today().to_string())
            .bind(filter.area_text())
            .bind(filter.q_text(me))
    };
    // The first item of each goal, in the items' order: read on until there are enough goals,
    // so that a plan of a hundred thousand items is not grouped for a page of forty.
    let wanted = usize::try_from(skip + GOALS + 1).unwrap_or(usize::MAX);
    let mut limit = 8 * (skip + GOALS + 1);
    let goals = loop {
        let text = format!(
            "select m.parent from matter m where {condition} and m.parent is not null \
             order by {order} limit {limit}"
        );
        let rows = bind(text).fetch_all(me.house.store.reader()).await?;
        let (mut known, mut goals) = (BTreeSet::new(), Vec::new());
        for row in &rows {
            let goal: i64 = row.try_get(0)?;
            if known.insert(goal) {
                goals.push(goal);
            }
        }
        if goals.len() >= wanted || i64::try_from(rows.len()).is_ok_and(|read| read < limit) {
            break goals;
        }
        limit *= 8;
    };
    let skipped = wanted.saturating_sub(usize::try_from(GOALS + 1).unwrap_or(0));
    let ids = goals.into_iter().take(wanted).skip(skipped).collect();
    let urgent = Filter { light: Some("urgent".into()), ..filter.clone() };
    let urgent = urgent.condition(me).await?;
    let text = format!("select count(distinct m.parent) from matter m where {urgent}");
    let question = format!("{text}\n{}\n{}", filter.area_text(), filter.q_text(me));
    let urgent = me.remember(&question, async {
        Ok(bind(text).fetch_one(me.house.store.reader()).await?.try_get(0)?)
    });
    Ok((ids, urgent.await?))
}

async fn goal_rows(me: &Me, ids: &[i64], lines: Vec<Line>) -> Result<Vec<GoalRows>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<String> = ids.iter().map(i64::to_string).collect();
    let text = format!(
        "select id, number, title, sponsor from matter where jurisdiction = $1 \
         and kind = 'goal' and id in ({}) order by id",
        list.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    let mut goals: BTreeMap<i64, GoalRows> = BTreeMap::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        let sponsor: Option<i64> = row.try_get(3)?;
        let goal = GoalRows {
            id,
            number: row.try_get(1)?,
            title: row.try_get(2)?,
            sponsor: post_title(me, sponsor),
            counts: Vec::new(),
            items: Vec::new(),
        };
        goals.insert(id, goal);
    }
    for line in lines {
        if let Some(goal) = goals.get_mut(&line.goal) {
            goal.items.push(item_row(me, line));
        }
    }
    for goal in goals.values_mut() {
        goal.counts = [Light::Late, Light::Warn, Light::Ok, Light::Hold, Light::Idle, Light::Done]
            .into_iter()
            .map(|light| (light, goal.items.iter().filter(|row| row.line.light == light).count()))
            .filter(|(_, n)| *n > 0)
            .map(|(light, n)| (light, i64::try_from(n).unwrap_or(0)))
            .collect();
    }
    Ok(ids.iter().filter_map(|id| goals.remove(id)).collect())
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
        line,
    }
}

fn post_title(me: &Me, post: Option<i64>) -> String {
    post.map(|post| me.roster.post_title(Id::new(post)).to_owned()).unwrap_or_default()
}

async fn choices(me: &Me, filter: &Filter) -> Result<Choices, Failure> {
    let w = Words::of(me.visit.lang);
    let areas = me.remember("areas", areas(me)).await?;
    let areas = areas
        .into_iter()
        .map(|name| Choice { here: filter.area.as_ref() == Some(&name), value: name.clone(), name })
        .collect();
    let posts = |wanted: Option<i64>| -> Vec<Choice> {
        let leaders = me.roster.posts().filter(|(_, post)| {
            post.role == mechanisms::roster::Role::Leader && post.closed.is_none()
        });
        leaders
            .map(|(id, post)| Choice {
                value: id.0.to_string(),
                name: post.title.clone(),
                here: wanted == Some(id.0),
            })
            .collect()
    };
    let leads = me
        .roster
        .units()
        .filter(|(_, unit)| unit.kind.is_counted() && unit.to.is_none())
        .map(|(id, unit)| Choice {
            value: id.0.to_string(),
            name: unit.name.clone(),
            here: filter.lead == Some(id.0),
        })
        .collect();
    let lights = Light::ALL
        .iter()
        .map(|light| Choice {
            value: light.word().to_owned(),
            name: w.t(&format!("light-{}", light.word())),
            here: filter.light.as_deref() == Some(light.word()),
        })
        .collect();
    Ok(Choices { areas, sponsors: posts(filter.sponsor), leads, lights })
}

/// The areas of all goals, one step of the index each.
async fn areas(me: &Me) -> Result<Vec<String>, Failure> {
    let rows = sqlx::query(
        "with recursive known(area) as (select min(area) from matter where jurisdiction = $1 \
         and kind = 'goal' union all select (select min(m.area) from matter m \
         where m.jurisdiction = $1 and m.kind = 'goal' and m.area > known.area) from known \
         where known.area is not null) select area from known where area is not null order by 1",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}
