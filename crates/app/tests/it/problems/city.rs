//! A body of 130 counted units, served on loopback, and its officers' programs and forms.

use std::sync::Arc;

use app::{
    App, ROWS,
    access::account,
    cast,
    clock::Clock,
    routes,
    store::{Hand, Store, evidence::Evidence},
};
use jiff::{civil::Date, tz::TimeZone};
use mechanisms::{
    Id, Officer,
    roster::{self, Role, Roster, UnitKind},
};
use reqwest::Client;
use serde_json::{Value, json};

use crate::{engines::Fresh, house::day};

/// Counted units: 21 counties and zones, 72 departments, 37 enterprises.
pub(super) const UNITS: i64 = 130;
/// The first of them; the supervision office is a department like others.
pub(super) const FIRST: i64 = 10;
pub(super) const OFFICE: i64 = 50;

/// A body of 130 counted units, served on loopback under a clock that is moved by hand.
pub(super) struct City {
    pub(super) store: Arc<Store>,
    pub(super) body: i64,
    address: String,
    clock: Clock,
    client: Client,
    tokens: Vec<(String, String)>,
    serving: tokio::task::JoinHandle<()>,
}

fn kind(unit: i64) -> UnitKind {
    match unit - FIRST {
        0..18 => UnitKind::County,
        18..21 => UnitKind::Zone,
        21..93 => UnitKind::Department,
        _ => UnitKind::Enterprise,
    }
}

/// Officers: name, unit, role, whether they head the unit.
fn officers() -> Vec<(String, i64, Role, bool)> {
    let mut all: Vec<(String, i64, Role, bool)> = [
        ("admin", OFFICE, Role::SystemAdmin, false),
        ("head", OFFICE, Role::SupervisionHead, true),
        ("clerk", OFFICE, Role::Supervisor, false),
        ("second", OFFICE, Role::Supervisor, false),
        ("mayor", 3, Role::Leader, false),
        ("secretary", 3, Role::Leader, true),
        ("worker", FIRST, Role::Cadre, false),
    ]
    .map(|(name, unit, role, head)| (name.to_owned(), unit, role, head))
    .to_vec();
    let units = (FIRST..FIRST + UNITS).filter(|unit| *unit != OFFICE);
    all.extend(units.map(|unit| (format!("head-{unit}"), unit, Role::UnitHead, true)));
    all
}

pub(super) fn officer(name: &str) -> Officer {
    let place = officers().iter().position(|one| one.0 == name).expect("an officer");
    let place = i64::try_from(place).expect("a place");
    Officer { person: Id::new(2000 + place), post: Id::new(1000 + place) }
}

fn founding() -> Vec<roster::Command> {
    let (root, from) = (Id::new(2), day("2015-01-04"));
    let open = |unit: i64, name: String, kind| roster::Command::OpenUnit {
        unit: Id::new(unit),
        name,
        code: String::new(),
        kind,
        parent: root,
        from,
    };
    let (name, code) = ("示范市".to_owned(), "139900".to_owned());
    let mut commands = vec![
        roster::Command::Found { unit: root, name, code },
        open(3, "市领导".into(), UnitKind::Leadership),
    ];
    for unit in FIRST..FIRST + UNITS {
        let name =
            if unit == OFFICE { "市委督查室".into() } else { format!("第{unit}单位") };
        commands.push(open(unit, name, kind(unit)));
    }
    for (name, unit, role, head) in officers() {
        let Officer { person, post } = officer(&name);
        let (title, unit) = (format!("{name}岗"), Id::new(unit));
        commands.push(roster::Command::OpenPost { post, title, unit, role, head });
        commands.push(roster::Command::RegisterPerson { person, name });
        commands.push(roster::Command::Appoint { person, post, from });
    }
    commands
}

impl City {
    pub(super) async fn open(base: &Fresh, on: &str) -> Self {
        let store = base.open().await;
        let body = store.found("139900", "示范市", false).await.expect("founding");
        let hand = Hand {
            jurisdiction: body,
            by: officer("admin"),
            day: day("2015-01-05"),
            at: "2015-01-05T01:00:00.000000Z".into(),
        };
        let roster = store.turn(hand, move |pen| {
            Box::pin(async move {
                for command in founding() {
                    pen.ask::<Roster>(Id::new(1), command).await?;
                }
                Ok(())
            })
        });
        roster.await.expect("the roster");
        let zone = TimeZone::get("Asia/Shanghai").expect("the zone");
        let at = day(on).at(9, 0, 0, 0);
        let clock = Clock::standing_at(at, zone);
        let mut tokens = Vec::new();
        for (name, ..) in officers() {
            let token = account::make_token(&store, body, officer(&name), &clock.now()).await;
            tokens.push((name, token.expect("a token")));
        }
        let evidence = base.folder.path().join("evidence").display().to_string();
        let house = Arc::new(App {
            store: store.clone(),
            clock: clock.clone(),
            evidence: Evidence::open(&evidence).expect("a folder"),
            https: false,
            demo: Vec::new(),
            memory: app::home::Memory::default(),
            jobs: Default::default(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = tokio::spawn(async move {
            axum::serve(listener, routes(house)).await.expect("serving");
        });
        let none = reqwest::redirect::Policy::none();
        let client = Client::builder().redirect(none).build().expect("a client");
        Self { store, body, address, clock, client, tokens, serving }
    }

    pub(super) fn on(&self, on: Date) {
        self.clock.move_to(on.at(9, 0, 0, 0));
    }

    fn token(&self, who: &str) -> &str {
        &self.tokens.iter().find(|one| one.0 == who).expect("an officer").1
    }

    /// Sends a document as an officer: the status and what came back.
    pub(super) async fn post(&self, who: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}{path}", self.address));
        let sent = request.bearer_auth(self.token(who)).json(body).send().await.expect("an answer");
        let status = sent.status().as_u16();
        (status, sent.json().await.unwrap_or_default())
    }

    pub(super) async fn does(&self, who: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.post(who, path, &body).await;
        assert_eq!(status, 200, "{who} {path} {body}: {answer}");
        answer
    }

    /// What a rule says no with.
    pub(super) async fn refused(&self, who: &str, path: &str, body: Value) -> String {
        let (status, answer) = self.post(who, path, &body).await;
        assert_eq!(status, 409, "{who} {path} {body}: {answer}");
        answer["reason"].as_str().unwrap_or_default().to_owned()
    }

    pub(super) async fn get(&self, who: &str, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.address));
        let sent = request.bearer_auth(self.token(who)).send().await.expect("an answer");
        assert_eq!(sent.status(), 200, "{who} {path}");
        sent.json().await.expect("a document")
    }

    /// Rows are what the entries say; nothing is served any more.
    pub(super) async fn close(self) {
        self.serving.abort();
        let report = self.store.check_rows(self.body, ROWS, cast).await.expect("a report");
        assert_eq!(report.differences, 0, "{:#?}", report.first);
    }
}

pub(super) fn content(unit: i64, source: &str, found_on: &str, due_on: &str) -> Value {
    let owner = if unit == OFFICE { "head".to_owned() } else { format!("head-{unit}") };
    json!({
        "source": source, "yardstick": "Law", "aspect": "Work", "category": "行政审批",
        "what": format!("第{unit}单位窗口另收材料"), "cause": "", "target": "",
        "horizon": "Middle", "sponsor": officer("mayor").post, "unit": unit,
        "owner": officer(&owner).post, "watcher": officer("clerk").post,
        "criteria": ["窗口不再另收"], "scope": "Body", "publication_workdays": 0,
        "complaint": null, "found_on": found_on, "due_on": due_on, "urgent": false
    })
}

impl City {
    /// A page as an officer: the status and the text.
    pub(super) async fn page(&self, who: &str, path: &str) -> (u16, String) {
        let request = self.client.get(format!("{}{path}", self.address));
        let sent = request.bearer_auth(self.token(who)).send().await.expect("an answer");
        (sent.status().as_u16(), sent.text().await.expect("a page"))
    }

    /// Sends a form of our own pages: the status, and the place it leads to or the page.
    pub(super) async fn form(&self, who: &str, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("sec-fetch-site", "same-origin").form(form);
        let sent = request.bearer_auth(self.token(who)).send().await.expect("an answer");
        let status = sent.status().as_u16();
        let place = sent.headers().get("location").and_then(|place| place.to_str().ok());
        let place = place.map(str::to_owned);
        (status, place.unwrap_or(sent.text().await.expect("a page")))
    }

    pub(super) async fn filled(&self, who: &str, path: &str, form: &[(&str, &str)]) -> String {
        let (status, told) = self.form(who, path, form).await;
        assert_eq!(status, 303, "{who} {path}: {told}");
        told
    }
}
