//! Two people edit one item.

use reqwest::Client;
use serde_json::Value;

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{answered, get, item, page},
};

both!(two_people_edit_one_item_and_both_texts_are_shown);

async fn two_people_edit_one_item_and_both_texts_are_shown(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let (one, two) = (sign_in(&address, "ducha-01").await, sign_in(&address, "ducha-02").await);
    let id = item(&one, &address, "27-1").await;
    let edit = format!("{address}/items/{id}/edit");
    let form = page(&one, &edit).await;
    let field = |name: &str| -> String {
        let form = form.replace('\n', " ");
        let (before, after) = match form.split_once(&format!("name=\"{name}\"")) {
            Some(parts) => parts,
            None => panic!("no field {name}"),
        };
        if before.rsplit('<').next().unwrap().starts_with("textarea") {
            return after.split_once('>').unwrap().1.split("</textarea").next().unwrap().to_owned();
        }
        let value = after.split("value=\"").nth(1).unwrap();
        value.split('"').next().unwrap().to_owned()
    };
    let names = [
        "base",
        "title",
        "what",
        "target",
        "unit",
        "how",
        "lead",
        "co_units",
        "owner",
        "sponsor",
        "watcher",
        "start_on",
        "due_on",
        "no_due",
        "best_pace",
    ];
    let mut fields: Vec<(&str, String)> = names.iter().map(|name| (*name, field(name))).collect();
    let steps = page(&one, &format!("{address}/api/items/{id}")).await;
    let steps: Value = serde_json::from_str(&steps).unwrap();
    let lines: Vec<String> = steps["content"]["milestones"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            let (day, title) = (step["planned_on"].as_str(), step["title"].as_str());
            format!("{} {} {}", day.unwrap(), title.unwrap(), step["amount"])
        })
        .collect();
    fields.push(("milestones", lines.join("\n")));
    let with = |name: &str, value: &str| -> Vec<(String, String)> {
        let change = |(key, old): &(&str, String)| {
            let text = if *key == name { value.to_owned() } else { old.clone() };
            ((*key).to_owned(), text)
        };
        fields.iter().map(change).collect()
    };
    let save = |client: Client, form: Vec<(String, String)>| {
        answered(client.post(&edit).header("sec-fetch-site", "same-origin").form(&form))
    };
    let (status, _, text) = save(one.clone(), with("what", "甲写的：全部淘汰")).await;
    assert_eq!(status, 303, "{text}");
    let (status, _, text) = save(two.clone(), with("what", "乙写的：淘汰并验收")).await;
    assert_eq!(status, 409);
    for part in ["燃煤锅炉 1,026 台拆除", "甲写的：全部淘汰", "乙写的：淘汰并验收"]
    {
        assert!(text.contains(part), "the conflict's page lacks {part}");
    }
    let kept = get(&one, &format!("{address}/api/items/{id}")).await;
    assert_eq!(kept["content"]["what"], "甲写的：全部淘汰");
    serving.abort();
}
