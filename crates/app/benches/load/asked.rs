//! Asking pages: signed-in clients, how long answers take, and the database they are asked of.

use std::time::{Duration, Instant};

use app::demo;
use futures_util::future::join_all;

pub fn number(name: &str, otherwise: i64) -> i64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A new database, or the one that `SHIGAN_BENCH_FOLDER` goes on with.
pub async fn fresh(server: &str) -> String {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&format!("{server}/postgres")).await.expect("PostgreSQL");
    let kept = std::env::var("SHIGAN_BENCH_FOLDER").is_ok();
    let name = if kept { "bench".to_owned() } else { format!("bench_{}", std::process::id()) };
    let text = format!("create database {name} template template0 lc_collate 'C' lc_ctype 'C'");
    let made = sqlx::query(sqlx::AssertSqlSafe(text)).execute(&pool).await;
    assert!(kept || made.is_ok(), "{made:?}");
    format!("{server}/{name}")
}

/// Sixteen clients, signed in.
pub async fn clients(address: &str, login: &str) -> Vec<reqwest::Client> {
    let signing = (0..16).map(|_| async {
        let client = reqwest::Client::builder().cookie_store(true).build().expect("a client");
        let form = [("login", login), ("password", demo::PASSWORD)];
        let signed = client
            .post(format!("{address}/sign-in"))
            .header("sec-fetch-site", "same-origin")
            .form(&form)
            .send()
            .await
            .expect("signing in");
        assert!(signed.status().is_success(), "{}", signed.status());
        client
    });
    join_all(signing).await
}

/// The first answer of a page, alone.
pub async fn once(client: &reqwest::Client, address: &str, path: &str) -> f64 {
    let begun = Instant::now();
    let answer = client.get(format!("{address}{path}")).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.bytes().await.expect("its body");
    begun.elapsed().as_secs_f64() * 1_000.0
}

/// Every client asks one page over and over.
pub async fn pages(clients: &[reqwest::Client], address: &str, path: &str) -> String {
    let seconds = number("SHIGAN_BENCH_SECONDS", 3);
    let until = Instant::now() + Duration::from_secs(seconds.cast_unsigned());
    let asking = clients.iter().map(|client| {
        let (client, address, path) = (client.clone(), address.to_owned(), path.to_owned());
        tokio::spawn(async move {
            let mut times = Vec::new();
            while Instant::now() < until {
                times.push(once(&client, &address, &path).await);
            }
            times
        })
    });
    let answers = join_all(asking).await;
    let mut times: Vec<f64> = answers.into_iter().flat_map(|one| one.expect("a client")).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    let (p50, p95, count) = (at(50), at(95), times.len());
    format!("p50 {p50:.1} ms, p95 {p95:.1} ms, {count} requests")
}

/// What the system says this process holds of its own, without the database file that is mapped
/// into it; 0 where the system does not say.
pub fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1_024
}
