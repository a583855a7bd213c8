//! Stories through the front door: officers of the demonstration, their browsers' forms and
//! their programs, on both engines.

use app::{ROWS, cast};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use reqwest::{Client, multipart};
use serde_json::{Value, json};

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
};

both!(
    evidence_is_kept_and_shown_to_those_who_may,
    a_meeting_decides_and_the_office_makes_it_an_item,
    units_below_take_their_share_and_nothing_is_counted_twice,
    no_sequence_of_calls_lets_the_chain_verify_its_own_item,
);

pub async fn get(client: &Client, address: &str) -> Value {
    let answer = client.get(address).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{address}");
    answer.json().await.unwrap()
}

pub async fn page(client: &Client, address: &str) -> String {
    let answer = client.get(address).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{address}");
    answer.text().await.unwrap()
}

/// Sends a form from our own pages; the status, the place it leads to, and the page.
pub async fn send(client: &Client, address: &str, form: &[(&str, &str)]) -> (u16, String, String) {
    let request = client.post(address).header("sec-fetch-site", "same-origin").form(form);
    answered(request).await
}

pub async fn answered(request: reqwest::RequestBuilder) -> (u16, String, String) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let place = answer.headers().get("location").and_then(|value| value.to_str().ok());
    let place = place.unwrap_or_default().to_owned();
    (status, place, answer.text().await.unwrap())
}

/// The id of the item people call by this number.
pub async fn item(client: &Client, address: &str, number: &str) -> i64 {
    let list = get(client, &format!("{address}/api/items?q={number}&level=all")).await;
    let items = list["items"].as_array().unwrap();
    let found = items.iter().find(|item| item["number"] == number);
    found.unwrap_or_else(|| panic!("no item {number}: {list}"))["id"].as_i64().unwrap()
}

async fn evidence_is_kept_and_shown_to_those_who_may(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let owner = sign_in(&address, "daqi").await;
    let id = item(&owner, &address, "27-1").await;
    let amount = get(&owner, &format!("{address}/api/items/{id}")).await["amount"].to_string();
    let form = |file: &'static [u8], name: &'static str| {
        multipart::Form::new()
            .text("amount", amount.clone())
            .text("text", "城北片区拆除完毕")
            .text("needs", "城北区")
            .text("true_for", "2015-11-19")
            .part("file", multipart::Part::bytes(file).file_name(name))
    };
    let report = |form| {
        owner
            .post(format!("{address}/items/{id}/report"))
            .header("sec-fetch-site", "same-origin")
            .multipart(form)
    };
    // A kind of file that is not taken: the reason, and what was typed is still there.
    let (status, _, text) = answered(report(form(b"#!/bin/sh", "run.sh"))).await;
    assert_eq!(status, 422);
    assert!(text.contains("城北片区拆除完毕") && text.contains("sh"), "{text}");
    let pdf: &[u8] = b"%PDF-1.4 the ledger";
    let (status, place, text) = answered(report(form(pdf, "台账 第3册.pdf"))).await;
    assert_eq!((status, place.as_str()), (303, &*format!("/items/{id}")), "{text}");
    let text = page(&owner, &format!("{address}/items/{id}")).await;
    let link = text.split("href=\"/evidence/").nth(1).expect("a link").split('"').next().unwrap();
    let link = format!("{address}/evidence/{link}");
    let kept = owner.get(&link).send().await.unwrap();
    assert_eq!(kept.headers()["content-type"], "application/pdf");
    assert!(kept.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(kept.bytes().await.unwrap(), pdf);
    // Somebody whose lists do not show the item does not find its file.
    let other = sign_in(&address, "zuzhi").await;
    assert_eq!(other.get(&link).send().await.unwrap().status(), 404);
    // Over the API a step names a hash that was kept, or is refused.
    let kept = owner
        .post(format!("{address}/api/evidence?name=a.csv"))
        .header("sec-fetch-site", "same-origin")
        .body("a,b\n1,2\n")
        .send()
        .await
        .unwrap();
    let kept: Value = kept.json().await.unwrap();
    let account = |hash: &Value| {
        json!({ "step": "report", "account": { "amount": amount.parse::<i64>().unwrap(),
            "text": "表", "stuck": "", "needs": [], "reached": [], "evidence": [{ "name": "a.csv",
            "reference": "a.csv", "hash": hash, "true_for": "2015-11-19" }] } })
    };
    let step = |body: Value| {
        owner
            .post(format!("{address}/api/items/{id}/steps"))
            .header("sec-fetch-site", "same-origin")
            .json(&body)
    };
    let (status, _, text) = answered(step(account(&json!("0".repeat(64))))).await;
    assert!(status == 409 && text.contains("refused-file-not-kept"), "{text}");
    let (status, _, text) = answered(step(account(&kept["hash"]))).await;
    assert_eq!(status, 200, "{text}");
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

async fn a_meeting_decides_and_the_office_makes_it_an_item(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    let owner = sign_in(&address, "daqi").await;
    let projects = get(&clerk, &format!("{address}/api/projects")).await;
    let all = projects.as_array().unwrap();
    let mine = all.iter().find(|one| one["charter"]["title"] == "锅炉淘汰攻坚").unwrap();
    let (id, missed) = (mine["id"].as_i64().unwrap(), mine["missed_weeks"].as_i64().unwrap());
    assert_eq!(missed, 3);
    assert_eq!(mine["light"], "ok");
    // A member of the team records the week's meeting; the decision waits for the office.
    let form = [
        ("held_on", "2015-11-20"),
        ("chair", "分管环保副市长"),
        ("present", "市环保局局长、大气科科长"),
        ("raised", "2"),
        ("solved", "1"),
        ("text", "调度剩余锅炉"),
        ("text-1", "城西片区接入集中供热"),
        ("how-1", "夜间施工"),
        ("lead-1", "市环保局"),
        ("owner-1", "大气科科长"),
        ("due_on-1", "2015-12-04"),
    ];
    let place = format!("{address}/projects/{id}/meeting");
    let (status, _, text) = send(&owner, &place, &form).await;
    assert_eq!(status, 303, "{text}");
    let (status, _, text) = send(&owner, &place, &form).await;
    assert!(status == 422 && text.contains("夜间施工"), "the same meeting twice: {text}");
    let now = get(&owner, &format!("{address}/api/projects/{id}")).await;
    assert_eq!((&now["unadopted"], &now["missed_weeks"]), (&json!(1), &json!(missed)));
    let adopt = format!("{address}/projects/{id}/adoption");
    let number = now["meetings"].to_string();
    let decision = [("meeting", number.as_str()), ("place", "1")];
    let (status, ..) = send(&owner, &adopt, &decision).await;
    assert_eq!(status, 409, "the team adopts its own decision");
    let (status, place, text) = send(&clerk, &adopt, &decision).await;
    assert!(status == 303 && place.starts_with("/items/"), "{text}");
    let item_made = get(&clerk, &format!("{address}/api{place}")).await;
    assert_eq!(item_made["stage"], "submitted");
    assert_eq!(item_made["content"]["due"], json!({ "On": "2015-12-04" }));
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

async fn units_below_take_their_share_and_nothing_is_counted_twice(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    let owner = sign_in(&address, "daqi").await;
    let counts = get(&clerk, &format!("{address}/api/counts")).await;
    // The bureau hands a share of its item to its own section.
    let above = item(&owner, &address, "27-1").await;
    let share = [
        ("title", "拆除城西六台"),
        ("what", "六台全部拆除"),
        ("how", "先通热后拆炉"),
        ("lead", "大气科"),
        ("owner", "大气科科长"),
        ("due_on", "2015-11-27"),
    ];
    let (status, place, text) =
        send(&owner, &format!("{address}/items/{above}/cascade"), &share).await;
    assert_eq!(status, 303, "{text}");
    let below = get(&clerk, &format!("{address}/api/items?above={above}&sort=number")).await;
    let titles: Vec<&str> = below["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["title"].as_str().unwrap())
        .collect();
    assert!(titles.contains(&"拆除城西六台") && titles.len() == 13, "{titles:?}");
    let shown = page(&owner, &format!("{address}{place}")).await;
    assert!(shown.contains("27-1 "), "the item above is named");
    // What units below do is not counted twice in the body's chart.
    assert_eq!(get(&clerk, &format!("{address}/api/counts")).await, counts);
    let coverage = page(&clerk, &format!("{address}/plan/cascade")).await;
    assert!(coverage.contains("125"), "{coverage}");
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

/// What officers call, at random, with the calls of a real life mixed in so that some items end.
async fn no_sequence_of_calls_lets_the_chain_verify_its_own_item(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let logins = ["ducha", "ducha-01", "ducha-02", "heyan", "lingdao", "huanbao", "daqi", "duzu"];
    let mut clients = Vec::new();
    for login in logins {
        clients.push((login, sign_in(&address, login).await));
    }
    let client = |login: &str| clients.iter().find(|one| one.0 == login).unwrap().1.clone();
    let clerk = client("ducha-01");
    let list = get(&clerk, &format!("{address}/api/items?q=27-1")).await;
    let goal = list["items"][0]["goal"].to_string();
    let calls = calls();
    let life = [
        ("ducha-01", 0),
        ("ducha", 1),
        ("ducha-01", 2),
        ("daqi", 3),
        ("daqi", 4),
        ("ducha-01", 5),
        ("daqi", 6),
        ("daqi", 7),
        ("heyan", 8),
    ];
    let step = (0..logins.len(), 0..calls.len(), 0..2_usize);
    let sequences = prop::collection::vec(step, 18..26);
    let mut runner = TestRunner::deterministic();
    let mut ended = 0;
    for round in 0..8 {
        let id = drafted(&clerk, &address, &goal, round).await;
        let mut life = life.iter();
        let mut stage = "draft".to_owned();
        for (who, what, kind) in sequences.new_tree(&mut runner).expect("a sequence").current() {
            let (who, what) = match (kind, life.as_slice().first()) {
                (0, Some(step)) => {
                    life.next();
                    *step
                }
                _ => (logins[who], what),
            };
            let path = format!("{address}/api/items/{id}/steps");
            let sent = client(who)
                .post(path)
                .header("sec-fetch-site", "same-origin")
                .json(&calls[what])
                .send()
                .await
                .unwrap();
            let status = sent.status().as_u16();
            assert!([200, 404, 409, 422].contains(&status), "{status} for {}", calls[what]);
            let verifies = calls[what]["step"] == "verify";
            if verifies && ["daqi", "huanbao", "lingdao"].contains(&who) {
                assert_ne!(status, 200, "{who} verified their own chain's item");
            }
            let after = get(&clerk, &format!("{address}/api/items/{id}")).await;
            let now = after["stage"].as_str().unwrap().to_owned();
            if now == "done" && stage != "done" {
                ended += 1;
                assert!(
                    verifies && ["ducha", "ducha-01", "ducha-02", "heyan", "duzu"].contains(&who)
                );
            }
            stage = now;
        }
    }
    assert!(ended >= 2, "only {ended} sequences ended: the test would prove nothing");
    serving.abort();
}

/// An item drafted through the form, with all it needs before it is issued.
async fn drafted(clerk: &Client, address: &str, goal: &str, round: i64) -> i64 {
    let title = format!("第 {round} 件");
    let form = [
        ("goal", goal),
        ("title", &title),
        ("what", "完成"),
        ("how", "措施"),
        ("lead", "市环保局"),
        ("owner", "大气科科长"),
        ("sponsor", "分管环保副市长"),
        ("due_on", "2015-12-20"),
    ];
    let (status, place, text) = send(clerk, &format!("{address}/items/new"), &form).await;
    assert_eq!(status, 303, "{text}");
    place.trim_start_matches("/items/").parse().unwrap()
}

fn calls() -> Vec<Value> {
    let account = json!({ "amount": 100, "text": "办完", "stuck": "", "needs": [],
        "evidence": [], "reached": [[1, "2015-11-20"]] });
    let milestone = json!([{ "number": 1, "title": "完成", "planned_on": "2015-12-01",
        "amount": null, "reached_on": null }]);
    let evidence = json!([{ "name": "报告", "reference": "报告", "hash": null,
        "true_for": "2015-11-20" }]);
    vec![
        json!({ "step": "submit" }),
        json!({ "step": "approve" }),
        json!({ "step": "issue" }),
        json!({ "step": "sign" }),
        json!({ "step": "propose_plan", "milestones": milestone, "best_pace": null }),
        json!({ "step": "approve_plan" }),
        json!({ "step": "report", "account": account }),
        json!({ "step": "apply_to_close", "text": "办结", "evidence": evidence }),
        json!({ "step": "verify", "finding": "属实" }),
        json!({ "step": "return", "reason": "再议" }),
        json!({ "step": "object", "reason": "职责不符" }),
        json!({ "step": "return_closing", "reason": "再查" }),
        json!({ "step": "check", "report": 1, "sound": true, "note": "" }),
        json!({ "step": "remind", "level": "Urge", "text": "抓紧", "reason": "时限将到" }),
        json!({ "step": "answer_reminder", "number": 1, "text": "收到" }),
        json!({ "step": "suspend", "reason": "停工令" }),
        json!({ "step": "resume", "due_on": null, "reason": "解除" }),
        json!({ "step": "ask_three", "due_on": "2015-11-27" }),
        json!({ "step": "verify", "finding": "看过" }),
    ]
}
