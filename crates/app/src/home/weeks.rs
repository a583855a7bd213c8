//! Red and amber of the last twelve weeks, from what each day changed.

use jiff::Span;
use mechanisms::Day;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::{Me, Scope},
    failure::Failure,
    matters::{self, Counts},
};

/// A day, and how many were red and amber on it.
type Week = (Day, i64, i64);

/// The last twelve weeks, the newest being today.
pub(super) async fn read(me: &Me, today: &Counts) -> Result<Vec<Week>, Failure> {
    if me.scope != Scope::All {
        return Ok(Vec::new());
    }
    let plans = matters::top(me).await?;
    let mut weeks = me.remember("weeks", pass(me, plans)).await?;
    weeks.push((me.today(), today.late, today.warn));
    Ok(weeks)
}

/// The eleven weeks before this one in one pass over the days.
async fn pass(me: &Me, plans: &str) -> Result<Vec<Week>, Failure> {
    let days: Vec<Day> =
        (1..12).rev().map(|back| me.today().saturating_sub(Span::new().days(7 * back))).collect();
    let sums: Vec<String> = days
        .iter()
        .map(|day| {
            format!("cast(coalesce(sum(case when day <= '{day}' then n else 0 end), 0) as bigint)")
        })
        .collect();
    let text = format!(
        "select turn, {} from tally_day m where jurisdiction = $1 and kind = 'item'{plans} \
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
