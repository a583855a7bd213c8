//! The article's chain: 130 units file their lists, one is missing and named; what is overdue
//! climbs the ladder on the right workdays; a closed problem comes back under its number.

use serde_json::{Value, json};

use super::city::{City, FIRST, OFFICE, UNITS, content};
use crate::{engines::Fresh, house::day};

pub async fn the_chain_of_the_article(base: Fresh) {
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
