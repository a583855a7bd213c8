//! The load bench: durable turns with one writer and with sixty-four, and pages under sixteen
//! clients, on a jurisdiction of many matters. Figures are printed, never asserted.
//!
//! ```text
//! SHIGAN_BENCH_MATTERS   how many matters there are; 1,000,000 without it
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

mod asked;
mod found;
mod titles;
mod world;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use app::{
    App,
    clock::Clock,
    demo, routes,
    store::{Store, evidence::Evidence},
};
use futures_util::future::join_all;
use jiff::tz::TimeZone;
use mechanisms::{
    Id,
    plan::item::{Command, Item},
};

use self::{
    asked::{clients, fresh, number, once, pages, resident_mb},
    found::World,
};

/// How long writers write, in seconds, and how often: one and many in turn.
const WRITING: u64 = 3;
const ROUNDS: usize = 5;
/// Turns a second while pages are asked beside them.
const BESIDE: u64 = 10;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let temporary = tempfile::tempdir().expect("a folder");
    let kept = std::env::var("SHIGAN_BENCH_FOLDER").ok().map(PathBuf::from);
    let folder = kept.unwrap_or_else(|| temporary.path().to_owned());
    let engines = std::env::var("SHIGAN_BENCH_ENGINES").unwrap_or_default();
    let matters = number("SHIGAN_BENCH_MATTERS", 1_000_000);
    if engines != "postgres" {
        let sqlite = format!("sqlite:{}/bench.db", folder.display());
        runtime.block_on(bench("SQLite", &sqlite, matters, &folder));
    }
    if let Ok(server) = std::env::var("SHIGAN_TEST_POSTGRES")
        && engines != "sqlite"
    {
        let url = runtime.block_on(fresh(&server));
        runtime.block_on(bench("PostgreSQL", &url, matters, &folder));
    }
}

async fn bench(engine: &str, url: &str, matters: i64, folder: &Path) {
    let begun = Instant::now();
    let store = Arc::new(Store::open(url, [7; 32]).await.expect("the database"));
    println!("{engine}: opened in {:.0} ms", begun.elapsed().as_secs_f64() * 1_000.0);
    if store.jurisdictions().await.expect("the bodies").is_empty() {
        demo::fill(&store).await.expect("the demonstration");
        let begun = Instant::now();
        world::fill(&store, matters).await;
        let seconds = begun.elapsed().as_secs_f64();
        println!("{engine}: {matters} matters in {seconds:.1} s");
    }
    let world = found::find(&store).await;
    println!("{engine}: {}", found::spread(&store).await);
    for (name, text) in [("turns that change a text", Text::What), ("renaming", Text::Title)] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let one = turns(&store, &world.drafts, 1, text).await;
            let many = turns(&store, &world.drafts, 64, text).await;
            println!(
                "{engine}: {name}, durable a second: {one:.0} with 1 writer, {many:.0} with 64"
            );
            times.push(many / one);
        }
        times.sort_by(f64::total_cmp);
        println!(
            "{engine}: {name}: {:.1} times the single writer, in the middle",
            times[ROUNDS / 2]
        );
    }
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone");
    let evidence = folder.join("evidence").display().to_string();
    let house = Arc::new(App {
        store: store.clone(),
        clock: Clock::standing_at(demo::NOW, zone),
        evidence: Evidence::open(&evidence).expect("a folder"),
        https: false,
        demo: Vec::new(),
        memory: app::home::Memory::default(),
        jobs: app::jobs::Desk::new(app::acts()),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move {
        axum::serve(listener, routes(house)).await.expect("serving");
    });
    let only = std::env::var("SHIGAN_BENCH_PAGES").unwrap_or_default();
    for login in ["ducha", "huanbao"] {
        let clients = clients(&address, login).await;
        for (name, path) in addresses(&world) {
            if name.starts_with(&only) {
                let first = once(&clients[0], &address, &path).await;
                let quiet = pages(&clients, &address, &path).await;
                println!("{engine}: {login} {name}: first {first:.1} ms, {quiet}");
            }
        }
        let stop = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn(beside(store.clone(), world.drafts[99], stop.clone()));
        for (name, path) in addresses(&world).into_iter().take(3) {
            let busy = pages(&clients, &address, &path).await;
            println!("{engine}: {login} {name}, beside {BESIDE} turns a second: {busy}");
        }
        stop.store(true, Ordering::Relaxed);
        writing.await.expect("the writer");
    }
    println!("{engine}: memory of this process without the mapped file {} MB", resident_mb());
    serving.abort();
}

/// The pages that are asked: the three named for the house first.
fn addresses(world: &World) -> Vec<(&'static str, String)> {
    let World { plan, unit, sponsor, item, .. } = world;
    vec![
        ("overview", "/".to_owned()),
        ("list", "/items".to_owned()),
        ("item", format!("/items/{item}")),
        ("list page 20", "/items?page=20".to_owned()),
        ("list page 2000", "/items?page=2000".to_owned()),
        ("list late", "/items?light=late".to_owned()),
        ("list warn", "/items?light=warn".to_owned()),
        ("list done", "/items?light=done".to_owned()),
        ("list by lead", format!("/items?lead={unit}")),
        ("list by lead, late", format!("/items?lead={unit}&light=late")),
        ("list by sponsor", format!("/items?sponsor={sponsor}")),
        ("list by area", "/items?area=%E7%94%9F%E6%80%81%E7%8E%AF%E5%A2%83".to_owned()),
        ("list overdue", "/items?timeliness=overdue".to_owned()),
        ("list done late", "/items?timeliness=done-late".to_owned()),
        ("list by number", "/items?sort=number&page=3".to_owned()),
        ("list of a plan", format!("/items?plan={plan}")),
        ("list, all levels", "/items?level=all".to_owned()),
        ("chart", "/plan".to_owned()),
        ("chart of the big plan", format!("/plan?plan={plan}")),
        ("to-do", "/todo".to_owned()),
        // 燃煤锅炉: one title in sixty. 矿区淘汰: one in three hundred. 13-7: some hundreds.
        ("search, common", "/search?q=%E7%87%83%E7%85%A4%E9%94%85%E7%82%89".to_owned()),
        ("search, rarer", "/search?q=%E7%9F%BF%E5%8C%BA%E6%B7%98%E6%B1%B0".to_owned()),
        ("search, number", "/search?q=1234-17".to_owned()),
        ("search, nothing", "/search?q=%E7%81%AB%E6%98%9F%E5%9F%BA%E5%9C%B0".to_owned()),
    ]
}

/// Turns a second: each amends an item of its own, and waits until that is durable. Every item
/// was amended once before, so that its history is in memory.
async fn turns(store: &Arc<Store>, items: &[Id<Item>], writers: usize, text: Text) -> f64 {
    join_all((0..writers).map(|writer| amend(store, items[writer * 7 + writers], text))).await;
    let begun = Instant::now();
    let until = begun + Duration::from_secs(WRITING);
    let writing = (0..writers).map(|writer| {
        let (store, item) = (store.clone(), items[writer * 7 + writers]);
        tokio::spawn(async move {
            let mut done = 0_u64;
            while Instant::now() < until {
                amend(&store, item, text).await;
                done += 1;
            }
            done
        })
    });
    let all: u64 = join_all(writing).await.into_iter().map(|one| one.expect("a writer")).sum();
    all as f64 / begun.elapsed().as_secs_f64()
}

/// What of an item is changed: most turns leave its title alone, which search must find anew.
#[derive(Clone, Copy, Debug)]
enum Text {
    What,
    Title,
}

async fn amend(store: &Arc<Store>, item: Id<Item>, text: Text) {
    let turn = store.turn(world::clerk(), move |pen| {
        Box::pin(async move {
            let item_now = pen.find::<Item>(item).await?;
            let (base, mut content) = (item_now.version, item_now.content.clone());
            let said = titles::title(item.0 + base);
            match text {
                Text::What => content.what = said,
                Text::Title => content.title = said,
            }
            pen.ask::<Item>(item, Command::Amend { base, content }).await
        })
    });
    turn.await.expect("a turn");
}

/// One officer writing, some turns a second.
async fn beside(store: Arc<Store>, item: Id<Item>, stop: Arc<AtomicBool>) {
    let mut tick = tokio::time::interval(Duration::from_millis(1_000 / BESIDE));
    while !stop.load(Ordering::Relaxed) {
        tick.tick().await;
        amend(&store, item, Text::What).await;
    }
}
