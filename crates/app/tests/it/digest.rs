//! The digest of reminders: what the office may send, what was sent to whom, and what comes next,
//! before and after a reminder is sent and answered.

use app::{access::account, demo};
use reqwest::Client;
use serde_json::Value;

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{get, page, send},
};

both!(the_digest_says_what_comes_next_and_follows_what_is_sent);

async fn digest(client: &Client, address: &str, query: &str) -> Value {
    get(client, &format!("{address}/api/reminders{query}")).await
}

/// The next rung of a number and its day.
fn next(digest: &Value, number: &str) -> Option<(String, String)> {
    let lines = digest["office"]["next"]["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["number"] == number)?;
    Some((line["level"].as_str()?.to_owned(), line["on"].as_str()?.to_owned()))
}

async fn the_digest_says_what_comes_next_and_follows_what_is_sent(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-02").await;
    let before = digest(&clerk, &address, "").await;
    // The ladder is known beforehand: four slips and no answer lead to a proposal to talk, three
    // to an order, one that was not answered to the next rung.
    for (number, level, on) in [
        ("1-041", "propose-talk", "2015-11-20"),
        ("2-103", "order", "2015-11-20"),
        ("2-088", "urge-hard", "2015-11-20"),
        ("2-092", "urge", "2015-11-24"),
    ] {
        assert_eq!(next(&before, number), Some((level.to_owned(), on.to_owned())), "{number}");
    }
    let watched = digest(&clerk, &address, "?whose=watched").await;
    let ready = |digest: &Value| digest["office"]["ready"].as_i64().unwrap();
    assert!(ready(&watched) >= 3 && ready(&watched) < ready(&before), "{watched}");
    let text = page(&clerk, &format!("{address}/reminders")).await;
    assert!(text.contains(&format!("今天按阶梯可以发 {} 件", ready(&before))), "{text}");

    // A county's share that is past its day: the office sends the first rung.
    let lines = before["office"]["next"]["lines"].as_array().unwrap();
    let share = lines.iter().find(|line| line["kind"] == "item" && line["level"] == "nudge");
    let share = share.unwrap();
    let (id, unit) = (share["id"].to_string(), share["unit"].as_str().unwrap());
    let form = [("level", "nudge"), ("text", "期限已过，请报还剩几台"), ("answer_due", "")];
    let (status, _, text) = send(&clerk, &format!("{address}/items/{id}/reminder"), &form).await;
    assert_eq!(status, 303, "{text}");
    let after = digest(&clerk, &address, "").await;
    assert_eq!(ready(&after), ready(&before) - 1);
    let waiting = |digest: &Value| digest["office"]["waiting"]["total"].as_i64().unwrap();
    assert_eq!(waiting(&after), waiting(&before) + 1);

    // It stands in the owner's digest, with its next step, until it is answered.
    let item = get(&clerk, &format!("{address}/api/items/{id}")).await;
    let roster = store.roster(1).await.unwrap();
    let post = mechanisms::Id::new(item["content"]["owner"].as_i64().unwrap());
    let person = roster.holder(post, demo::NOW.date()).unwrap();
    let hash = account::hash(demo::PASSWORD.into()).await.unwrap();
    account::set_hash(&store, 1, person, "owner-of-a-share", &hash).await.unwrap();
    let owner = sign_in(&address, "owner-of-a-share").await;
    let mine = digest(&owner, &address, "").await;
    assert!(mine["office"].is_null(), "{mine}");
    let sent = mine["to_me"]["lines"].as_array().unwrap();
    let sent = sent.iter().find(|line| line["id"] == share["id"]).unwrap();
    assert_eq!((&sent["answer_due"], &sent["unit"]), (&"2015-11-24".into(), &unit.into()));
    let to_me = mine["to_me"]["total"].as_i64().unwrap();
    let until = digest(&owner, &address, "?until=2015-11-30").await;
    let steps = until["mine"]["lines"].as_array().unwrap();
    let step = steps.iter().find(|line| line["id"] == share["id"]).unwrap();
    assert_eq!((&step["level"], &step["on"]), (&"urge".into(), &"2015-11-25".into()));
    let text = page(&owner, &format!("{address}/reminders")).await;
    assert!(text.contains("期限已过，请报还剩几台"), "{text}");
    let door = format!("{address}/items/{id}/reminder-answer");
    let (status, _, text) = send(&owner, &door, &[("text", "剩 3 台，周五前拆完")]).await;
    assert_eq!(status, 303, "{text}");
    let mine = digest(&owner, &address, "").await;
    assert_eq!(mine["to_me"]["total"].as_i64(), Some(to_me - 1));
    serving.abort();
}
