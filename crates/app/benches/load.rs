//! The load bench: durable turns with one writer and with sixty-four, and pages under sixteen
//! clients, on a jurisdiction of many matters. Figures are printed, never asserted.
//!
//! `SHIGAN_BENCH_MATTERS` sets how many matters there are (100,000 by default; the figure named
//! for the house is 1,000,000), `SHIGAN_TEST_POSTGRES` adds the other engine.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench measures the clock and prints what it saw"
)]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use app::{
    App,
    clock::Clock,
    demo, routes,
    store::{Hand, Store, evidence::Evidence},
};
use jiff::tz::TimeZone;
use mechanisms::{
    Id, Officer,
    plan::{
        self, Plan,
        goal::{self, Goal},
        item::{Command, Content, Due, Item},
    },
    roster::{Person, Post},
};

const SECONDS: u64 = 5;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let matters = std::env::var("SHIGAN_BENCH_MATTERS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000);
    let sqlite = format!("sqlite:{}/bench.db", folder.path().display());
    runtime.block_on(bench("SQLite", &sqlite, matters, folder.path()));
    if let Ok(server) = std::env::var("SHIGAN_TEST_POSTGRES") {
        let url = runtime.block_on(fresh(&server));
        runtime.block_on(bench("PostgreSQL", &url, matters, folder.path()));
    }
}

async fn fresh(server: &str) -> String {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&format!("{server}/postgres")).await.expect("PostgreSQL");
    let name = format!("bench_{}", std::process::id());
    let text = format!("create database {name} template template0 lc_collate 'C' lc_ctype 'C'");
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&pool).await.expect("a database");
    format!("{server}/{name}")
}

async fn bench(engine: &str, url: &str, matters: i64, folder: &std::path::Path) {
    let store = Arc::new(Store::open(url, [7; 32]).await.expect("the database"));
    let doors = demo::fill(&store).await.expect("the demonstration");
    let begun = Instant::now();
    let items = fill(&store, matters).await;
    println!("{engine}: {matters} matters in {:.1} s", begun.elapsed().as_secs_f64());
    let one = turns(&store, &items, 1).await;
    let many = turns(&store, &items, 64).await;
    let ratio = many / one;
    println!("{engine}: durable turns a second: {one:.0} with 1 writer, {many:.0} with 64");
    println!("{engine}: {ratio:.1} times the single writer");
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone");
    let evidence = folder.join("evidence").display().to_string();
    let house = Arc::new(App {
        store,
        clock: Clock::standing_at(demo::NOW, zone),
        evidence: Evidence::open(&evidence).expect("a folder"),
        https: false,
        demo: doors,
        memory: app::home::Memory::default(),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move {
        axum::serve(listener, routes(house)).await.expect("serving");
    });
    for (name, path) in [
        ("overview", "/".to_owned()),
        ("list", "/items".to_owned()),
        ("item", format!("/items/{}", items[0])),
    ] {
        let (p50, p95, count) = pages(&address, &path).await;
        println!("{engine}: {name} p50 {p50:.1} ms, p95 {p95:.1} ms, {count} requests, 16 clients");
    }
    serving.abort();
}

fn hand(day: &str) -> Hand {
    let by = Officer { person: Id::<Person>::new(2_002), post: Id::<Post>::new(1_002) };
    let day = day.parse().expect("a day");
    Hand { jurisdiction: 1, by, day, at: format!("{day}T01:00:00.000000Z") }
}

/// Drafts items, two hundred a turn, under goals of a hundred.
async fn fill(store: &Arc<Store>, matters: i64) -> Vec<Id<Item>> {
    let mut items = Vec::new();
    let plan = store
        .turn(hand("2015-11-20"), |pen| {
            Box::pin(async move {
                let plan = pen.fresh::<Plan>();
                let (title, unit) = ("大计划".to_owned(), Id::new(2));
                let open = plan::Command::Open { year: 2015, title, unit, parent: None };
                pen.ask::<Plan>(plan, open).await?;
                Ok(plan)
            })
        })
        .await
        .expect("a plan");
    for block in 0..matters / 200 {
        let turn = store.turn(hand("2015-11-20"), move |pen| {
            Box::pin(async move {
                let mut drafted = Vec::with_capacity(200);
                for half in 0..2 {
                    let goal = pen.fresh::<Goal>();
                    let number = format!("{}", block * 2 + half + 1);
                    let take = plan::Command::Number { number: number.clone(), goal };
                    pen.ask::<Plan>(plan, take).await?;
                    let draft = goal::Command::Draft {
                        plan,
                        unit: Id::new(2),
                        number: number.clone(),
                        area: "领域".into(),
                        title: format!("目标 {number}"),
                        sponsor: None,
                    };
                    pen.ask::<Goal>(goal, draft).await?;
                    for place in 1..=100 {
                        let item = pen.fresh::<Item>();
                        let number = format!("{number}-{place}");
                        let take = goal::Command::Number { number: number.clone(), item };
                        pen.ask::<Goal>(goal, take).await?;
                        let content = content(block * 200 + place);
                        let draft = Command::Draft { plan, goal, number, parent: None, content };
                        pen.ask::<Item>(item, draft).await?;
                        drafted.push(item);
                    }
                }
                Ok(drafted)
            })
        });
        items.extend(turn.await.expect("a block of items"));
    }
    items
}

fn content(number: i64) -> Content {
    let due = jiff::civil::date(2015, 11, 25).saturating_add(jiff::Span::new().days(number % 300));
    Content {
        title: format!("工作 {number}"),
        what: "完成".into(),
        how: vec!["措施".into()],
        lead: Some(Id::new(3 + number % 120)),
        owner: Some(Id::new(1_060)),
        start_on: Some(jiff::civil::date(2015, 1, 5)),
        due: Some(Due::On(due)),
        report_every: 7,
        ..Content::default()
    }
}

/// Turns a second: each amends an item of its own, and waits until that is durable.
async fn turns(store: &Arc<Store>, items: &[Id<Item>], writers: usize) -> f64 {
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let mut tasks = Vec::new();
    for writer in 0..writers {
        let (store, item) = (store.clone(), items[writer * 7 + writers]);
        tasks.push(tokio::spawn(async move {
            let mut done = 0_u64;
            while Instant::now() < until {
                let turn = store.turn(hand("2015-11-20"), move |pen| {
                    Box::pin(async move {
                        let base = pen.find::<Item>(item).await?.version;
                        let mut content = content(base);
                        content.title = format!("第 {base} 次");
                        pen.ask::<Item>(item, Command::Amend { base, content }).await
                    })
                });
                turn.await.expect("a turn");
                done += 1;
            }
            done
        }));
    }
    let mut all = 0;
    for task in tasks {
        all += task.await.expect("a writer");
    }
    all as f64 / SECONDS as f64
}

/// Sixteen signed-in clients ask one page over and over; milliseconds.
async fn pages(address: &str, path: &str) -> (f64, f64, usize) {
    let mut tasks = Vec::new();
    for _ in 0..16 {
        let client = reqwest::Client::builder().cookie_store(true).build().expect("a client");
        let form = [("login", "ducha"), ("password", demo::PASSWORD)];
        let signed = client
            .post(format!("{address}/sign-in"))
            .header("sec-fetch-site", "same-origin")
            .form(&form)
            .send()
            .await
            .expect("signing in");
        assert!(signed.status().is_success(), "{}", signed.status());
        let url = format!("{address}{path}");
        tasks.push(tokio::spawn(async move {
            let until = Instant::now() + Duration::from_secs(SECONDS);
            let mut times = Vec::new();
            while Instant::now() < until {
                let begun = Instant::now();
                let answer = client.get(&url).send().await.expect("an answer");
                assert_eq!(answer.status(), 200, "{url}");
                answer.bytes().await.expect("its body");
                times.push(begun.elapsed().as_secs_f64() * 1_000.0);
            }
            times
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a client"));
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    (at(50), at(95), times.len())
}
