//! What makes a million matters bearable must not change an answer: sums, remembered counts and
//! the text index against the rows themselves, on both engines.

use std::collections::BTreeSet;

use app::{ROWS, cast, store::Store};
use reqwest::Client;
use sqlx::Row;

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{get, send},
};

both!(
    every_number_is_the_length_of_its_list,
    search_finds_what_holds_the_characters,
    what_was_changed_behind_our_back_is_found_and_refilled,
);

/// Every item of a list, page after page; none twice.
async fn whole(client: &Client, address: &str, query: &str) -> (i64, BTreeSet<i64>) {
    let mut found = BTreeSet::new();
    for page in 1.. {
        let list = get(client, &format!("{address}/api/items?{query}&page={page}")).await;
        let items = list["items"].as_array().unwrap();
        let total = list["total"].as_i64().unwrap();
        for item in items {
            assert!(found.insert(item["id"].as_i64().unwrap()), "{query}: {item} twice");
        }
        if items.is_empty() {
            return (total, found);
        }
    }
    unreachable!("a list without an end")
}

async fn every_number_is_the_length_of_its_list(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let top = "select cast(min(id) as text) from plan where parent is null";
    let lower = "select cast(min(id) as text) from plan where parent is not null";
    let mut queries: Vec<String> = [
        "",
        "level=all",
        "sort=number",
        "light=late",
        "light=warn",
        "light=urgent",
        "light=ok",
        "light=done",
        "light=hold",
        "light=idle",
        "light=late&level=all",
        "timeliness=overdue",
        "timeliness=done-late",
        "timeliness=done-on-time",
        "timeliness=not-yet-due",
        "timeliness=undated",
        "light=late&timeliness=overdue",
        "timeliness=overdue&level=all",
        "stage=under-way",
        "lead=20",
        "lead=20&light=late",
        "cascaded=yes",
        "q=%E5%B8%82",
        "area=%E7%94%9F%E6%80%81%E7%8E%AF%E5%A2%83",
    ]
    .map(str::to_owned)
    .to_vec();
    for plan in [top, lower] {
        let plan: String = sqlx::query(plan).fetch_one(store.reader()).await.unwrap().get(0);
        queries.push(format!("plan={plan}"));
        queries.push(format!("plan={plan}&light=late"));
        queries.push(format!("plan={plan}&timeliness=not-yet-due"));
    }
    let mut longest = BTreeSet::new();
    for login in ["ducha", "lingdao", "huanbao", "daqi", "zuzhi"] {
        let client = sign_in(&address, login).await;
        for query in &queries {
            let (total, found) = whole(&client, &address, query).await;
            assert_eq!(i64::try_from(found.len()).unwrap(), total, "{login} {query}");
        }
        let (all, _) = whole(&client, &address, "").await;
        let counts = get(&client, &format!("{address}/api/counts")).await;
        assert_eq!(counts["total"], all, "{login}");
        for light in ["late", "warn", "ok", "idle", "hold", "done"] {
            let (total, _) = whole(&client, &address, &format!("light={light}")).await;
            assert_eq!(counts[light], total, "{login} {light}");
        }
        longest.insert(all);
    }
    assert!(longest.len() >= 3, "the officers hardly see different lists: {longest:?}");
    // A turn changes what was remembered.
    let clerk = sign_in(&address, "ducha-01").await;
    let before = get(&clerk, &format!("{address}/api/counts")).await;
    let ok = whole(&clerk, &address, "light=ok").await.1;
    let item = ok.first().unwrap();
    let head = sign_in(&address, "ducha").await;
    let form = [("reason", "资金未到位")];
    let (status, _, text) = send(&head, &format!("{address}/items/{item}/suspension"), &form).await;
    assert_eq!(status, 303, "{text}");
    let after = get(&clerk, &format!("{address}/api/counts")).await;
    let one = |counts: &serde_json::Value, light: &str| counts[light].as_i64().unwrap();
    assert_eq!(one(&after, "hold"), one(&before, "hold") + 1);
    assert_eq!(one(&after, "ok"), one(&before, "ok") - 1);
    serving.abort();
}

/// Items whose title or number holds the text, read without the index.
async fn holding(store: &Store, text: &str) -> BTreeSet<i64> {
    let rows = sqlx::query(
        "select id, title, number from matter where kind = 'item' and standing <> 'gone' \
         order by id",
    );
    let rows = rows.fetch_all(store.reader()).await.unwrap();
    let text = text.to_lowercase();
    let holds = |row: &&sqlx::any::AnyRow| {
        let (title, number): (String, String) = (row.get(1), row.get(2));
        title.to_lowercase().contains(&text) || number.contains(&text)
    };
    rows.iter().filter(holds).map(|row| row.get(0)).collect()
}

async fn search_finds_what_holds_the_characters(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let client = sign_in(&address, "ducha").await;
    let rows = sqlx::query("select title from matter where kind = 'item' order by id");
    let titles = rows.fetch_all(store.reader()).await.unwrap();
    let titles: Vec<String> = titles.iter().map(|row| row.get(0)).collect();
    let mut asked: BTreeSet<String> =
        ["27-1", "7-1", "-", "2", "火星基地", "锅炉", "' or 1=1", "%", "_", "\"*", "炉 锅"]
            .map(str::to_owned)
            .into();
    // Every beginning, middle and end of some titles, of one to seven characters.
    for title in titles.iter().step_by(9) {
        let characters: Vec<char> = title.chars().collect();
        for length in [1, 2, 3, 7] {
            let windows: Vec<&[char]> = characters.windows(length).collect();
            for place in [0, windows.len() / 2, windows.len().saturating_sub(1)] {
                asked.extend(windows.get(place).map(|window| window.iter().collect::<String>()));
            }
        }
    }
    let mut hits = 0;
    for text in &asked {
        if text.trim() != text {
            continue;
        }
        for text in [text.to_owned(), text.to_uppercase()] {
            let query = format!("level=all&q={}", app::ui::encode(&text));
            let (total, found) = whole(&client, &address, &query).await;
            assert_eq!(found, holding(&store, &text).await, "{text:?}");
            assert_eq!(total, i64::try_from(found.len()).unwrap(), "{text:?}");
            hits += found.len();
        }
    }
    assert!(hits > asked.len(), "hardly anything was found");
    serving.abort();
}

async fn what_was_changed_behind_our_back_is_found_and_refilled(base: Fresh) {
    let (_, serving, store) = open(&base).await;
    serving.abort();
    for fault in [
        "update tally set n = n + 1 where kind = 'item' and standing = 'done'",
        "delete from tally_day where turn = 'late'",
        "update tally_due set n = n - 1 where due_on = 'kept-2015'",
        "delete from tally_todo where since <= '2015-11-20'",
        "update words set pairs = 'aaaaaaaa' where matter in (select max(matter) from words)",
        "update todo set by_on = '2015-01-01'",
    ] {
        sqlx::query(fault).execute(store.writer()).await.unwrap();
        let report = store.check_rows(1, ROWS, cast).await.unwrap();
        assert!(report.differences > 0, "{fault}");
        let before = store.standing(1).await.unwrap();
        store.refill_rows(1, ROWS, cast).await.unwrap();
        assert!(store.standing(1).await.unwrap() != before, "what is remembered would stay");
        let report = store.check_rows(1, ROWS, cast).await.unwrap();
        assert_eq!(report.differences, 0, "{fault}: {:#?}", report.first);
    }
    if store.dialect() == app::store::engine::Dialect::Sqlite {
        let fault = "delete from words_index where rowid in (select min(id) from \
                     words_index_docsize)";
        sqlx::query(fault).execute(store.writer()).await.unwrap();
        let report = store.check_rows(1, ROWS, cast).await.unwrap();
        assert_eq!((report.differences, report.first[0].table), (1, "words_index"));
    }
}
