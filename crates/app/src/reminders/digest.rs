//! What the digest says, read from rows: one officer's reminders, what comes next in their
//! matters, and what the ladder lets the supervision office send.

use mechanisms::{Day, Id, roster::Power};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{access::Me, failure::Failure};

/// Lines of one part of the digest.
const LINES: i64 = 100;

/// A reminder that was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub kind: String,
    pub matter: i64,
    pub number: String,
    pub title: String,
    pub unit: String,
    pub level: String,
    pub text: String,
    pub sent_on: Day,
    pub answer_due: Day,
    pub signed: bool,
    /// The post it went to first.
    pub to: String,
}

impl Sent {
    pub fn href(&self) -> String {
        format!("/{}s/{}", self.kind, self.matter)
    }
}

/// The next rung of a matter, and its day.
#[derive(Clone, Debug)]
pub struct Next {
    pub kind: String,
    pub matter: i64,
    pub number: String,
    pub title: String,
    pub unit: String,
    pub level: String,
    pub on: Day,
    pub due_on: Option<Day>,
    /// How many reminders it has had.
    pub given: i64,
}

impl Next {
    pub fn href(&self) -> String {
        format!("/{}s/{}", self.kind, self.matter)
    }
}

/// Whose next steps are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Matters this officer answers for, by post or as the unit's own side.
    Mine,
    /// Matters this officer watches.
    Watched,
    /// Everything within the officer's scope.
    All,
}

impl Whose {
    pub fn of(word: Option<&str>) -> Self {
        match word {
            Some("watched") => Self::Watched,
            _ => Self::All,
        }
    }

    /// The condition on the row `m` of `matter`.
    fn condition(self, me: &Me) -> String {
        let post = me.officer.post;
        let scope = me.scope.condition();
        match self {
            Self::All => scope,
            Self::Watched => format!("m.watcher = {post} and {scope}"),
            Self::Mine => {
                let unit = me.roster.unit_of(post);
                let heads = unit.filter(|unit| me.roster.head_of(*unit) == Some(post));
                let below = heads.map_or(Vec::new(), |unit| me.roster.unit_and_descendants(unit));
                let mut units: Vec<String> = below.iter().map(ToString::to_string).collect();
                if units.is_empty() {
                    units.push("null".to_owned());
                }
                let units = units.join(", ");
                format!("(m.owner = {post} or m.sponsor = {post} or m.lead_unit in ({units}))")
            }
        }
    }
}

/// May this officer send reminders by the ladder for the office?
pub fn is_office(me: &Me) -> bool {
    me.may(Power::Issue)
}

fn day(row: &AnyRow, column: &str) -> Result<Day, Failure> {
    let text: String = row.try_get(column)?;
    text.parse().map_err(|_| Failure::new(format!("corrupt row: the day {text:?}")))
}

fn named(row: &AnyRow, me: &Me) -> Result<(String, i64, String, String, String), Failure> {
    let unit: Option<i64> = row.try_get("lead_unit")?;
    let unit = unit.map_or("", |unit| me.roster.unit_name(Id::new(unit)));
    let (kind, matter) = (row.try_get("kind")?, row.try_get("matter")?);
    Ok((kind, matter, row.try_get("number")?, row.try_get("title")?, unit.to_owned()))
}

fn sent(row: &AnyRow, me: &Me) -> Result<Sent, Failure> {
    let (kind, matter, number, title, unit) = named(row, me)?;
    let signed: Option<String> = row.try_get("signed_on")?;
    let post: Option<i64> = row.try_get("post")?;
    let to = post.map_or("", |post| me.roster.post_title(Id::new(post)));
    Ok(Sent {
        kind,
        matter,
        number,
        title,
        unit,
        level: row.try_get("level")?,
        text: row.try_get("text")?,
        sent_on: day(row, "sent_on")?,
        answer_due: day(row, "answer_due")?,
        signed: signed.is_some(),
        to: to.to_owned(),
    })
}

async fn unanswered(me: &Me, condition: &str) -> Result<(i64, Vec<Sent>), Failure> {
    let from = format!(
        "from reminder r join matter m on m.jurisdiction = r.jurisdiction and m.kind = r.kind \
         and m.id = r.matter where r.jurisdiction = $1 and r.answered_on is null \
         and r.revoked_on is null and m.standing = 'open' and {condition} and not exists \
         (select 1 from reminder n where n.jurisdiction = r.jurisdiction and n.kind = r.kind \
         and n.matter = r.matter and n.number > r.number and n.revoked_on is null)"
    );
    let text = format!("select count(*) {from}");
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_one(me.house.store.reader())
        .await?;
    let count: i64 = row.try_get(0)?;
    let text = format!(
        "select m.kind, m.id as matter, m.number, m.title, m.lead_unit, r.level, r.text, \
         r.sent_on, r.answer_due, r.signed_on, r.post {from} \
         order by r.answer_due, m.kind, m.id, r.number, r.seat limit {LINES}"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    let lines: Result<Vec<Sent>, Failure> = rows.iter().map(|row| sent(row, me)).collect();
    Ok((count, lines?))
}

/// Reminders to this officer's post that wait for an answer, the soonest first. A reminder that
/// a higher one followed is answered with that one.
pub async fn to_me(me: &Me) -> Result<(i64, Vec<Sent>), Failure> {
    unanswered(me, &format!("r.post = {}", me.officer.post)).await
}

/// Reminders within the officer's scope that wait for an answer, each once.
pub async fn waiting(me: &Me, whose: Whose) -> Result<(i64, Vec<Sent>), Failure> {
    unanswered(me, &format!("r.seat = 0 and {}", whose.condition(me))).await
}

/// The next rungs up to a day, the soonest first.
pub async fn next(me: &Me, whose: Whose, until: Day) -> Result<(i64, Vec<Next>), Failure> {
    let from = format!(
        "from climb c join matter m on m.jurisdiction = c.jurisdiction and m.kind = c.kind \
         and m.id = c.matter where c.jurisdiction = $1 and c.next_on <= $2 and {}",
        whose.condition(me)
    );
    let until = until.to_string();
    let row = sqlx::query(AssertSqlSafe(format!("select count(*) {from}")))
        .bind(me.body.id)
        .bind(until.clone())
        .fetch_one(me.house.store.reader())
        .await?;
    let count: i64 = row.try_get(0)?;
    let text = format!(
        "select m.kind, m.id as matter, m.number, m.title, m.lead_unit, m.due_on, c.level, \
         c.next_on, c.given {from} order by c.next_on, m.due_on, m.kind, m.id limit {LINES}"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(until)
        .fetch_all(me.house.store.reader())
        .await?;
    let line = |row: &AnyRow| -> Result<Next, Failure> {
        let (kind, matter, number, title, unit) = named(row, me)?;
        let due: Option<String> = row.try_get("due_on")?;
        Ok(Next {
            kind,
            matter,
            number,
            title,
            unit,
            level: row.try_get("level")?,
            on: day(row, "next_on")?,
            due_on: due.and_then(|day| day.parse().ok()),
            given: row.try_get("given")?,
        })
    };
    let lines: Result<Vec<Next>, Failure> = rows.iter().map(line).collect();
    Ok((count, lines?))
}
