//! Both engines for every test: a fresh SQLite file, and a fresh PostgreSQL database.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use app::store::Store;
use tempfile::TempDir;

/// A database of its own for one test, gone afterwards.
pub struct Fresh {
    pub url: String,
    pub folder: TempDir,
}

impl Fresh {
    pub async fn open(&self) -> Arc<Store> {
        Arc::new(Store::open(&self.url, [7; 32]).await.expect("opening the database"))
    }
}

pub fn sqlite() -> Fresh {
    let folder = tempfile::tempdir().expect("a folder");
    Fresh { url: format!("sqlite:{}/shigan.db", folder.path().display()), folder }
}

#[expect(clippy::disallowed_methods, reason = "the server that runs the tests says where it is")]
pub async fn postgres() -> Fresh {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("SHIGAN_TEST_POSTGRES")
        .expect("SHIGAN_TEST_POSTGRES is not set: run `cargo xtask test`, which starts PostgreSQL");
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("t{}_{number}", std::process::id());
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&format!("{server}/postgres")).await.expect("PostgreSQL");
    let text = format!(
        "create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"
    );
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&pool).await.expect("a database");
    pool.close().await;
    Fresh { url: format!("{server}/{name}"), folder: tempfile::tempdir().expect("a folder") }
}

/// Runs the same test on a fresh database of an engine.
pub fn run<F, Fut>(base: impl Future<Output = Fresh>, test: F)
where
    F: FnOnce(Fresh) -> Fut,
    Fut: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async { test(base.await).await });
}

/// Makes two tests of one: `both!(name)` runs `name` on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() {
                $crate::engines::run(async { $crate::engines::sqlite() }, super::$name);
            })*
        }
        mod postgres {
            $(#[test] fn $name() {
                $crate::engines::run($crate::engines::postgres(), super::$name);
            })*
        }
    };
}
