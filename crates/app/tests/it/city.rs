//! The demonstration city as a reader of it: slips, one item in full, twelve weeks, and words
//! that are not said twice.

use std::collections::BTreeSet;

use serde_json::Value;
use sqlx::Row;

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{get, item, page},
};

both!(the_city_is_late_where_its_reports_say, the_city_does_not_repeat_itself);

/// What is late, and by how many days, as the overview lists it.
const LATE: &[(&str, i64)] = &[
    ("21-4", 31),
    ("3-4", 26),
    ("24-2", 22),
    ("19-1", 19),
    ("27-1", 19),
    ("28-2", 15),
    ("14-3", 12),
    ("30-2", 9),
];

async fn the_city_is_late_where_its_reports_say(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let client = sign_in(&address, "ducha-02").await;
    let late = get(&client, &format!("{address}/api/items?light=late")).await;
    let mut slips = Vec::new();
    for line in late["items"].as_array().unwrap() {
        let day = |key: &str| line[key].as_str().map(|day| day.parse::<mechanisms::Day>().unwrap());
        let today = app::demo::NOW.date();
        let (due, end) = (day("due_on").unwrap(), day("forecast_on").unwrap_or(today).max(today));
        slips.push((
            line["number"].as_str().unwrap().to_owned(),
            due.until(end).unwrap().get_days(),
        ));
    }
    slips.sort();
    let mut expected: Vec<(String, i32)> = LATE
        .iter()
        .map(|(number, days)| ((*number).to_owned(), i32::try_from(*days).unwrap()))
        .collect();
    expected.sort();
    assert_eq!(slips, expected);
    let overview = page(&client, &format!("{address}/")).await;
    for (_, days) in LATE {
        assert!(overview.contains(&format!("晚 {days} 天")), "{days}");
    }

    let id = item(&client, &address, "27-1").await;
    let boilers = get(&client, &format!("{address}/api/items/{id}")).await;
    assert_eq!((&boilers["amount"], &boilers["percent"]), (&861.into(), &83.into()));
    assert_eq!(boilers["forecast_on"], "2015-12-19");
    assert_eq!(boilers["latest_start_on"], "2015-11-11");
    assert_eq!(boilers["content"]["target"], serde_json::json!({ "amount": 1026, "unit": "台" }));
    let steps = boilers["content"]["milestones"].as_array().unwrap();
    let reached: Vec<&str> = steps.iter().filter_map(|step| step["reached_on"].as_str()).collect();
    assert_eq!(steps.len(), 6);
    assert_eq!(reached, ["2015-03-31", "2015-04-18", "2015-08-06", "2015-11-09"]);
    let red: Vec<&str> = boilers["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|reason| reason["light"] == "late")
        .map(|reason| reason["rule"].as_str().unwrap())
        .collect();
    assert_eq!(red, ["milestone", "forecast", "latest-start"]);
    // What counties did adds up to what the city reports.
    let below = get(&client, &format!("{address}/api/items?above={id}")).await;
    let mut sum = 0;
    for line in below["items"].as_array().unwrap() {
        let below = get(&client, &format!("{address}/api/items/{}", line["id"])).await;
        sum += below["amount"].as_i64().unwrap();
    }
    assert_eq!((below["total"].as_i64(), sum), (Some(12), 861));
    serving.abort();
}

async fn the_city_does_not_repeat_itself(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let client = sign_in(&address, "ducha").await;
    let (mut titles, mut whats, mut hows) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for page in 1..=3 {
        let list = get(&client, &format!("{address}/api/items?page={page}")).await;
        for line in list["items"].as_array().unwrap() {
            let whole = get(&client, &format!("{address}/api/items/{}", line["id"])).await;
            let content = &whole["content"];
            let how = content["how"].as_array().unwrap();
            assert!((2..=4).contains(&how.len()), "{content}");
            hows.extend(how.iter().map(Value::to_string));
            titles.insert(content["title"].to_string());
            whats.insert(content["what"].to_string());
        }
    }
    assert_eq!((titles.len(), whats.len()), (125, 125));
    assert!(hows.len() > 360, "{} measures of their own", hows.len());
    let rows = sqlx::query("select payload from entry where kind = 'item'")
        .fetch_all(store.reader())
        .await
        .unwrap();
    let mut said = BTreeSet::new();
    let mut reports = 0;
    for row in rows {
        let event: Value = serde_json::from_str(row.get::<&str, _>(0)).unwrap();
        if let Some(text) = event["Reported"]["account"]["text"].as_str() {
            reports += 1;
            said.insert(text.to_owned());
        }
    }
    assert!(reports > 1_500, "{reports} reports");
    assert_eq!(said.len(), reports, "the same sentence twice");
    serving.abort();
}
