//! The problem ledger of the demonstration city: the figures its entries give.

use std::collections::BTreeMap;

use app::{ROWS, cast, store::Store};
use jiff::civil::date;
use mechanisms::{Id, problem::Ledger};
use sqlx::{AssertSqlSafe, Row};

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::page,
};

both!(the_ledger_of_the_city_shows_what_its_entries_say);

/// Numbers the office talks about: due when, at which stage, urged how often.
const NAMED: &[(&str, &str, &str, i64)] = &[
    ("1-041", "2015-10-31", "rectifying", 4),
    ("2-103", "2015-11-10", "rectifying", 3),
    ("2-088", "2015-11-12", "rectifying", 2),
    ("2-092", "2015-11-18", "rectifying", 1),
    ("2-097", "2015-11-20", "checked", 1),
    ("2-118", "2015-11-22", "checked", 2),
    ("2-115", "2015-11-24", "rectifying", 1),
    ("1-063", "2015-11-25", "to-apply", 1),
    ("2-121", "2015-11-27", "rectifying", 0),
    ("2-126", "2015-11-30", "registered", 1),
    ("2-110", "2015-12-10", "rectifying", 0),
    ("2-130", "2015-12-10", "rectifying", 0),
    ("1-022", "2015-08-15", "closed", 1),
    ("1-035", "2015-08-31", "closed", 2),
];

async fn count(store: &Store, condition: &str) -> i64 {
    let text = format!(
        "select count(*) from matter m join problem_line p on p.jurisdiction = m.jurisdiction \
         and p.id = m.id where m.jurisdiction = 1 and m.kind = 'problem' and {condition}"
    );
    let row = sqlx::query(AssertSqlSafe(text)).fetch_one(store.reader()).await.unwrap();
    row.try_get(0).unwrap()
}

/// The saved views of the second section's clerk, each with the count of the list it opens.
async fn every_view_opens_its_list(address: &str) {
    let clerk = sign_in(address, "ducha-02").await;
    let text = page(&clerk, &format!("{address}/problems")).await;
    let tabs = text.split("class=\"tabs\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let mut counts = Vec::new();
    for tab in tabs.split("href=\"").skip(1) {
        let href = tab.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
        let count = tab.split("<span>").nth(1).unwrap().split("</span").next().unwrap();
        let count: i64 = count.trim().parse().unwrap();
        let list = page(&clerk, &format!("{address}{href}")).await;
        let total = list.split("data-total=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(total.trim(), count.to_string(), "{href}");
        counts.push(count);
    }
    assert_eq!(counts, [38, 426, 17, 29, 26, 23, 64]);
}

async fn the_ledger_of_the_city_shows_what_its_entries_say(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    every_view_opens_its_list(&address).await;
    serving.abort();
    let expected = [
        ("m.stage <> ''", 426),
        ("m.stage = 'registered'", 8),
        ("m.stage = 'rectifying'", 67),
        ("m.stage = 'to-apply'", 13),
        ("m.stage = 'checked'", 26),
        ("m.stage = 'closed'", 312),
        ("m.standing = 'open' and m.due_on < '2015-11-20'", 17),
        ("m.stage = 'rectifying' and m.due_on < '2015-11-20'", 17),
        ("m.standing = 'open' and m.due_on between '2015-11-20' and '2015-11-22'", 29),
        ("p.source = 'supervision'", 23),
        ("p.source = 'public'", 64),
        ("p.relapses = 1", 2),
    ];
    for (condition, number) in expected {
        assert_eq!(count(&store, condition).await, number, "{condition}");
    }
    let roster = store.roster(1).await.unwrap();
    let clerk = roster.posts().find(|(_, post)| post.title == "督办二科科长").unwrap().0;
    assert_eq!(count(&store, &format!("m.watcher = {clerk}")).await, 38);

    let rows = sqlx::query(
        "select m.number, m.due_on, m.stage, p.reminders, m.title \
         from matter m join problem_line p \
         on p.jurisdiction = m.jurisdiction and p.id = m.id where m.kind = 'problem'",
    );
    let rows = rows.fetch_all(store.reader()).await.unwrap();
    let mut titles = BTreeMap::new();
    for row in &rows {
        let number: String = row.try_get(0).unwrap();
        let (due, stage): (String, String) = (row.try_get(1).unwrap(), row.try_get(2).unwrap());
        let (given, title): (i64, String) = (row.try_get(3).unwrap(), row.try_get(4).unwrap());
        if let Some(named) = NAMED.iter().find(|named| named.0 == number) {
            assert_eq!((&*due, &*stage, given), (named.1, named.2, named.3), "{number}");
        }
        let before = titles.insert(title, number.clone());
        assert_eq!(before, None, "{number} says what another has said");
    }
    assert_eq!(titles.len(), 426);

    // 130 of 130 units have an approved list in both rounds.
    let ledgers = sqlx::query("select id from matter where kind = 'ledger' order by id");
    let ledgers = ledgers.fetch_all(store.reader()).await.unwrap();
    assert_eq!(ledgers.len(), 2);
    for row in ledgers {
        let ledger = store.state::<Ledger>(1, Id::new(row.try_get(0).unwrap())).await.unwrap();
        let coverage = ledger.unwrap().coverage(&roster, date(2015, 11, 20));
        assert_eq!((coverage.covered(), coverage.all()), (130, 130));
    }
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}
