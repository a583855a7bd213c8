//! The strands of the overview beside the plan: timeliness, the weekly meetings of key projects,
//! and who owes the next move. Each number is that of the list it opens.

use jiff::Span;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::Me,
    failure::Failure,
    matters::{self, Counts, Filter},
};

/// A body with more items than this reads who owes what on the lists, not on its first page.
const COUNTED: i64 = 20_000;

/// Key projects, and how their weeks stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meetings {
    pub running: i64,
    /// Met in this week; still to meet in it, where it has a working day.
    pub met: i64,
    pub ahead: i64,
    /// Red or amber for weeks without a meeting.
    pub lit: i64,
    /// With decisions nobody has made items of.
    pub unadopted: i64,
}

/// The key projects within the officer's scope; nothing where there are none.
pub async fn meetings(me: &Me) -> Result<Option<Meetings>, Failure> {
    let today = me.now.day();
    let back = i64::from(today.weekday().to_monday_zero_offset());
    let monday = today.saturating_sub(Span::new().days(back));
    let day = |place: i64| monday.saturating_add(Span::new().days(place));
    let works = (0..7).any(|place| me.calendar.is_workday(day(place)));
    let met = "exists (select 1 from meeting t where t.jurisdiction = m.jurisdiction \
        and t.project = m.id and t.held_on >= $2 and t.held_on <= $3)";
    let sum = |condition: &str| {
        format!("cast(coalesce(sum(case when {condition} then 1 else 0 end), 0) as bigint)")
    };
    let text = format!(
        "select {}, {}, {}, {}, {} from matter m join project p \
         on p.jurisdiction = m.jurisdiction and p.id = m.id where m.jurisdiction = $1 \
         and m.kind = 'project' and m.standing = 'open' and {}",
        sum("m.id = m.id"),
        sum(&format!("m.start_on <= $3 and {met}")),
        sum(&format!("m.start_on <= $3 and not {met}")),
        sum("m.red_on <= $4 or m.yellow_on <= $4"),
        sum("p.unadopted > 0"),
        me.scope.condition()
    );
    let question = text.clone();
    let meetings = me.remember(&question, async {
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(monday.to_string())
            .bind(day(6).to_string())
            .bind(today.to_string())
            .fetch_one(me.house.store.reader())
            .await?;
        let ahead: i64 = row.try_get(2)?;
        Ok(Meetings {
            running: row.try_get(0)?,
            met: row.try_get(1)?,
            ahead: if works { ahead } else { 0 },
            lit: row.try_get(3)?,
            unadopted: row.try_get(4)?,
        })
    });
    let meetings = meetings.await?;
    Ok((meetings.running > 0).then_some(meetings))
}

/// Who owes the next move: items by what they wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    pub under_way: i64,
    pub sign: i64,
    pub plan: i64,
    pub report: i64,
    pub answer: i64,
    pub verify: i64,
}

/// What the items of the year wait for; nothing for a past day, whose moves were other ones, or
/// for a body too large to count them on every visit.
pub async fn duties(me: &Me, filter: &Filter, counts: &Counts) -> Result<Option<Duties>, Failure> {
    if me.past.is_some() || counts.total() > COUNTED {
        return Ok(None);
    }
    let n = async |waits: &str| {
        let narrowed = Filter { waits: Some(waits.to_owned()), ..filter.bounds() };
        matters::count(me, &narrowed).await
    };
    let under_way = Filter { stage: Some("under-way".to_owned()), ..filter.bounds() };
    Ok(Some(Duties {
        under_way: matters::count(me, &under_way).await?,
        sign: n("sign").await?,
        plan: n("plan").await?,
        report: n("report").await?,
        answer: n("answer").await?,
        verify: n("verify").await?,
    }))
}

/// Does the first page count items by lead unit?
pub fn counts_units(counts: &Counts) -> bool {
    counts.total() <= COUNTED
}
