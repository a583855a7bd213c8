//! Home: what waits for me, what is late, how it all stands. Reads across mechanisms.

use askama::Template;
use axum::{Router, extract::Query, response::Html, routing::get};
use mechanisms::{Day, Id, plan::item::Timeliness};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    House,
    access::Me,
    matters::{self, Counts, Filter, Line},
    trouble::Trouble,
    ui::{self, Shell, shell::seats, trend, words::Words},
};

mod weeks;

pub use crate::store::memory::Memory;

pub fn routes() -> Router<House> {
    Router::new().route("/", get(overview)).route("/todo", get(todo)).route("/search", get(search))
}

/// One move that waits, as lists show it.
struct Waiting {
    what: String,
    href: String,
    number: String,
    title: String,
    unit: String,
    due: String,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "home/overview.html")]
struct OverviewPage {
    shell: Shell,
    counts: Counts,
    goals: i64,
    done_share: String,
    strip: String,
    waiting: Vec<Waiting>,
    waiting_total: i64,
    late: Vec<(Line, String, String)>,
    trend: String,
    groups: Vec<(&'static str, i64)>,
    time: String,
}

async fn overview(me: Me) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let counts = matters::counts(&me, None).await?;
    let filter = Filter { light: Some("late".into()), ..Filter::default() };
    let late = matters::lines(&me, &filter, 8, 0).await?;
    let mut late: Vec<(Line, String, String)> = late
        .into_iter()
        .map(|line| {
            let unit = line.lead.map(|id| me.roster.unit_name(Id::new(id)).to_owned());
            let days = line.slip(me.today()).unwrap_or(0);
            let days = w.n("late-days", days);
            (line, unit.unwrap_or_default(), days)
        })
        .collect();
    late.sort_by_key(|one| -one.0.slip(me.today()).unwrap_or(0));
    let shell = Shell::of(&me, "/").await?;
    let waiting = waiting(&me, 5, &w).await?;
    let total = counts.total().max(1);
    let tenths = counts.done * 1000 / total;
    let weeks = weeks::read(&me, &counts).await?;
    let groups = timeliness(&me).await?;
    let page = OverviewPage {
        waiting_total: shell.waiting,
        shell,
        goals: goals(&me).await?,
        done_share: format!("{}.{}", tenths / 10, tenths % 10),
        strip: trend::strip(&counts, &w),
        waiting,
        late,
        trend: trend::columns(&weeks, &w),
        groups,
        time: me.now.local.strftime("%H:%M").to_string(),
        counts,
    };
    Ok(ui::page(&page)?)
}

async fn goals(me: &Me) -> Result<i64, Trouble> {
    let text = format!(
        "select cast(coalesce(sum(m.n), 0) as bigint) from tally m where m.jurisdiction = $1 \
         and m.kind = 'goal' and m.standing <> 'gone' and m.turn = ''{}",
        matters::top(me).await?
    );
    let goals = me.remember("goals", async {
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .fetch_one(me.house.store.reader())
            .await?;
        Ok(row.try_get(0)?)
    });
    Ok(goals.await?)
}

/// The five official groups of timeliness.
async fn timeliness(me: &Me) -> Result<Vec<(&'static str, i64)>, Trouble> {
    let words = Timeliness::ALL.iter().map(|group| group.word());
    Ok(words.zip(matters::timely(me).await?).collect())
}

async fn waiting(me: &Me, limit: i64, w: &Words) -> Result<Vec<Waiting>, Trouble> {
    // Each seat's moves stand in the order of their days: a page needs the first of each only.
    let seats: Vec<String> = seats(me)
        .iter()
        .map(|seat| {
            format!(
                "select * from (select what, due_on, by_on, since, kind, matter from todo \
                 where jurisdiction = $1 and whose = {seat} and since <= $2 \
                 order by by_on, since, matter limit {limit}) s"
            )
        })
        .collect();
    // A report is not asked for before its week is up: `since` is a day to come until then.
    let text = format!(
        "select t.what, t.due_on, m.kind, m.id, m.number, m.title, m.lead_unit from ({}) t \
         cross join matter m where m.jurisdiction = $1 and m.kind = t.kind and m.id = t.matter \
         order by t.by_on, t.since, m.id, t.what limit {limit}",
        seats.join(" union all ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut list = Vec::new();
    for row in &rows {
        let what: String = row.try_get(0)?;
        let due: Option<String> = row.try_get(1)?;
        let due: Option<Day> = due.and_then(|text| text.parse().ok());
        let (kind, id): (String, i64) = (row.try_get(2)?, row.try_get(3)?);
        let unit: Option<i64> = row.try_get(6)?;
        list.push(Waiting {
            href: format!("/{kind}s/{id}{}", door(&what)),
            what: w.t(&format!("todo-{what}")),
            number: row.try_get(4)?,
            title: row.try_get(5)?,
            unit: unit.map(|id| me.roster.unit_name(Id::new(id)).to_owned()).unwrap_or_default(),
            overdue: due.is_some_and(|due| due < me.today()),
            due: due.map_or(String::new(), |due| w.left(&due, &me.today())),
        });
    }
    Ok(list)
}

/// The door behind a waiting move.
fn door(what: &str) -> &'static str {
    match what {
        "report" => "/report",
        "answer" => "/reminder-answer",
        "answer-three" => "/three-answers",
        "plan" => "/plan",
        "decide-extension" => "/extension-decision",
        "verify" => "/verification",
        "meet" => "/meeting",
        _ => "",
    }
}

#[derive(Template)]
#[template(path = "home/todo.html")]
struct TodoPage {
    shell: Shell,
    waiting: Vec<Waiting>,
    total: i64,
    overdue: usize,
}

async fn todo(me: Me) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let waiting = waiting(&me, 500, &w).await?;
    let overdue = waiting.iter().filter(|one| one.overdue).count();
    let shell = Shell::of(&me, "/todo").await?;
    let page = TodoPage { total: shell.waiting, shell, waiting, overdue };
    Ok(ui::page(&page)?)
}

#[derive(Debug, Deserialize)]
struct SearchQuery {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "home/search.html")]
struct SearchPage {
    shell: Shell,
    q: String,
    total: i64,
    lines: Vec<Line>,
    units: Vec<(i64, String)>,
}

async fn search(me: Me, Query(query): Query<SearchQuery>) -> Result<Html<String>, Trouble> {
    let q = query.q.trim().to_owned();
    let filter = Filter { q: Some(q.clone()), ..Filter::default() };
    let (mut total, mut lines, mut units) = (0, Vec::new(), Vec::new());
    if !q.is_empty() {
        total = matters::count(&me, &filter).await?;
        lines = matters::lines(&me, &filter, 50, 0).await?;
        let found = me.roster.units().filter(|(_, unit)| unit.name.contains(&q)).take(20);
        units = found.map(|(id, unit)| (id.0, unit.name.clone())).collect();
    }
    let page = SearchPage { shell: Shell::of(&me, "/").await?, q, total, lines, units };
    Ok(ui::page(&page)?)
}
