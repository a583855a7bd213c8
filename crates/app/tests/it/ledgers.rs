//! A small house with a problem ledger, problems in every box of it, and its door.

use std::sync::Arc;

use app::{
    App,
    access::account,
    clock::Clock,
    jobs::Desk,
    problem::{approve_list, begin, file_list},
    store::{Stop, evidence::Evidence as Kept},
};
use jiff::tz::TimeZone;
use mechanisms::{
    Id,
    plan::item::Evidence,
    problem::{Command, Content, Horizon, Ledger, Measure, Problem, Scope, Source, ledger},
    roster::Unit,
};
use reqwest::Client;

use crate::{
    engines::Fresh,
    house::{House, day},
};

/// Where the clock of these tests stands.
pub const NOW: jiff::civil::DateTime = jiff::civil::datetime(2015, 11, 20, 9, 0, 0, 0);
/// Problems the supervision office found, and those of the unit's own list.
pub const FOUND: usize = 40;
pub const OWN: usize = 6;

/// A house with a ledger, and its door.
pub struct Ledgers {
    pub house: House,
    pub address: String,
    pub serving: tokio::task::JoinHandle<()>,
    pub found: Vec<Id<Problem>>,
    pub own: Vec<Id<Problem>>,
    pub ledger: Id<Ledger>,
}

impl Ledgers {
    pub async fn open(base: &Fresh) -> Self {
        let house = House::found(base.open().await).await;
        let ledger = opened(&house).await;
        let found = found(&house, ledger).await;
        let own = own(&house, ledger).await;
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let evidence = base.folder.path().join("evidence").display().to_string();
        let app = Arc::new(App {
            store: house.store.clone(),
            clock: Clock::standing_at(NOW, zone),
            evidence: Kept::open(&evidence).unwrap(),
            https: false,
            demo: Vec::new(),
            memory: app::home::Memory::default(),
            jobs: Desk::new(app::acts()),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            axum::serve(listener, app::routes(app)).await.unwrap();
        });
        Self { house, address, serving, found, own, ledger }
    }

    /// A client that signs in as an officer.
    pub async fn client(&self, name: &str) -> Client {
        let moment = Clock::standing_at(NOW, TimeZone::UTC).now();
        let officer = self.house.officer(name);
        let token = account::make_token(&self.house.store, self.house.body, officer, &moment)
            .await
            .unwrap();
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
        headers.insert("accept-language", "zh-CN".parse().unwrap());
        let redirect = reqwest::redirect::Policy::none();
        Client::builder().default_headers(headers).redirect(redirect).build().unwrap()
    }

    pub async fn page(&self, client: &Client, path: &str) -> String {
        let answer = client.get(format!("{}{path}", self.address)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let text = answer.text().await.unwrap();
        assert!(!text.contains('⟦'), "{path} lacks a word: {}", lacking(&text));
        assert!(!text.contains("style=\""), "{path} has inline style");
        text
    }

    /// How many the list of an address has, as the page says.
    pub async fn total(&self, client: &Client, path: &str) -> i64 {
        let text = self.page(client, path).await;
        let shown = text.split("data-total=\"").nth(1).unwrap_or_else(|| panic!("{path}"));
        let total: i64 = shown.split('"').next().unwrap().trim().parse().unwrap();
        let foot = format!("，共 {total} 个");
        assert!(total == 0 || text.contains(&foot), "{path}: its foot says otherwise");
        total
    }

    pub async fn state(&self, id: Id<Problem>) -> Problem {
        self.house.store.state(self.house.body, id).await.unwrap().unwrap()
    }

    pub async fn ask(&self, who: &str, on: &str, id: Id<Problem>, command: Command) {
        ask(&self.house, who, on, id, command).await.unwrap();
    }
}

pub fn lacking(text: &str) -> String {
    let parts = text.split('⟦').skip(1).filter_map(|part| part.split('⟧').next());
    parts.collect::<Vec<_>>().join(", ")
}

pub async fn ask(
    house: &House,
    who: &str,
    on: &str,
    id: Id<Problem>,
    command: Command,
) -> Result<(), String> {
    let turn = house.store.turn(house.hand(who, on), move |pen| {
        Box::pin(async move { pen.ask::<Problem>(id, command).await })
    });
    turn.await.map_err(|stop| format!("{stop:?}"))
}

pub async fn opened(house: &House) -> Id<Ledger> {
    let turn = house.store.turn(house.hand("clerk", "2015-03-02"), |pen| {
        Box::pin(async move {
            let id = pen.fresh::<Ledger>();
            let title = "第二批问题清单".to_owned();
            let open = ledger::Command::Open { ordinal: 2, title, file_by: day("2015-03-20") };
            pen.ask::<Ledger>(id, open).await?;
            Ok(id)
        })
    });
    turn.await.unwrap()
}

pub fn content(house: &House, number: usize, source: Source, unit: i64) -> Content {
    let due =
        day("2015-11-02").saturating_add(jiff::Span::new().days(i64::try_from(number).unwrap()));
    Content {
        source,
        yardstick: None,
        aspect: None,
        category: if number.is_multiple_of(3) {
            "行政审批".into()
        } else {
            "大气污染".into()
        },
        what: format!("第 {number} 个问题：窗口另收材料"),
        cause: String::new(),
        target: String::new(),
        horizon: Horizon::Middle,
        sponsor: Some(house.officer("mayor").post),
        unit: Id::<Unit>::new(unit),
        owner: Some(house.officer(if unit == 5 { "chief" } else { "li" }).post),
        watcher: Some(
            house.officer(if number.is_multiple_of(2) { "second" } else { "clerk" }).post,
        ),
        criteria: vec!["到窗口看，不再收".into(), "回访办事群众".into()],
        scope: if number.is_multiple_of(4) { Scope::Public } else { Scope::Body },
        publication_workdays: 0,
        complaint: None,
        found_on: day("2015-03-02"),
        due_on: Some(due),
        urgent: false,
    }
}

/// Problems of the supervision office, walked to every box.
pub async fn found(house: &House, ledger: Id<Ledger>) -> Vec<Id<Problem>> {
    let contents: Vec<Content> = (1..=FOUND)
        .map(|number| {
            let source =
                if number.is_multiple_of(5) { Source::Public } else { Source::Supervision };
            content(house, number, source, 5)
        })
        .collect();
    let turn = house.store.turn(house.hand("clerk", "2015-03-03"), move |pen| {
        Box::pin(async move {
            let mut list = Vec::new();
            for content in contents {
                list.push(begin(pen, ledger, content).await?);
            }
            Ok::<_, Stop>(list)
        })
    });
    let list = turn.await.unwrap();
    for (place, id) in list.iter().enumerate().filter(|one| one.0 >= 4) {
        let measures = vec![Measure {
            number: 1,
            text: "取消材料".into(),
            due_on: day("2015-11-02"),
            done_on: None,
        }];
        let set = Command::SetMeasures {
            cause: "习惯做法".into(),
            target: "一件不收".into(),
            criteria: Vec::new(),
            measures,
        };
        let on = "2015-03-10";
        ask(house, "chief", on, *id, set).await.unwrap();
        if place < 20 {
            continue;
        }
        let done = vec![(1, day("2015-10-20"))];
        let report = Command::Report { text: "已取消".into(), evidence: Vec::new(), done };
        ask(house, "chief", "2015-10-20", *id, report).await.unwrap();
        if place < 24 {
            continue;
        }
        let apply = Command::Apply { text: "全部取消".into(), evidence: vec![evidence()] };
        ask(house, "chief", "2015-10-21", *id, apply).await.unwrap();
        if place < 27 {
            continue;
        }
        let check = Command::Check { finding: "属实".into() };
        ask(house, "second", "2015-10-22", *id, check).await.unwrap();
        if place >= 30 {
            let verify = verify();
            ask(house, "clerk", "2015-10-23", *id, verify).await.unwrap();
        }
    }
    list
}

pub fn verify() -> Command {
    let tick = |criterion| mechanisms::problem::Tick { criterion, note: "看过".into() };
    Command::Verify {
        finding: "到现场看过".into(),
        ticks: vec![tick(1), tick(2)],
        look_back_on: day("2015-12-20"),
        despite: String::new(),
    }
}

pub fn evidence() -> Evidence {
    Evidence {
        name: "取消证明材料的通知.pdf".into(),
        reference: "通知〔2015〕8号".into(),
        hash: None,
        true_for: day("2015-10-20"),
    }
}

/// The unit's own list, filed by it and approved.
pub async fn own(house: &House, ledger: Id<Ledger>) -> Vec<Id<Problem>> {
    let unit = Id::<Unit>::new(5);
    let contents: Vec<Content> = (50..50 + OWN)
        .map(|number| {
            let due_on = Some(day("2016-03-31"));
            let own = content(house, number, Source::SelfCheck, 5);
            Content { due_on, scope: Scope::Unit, ..own }
        })
        .collect();
    let turn = house.store.turn(house.hand("chief", "2015-03-16"), move |pen| {
        Box::pin(async move {
            file_list(pen, ledger, unit, (Vec::new(), contents), "窗口、台账".into()).await
        })
    });
    let list = turn.await.unwrap();
    let turn = house.store.turn(house.hand("clerk", "2015-03-18"), move |pen| {
        Box::pin(async move { approve_list(pen, ledger, unit).await })
    });
    assert_eq!(turn.await.unwrap(), OWN);
    list
}

/// Sends a form; the address it leads to, or the page that came back with its status.
pub async fn send(
    all: &Ledgers,
    client: &Client,
    path: &str,
    form: &[(&str, &str)],
) -> (u16, String) {
    let sent = client.post(format!("{}{path}", all.address)).form(form).send().await.unwrap();
    let status = sent.status().as_u16();
    let to = sent.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    match to {
        Some(to) => (status, to),
        None => (status, sent.text().await.unwrap()),
    }
}

/// The page of a job once nothing of it is under way.
pub async fn ended(all: &Ledgers, client: &Client, job: &str) -> String {
    for _ in 0..2_000 {
        let text = all.page(client, job).await;
        if !text.contains("data-poll") {
            return text;
        }
        tokio::task::yield_now().await;
    }
    panic!("{job} does not end");
}
