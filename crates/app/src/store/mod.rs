//! The store: turns in, journal and rows out, on SQLite or PostgreSQL.
//!
//! ```text
//! Store::turn(hand, |pen| …) ─▶ queue of the jurisdiction ─▶ group commit (group.rs)
//!       pen.ask(id, command) ─▶ decide ─▶ events            (pen.rs)
//!       state ─▶ rows ─▶ what changed ─▶ written            (kept.rs, rows.rs)
//!       event ─▶ entry ─▶ leaf ─▶ checkpoint                (leaves.rs)
//! ```
//!
//! Rows can be dropped and refilled from the journal (rebuild.rs); an outsider checks an export
//! without any database (export.rs).

pub mod backup;
mod beside;
mod days;
mod drafts;
pub mod engine;
pub mod evidence;
pub mod export;
mod group;
pub mod jobs;
pub mod kept;
mod leaves;
mod mark;
pub mod memory;
mod migrate;
pub mod pen;
pub mod prove;
pub mod rebuild;
mod recast;
pub mod rows;
pub mod search;
mod sums;
pub mod views;
pub mod workdays;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use futures_util::future::BoxFuture;
use mechanisms::{Mechanism, light::Pack, reminder::Ladder, roster::Roster};
use sqlx::{AnyConnection, AnyPool, Row};
use tokio::sync::{mpsc, oneshot};

pub use self::pen::{Hand, Pen, Stop};
use self::{
    days::Days,
    engine::{Dialect, Engine},
    group::Waiting,
    kept::replay,
    memory::Standing,
};
use crate::failure::{Failure, Meaning};

/// What the writers of all jurisdictions share.
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) lights: Arc<Pack>,
    pub(crate) ladder: Arc<Ladder>,
    pub(crate) secret: [u8; 32],
    /// How long the journal was after somebody's last turn, by jurisdiction and person.
    wrote: Mutex<HashMap<(i64, i64), i64>>,
}

impl Shared {
    fn wrote(&self, jurisdiction: i64, people: &[i64], size: i64) {
        let mut wrote = self.wrote.lock().unwrap_or_else(PoisonError::into_inner);
        wrote.extend(people.iter().map(|person| ((jurisdiction, *person), size)));
    }
}

/// A roster once read: where the jurisdiction stood then, and the roster's newest entry.
#[derive(Clone)]
struct Known {
    under: Standing,
    newest: i64,
    roster: Arc<Roster>,
}

/// Where everything is kept.
pub struct Store {
    shared: Arc<Shared>,
    queues: Mutex<HashMap<i64, mpsc::Sender<Waiting>>>,
    rosters: RwLock<HashMap<i64, Known>>,
    calendars: RwLock<HashMap<i64, (Standing, Arc<calendar::Calendar>)>>,
    /// Bodies once read: their code and name never change.
    bodies: RwLock<HashMap<i64, Jurisdiction>>,
    days: Days,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("dialect", &self.dialect()).finish_non_exhaustive()
    }
}

/// A public body with a journal of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jurisdiction {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub demo: bool,
}

impl Store {
    /// Opens the database, brings its schema up to date, and makes the signer of checkpoints.
    pub async fn open(url: &str, log_key: [u8; 32]) -> Result<Self, Failure> {
        let engine = Engine::open(url).await?;
        migrate::migrate(&engine).await?;
        let lights = Pack::standard().meaning("reading the standard light rules")?;
        let ladder = Ladder::standard().meaning("reading the standard reminder ladder")?;
        let (lights, ladder) = (Arc::new(lights), Arc::new(ladder));
        let wrote = Mutex::default();
        let shared = Shared { engine, lights, ladder, secret: log_key, wrote };
        Ok(Self {
            shared: Arc::new(shared),
            queues: Mutex::default(),
            rosters: RwLock::default(),
            calendars: RwLock::default(),
            bodies: RwLock::default(),
            days: Days::default(),
        })
    }

    pub fn dialect(&self) -> Dialect {
        self.shared.engine.dialect
    }

    /// For queries.
    pub fn reader(&self) -> &AnyPool {
        self.shared.engine.reader()
    }

    /// For the tables outside the journal: accounts, sessions, tokens, drafts.
    pub fn writer(&self) -> &AnyPool {
        self.shared.engine.writer()
    }

    pub fn lights(&self) -> &Arc<Pack> {
        &self.shared.lights
    }

    /// How matters are urged.
    pub fn ladder(&self) -> &Arc<Ladder> {
        &self.shared.ladder
    }

    /// The key with which an outsider checks this store's checkpoints of one journal.
    pub fn verifier_key(&self, jurisdiction: &Jurisdiction) -> Result<String, Failure> {
        Ok(leaves::signer(&jurisdiction.code, &self.shared.secret)?.verifier_key())
    }

    /// Opens a journal for a public body.
    pub async fn found(&self, code: &str, name: &str, demo: bool) -> Result<i64, Failure> {
        let mut writing = self.shared.engine.begin().await?;
        let row = sqlx::query(
            "insert into jurisdiction (id, code, name, demo) \
             select coalesce(max(id), 0) + 1, $1, $2, $3 from jurisdiction where true \
             returning id",
        )
        .bind(code.to_owned())
        .bind(name.to_owned())
        .bind(i64::from(demo))
        .fetch_one(writing.on())
        .await
        .meaning("founding a jurisdiction")?;
        let id: i64 = row.try_get(0)?;
        sqlx::query(
            "insert into head (jurisdiction, size, turn, next_id, log, checkpoint) \
             values ($1, 0, 0, 2, '', '')",
        )
        .bind(id)
        .execute(writing.on())
        .await?;
        writing.commit().await?;
        Ok(id)
    }

    /// Every public body of this database.
    pub async fn jurisdictions(&self) -> Result<Vec<Jurisdiction>, Failure> {
        let rows = sqlx::query("select id, code, name, demo from jurisdiction order by id")
            .fetch_all(self.reader())
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Jurisdiction {
                    id: row.try_get(0)?,
                    code: row.try_get(1)?,
                    name: row.try_get(2)?,
                    demo: row.try_get::<i64, _>(3)? != 0,
                })
            })
            .collect()
    }

    pub async fn jurisdiction(&self, id: i64) -> Result<Option<Jurisdiction>, Failure> {
        let bodies = &self.bodies;
        if let Some(body) = bodies.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(Some(body.clone()));
        }
        let found = self.jurisdictions().await?.into_iter().find(|one| one.id == id);
        if let Some(body) = &found {
            bodies.write().unwrap_or_else(PoisonError::into_inner).insert(id, body.clone());
        }
        Ok(found)
    }

    /// Carries out one turn: everything `asked` asks, or nothing. Returns once it is durable.
    pub async fn turn<T, F>(&self, hand: Hand, asked: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: for<'p, 't, 'g> FnOnce(&'p mut Pen<'t, 'g>) -> BoxFuture<'p, Result<T, Stop>>
            + Send
            + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let outcome = Arc::new(Mutex::new(None));
        let inside = outcome.clone();
        let waiting = Waiting {
            asked: Box::new(move |pen| {
                Box::pin(async move {
                    let value = asked(pen).await?;
                    *inside.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                    Ok(())
                })
            }),
            answer,
            hand,
        };
        let queue = self.queue(waiting.hand.jurisdiction).await?;
        queue.send(waiting).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())??;
        let value = outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(|| Stop::Failed(Failure::new("a turn without its outcome")))
    }

    async fn queue(&self, jurisdiction: i64) -> Result<mpsc::Sender<Waiting>, Stop> {
        let known = |queues: &HashMap<i64, mpsc::Sender<Waiting>>| {
            queues.get(&jurisdiction).filter(|queue| !queue.is_closed()).cloned()
        };
        if let Some(queue) = known(&self.queues.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(queue);
        }
        let body = self.jurisdiction(jurisdiction).await?.ok_or(Stop::Missing)?;
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = known(&queues) {
            return Ok(queue);
        }
        let (queue, waiting) = mpsc::channel(1024);
        tokio::spawn(group::serve(self.shared.clone(), jurisdiction, body.code, waiting));
        queues.insert(jurisdiction, queue.clone());
        Ok(queue)
    }

    /// One matter's state, replayed from its facts.
    pub async fn state<M: Mechanism>(
        &self,
        jurisdiction: i64,
        id: mechanisms::Id<M>,
    ) -> Result<Option<M>, Failure> {
        let rows = sqlx::query(
            "select number, day, at, person, post, payload from entry \
             where jurisdiction = $1 and kind = $2 and matter = $3 order by number",
        )
        .bind(jurisdiction)
        .bind(M::KIND.to_owned())
        .bind(id.0)
        .fetch_all(self.reader())
        .await?;
        let facts = rows.iter().map(pen::fact).collect::<Result<Vec<_>, _>>()?;
        replay(&facts).meaning(&format!("corrupt journal: replaying {} {id}", M::KIND))
    }

    /// Where a jurisdiction stands now, whichever server wrote there.
    pub async fn standing(&self, jurisdiction: i64) -> Result<Standing, Failure> {
        let row = sqlx::query("select size, refilled from head where jurisdiction = $1")
            .bind(jurisdiction)
            .fetch_one(self.reader())
            .await
            .meaning("reading the head")?;
        Ok(Standing { size: row.try_get(0)?, refilled: row.try_get(1)? })
    }

    /// How long the journal was after this person's last turn through this server; 0 for none.
    pub fn last_written(&self, jurisdiction: i64, person: i64) -> i64 {
        let wrote = self.shared.wrote.lock().unwrap_or_else(PoisonError::into_inner);
        wrote.get(&(jurisdiction, person)).copied().unwrap_or(0)
    }

    /// Units, posts and people as the journal has them now.
    pub async fn roster(&self, jurisdiction: i64) -> Result<Arc<Roster>, Failure> {
        let under = self.standing(jurisdiction).await?;
        self.roster_under(jurisdiction, under).await
    }

    /// The same, where it is known where the jurisdiction stands: as long as nothing was written,
    /// nothing is read.
    pub async fn roster_under(
        &self,
        jurisdiction: i64,
        under: Standing,
    ) -> Result<Arc<Roster>, Failure> {
        let rosters = &self.rosters;
        let known =
            rosters.read().unwrap_or_else(PoisonError::into_inner).get(&jurisdiction).cloned();
        if let Some(known) = known.as_ref().filter(|known| known.under == under) {
            return Ok(known.roster.clone());
        }
        let row = sqlx::query(
            "select number from entry where jurisdiction = $1 and kind = $2 and matter = 1 \
             order by number desc limit 1",
        )
        .bind(jurisdiction)
        .bind(Roster::KIND.to_owned())
        .fetch_optional(self.reader())
        .await?;
        let newest: i64 = row.map_or(Ok(-1), |row| row.try_get(0))?;
        let state = match known.filter(|known| known.newest == newest) {
            Some(known) => known.roster,
            None => {
                let mut connection = self.reader().acquire().await?;
                Arc::new(roster(jurisdiction, &mut connection).await?.unwrap_or_default())
            }
        };
        rosters
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(jurisdiction, Known { under, newest, roster: state.clone() });
        Ok(state)
    }
}

/// Replays the roster of one jurisdiction.
pub(crate) async fn roster(
    jurisdiction: i64,
    connection: &mut AnyConnection,
) -> Result<Option<Roster>, Failure> {
    let rows = sqlx::query(
        "select number, day, at, person, post, payload from entry \
         where jurisdiction = $1 and kind = $2 and matter = 1 order by number",
    )
    .bind(jurisdiction)
    .bind(Roster::KIND.to_owned())
    .fetch_all(connection)
    .await?;
    let facts = rows.iter().map(pen::fact).collect::<Result<Vec<_>, _>>()?;
    replay(&facts).meaning("corrupt journal: replaying the roster")
}

fn gone() -> Stop {
    Stop::Failed(Failure::new("the writer of this jurisdiction has stopped"))
}
