//! Red and amber of the last twelve weeks, from what each day changed.

use jiff::Span;
use mechanisms::Day;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::{Me, Scope},
    failure::Failure,
    matters::{self, Counts, Filter, past},
};

/// A day, and how many were red and amber on it.
pub type Week = (Day, i64, i64);

/// The last twelve weeks of a plan or year, the newest being the day the page shows.
pub(super) async fn read(me: &Me, filter: &Filter, today: &Counts) -> Result<Vec<Week>, Failure> {
    let newest = days(me).last().copied().unwrap_or(me.today());
    let mut weeks = if me.scope == Scope::All {
        let plans = match filter.plan {
            Some(plan) => plan.to_string(),
            None => matters::span(me, filter).await?.plans(),
        };
        let question = format!("weeks to {} {plans}", me.today());
        me.remember_of(newest, &question, pass(me, &plans)).await?
    } else {
        let which = matters::which(me, &filter.bounds()).await?;
        let bounds = filter.bounds().with("page", "");
        let question = format!("weeks to {}{bounds} of {which:?}", me.today());
        let weeks = me.remember_of(newest, &question, replayed(me, filter)).await?;
        if weeks.is_empty() {
            return Ok(weeks);
        }
        weeks
    };
    weeks.push((me.today(), today.late, today.warn));
    Ok(weeks)
}

/// The days of the eleven weeks before this one.
fn days(me: &Me) -> Vec<Day> {
    (1..12).rev().map(|back| me.today().saturating_sub(Span::new().days(7 * back))).collect()
}

/// The weeks of an officer who sees a part: each day's lists, counted. Nothing where they are too
/// long to be replayed.
async fn replayed(me: &Me, filter: &Filter) -> Result<Vec<Week>, Failure> {
    let mut weeks = Vec::new();
    for day in days(me) {
        let then = Me { replayed: std::sync::Arc::default(), ..me.clone() };
        let then = then.looking_at(Some(day)).await?;
        let bounds = Filter { as_of: Some(day.to_string()), ..filter.bounds() };
        if !past::within(&then, &bounds).await? {
            return Ok(Vec::new());
        }
        let counts = matters::counts(&then, &bounds).await?;
        weeks.push((day, counts.late, counts.warn));
    }
    Ok(weeks)
}

/// The eleven weeks before this one in one pass over the days.
async fn pass(me: &Me, plans: &str) -> Result<Vec<Week>, Failure> {
    let days = days(me);
    let sums: Vec<String> = days
        .iter()
        .map(|day| {
            format!("cast(coalesce(sum(case when day <= '{day}' then n else 0 end), 0) as bigint)")
        })
        .collect();
    let text = format!(
        "select turn, {} from tally_day m where jurisdiction = $1 and kind = 'item' \
         and m.plan in ({plans}) \
         and day < $2 group by turn order by turn",
        sums.join(", "),
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut weeks: Vec<Week> = days.into_iter().map(|day| (day, 0, 0)).collect();
    for row in &rows {
        let turn: String = row.try_get(0)?;
        for (place, week) in weeks.iter_mut().enumerate() {
            let n: i64 = row.try_get(place + 1)?;
            // What is at least amber and not red is amber.
            match turn.as_str() {
                "late" => (week.1, week.2) = (n, week.2 - n),
                _ => week.2 += n,
            }
        }
    }
    Ok(weeks)
}
