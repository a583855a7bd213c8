//! Days through the front door: steps counted back, items that wait for items, what would be if,
//! and a calendar that changes.

use app::{ROWS, cast};
use reqwest::Client;
use serde_json::{Value, json};

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{answered, get, item, page, send},
};

both!(steps_are_counted_back_and_tried, a_calendar_shows_what_it_would_move_and_then_moves_it,);

async fn step(client: &Client, address: &str, id: i64, body: Value) -> (u16, String) {
    let request = client.post(format!("{address}/api/items/{id}/steps"));
    let (status, _, text) =
        answered(request.header("sec-fetch-site", "same-origin").json(&body)).await;
    (status, text)
}

/// The line of a step, or of the item as a whole.
fn line(schedule: &Value, id: i64, step: Option<i64>) -> &Value {
    let lines = schedule["lines"].as_array().unwrap();
    lines.iter().find(|one| one["item"] == id && one["step"] == json!(step)).unwrap()
}

async fn steps_are_counted_back_and_tried(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let head = sign_in(&address, "ducha").await;
    let id = item(&head, &address, "27-1").await;
    let after = item(&head, &address, "27-3").await;
    let whole = get(&head, &format!("{address}/api/items/{id}")).await;
    let mut content = whole["content"].clone();
    for (step, days) in content["milestones"].as_array_mut().unwrap().iter_mut().zip([10, 20]) {
        step["workdays"] = json!(days);
    }
    let last = content["milestones"].as_array_mut().unwrap().last_mut().unwrap();
    last["workdays"] = json!(10);
    last["after"] = json!([{ "step": 5, "kind": "FS", "lag": 0 }]);
    let number = last["number"].as_i64().unwrap();
    content["after"] = json!([{ "item": after, "kind": "SS", "lag": 0 }]);
    let amend =
        |base: i64, content: &Value| json!({ "step": "amend", "base": base, "content": content });
    let (status, text) = step(&head, &address, id, amend(0, &content)).await;
    assert_eq!(status, 200, "{text}");
    // Ten working days before 30 November 2015, that day included.
    let url = format!("{address}/api/items/{id}/backward");
    let schedule = get(&head, &url).await;
    assert_eq!(line(&schedule, id, Some(number))["late_start"], "2015-11-17");
    assert_eq!(line(&schedule, id, Some(number))["early_start"], "2015-11-20");
    assert_eq!(line(&schedule, id, Some(number))["slack"], -3);
    assert_eq!(schedule["is_feasible"], false);
    assert!(schedule["conflict"]["is_minimal"].as_bool().unwrap());
    // Seven days would do; that is tried, and nothing is kept of it.
    let tried = get(&head, &format!("{url}?step-{number}=7")).await;
    assert_eq!(line(&tried, id, Some(number))["slack"], 0);
    assert_eq!(get(&head, &url).await, schedule);
    let text = page(&head, &format!("{address}/items/{id}/backward?step-{number}=7")).await;
    assert!(text.contains("27-3") && text.contains("-3") || text.contains("−3"), "{text}");
    // The other one cannot wait for this one as well.
    let whole = get(&head, &format!("{address}/api/items/{after}")).await;
    let mut other = whole["content"].clone();
    other["after"] = json!([{ "item": id, "kind": "FS", "lag": 0 }]);
    let base_version = whole["version"].as_i64().unwrap();
    let (status, text) = step(&head, &address, after, amend(base_version, &other)).await;
    assert!(status == 409 && text.contains("refused-items-circular"), "{text}");
    // On the form both are written by their numbers.
    let text = page(&head, &format!("{address}/items/{id}/edit")).await;
    assert!(text.contains("27-3SS") && text.contains(" | 10 | 5"), "{text}");
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

async fn a_calendar_shows_what_it_would_move_and_then_moves_it(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let head = sign_in(&address, "ducha").await;
    let id = item(&head, &address, "27-2").await;
    let before = get(&head, &format!("{address}/api/items/{id}")).await;
    let past = format!("{address}/api/items?as_of=2015-11-19&light=urgent");
    let then = get(&head, &past).await;
    let days = json!({ "first": "2015-11-23", "last": "2015-11-27", "works": false,
        "name": "市庆" });
    let off = json!({ "days": [days], "reason": "市政府通知" });
    let post = async |client: &Client, path: &str, body: &Value| {
        let request = client.post(format!("{address}{path}")).json(body);
        answered(request.header("sec-fetch-site", "same-origin")).await
    };
    // It is for the head of the office to say, and to look first.
    let owner = sign_in(&address, "daqi").await;
    assert_eq!(post(&owner, "/api/workdays/impact", &off).await.0, 403);
    let (status, _, text) = post(&owner, "/api/workdays", &off).await;
    assert!(status == 409 && text.contains("refused-no-power"), "{text}");
    let (status, _, text) = post(&head, "/api/workdays/impact", &off).await;
    assert_eq!(status, 200, "{text}");
    let impact: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(impact["days"].as_array().unwrap().len(), 5);
    let moved = impact["moved"].as_array().unwrap();
    assert!(moved.len() > 30, "{text}");
    assert_eq!(get(&head, &format!("{address}/api/items/{id}")).await, before);
    // The past is not arranged otherwise, and the page keeps what was typed.
    let typed = [("days", "2015-11-19 休 市庆"), ("reason", "补记")];
    let (status, _, text) = send(&head, &format!("{address}/workdays"), &typed).await;
    assert!(status == 422 && text.contains("2015-11-19 休 市庆"), "{text}");
    let typed = [("days", "2015-11-23..2015-11-27 休 市庆"), ("reason", "市政府通知")];
    let (status, place, text) = send(&head, &format!("{address}/workdays"), &typed).await;
    assert_eq!((status, place.as_str()), (303, "/workdays"), "{text}");
    // Everything moved as was shown: lists and pages say the new days.
    let mut seen = 0;
    for one in moved.iter().filter(|one| one["kind"] == "item").take(40) {
        let what = one["what"].as_str().unwrap();
        let list = get(&head, &format!("{address}/api/items/{}", one["id"])).await;
        if what == "latest_start_on" {
            assert_eq!(list["latest_start_on"], one["after"], "{one}");
            seen += 1;
        }
    }
    assert!(seen > 0);
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
    // The day before knew nothing of it.
    assert_eq!(get(&head, &past).await, then);
    // A second edition takes the days back; what the first moved stands where it stood.
    let back = json!({ "days": [], "reason": "通知撤回" });
    let (status, _, text) = post(&head, "/api/workdays", &back).await;
    assert_eq!(status, 200, "{text}");
    assert_eq!(get(&head, &format!("{address}/api/items/{id}")).await, before);
    let text = page(&head, &format!("{address}/workdays")).await;
    assert!(text.contains("通知撤回") && text.contains("市政府通知"));
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
    let again = store.refill_rows(1, ROWS, cast).await.unwrap();
    assert!(again.rows > 0);
    assert_eq!(store.check_rows(1, ROWS, cast).await.unwrap().differences, 0);
}
