//! The bench of the problem ledger: every saved view under sixteen clients, and a bulk reminder of
//! five thousand as one job and its undoing, among many problems of one jurisdiction. Figures are
//! printed, never asserted.
//!
//! ```text
//! SHIGAN_BENCH_PROBLEMS  how many problems there are; 100,000 without it
//! SHIGAN_BENCH_BULK      how many are urged at once; 5,000 without it
//! SHIGAN_BENCH_SECONDS   how long each page is asked; 3 without it
//! SHIGAN_BENCH_FOLDER    keeps the SQLite database there and uses it again
//! SHIGAN_BENCH_ENGINES   `sqlite` or `postgres` for one of them
//! SHIGAN_TEST_POSTGRES   the other engine's server; `cargo xtask bench` starts one
//! ```

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench measures the clock and prints what it saw"
)]

#[path = "../load/asked.rs"]
mod asked;
#[path = "../load/titles.rs"]
mod titles;
mod world;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    App, House,
    clock::Clock,
    demo,
    jobs::{self, Asked, One},
    routes,
    store::{Store, evidence::Evidence},
};
use jiff::tz::TimeZone;
use sqlx::Row;

use self::asked::{clients, fresh, number, once, pages, resident_mb};

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let temporary = tempfile::tempdir().expect("a folder");
    let kept = std::env::var("SHIGAN_BENCH_FOLDER").ok().map(PathBuf::from);
    let folder = kept.unwrap_or_else(|| temporary.path().to_owned());
    let engines = std::env::var("SHIGAN_BENCH_ENGINES").unwrap_or_default();
    if engines != "postgres" {
        let sqlite = format!("sqlite:{}/problems.db", folder.display());
        runtime.block_on(bench("SQLite", &sqlite, &folder));
    }
    if let Ok(server) = std::env::var("SHIGAN_TEST_POSTGRES")
        && engines != "sqlite"
    {
        let url = runtime.block_on(fresh(&server));
        runtime.block_on(bench("PostgreSQL", &url, &folder));
    }
}

async fn bench(engine: &str, url: &str, folder: &Path) {
    let store = Arc::new(Store::open(url, [7; 32]).await.expect("the database"));
    if store.jurisdictions().await.expect("the bodies").is_empty() {
        demo::fill(&store).await.expect("the demonstration");
        let (problems, begun) = (number("SHIGAN_BENCH_PROBLEMS", 100_000), Instant::now());
        world::fill(&store, problems).await;
        let seconds = begun.elapsed().as_secs_f64();
        println!("{engine}: {problems} problems more in {seconds:.1} s");
    }
    println!("{engine}: {}", spread(&store).await);
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone");
    let evidence = folder.join("evidence").display().to_string();
    let house = Arc::new(App {
        store: store.clone(),
        clock: Clock::standing_at(demo::NOW, zone),
        evidence: Evidence::open(&evidence).expect("a folder"),
        https: false,
        demo: Vec::new(),
        memory: app::home::Memory::default(),
        jobs: jobs::Desk::new(app::acts()),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (serving, served) = (house.clone(), address.clone());
    let serving = tokio::spawn(async move {
        axum::serve(listener, routes(serving)).await.expect("serving");
    });
    for login in ["ducha-02", "huanbao"] {
        let clients = clients(&served, login).await;
        for (name, path) in ADDRESSES {
            let first = once(&clients[0], &served, path).await;
            let asked = pages(&clients, &served, path).await;
            println!("{engine}: {login} {name}: first {first:.1} ms, {asked}");
        }
    }
    bulk(engine, &house, &served).await;
    println!("{engine}: memory of this process without the mapped file {} MB", resident_mb());
    serving.abort();
}

/// Every saved view, its second order, a deep page, and what stands beside the ledger.
const ADDRESSES: [(&str, &str); 24] = [
    ("mine", "/problems?watcher=me"),
    ("all", "/problems?show=all"),
    ("all, page 3000", "/problems?show=all&page=3000"),
    ("all, by number", "/problems?show=all&sort=number"),
    ("overdue", "/problems?due=overdue"),
    ("due this week", "/problems?due=week"),
    ("to verify", "/problems?step=to-verify"),
    ("from supervision", "/problems?source=supervision"),
    ("from the public", "/problems?source=public"),
    ("of a category", "/problems?category=%E5%A4%A7%E6%B0%94%E6%B1%A1%E6%9F%93"),
    ("of a unit", "/problems?unit=20"),
    ("of a unit, overdue", "/problems?unit=20&due=overdue"),
    ("measures to set", "/problems?step=to-plan"),
    ("closed", "/problems?step=closed"),
    ("applied at least", "/problems?reached=applied"),
    ("done late", "/problems?timeliness=done-late"),
    ("new, on time", "/problems?origin=new&timeliness=done-on-time"),
    ("to look at again", "/problems?due=look-back"),
    ("search", "/problems?q=%E7%AA%97%E5%8F%A3"),
    ("units", "/problems/units"),
    ("one unit", "/problems/units/20"),
    ("statistics", "/problems/statistics"),
    ("public list", "/problems/public"),
    ("overview", "/"),
];

/// How many there are, of which kinds.
async fn spread(store: &Store) -> String {
    let rows =
        sqlx::query("select standing, box, count(*) from problem_line group by 1, 2 order by 1, 2")
            .fetch_all(store.reader())
            .await
            .expect("counts");
    let one = |row: &sqlx::any::AnyRow| {
        let (standing, place, n): (String, i64, i64) = (row.get(0), row.get(1), row.get(2));
        format!("{standing} {place}: {n}")
    };
    rows.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Urges many at once and takes it back, while somebody looks at the ledger.
async fn bulk(engine: &str, house: &House, address: &str) {
    let most = number("SHIGAN_BENCH_BULK", 5_000);
    let rows = sqlx::query(
        "select p.id from problem_line p where p.jurisdiction = 1 and p.standing = 'open' \
         and p.box = 2 and p.reminders = 0 order by p.rank, p.sort, p.id limit $1",
    )
    .bind(most)
    .fetch_all(house.store.reader())
    .await
    .expect("problems");
    let matters: Vec<One> =
        rows.iter().map(|row| One { matter: row.get(0), given: String::new() }).collect();
    let all = matters.len();
    let act = house.jobs.act("problem-urge").expect("the act");
    let asked = Asked { reason: "请说明进展".into(), ..Asked::default() };
    let clients = clients(address, "ducha-02").await;
    let begun = Instant::now();
    let job = jobs::start(house, world::clerk(), act, asked, matters).await.expect("a job");
    let first = begun.elapsed().as_secs_f64() * 1_000.0;
    let beside = pages(&clients[..4], address, "/problems?due=overdue").await;
    let ended = ended(house, job).await;
    println!(
        "{engine}: {all} urged at once: first portion {first:.0} ms, all {:.1} s, {} done, {} \
         refused; beside it the overdue view {beside}",
        ended.0.duration_since(begun).as_secs_f64(),
        ended.1,
        ended.2
    );
    let begun = Instant::now();
    let turn = house.store.turn(world::clerk(), move |pen| {
        Box::pin(async move { pen.take_job_back(job, "发错了".into()).await })
    });
    turn.await.expect("an undoing");
    jobs::resume(house).await.expect("a resumed job");
    let (at, ..) = self::ended(house, job).await;
    let state = house.store.job(1, job).await.expect("the job").expect("the job");
    println!(
        "{engine}: taken back in {:.1} s: {} back, {} kept",
        at.duration_since(begun).as_secs_f64(),
        state.back,
        state.kept
    );
}

/// When a job was seen to have ended, and how many were done and refused.
async fn ended(house: &House, job: i64) -> (Instant, i64, i64) {
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    loop {
        tick.tick().await;
        let state = house.store.job(1, job).await.expect("the job").expect("the job");
        if !state.stage.is_under_way() {
            return (Instant::now(), state.done, state.refused);
        }
    }
}
