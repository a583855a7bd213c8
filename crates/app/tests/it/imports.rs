//! A plan comes in from a file, through the page, and goes again.

use std::collections::BTreeMap;

use app::{ROWS, cast, store::Store};
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
    cells_are_mended_in_the_trial,
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
            tried.replace("<b\n>", "<b>").replace("</b\n>", "</b>").contains(count),
            "{count} is not on the trial's page"
        );
    }
    let total = |counts: Value| counts["total"].as_i64().unwrap();
    assert_eq!(total(get(&clerk, &counts).await), before);
    let (status, place, text) = ask(form("yes")).await;
    assert_eq!((status, place.as_str()), (303, "/imports"), "{text}");
    what_came_in(&bytes, &store).await;
    assert_eq!(total(get(&clerk, &counts).await), before + 175);
    assert_eq!(get(&clerk, &format!("{address}/api/counts")).await, this_year);
    let page = page(&clerk, &imports).await;
    let undo = page.split("action=\"/imports/").nth(1).expect("an undo").split('/').next().unwrap();
    let (status, _, text) = send(&clerk, &format!("{imports}/{undo}/undoing"), &[]).await;
    assert_eq!(status, 303, "{text}");
    assert_eq!(total(get(&clerk, &counts).await), before);
    // Once more, and one of them goes its way: it needs an owner, and the import stays.
    let (status, _, text) = ask(form("yes")).await;
    assert_eq!(status, 303, "{text}");
    let first =
        get(&clerk, &format!("{address}/api/items?stage=draft&sort=number&year=2016")).await;
    ends_without_an_owner(&address, first["items"][0]["id"].as_i64().unwrap()).await;
    let last = sqlx::query("select max(id) from intake").fetch_one(store.reader()).await.unwrap();
    let undo = format!("{imports}/{}/undoing", last.get::<i64, _>(0));
    let (status, _, text) = send(&clerk, &undo, &[]).await;
    assert!(status == 409 && text.contains("其中 1 项已经往前走了"), "{text}");
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

/// Areas, measures and clauses are those of the file, and every dated clause has its date.
async fn what_came_in(bytes: &[u8], store: &Store) {
    let mut reader = csv::Reader::from_reader(bytes);
    let rows: Vec<BTreeMap<String, String>> =
        reader.deserialize().collect::<Result<_, _>>().expect("rows");
    let dates: BTreeMap<String, i64> = rows.iter().fold(BTreeMap::new(), |mut dates, row| {
        let day = &row["deadline_iso_derived"];
        *dates.entry(day.clone()).or_default() += i64::from(!day.is_empty());
        dates
    });
    let dates: BTreeMap<String, i64> = dates.into_iter().filter(|day| day.1 > 0).collect();
    let plan = "(select max(plan) from matter where kind = 'item')";
    let count = async |what: &str| -> i64 {
        let text = format!("select count(*) from (select distinct {what}) as t");
        let row = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_one(store.reader()).await.unwrap();
        row.get(0)
    };
    let areas: std::collections::BTreeSet<&String> =
        rows.iter().map(|row| &row["area_title"]).collect();
    assert_eq!((areas.len(), rows.len()), (12, 175));
    let found = count(&format!("area from matter where kind = 'goal' and plan = {plan}")).await;
    assert_eq!(found, 12);
    // 56 measures, beside the general part of an area, which is a goal of its own.
    let general =
        format!("id from matter where kind = 'goal' and plan = {plan} and title like '（%'");
    let goals = count(&format!("id from matter where kind = 'goal' and plan = {plan}")).await;
    assert_eq!(goals - count(&general).await, 56);
    let drafts =
        format!("id from matter where kind = 'item' and plan = {plan} and stage = 'draft'");
    assert_eq!(count(&drafts).await, 175);
    let text = format!(
        "select due_on, count(*) from matter where kind = 'item' and plan = {plan} \
         and due_on is not null group by due_on order by due_on"
    );
    let kept = sqlx::query(sqlx::AssertSqlSafe(text)).fetch_all(store.reader()).await.unwrap();
    let kept: BTreeMap<String, i64> = kept.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(kept, dates);
    assert_eq!(kept.values().sum::<i64>(), 37);
}

/// Approved, but without an owner it is not issued: what is missing is named.
async fn ends_without_an_owner(address: &str, id: i64) {
    let clerk = sign_in(address, "ducha-01").await;
    let head = sign_in(address, "ducha").await;
    for (who, noun) in [(&clerk, "submission"), (&head, "approval")] {
        let (status, _, text) = send(who, &format!("{address}/items/{id}/{noun}"), &[]).await;
        assert_eq!(status, 303, "{text}");
    }
    let (status, _, text) = send(&clerk, &format!("{address}/items/{id}/issue"), &[]).await;
    assert_eq!(status, 422, "{text}");
    for part in ["还缺：", "怎么干", "牵头单位", "责任人"] {
        assert!(text.contains(part), "{part} is not named: {text}");
    }
}

async fn cells_are_mended_in_the_trial(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    let csv = "具体工作内容,责任单位,完成时限\n修路,\"市环保局牵头，市发改委、市林业局按职责分工负责\",\
               2015-11-31\n建桥,市环保局、市发改委按职责分工负责,持续推进\n栽树,市没有局,10月底\n";
    let form = |more: &[(&'static str, &'static str)]| {
        let part = multipart::Part::bytes(csv.as_bytes()).file_name("三件.csv");
        let form = multipart::Form::new().part("file", part).text("year", "2015");
        more.iter().fold(form, |form, (name, value)| form.text(*name, *value))
    };
    let ask = |form| {
        let request = clerk.post(format!("{address}/imports"));
        answered(request.header("sec-fetch-site", "same-origin").multipart(form))
    };
    let (status, _, tried) = ask(form(&[])).await;
    assert_eq!(status, 200);
    for part in
        ["“2015-11-31”不是日期", "没有写明牵头，按第一家 市环保局", "没有“市没有局”", "2015-10-31"]
    {
        assert!(tried.contains(part), "{part} is not remarked: {tried}");
    }
    // Rows with errors are passed over only where that was agreed to.
    let columns = [("column", "title"), ("column", "lead"), ("column", "due")];
    let mut more: Vec<(&str, &str)> = columns.to_vec();
    more.push(("bring_in", "yes"));
    let (status, _, text) = ask(form(&more)).await;
    assert!(status == 422 && text.contains("还有 1 行有错误"), "{text}");
    let (_, _, marked) = ask(form(&[("bring_in", "marked")])).await;
    assert!(marked.contains("“2015-11-31”不是日期"), "{marked}");
    for (at, found, meant) in [("2", "2015-11-31", "2015-11-30"), ("1", "市没有局", "市林业局")]
    {
        more.extend([("at", at), ("found", found), ("meant", meant)]);
    }
    let (status, _, text) = ask(form(&more)).await;
    assert_eq!(status, 303, "{text}");
    let row = sqlx::query(
        "select count(*), min(due_on), max(due_on) from matter where kind = 'item' \
         and title in ('修路', '建桥', '栽树')",
    );
    let row = row.fetch_one(store.reader()).await.unwrap();
    let found: (i64, String, String) = (row.get(0), row.get(1), row.get(2));
    assert_eq!(found, (3, "2015-10-31".into(), "2015-11-30".into()));
    let parts = sqlx::query(
        "select count(*) from party p join matter m on m.kind = p.kind and m.id = p.matter \
         where m.kind = 'item' and m.title in ('修路', '建桥') and p.part = 'co'",
    );
    let co: i64 = parts.fetch_one(store.reader()).await.unwrap().get(0);
    assert_eq!(co, 3, "co-units of both phrases");
    serving.abort();
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
