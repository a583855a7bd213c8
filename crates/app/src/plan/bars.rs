//! The bars of the run chart: every shown item with its milestones and its baseline.

use std::collections::BTreeMap;

use mechanisms::{Day, plan::item::Due};
use sqlx::{AssertSqlSafe, Row};

use super::chart::GoalRows;
use crate::{
    access::Me,
    failure::Failure,
    matters::past,
    ui::{
        gantt::{self, Bar, Window},
        words::Words,
    },
};

/// Draws the goals of a page of the chart.
pub async fn draw(
    me: &Me,
    goals: &[GoalRows],
    window: &Window,
    w: &Words,
) -> Result<String, Failure> {
    let ids: Vec<i64> =
        goals.iter().flat_map(|goal| goal.items.iter().map(|row| row.line.id)).collect();
    let (milestones, baselines) = match me.past {
        None => (milestones(me, &ids).await?, baselines(me, &ids).await?),
        Some(_) => then(me, &ids).await?,
    };
    let mut rows = Vec::new();
    for goal in goals {
        let start = goal.items.iter().filter_map(|row| row.line.start_on).min();
        let end = goal.items.iter().filter_map(|row| row.line.due_on).max();
        rows.push(gantt::Row::Goal { start, end });
        for row in goal.items.iter().filter(|_| goal.open) {
            let line = &row.line;
            rows.push(gantt::Row::Item(Box::new(Bar {
                light: line.light,
                start: line.start_on,
                due: line.due_on,
                baseline: baselines.get(&line.id).copied().unwrap_or_default(),
                forecast: line.forecast_on,
                done: line.done_on,
                latest_start: line.latest_start_on,
                milestones: milestones.get(&line.id).cloned().unwrap_or_default(),
            })));
        }
    }
    Ok(gantt::draw(&rows, window, w))
}

/// Milestones and baselines as they stood on a past day.
async fn then(me: &Me, items: &[i64]) -> Result<(Steps, Spans), Failure> {
    let (mut steps, mut spans) = (Steps::new(), Spans::new());
    let texts: Vec<String> = items.iter().map(i64::to_string).collect();
    if texts.is_empty() {
        return Ok((steps, spans));
    }
    let which = format!(" and m.id in ({})", texts.join(", "));
    for (id, item) in past::replayed(me, &which, me.today()).await? {
        let milestones = item.content.milestones.iter();
        let days = milestones
            .map(|one| (one.reached_on.unwrap_or(one.planned_on), one.reached_on.is_some()));
        steps.insert(id, days.collect());
        if let Some(promised) = item.baseline.as_deref() {
            let due = match promised.due {
                Some(Due::On(day)) => Some(day),
                _ => None,
            };
            spans.insert(id, (promised.start_on, due));
        }
    }
    Ok((steps, spans))
}

type Steps = BTreeMap<i64, Vec<(Day, bool)>>;

async fn milestones(me: &Me, items: &[i64]) -> Result<Steps, Failure> {
    let mut steps = Steps::new();
    if items.is_empty() {
        return Ok(steps);
    }
    let list: Vec<String> = items.iter().map(i64::to_string).collect();
    let text = format!(
        "select item, planned_on, done_on from milestone where jurisdiction = $1 \
         and item in ({}) order by item, number",
        list.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    for row in &rows {
        let planned: String = row.try_get(1)?;
        let done: Option<String> = row.try_get(2)?;
        let day = done.as_ref().unwrap_or(&planned).parse();
        if let Ok(day) = day {
            steps.entry(row.try_get(0)?).or_default().push((day, done.is_some()));
        }
    }
    Ok(steps)
}

type Spans = BTreeMap<i64, (Option<Day>, Option<Day>)>;

async fn baselines(me: &Me, items: &[i64]) -> Result<Spans, Failure> {
    let mut spans = Spans::new();
    if items.is_empty() {
        return Ok(spans);
    }
    let list: Vec<String> = items.iter().map(i64::to_string).collect();
    let text = format!(
        "select id, baseline_start_on, baseline_due_on from item where jurisdiction = $1 \
         and id in ({}) order by id",
        list.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    for row in &rows {
        let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
        spans.insert(row.try_get(0)?, (day(row.try_get(1)?), day(row.try_get(2)?)));
    }
    Ok(spans)
}
