//! A plan comes in from a file, through the page, and goes again.

use std::collections::BTreeMap;

use app::{ROWS, cast};
use reqwest::multipart;
use serde_json::Value;
use sqlx::Row;

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{answered, get, page, send},
};

both!(
    a_plan_comes_in_is_tried_brought_in_and_taken_back,
    five_years_of_ratings_arrive_as_five_periods,
);

async fn a_plan_comes_in_is_tried_brought_in_and_taken_back(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    // The plan is next year's: it counts in its own year, beside what this one will leave.
    let counts = format!("{address}/api/counts?year=2016");
    let before = get(&clerk, &counts).await["total"].as_i64().unwrap();
    let this_year = get(&clerk, &format!("{address}/api/counts")).await;
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tangshan_gwr_2016_items.csv");
    let bytes = std::fs::read(path).expect("the plan of 2016");
    let form = |bring_in: &'static str| {
        multipart::Form::new()
            .part("file", multipart::Part::bytes(bytes.clone()).file_name("2016.csv"))
            .text("year", "2016")
            .text("bring_in", bring_in)
    };
    let imports = format!("{address}/imports");
    let ask = |form| {
        let request = clerk.post(&imports).header("sec-fetch-site", "same-origin");
        answered(request.multipart(form))
    };
    let (status, _, tried) = ask(form("no")).await;
    assert_eq!(status, 200);
    for count in ["<b>56</b>", "<b>12</b>", "<b>175</b>", "<b>37</b>"] {
        assert!(
            tried.replace("<b\n>", "<b>").contains(count),
            "{count} is not on the trial's page"
        );
    }
    let total = |counts: Value| counts["total"].as_i64().unwrap();
    assert_eq!(total(get(&clerk, &counts).await), before);
    let (status, place, text) = ask(form("yes")).await;
    assert_eq!((status, place.as_str()), (303, "/imports"), "{text}");
    assert_eq!(total(get(&clerk, &counts).await), before + 175);
    assert_eq!(get(&clerk, &format!("{address}/api/counts")).await, this_year);
    let page = page(&clerk, &imports).await;
    let undo = page.split("action=\"/imports/").nth(1).expect("an undo").split('/').next().unwrap();
    let (status, _, text) = send(&clerk, &format!("{imports}/{undo}/undoing"), &[]).await;
    assert_eq!(status, 303, "{text}");
    assert_eq!(total(get(&clerk, &counts).await), before);
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

async fn five_years_of_ratings_arrive_as_five_periods(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/uk_gmpp_2019_2023.csv");
    let bytes = std::fs::read(path).expect("the five years");
    let mut counted: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        for (kind, column) in [("independent", "ipa_rating"), ("own", "sro_rating")] {
            let key = (row["year"].clone(), kind.to_owned(), row[column].clone());
            *counted.entry(key).or_default() += i64::from(!row[column].is_empty());
        }
    }
    counted.retain(|_, n| *n > 0);
    let form = multipart::Form::new()
        .part("file", multipart::Part::bytes(bytes).file_name("uk.csv"))
        .text("year", "2023")
        .text("bring_in", "yes");
    let request = clerk.post(format!("{address}/imports")).header("sec-fetch-site", "same-origin");
    let (status, _, text) = answered(request.multipart(form)).await;
    assert_eq!(status, 303, "{text}");
    let rows = sqlx::query(
        "select period, 'independent', independent, count(*) from assessment \
         where independent is not null group by 1, 2, 3 union all \
         select period, 'own', own, count(*) from assessment where own is not null \
         group by 1, 2, 3 order by 1, 2, 3",
    )
    .fetch_all(store.reader())
    .await
    .unwrap();
    let kept: BTreeMap<(String, String, String), i64> =
        rows.iter().map(|row| ((row.get(0), row.get(1), row.get(2)), row.get(3))).collect();
    assert_eq!(kept, counted);
    let periods: std::collections::BTreeSet<&String> = kept.keys().map(|key| &key.0).collect();
    assert_eq!(periods.len(), 5);
    serving.abort();
}
