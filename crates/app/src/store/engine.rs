//! The two engines, and the few places where they differ.
//!
//! SQLite: one writer connection (`begin immediate`, WAL, `synchronous=full`) and a pool of
//! read-only connections. PostgreSQL: one pool for both. Everything else is the same text.

use std::sync::Once;

use sqlx::{
    Any, AnyConnection, AnyPool, Connection, Executor,
    any::{AnyConnectOptions, AnyPoolOptions},
    pool::PoolConnection,
};

use crate::failure::{Failure, Meaning};

/// Which engine speaks. Only [`Engine`] and search ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Connections for reading and for writing.
#[derive(Clone, Debug)]
pub struct Engine {
    pub dialect: Dialect,
    readers: AnyPool,
    writers: AnyPool,
}

static DRIVERS: Once = Once::new();

impl Engine {
    /// Opens `sqlite:PATH` or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self, Failure> {
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Err(Failure::new(format!(
                "the database address {url:?} begins neither with sqlite: nor with postgres://"
            )))
        }
    }

    async fn open_sqlite(url: &str) -> Result<Self, Failure> {
        let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
        let address = format!("sqlite://{path}?mode=rwc");
        let options: AnyConnectOptions =
            address.parse().meaning(&format!("reading the database address {url:?}"))?;
        let writers = AnyPoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .after_connect(|connection, _| Box::pin(pragmas(connection, false)))
            .connect_with(options.clone())
            .await
            .meaning(&format!("opening {url}"))?;
        let readers = AnyPoolOptions::new()
            .max_connections(8)
            .test_before_acquire(false)
            .after_connect(|connection, _| Box::pin(pragmas(connection, true)))
            .connect_lazy_with(options);
        Ok(Self { dialect: Dialect::Sqlite, readers, writers })
    }

    async fn open_postgres(url: &str) -> Result<Self, Failure> {
        let pool = AnyPoolOptions::new()
            .max_connections(24)
            .test_before_acquire(false)
            .connect(url)
            .await
            .meaning("connecting to PostgreSQL")?;
        Ok(Self { dialect: Dialect::Postgres, readers: pool.clone(), writers: pool })
    }

    /// For reading: never blocks a writer, never sees half a turn.
    pub fn reader(&self) -> &AnyPool {
        &self.readers
    }

    /// The writing connection, for the store and the tables outside the journal.
    pub fn writer(&self) -> &AnyPool {
        &self.writers
    }

    /// A connection with a transaction that is allowed to write from its first statement.
    pub async fn begin(&self) -> Result<Writing, Failure> {
        let mut connection = self.writers.acquire().await?;
        connection
            .execute(match self.dialect {
                Dialect::Sqlite => "begin immediate",
                Dialect::Postgres => "begin",
            })
            .await?;
        Ok(Writing { dialect: self.dialect, connection: Some(connection) })
    }
}

/// An open transaction. Dropped without [`Writing::commit`], its connection is closed, and the
/// engine rolls it back.
#[derive(Debug)]
pub struct Writing {
    pub dialect: Dialect,
    connection: Option<PoolConnection<Any>>,
}

impl Writing {
    /// The connection the transaction runs on.
    pub fn on(&mut self) -> &mut AnyConnection {
        // The connection leaves only through `commit`, `abandon` or `drop`, which take `self`.
        match self.connection.as_mut() {
            Some(connection) => connection,
            None => unreachable!("a finished transaction was used"),
        }
    }

    pub async fn commit(mut self) -> Result<(), Failure> {
        self.on().execute("commit").await.meaning("committing a turn")?;
        self.connection.take();
        Ok(())
    }

    pub async fn abandon(mut self) -> Result<(), Failure> {
        self.on().execute("rollback").await?;
        self.connection.take();
        Ok(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            let connection = connection.detach();
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                runtime.spawn(connection.close());
            }
        }
    }
}

async fn pragmas(connection: &mut AnyConnection, reader: bool) -> Result<(), sqlx::Error> {
    for pragma in [
        "pragma journal_mode = wal",
        "pragma synchronous = full",
        "pragma busy_timeout = 20000",
        // A fold of the log into the database every 64 MB, not every 4: fewer turns wait for one.
        "pragma wal_autocheckpoint = 16384",
        "pragma cache_size = -65536",
        "pragma mmap_size = 1073741824",
        "pragma temp_store = memory",
    ] {
        connection.execute(pragma).await?;
    }
    if reader {
        connection.execute("pragma query_only = on").await?;
    }
    Ok(())
}
