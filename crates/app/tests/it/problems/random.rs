//! Whatever is called by whomever: nothing is closed by fewer than three persons.

use mechanisms::{
    Id,
    problem::{Problem, Stage},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};

use super::city::{City, FIRST, content, officer};
use crate::engines::Fresh;

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

pub async fn no_sequence_of_calls_closes_a_problem_with_two_persons(base: Fresh) {
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
