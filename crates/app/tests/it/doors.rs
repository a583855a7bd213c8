//! The doors: every route, knocked at by a stranger, by a program with a wrong token, and by a
//! form that does not come from our pages; and the demonstration seen through them.

use std::sync::Arc;

use app::{
    App,
    clock::Clock,
    demo, routes,
    store::{Store, evidence::Evidence},
};
use jiff::tz::TimeZone;

use crate::{both, engines::Fresh};

both!(strangers_find_the_doors_closed, the_demonstration_shows_what_the_rules_compute);

/// The demonstration served on loopback, and a way to stop it.
pub async fn open(base: &Fresh) -> (String, tokio::task::JoinHandle<()>, Arc<Store>) {
    let (address, serving, store, _) = open_with_clock(base).await;
    (address, serving, store)
}

/// The same, with the clock, which a test may move.
pub async fn open_with_clock(
    base: &Fresh,
) -> (String, tokio::task::JoinHandle<()>, Arc<Store>, Clock) {
    let store = base.open().await;
    let doors = demo::fill(&store).await.expect("the demonstration");
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone");
    let clock = Clock::standing_at(demo::NOW, zone);
    let evidence = base.folder.path().join("evidence").display().to_string();
    let house = Arc::new(App {
        store: store.clone(),
        clock: clock.clone(),
        evidence: Evidence::open(&evidence).expect("a folder"),
        https: false,
        demo: doors,
        memory: app::home::Memory::default(),
        jobs: app::jobs::Desk::new(app::acts()),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move {
        axum::serve(listener, routes(house)).await.expect("serving");
    });
    (address, serving, store, clock)
}

/// Doors that are open to anybody.
const OPEN: &[&str] =
    &["/sign-in", "/problems/public", "/healthz", "/readyz", "/openapi.json", "/metrics"];
/// Doors that need somebody.
const CLOSED: &[&str] = &[
    "/",
    "/todo",
    "/search?q=a",
    "/plan",
    "/plan/list",
    "/plan/chain",
    "/plan/chart.svg",
    "/plan/timeliness",
    "/plan/wall",
    "/plan/wall.svg",
    "/items.xlsx",
    "/items",
    "/items/new",
    "/items/1",
    "/items/1/edit",
    "/items/1/backward",
    "/items/1/cascade",
    "/plan/cascade",
    "/audits",
    "/audits/new",
    "/audits/1",
    "/audits/1/draw.json",
    "/audits/1/reveal",
    "/reminders",
    "/projects",
    "/projects/new",
    "/projects/1",
    "/projects/1/meeting",
    "/projects/1/edit",
    "/projects/1/end",
    "/items/1/report",
    "/rules/lights",
    "/items/1/closing",
    "/units",
    "/units/2",
    "/workdays",
    "/workdays/impact?days=2015-11-23 休 市庆&reason=通知",
    "/posts/1/handover",
    "/setup/units",
    "/setup/chain",
    "/imports",
    "/imports?from=setup",
    "/imports/template.csv",
    "/jobs",
    "/jobs/1",
    "/problems",
    "/problems.xlsx",
    "/problems/units",
    "/problems/units/5",
    "/problems/leaders",
    "/problems/leaders/1",
    "/problems/statistics",
    "/problems/coverage",
    "/problems/import",
    "/problems/new",
    "/problems/1",
    "/problems/1/edit",
    "/problems/1/extension",
    "/ledgers",
    "/ledgers/1",
    "/journal",
    "/journal/bundle.tar",
    "/journal/1",
    "/journal/1/entry",
    "/journal/1/proof",
    "/journal/checkpoint",
];
const API: &[&str] = &[
    "/api/items",
    "/api/counts",
    "/api/items/1",
    "/api/items/1/backward",
    "/api/workdays",
    "/api/units",
    "/api/posts",
    "/api/projects",
    "/api/problems",
    "/api/problems/counts",
    "/api/jobs/1",
    "/api/audits",
    "/api/audits/1",
    "/api/reminders",
    "/api/problems/1",
    "/api/ledgers/1",
];

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

pub async fn sign_in(address: &str, login: &str) -> reqwest::Client {
    let client = client();
    let form = [("login", login), ("password", demo::PASSWORD), ("then", "/")];
    let sent = client
        .post(format!("{address}/sign-in"))
        .header("sec-fetch-site", "same-origin")
        .form(&form)
        .send()
        .await
        .expect("signing in");
    assert_eq!(sent.status(), 303, "{login}");
    client
}

/// The name of a session signed in as `login`.
pub async fn sign_in_cookie(address: &str, login: &str) -> String {
    let form = [("login", login), ("password", demo::PASSWORD), ("then", "/")];
    let sent = client()
        .post(format!("{address}/sign-in"))
        .header("sec-fetch-site", "same-origin")
        .form(&form)
        .send()
        .await
        .expect("signing in");
    let cookies = sent.headers().get_all("set-cookie").iter();
    let found = cookies.filter_map(|value| value.to_str().ok()).find_map(|text| {
        let value = text.strip_prefix("shigan=")?;
        value.split(';').next().map(str::to_owned)
    });
    found.expect("a session")
}

async fn strangers_find_the_doors_closed(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let stranger = client();
    let status = |client: reqwest::Client, path: String| async move {
        client.get(path).send().await.expect("an answer").status().as_u16()
    };
    for path in OPEN {
        assert_eq!(status(stranger.clone(), format!("{address}{path}")).await, 200, "{path}");
    }
    for path in CLOSED {
        let answer = status(stranger.clone(), format!("{address}{path}")).await;
        assert_eq!(answer, 303, "{path} is open to strangers");
    }
    for path in API {
        let path = format!("{address}{path}");
        assert_eq!(status(stranger.clone(), path.clone()).await, 401, "{path}");
        let wrong = stranger.get(&path).bearer_auth("shigan_wrong").send().await.unwrap();
        assert_eq!(wrong.status(), 401, "{path}");
    }
    // A unit's official: other units' items are not found, the journal is not theirs.
    let official = sign_in(&address, "daqi").await;
    assert_eq!(status(official.clone(), format!("{address}/journal")).await, 403);
    assert_eq!(status(official.clone(), format!("{address}/imports")).await, 403);
    let list = official.get(format!("{address}/api/items")).send().await.unwrap();
    let list: serde_json::Value = list.json().await.unwrap();
    let leads: Vec<&serde_json::Value> =
        list["items"].as_array().unwrap().iter().map(|item| &item["lead_unit"]).collect();
    assert!(!leads.is_empty() && leads.iter().all(|lead| *lead == leads[0]), "{leads:?}");
    // The record of an item is for those who may see the item.
    let theirs = format!("{address}/journal?kind=item&matter={}", list["items"][0]["id"]);
    assert!(crate::story::page(&official, &theirs).await.contains("<td class=\"first mono\">"));
    let head = sign_in(&address, "ducha").await;
    let others = head.get(format!("{address}/api/items?q=1-1")).send().await.unwrap();
    let others: serde_json::Value = others.json().await.unwrap();
    let others = format!("{address}/journal?kind=item&matter={}", others["items"][0]["id"]);
    let shown = crate::story::page(&official, &others).await;
    assert!(!shown.contains("<td class=\"first mono\">"), "another unit's record: {shown}");
    // A draft is kept only for somebody.
    let kept = stranger
        .post(format!("{address}/drafts/report-1"))
        .header("sec-fetch-site", "same-origin")
        .form(&[("text", "x")])
        .send()
        .await
        .unwrap();
    assert_eq!(kept.status(), 303);
    // A form from elsewhere changes nothing.
    let forged = official
        .post(format!("{address}/sign-out"))
        .header("sec-fetch-site", "cross-site")
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), 403);
    let plain = official.post(format!("{address}/sign-out")).send().await.unwrap();
    assert_eq!(plain.status(), 403, "no origin and no token");
    serving.abort();
}

async fn the_demonstration_shows_what_the_rules_compute(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let client = sign_in(&address, "ducha").await;
    let counts: serde_json::Value =
        client.get(format!("{address}/api/counts")).send().await.unwrap().json().await.unwrap();
    let expected = serde_json::json!({
        "late": 8, "warn": 14, "ok": 49, "idle": 0, "hold": 2, "done": 52, "total": 125
    });
    assert_eq!(counts, expected);
    // Every number opens its list, with the same count.
    for light in ["late", "warn", "ok", "hold", "done"] {
        let address = format!("{address}/api/items?light={light}");
        let list: serde_json::Value =
            client.get(address).send().await.unwrap().json().await.unwrap();
        assert_eq!(list["total"], counts[light], "{light}");
        for item in list["items"].as_array().unwrap() {
            assert_eq!(item["light"], light, "{item}");
        }
    }
    for path in CLOSED.iter().filter(|path| !path.contains("/1")) {
        let answer = client.get(format!("{address}{path}")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let text = answer.text().await.unwrap();
        assert!(!text.contains('⟦'), "{path} lacks a word");
        assert!(!text.contains("style=\""), "{path} has inline style");
    }
    let body = store.jurisdictions().await.unwrap().remove(0);
    let rows = store.check_rows(body.id, app::ROWS, app::cast).await.unwrap();
    assert_eq!(rows.differences, 0, "{:#?}", rows.first);
    serving.abort();
}
