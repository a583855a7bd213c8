//! Problems through the front door: the chain of the article, over the year 2015, and random
//! sequences of any calls by any officers, on both engines.

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
    problem::{Problem, Stage},
    roster::{self, Role, Roster, UnitKind},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use reqwest::Client;
use serde_json::{Value, json};

use crate::{both, engines::Fresh, house::day};

both!(the_chain_of_the_article, no_sequence_of_calls_closes_a_problem_with_two_persons,);

/// Counted units: 21 counties and zones, 72 departments, 37 enterprises.
const UNITS: i64 = 130;
/// The first of them; the supervision office is a department like others.
const FIRST: i64 = 10;
const OFFICE: i64 = 50;

/// A body of 130 counted units, served on loopback under a clock that is moved by hand.
struct City {
    store: Arc<Store>,
    body: i64,
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

fn officer(name: &str) -> Officer {
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
    async fn open(base: &Fresh, on: &str) -> Self {
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
        let client = Client::new();
        Self { store, body, address, clock, client, tokens, serving }
    }

    fn on(&self, on: Date) {
        self.clock.move_to(on.at(9, 0, 0, 0));
    }

    fn token(&self, who: &str) -> &str {
        &self.tokens.iter().find(|one| one.0 == who).expect("an officer").1
    }

    /// Sends a document as an officer: the status and what came back.
    async fn post(&self, who: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}{path}", self.address));
        let sent = request.bearer_auth(self.token(who)).json(body).send().await.expect("an answer");
        let status = sent.status().as_u16();
        (status, sent.json().await.unwrap_or_default())
    }

    async fn does(&self, who: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.post(who, path, &body).await;
        assert_eq!(status, 200, "{who} {path} {body}: {answer}");
        answer
    }

    /// What a rule says no with.
    async fn refused(&self, who: &str, path: &str, body: Value) -> String {
        let (status, answer) = self.post(who, path, &body).await;
        assert_eq!(status, 409, "{who} {path} {body}: {answer}");
        answer["reason"].as_str().unwrap_or_default().to_owned()
    }

    async fn get(&self, who: &str, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.address));
        let sent = request.bearer_auth(self.token(who)).send().await.expect("an answer");
        assert_eq!(sent.status(), 200, "{who} {path}");
        sent.json().await.expect("a document")
    }

    /// Rows are what the entries say; nothing is served any more.
    async fn close(self) {
        self.serving.abort();
        let report = self.store.check_rows(self.body, ROWS, cast).await.expect("a report");
        assert_eq!(report.differences, 0, "{:#?}", report.first);
    }
}

fn content(unit: i64, source: &str, found_on: &str, due_on: &str) -> Value {
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

async fn the_chain_of_the_article(base: Fresh) {
    let city = City::open(&base, "2015-08-03").await;
    let batch = json!({ "ordinal": 2, "title": "第二批", "file_by": "2015-08-20" });
    let ledger = city.does("clerk", "/api/ledgers", batch).await["id"].as_i64().unwrap();
    let problems = lists_are_filed(&city, ledger).await;
    let first = problems[0];
    assert_eq!(city.get("clerk", &format!("/api/problems/{first}")).await["number"], "2-001");
    let (early, late) = (problems[0], problems[1]);
    for (id, unit, due) in [(early, FIRST, "2015-09-01"), (late, FIRST + 1, "2015-09-30")] {
        let measures = json!({ "step": "set_measures", "cause": "沿用旧告知单",
            "target": "不再另收", "measures": [{ "number": 1, "text": "换告知单",
            "due_on": due, "done_on": null }] });
        let path = format!("/api/problems/{id}/steps");
        city.does(&format!("head-{unit}"), &path, measures).await;
    }
    // Six September is a Sunday that is worked, ten October a Saturday.
    let sent = climbed(&city, early, "2015-09-01", "2015-09-30").await;
    assert_eq!(
        sent,
        [
            "2015-09-02 nudge, answer by 2015-09-07",
            "2015-09-08 urge, answer by 2015-09-11",
            "2015-09-14 urge-hard, answer by 2015-09-17",
            "2015-09-18 order, answer by 2015-09-25",
            "2015-09-28 propose-talk, answer by 2015-10-10",
        ]
    );
    let sent = climbed(&city, late, "2015-09-30", "2015-10-31").await;
    assert_eq!(
        sent,
        [
            "2015-10-08 nudge, answer by 2015-10-10",
            "2015-10-12 urge, answer by 2015-10-15",
            "2015-10-16 urge-hard, answer by 2015-10-21",
            "2015-10-22 order, answer by 2015-10-29",
            "2015-10-30 propose-talk, answer by 2015-11-06",
        ]
    );
    closed_and_found_again(&city, early).await;
    city.close().await;
}

/// Every unit files but the last; the office approves. The problems of the lists, in order.
async fn lists_are_filed(city: &City, ledger: i64) -> Vec<i64> {
    let (lists, missing) = (format!("/api/ledgers/{ledger}/lists"), FIRST + UNITS - 1);
    let mut problems = Vec::new();
    for unit in FIRST..missing {
        let who = if unit == OFFICE { "second".to_owned() } else { format!("head-{unit}") };
        let due = if unit == FIRST { "2015-09-01" } else { "2015-09-30" };
        // One in ten looked and found nothing, and says where it looked.
        let list = match unit % 10 {
            9 => json!({ "unit": unit, "looked_at": "查了 12 个窗口" }),
            _ => json!({ "unit": unit, "new": [content(unit, "SelfCheck", "2015-08-03", due)] }),
        };
        let filed = city.does(&who, &lists, list).await;
        problems.extend(filed["problems"].as_array().unwrap().iter().filter_map(Value::as_i64));
        let approval = format!("{lists}/{unit}/approval");
        if unit == FIRST {
            let back = json!({ "reason": "没有责任人" });
            city.does("clerk", &format!("{lists}/{unit}/return"), back).await;
            let again = json!({ "unit": unit, "problems": problems });
            city.does(&who, &lists, again).await;
            assert_eq!(city.refused(&who, &approval, json!({})).await, "refused-no-power");
        }
        city.does("clerk", &approval, json!({})).await;
    }
    let empty = json!({ "unit": missing });
    let why = city.refused(&format!("head-{missing}"), &lists, empty).await;
    assert_eq!(why, "refused-looked-at-missing");
    let covered = city.get("head", &format!("/api/ledgers/{ledger}")).await;
    assert_eq!((&covered["covered"], &covered["units"]), (&json!(129), &json!(130)));
    let name = format!("第{missing}单位");
    let named = json!([{ "unit": missing, "name": name, "filing": "missing" }]);
    assert_eq!(covered["uncovered"], named);
    assert_eq!(covered["last"].as_u64(), Some(problems.len() as u64));
    problems
}

/// Day by day the next rung is tried; what was sent, on which day.
async fn climbed(city: &City, id: i64, from: &str, to: &str) -> Vec<String> {
    let path = format!("/api/problems/{id}/steps");
    let mut sent = Vec::new();
    let mut today = day(from);
    while today <= day(to) {
        city.on(today);
        let now = city.get("clerk", &format!("/api/problems/{id}")).await;
        let next = &now["next_reminder"];
        if let (Some(word), Some(on)) = (next["level"].as_str(), next["on"].as_str()) {
            // The first rung may be sent before its day too: here everybody waits for it.
            let waits = sent.is_empty() && on > &*today.to_string();
            let level = mechanisms::reminder::Level::of(word).unwrap();
            let remind = json!({ "step": "remind", "level": level, "text": "请抓紧" });
            let who = if word == "propose-talk" { "head" } else { "clerk" };
            let (status, answer) = match waits {
                true => (409, Value::Null),
                false => city.post(who, &path, &remind).await,
            };
            // Known beforehand, and true to the day.
            assert_eq!(status == 200, on <= &*today.to_string(), "{today} {on} {answer}");
            if status == 200 {
                let last = answer["reminders"].as_array().unwrap().last().unwrap().clone();
                let due = last["answer_due"].as_str().unwrap();
                sent.push(format!("{today} {word}, answer by {due}"));
            }
        }
        today = today.tomorrow().unwrap();
    }
    sent
}

async fn closed_and_found_again(city: &City, id: i64) {
    let path = format!("/api/problems/{id}/steps");
    city.on(day("2015-11-02"));
    let owner = format!("head-{FIRST}");
    let evidence = json!([{ "name": "新告知单", "reference": "政务〔2015〕7号", "hash": null,
        "true_for": "2015-11-01" }]);
    let done = json!({ "step": "report", "text": "告知单已换", "evidence": evidence,
        "done": [[1, "2015-11-01"]] });
    city.does(&owner, &path, done).await;
    let apply = json!({ "step": "apply", "text": "不再另收", "evidence": evidence });
    city.does(&owner, &path, apply).await;
    let check = json!({ "step": "check", "finding": "材料齐" });
    let verify = json!({ "step": "verify", "finding": "到窗口看过", "look_back_on": "2015-12-20",
        "ticks": [{ "criterion": 1, "note": "三个窗口都不收" }] });
    assert_eq!(city.refused("worker", &path, check.clone()).await, "refused-not-watcher");
    city.does("clerk", &path, check).await;
    assert_eq!(city.refused("clerk", &path, verify.clone()).await, "refused-another-person");
    let closed = city.does("second", &path, verify).await;
    assert_eq!((&closed["stage"], &closed["timeliness"]), (&json!("closed"), &json!("done-late")));
    city.on(day("2015-12-18"));
    let look = json!({ "step": "look_back", "held": false, "finding": "又收户籍证明",
        "due_on": "2016-01-15" });
    let open = city.does("second", &path, look).await;
    assert_eq!(open["number"], "2-001");
    assert_eq!((&open["stage"], &open["relapses"]), (&json!("registered"), &json!(1)));
    assert_eq!(open["content"]["found_on"], "2015-08-03");
    assert_eq!(open["first_due_on"], "2015-09-01");
    assert_eq!(open["timeliness"], "overdue");
}

/// Who acts in random sequences, and what they call.
const WHO: [&str; 8] =
    ["head", "clerk", "second", "mayor", "secretary", "head-10", "worker", "head-11"];

fn calls() -> Vec<Value> {
    let evidence = json!([{ "name": "台账", "reference": "第3册", "hash": null,
        "true_for": "2015-09-01" }]);
    let measures = json!([{ "number": 1, "text": "换告知单", "due_on": "2015-11-30",
        "done_on": null }]);
    let tick = json!([{ "criterion": 1, "note": "看过" }]);
    let mut calls = vec![
        json!({ "step": "set_measures", "cause": "旧", "target": "新", "measures": measures }),
        json!({ "step": "report", "text": "换了", "done": [[1, "2015-09-01"]] }),
        json!({ "step": "apply", "text": "改完", "evidence": evidence }),
        json!({ "step": "check", "finding": "属实" }),
        json!({ "step": "verify", "finding": "看过", "look_back_on": "2015-12-20", "ticks": tick }),
        json!({ "step": "return", "reason": "再改" }),
        json!({ "step": "return_measures", "reason": "太虚" }),
        json!({ "step": "correct_report", "text": "更正", "done": [[1, "2015-09-01"]] }),
        json!({ "step": "check_report", "number": 1, "sound": false, "note": "没换" }),
        json!({ "step": "correct_application", "text": "更正", "evidence": evidence }),
        json!({ "step": "undo_verification" }),
        json!({ "step": "remind", "level": "Nudge", "text": "抓紧" }),
        json!({ "step": "answer_reminder", "number": 1, "text": "收到" }),
        json!({ "step": "watch", "post": officer("second").post }),
        json!({ "step": "move_due", "due_on": "2015-12-10", "reason": "统一" }),
        json!({ "step": "ask_extension", "due_on": "2015-12-20", "reason": "缺件" }),
        json!({ "step": "decide_extension", "granted": false, "reason": "不准" }),
        json!({ "step": "ask_suspension", "reason": "停工" }),
        json!({ "step": "decide_suspension", "granted": true, "reason": "属实" }),
        json!({ "step": "resume", "due_on": null, "reason": "复工" }),
        json!({ "step": "look_back", "held": true, "finding": "没有反弹" }),
        json!({ "step": "look_back", "held": false, "finding": "反弹", "due_on": "2015-12-01" }),
        json!({ "step": "relapse", "finding": "又收", "due_on": "2015-12-01" }),
        json!({ "step": "archive" }),
        json!({ "step": "state", "text": "说明" }),
        json!({ "step": "push", "units": [11], "text": "请自查", "answer_due": "2015-09-30" }),
        json!({ "step": "answer_push", "unit": 11, "text": "没有" }),
        json!({ "step": "waive", "until": "2015-09-10", "reason": "缓" }),
        json!({ "step": "decide_objection", "number": 1, "upheld": true, "reason": "成立" }),
    ];
    for against in ["Registration", "Return", "Relapse", "RefusedExtension"] {
        calls.push(json!({ "step": "object", "against": against, "reason": "有据" }));
    }
    calls
}

async fn no_sequence_of_calls_closes_a_problem_with_two_persons(base: Fresh) {
    let city = City::open(&base, "2015-09-01").await;
    let batch = json!({ "ordinal": 1, "title": "第一批", "file_by": "2015-09-30" });
    let ledger = city.does("clerk", "/api/ledgers", batch).await["id"].as_i64().unwrap();
    let calls = calls();
    // What leads to the end; between, anything by anybody.
    let life = [("head-10", 0), ("worker", 1), ("head-10", 2), ("clerk", 3), ("second", 4)];
    let step = (0..WHO.len(), 0..calls.len(), 0..3_usize);
    let sequences = prop::collection::vec(step, 24..40);
    let mut runner = TestRunner::deterministic();
    let mut closings = 0;
    for _ in 0..12 {
        let begun = json!({ "ledger": ledger,
            "content": content(FIRST, "Supervision", "2015-09-01", "2015-11-30") });
        let begun = city.does("clerk", "/api/problems", begun).await;
        let (id, number) = (begun["id"].as_i64().unwrap(), begun["number"].clone());
        let path = format!("/api/problems/{id}/steps");
        let (mut life, mut stage) = (life.iter(), Stage::Registered);
        for (who, what, led) in sequences.new_tree(&mut runner).expect("a sequence").current() {
            let (who, what) = match (led, life.as_slice().first()) {
                (0, Some((who, what))) => {
                    life.next();
                    (*who, *what)
                }
                _ => (WHO[who], what),
            };
            let (status, answer) = city.post(who, &path, &calls[what]).await;
            assert!([200, 404, 409].contains(&status), "{who} {}: {answer}", calls[what]);
            let why = answer["reason"].as_str().unwrap_or_default();
            assert!(status != 409 || why.starts_with("refused-"), "{answer}");
            let problem = state(&city, id).await;
            assert_eq!(problem.number.as_deref(), number.as_str());
            if problem.stage == Stage::Closed && stage != Stage::Closed {
                closings += 1;
                assert!(
                    ["verify", "decide_objection"].contains(&calls[what]["step"].as_str().unwrap())
                );
                three_persons(&problem);
            }
            stage = problem.stage;
        }
    }
    assert!(closings >= 3, "only {closings} closed: the test would prove nothing");
    city.close().await;
}

async fn state(city: &City, id: i64) -> Problem {
    let found = city.store.state::<Problem>(city.body, Id::new(id)).await.expect("a state");
    found.expect("a problem")
}

/// Applicant, first checker and verifier: three, the last from outside the unit.
fn three_persons(problem: &Problem) {
    let application = problem.applications.last().expect("an application");
    let check = application.check.as_ref().expect("a first check");
    let verification = application.verification.as_ref().expect("a verification");
    let people = [application.stamp.by, check.1.by, verification.stamp.by].map(|by| by.person);
    assert!(people[0] != people[1] && people[0] != people[2] && people[1] != people[2]);
    let office = ["head", "clerk", "second"].map(|name| officer(name).person);
    assert!(office.contains(&people[2]), "the verifier is of the chain");
}
