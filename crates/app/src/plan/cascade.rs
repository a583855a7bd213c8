//! The cascade: what units below do for an item, and the report of what nobody has taken up —
//! items without a unit below, units without an item, items without anybody above or behind them.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use mechanisms::{Id, Refuses, roster::Unit};
use sqlx::{AssertSqlSafe, Row};

use super::{
    draft::Draft,
    edit::{told, view},
};
use crate::{
    House,
    access::Me,
    drafting,
    matters::{CASCADED, Filter},
    store::Stop,
    trouble::Trouble,
    ui::{self, Shell},
};

pub async fn cascade_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let above = Draft::of_content(&item.content, &me);
    let given = Draft {
        title: above.title,
        unit: above.unit,
        lead: above.lead,
        sponsor: above.sponsor,
        start_on: above.start_on,
        due_on: above.due_on,
        ..Draft::default()
    };
    let page = view(&me, None, given, false, None).await?.under(id, &item).taken_up(&me).await?;
    Ok(ui::page(&page)?.into_response())
}

pub async fn cascade(
    State(house): State<House>,
    me: Me,
    Path(id): Path<i64>,
    Form(given): Form<Draft>,
) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let refused: Box<dyn Refuses> = match given.content(&me) {
        Err(unreadable) => Box::new(unreadable),
        Ok(content) => {
            let turn = house.store.turn(me.hand(), move |pen| {
                Box::pin(async move { drafting::cascade(pen, Id::new(id), content).await })
            });
            match turn.await {
                Ok(new) => {
                    crate::drafts::forget(&me, &format!("edit-under-{id}")).await?;
                    return Ok(Redirect::to(&format!("/items/{new}")).into_response());
                }
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let error = told(&me, &*refused);
    let page = view(&me, None, given, false, Some(error)).await?.under(id, &item);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// A unit, how many items it leads, and how many of them units below have taken up.
struct Line {
    id: i64,
    name: String,
    led: i64,
    cascaded: i64,
}

/// An item that hangs in the air, and what it lacks.
struct Orphan {
    id: i64,
    number: String,
    title: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "plan/cascade.html")]
struct CoveragePage {
    shell: Shell,
    filter: Filter,
    plan: i64,
    lines: Vec<Line>,
    led: i64,
    cascaded: i64,
    /// Counted units with a part in the plan, and all of them.
    covered: usize,
    units: usize,
    idle: Vec<(i64, String)>,
    /// Items of lower plans that serve no item above and no meeting's decision.
    loose: Vec<Orphan>,
    /// Items whose responsible post is empty.
    vacant: Vec<Orphan>,
}

pub async fn coverage_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let plan = match filter.plan {
        Some(plan) => plan,
        None => super::chart::current_plan(&me).await?.unwrap_or(0),
    };
    let lines = lines(&me, plan).await?;
    let parts = parts(&me, plan).await?;
    let counted: Vec<(Id<Unit>, &Unit)> =
        me.roster.units().filter(|(_, unit)| unit.kind.is_counted() && unit.to.is_none()).collect();
    let idle: Vec<(i64, String)> = counted
        .iter()
        .filter(|(id, _)| !parts.contains(&id.0))
        .map(|(id, unit)| (id.0, unit.name.clone()))
        .collect();
    let loose = " and m.plan in (select l.id from plan l where l.jurisdiction = $1 \
        and l.parent is not null) and not exists (select 1 from item i where i.jurisdiction = $1 \
        and i.id = m.id and i.parent is not null) and not exists (select 1 from decision d \
        where d.jurisdiction = $1 and d.item = m.id)";
    let held: Vec<String> = me
        .roster
        .posts()
        .filter(|(id, _)| me.roster.holder(*id, me.today()).is_some())
        .map(|(id, _)| id.0.to_string())
        .collect();
    let vacant = format!(
        " and m.standing in ('open', 'hold') and (m.owner is null or m.owner not in ({}))",
        if held.is_empty() { "0".into() } else { held.join(", ") }
    );
    let page = CoveragePage {
        shell: Shell::of(&me, "/plan").await?,
        plan,
        led: lines.iter().map(|line| line.led).sum(),
        cascaded: lines.iter().map(|line| line.cascaded).sum(),
        covered: counted.len() - idle.len(),
        units: counted.len(),
        idle,
        loose: orphans(&me, loose).await?,
        vacant: orphans(&me, &vacant).await?,
        lines,
        filter,
    };
    Ok(ui::page(&page)?)
}

async fn lines(me: &Me, plan: i64) -> Result<Vec<Line>, Trouble> {
    let text = format!(
        "select m.lead_unit, count(*), cast(sum(case when {CASCADED} then 1 else 0 end) as bigint) \
         from matter m where m.jurisdiction = $1 and m.kind = 'item' and m.plan = $2 \
         and m.standing <> 'gone' and m.lead_unit is not null and {} group by m.lead_unit \
         order by m.lead_unit",
        me.scope.condition()
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(plan)
        .fetch_all(me.house.store.reader())
        .await?;
    let mut lines = Vec::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        lines.push(Line {
            id,
            name: me.roster.unit_name(Id::new(id)).to_owned(),
            led: row.try_get(1)?,
            cascaded: row.try_get(2)?,
        });
    }
    Ok(lines)
}

/// Units with any part in the plan's items.
async fn parts(me: &Me, plan: i64) -> Result<Vec<i64>, Trouble> {
    let rows = sqlx::query(
        "select distinct p.unit from party p join matter m on m.jurisdiction = p.jurisdiction \
         and m.kind = p.kind and m.id = p.matter where p.jurisdiction = $1 and p.kind = 'item' \
         and m.plan = $2 and m.standing <> 'gone' and p.unit is not null order by p.unit",
    )
    .bind(me.body.id)
    .bind(plan)
    .fetch_all(me.house.store.reader())
    .await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

async fn orphans(me: &Me, condition: &str) -> Result<Vec<Orphan>, Trouble> {
    let text = format!(
        "select m.id, m.number, m.title, m.lead_unit from matter m where m.jurisdiction = $1 \
         and m.kind = 'item' and m.standing <> 'gone' and {}{condition} order by m.sort, m.id \
         limit 200",
        me.scope.condition()
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    let mut orphans = Vec::new();
    for row in &rows {
        let unit: Option<i64> = row.try_get(3)?;
        orphans.push(Orphan {
            id: row.try_get(0)?,
            number: row.try_get(1)?,
            title: row.try_get(2)?,
            unit: unit.map_or(String::new(), |id| me.roster.unit_name(Id::new(id)).to_owned()),
        });
    }
    Ok(orphans)
}
