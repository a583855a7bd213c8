//! The public list (整改公示): what a body has chosen to show of its problems to everybody. Nobody
//! signs in here, and nothing is shown but number, unit, problem, target, deadline and how far it
//! is: no person, no complaint, no finding.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use mechanisms::{Day, Id};
use serde::Deserialize;
use sqlx::Row;

use super::row::stage;
use crate::{
    House,
    access::Visit,
    store::Jurisdiction,
    trouble::Trouble,
    ui::{self, words::Words},
};

/// Rows on one page.
const PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The code of the body, where there are several.
    body: String,
    page: Option<i64>,
}

struct PublicRow {
    number: String,
    title: String,
    unit: String,
    due: String,
    closed: Option<String>,
    stage: String,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "problem/lists/public.html")]
struct PublicPage {
    w: Words,
    visit: Visit,
    body: String,
    bodies: Vec<Jurisdiction>,
    code: String,
    lede: String,
    rows: Vec<PublicRow>,
    page: i64,
    last_page: i64,
}

pub async fn public_page(
    State(house): State<House>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Trouble> {
    let w = Words::of(visit.lang);
    let bodies = house.store.jurisdictions().await?;
    let body = bodies.iter().find(|body| body.code == asked.body).or(bodies.first());
    let body = body.cloned().ok_or(Trouble::NotFound)?;
    let today = house.clock.now().day();
    let count = sqlx::query(
        "select count(*), coalesce(sum(case when standing = 'done' then 1 else 0 end), 0) \
         from problem_line where jurisdiction = $1 and scope = 'public' and rank < '3'",
    )
    .bind(body.id)
    .fetch_one(house.store.reader())
    .await?;
    let (total, closed): (i64, i64) = (count.try_get(0)?, count.try_get(1)?);
    let page = asked.page.unwrap_or(1).max(1);
    let rows = sqlx::query(
        "select m.number, m.title, m.lead_unit, m.due_on, m.done_on, m.stage, p.counts_on, \
         m.standing from (select p.id, p.rank, p.sort, p.counts_on from problem_line p \
         where p.jurisdiction = $1 and p.scope = 'public' and p.rank < '3' \
         order by p.rank, p.sort, p.id limit $2 offset $3) p cross join matter m \
         where m.jurisdiction = $1 and m.kind = 'problem' and m.id = p.id \
         order by p.rank, p.sort, p.id",
    )
    .bind(body.id)
    .bind(PAGE)
    .bind((page - 1) * PAGE)
    .fetch_all(house.store.reader())
    .await?;
    let roster = house.store.roster(body.id).await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in &rows {
        let day = |place: usize| -> Result<Option<Day>, Trouble> {
            let text: Option<String> = row.try_get(place)?;
            Ok(text.and_then(|text| text.parse().ok()))
        };
        let unit: Option<i64> = row.try_get(2)?;
        let (word, standing): (String, String) = (row.try_get(5)?, row.try_get(7)?);
        let shown = |day: Day| w.short(&day, &today);
        list.push(PublicRow {
            number: row.try_get(0)?,
            title: row.try_get(1)?,
            unit: unit.map(|id| roster.unit_name(Id::new(id)).to_owned()).unwrap_or_default(),
            due: day(3)?.map(shown).unwrap_or_default(),
            closed: day(4)?.filter(|_| standing == "done").map(shown),
            stage: stage(&word, &w),
            overdue: standing == "open" && day(6)?.is_some_and(|day| day < today),
        });
    }
    let args = [("n", total.to_string()), ("closed", closed.to_string())];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    let page = PublicPage {
        lede: w.a("problems-public-lede", &args),
        body: body.name,
        code: body.code,
        bodies,
        rows: list,
        page,
        last_page: (total + PAGE - 1).max(1) / PAGE,
        visit,
        w,
    };
    Ok(ui::page(&page)?)
}
