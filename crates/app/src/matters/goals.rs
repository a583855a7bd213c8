//! Goals as lists order them: by the most urgent of their items that pass a filter.

use sqlx::{AssertSqlSafe, Row};

use super::{
    Filter, past,
    span::{Origin, span},
};
use crate::{
    access::{Me, Scope},
    failure::Failure,
};

/// How many goals the plan or the year has: as many as [`in_order`] gives for everything.
pub async fn count(me: &Me, filter: &Filter) -> Result<i64, Failure> {
    let bounds = Filter { all: Some(1), ..filter.bounds() };
    if me.scope != Scope::All || me.past.is_some() {
        let goals = in_order(me, &bounds).await?;
        return Ok(i64::try_from(goals.len()).unwrap_or(i64::MAX));
    }
    let span = span(me, filter).await?;
    let plans = filter.plan.map_or_else(|| span.of_year(), |plan| plan.to_string());
    let text = format!(
        "select cast(coalesce(sum(m.n), 0) as bigint) from tally m where m.jurisdiction = $1 \
         and m.kind = 'goal' and m.standing <> 'gone' and m.turn = '' and m.plan in ({plans})"
    );
    let carried = filter.plan.is_none() && !span.old.is_empty();
    let carried = carried.then(|| {
        format!(
            "select count(distinct m.parent) from matter m where m.jurisdiction = $1 \
             and m.kind = 'item'{}",
            span.rows(Some(Origin::Carried))
        )
    });
    let mut n = 0;
    for text in [Some(text), carried].into_iter().flatten() {
        n += me
            .remember(&text.clone(), async {
                let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
                Ok(query.fetch_one(me.house.store.reader()).await?.try_get::<i64, _>(0)?)
            })
            .await?;
    }
    Ok(n)
}

/// The goals with items that pass the filter, most urgent first; where everything is asked for,
/// the goals without any item after them.
pub async fn in_order(me: &Me, filter: &Filter) -> Result<Vec<i64>, Failure> {
    let mut ids = Vec::new();
    if me.past.is_some() {
        for one in past::all(me, filter).await? {
            if !ids.contains(&one.item.goal.0) {
                ids.push(one.item.goal.0);
            }
        }
        return Ok(ids);
    }
    let condition = filter.condition(me).await?;
    let order = match filter.sort.as_deref() {
        Some("number") => "min(m.plan), min(m.sort)",
        _ => "min(m.urgent_on), min(m.sort)",
    };
    let text = format!(
        "select m.parent from matter m where {condition} and m.parent is not null \
         group by m.parent order by {order}, m.parent"
    );
    let question = format!("{text}\n{}\n{}", filter.area_text(), filter.q_text(me));
    let found = me.remember(&question, async {
        let rows = super::read(me, filter, text).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<Vec<i64>, Failure>>()
    });
    ids.extend(found.await?);
    let bounds = Filter { all: Some(1), ..filter.bounds() };
    let arranged = Filter { zoom: None, shut: None, sort: None, page: None, ..filter.clone() };
    if arranged == bounds {
        ids.extend(empty_goals(me, filter).await?);
    }
    Ok(ids)
}

/// Goals nobody has put an item under.
async fn empty_goals(me: &Me, filter: &Filter) -> Result<Vec<i64>, Failure> {
    let plans = match filter.plan {
        Some(plan) => plan.to_string(),
        None => span(me, filter).await?.of_year(),
    };
    let text = format!(
        "select m.id from matter m where m.jurisdiction = $1 and m.kind = 'goal' \
         and m.standing <> 'gone' and m.plan in ({plans}) and {} and not exists (select 1 \
         from matter i where i.jurisdiction = m.jurisdiction and i.kind = 'item' \
         and i.parent = m.id and i.standing <> 'gone') order by m.plan, m.sort, m.id",
        me.scope.condition()
    );
    me.remember(&text.clone(), async {
        let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
        let rows = query.fetch_all(me.house.store.reader()).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    })
    .await
}
