//! The store: what was acknowledged is there, verifies, and can be rebuilt.

use std::{collections::BTreeMap, sync::Arc};

use app::{ROWS, cast};
use mechanisms::plan::item::{Account, Command};

use crate::{
    both,
    engines::Fresh,
    house::{House, day},
};

both!(an_item_goes_its_way_and_the_journal_proves_it, many_writers_share_one_sync);

async fn export(house: &House) -> BTreeMap<String, Vec<u8>> {
    let body = house.store.jurisdiction(house.body).await.unwrap().unwrap();
    let mut files = BTreeMap::new();
    let mut put = |path, bytes| {
        files.insert(path, bytes);
        Ok(())
    };
    house.store.export(&body, &mut put).await.unwrap();
    files
}

async fn proven(house: &House) -> u64 {
    let report = journal::verify(&export(house).await, None);
    assert!(report.holds(), "{:?}", report.faults);
    let rows = house.store.check_rows(house.body, ROWS, cast).await.unwrap();
    assert_eq!(rows.differences, 0, "{:#?}", rows.first);
    report.entries
}

fn account(amount: i64) -> Account {
    let text = format!("累计拆除 {amount} 台");
    Account { amount, text, stuck: String::new(), needs: vec![], evidence: vec![], reached: vec![] }
}

async fn an_item_goes_its_way_and_the_journal_proves_it(base: Fresh) {
    let house = House::found(base.open().await).await;
    let item = house.draft("27-1").await;
    let steps = [
        ("clerk", "2015-01-07", Command::Submit),
        ("head", "2015-01-08", Command::Approve),
        ("clerk", "2015-01-09", Command::Issue),
        ("li", "2015-01-12", Command::Sign),
        (
            "li",
            "2015-01-13",
            Command::ProposePlan { milestones: house.content().milestones, best_pace: Some(60) },
        ),
        ("clerk", "2015-01-14", Command::ApprovePlan),
        ("li", "2015-02-10", Command::Report { account: account(20) }),
    ];
    for (who, on, command) in steps {
        let shown = format!("{command:?}");
        house.ask(who, on, item, command).await.unwrap_or_else(|stop| panic!("{shown}: {stop}"));
    }
    let refused = house.ask("li", "2015-02-11", item, Command::Verify { finding: "好".into() });
    assert!(refused.await.unwrap_err().contains("OutOfOrder"));
    let entries = proven(&house).await;
    // Opened again by a new process, nothing is missing and the writing goes on.
    drop(house.store);
    let house = House { store: base.open().await, ..house };
    let report = Command::Report { account: account(40) };
    house.ask("li", "2015-02-17", item, report).await.unwrap();
    assert_eq!(proven(&house).await, entries + 1);
    let again = house.store.refill_rows(house.body, ROWS, cast).await.unwrap();
    assert!(again.rows > 3);
    proven(&house).await;
    assert!(day("2015-02-17") > day("2015-02-10"));
}

async fn many_writers_share_one_sync(base: Fresh) {
    let house = Arc::new(House::found(base.open().await).await);
    let mut items = Vec::new();
    for number in 0..16 {
        items.push(house.draft(&format!("27-{number}")).await);
    }
    let mut tasks = Vec::new();
    for item in items {
        let house = house.clone();
        tasks.push(tokio::spawn(async move {
            house.ask("clerk", "2015-01-08", item, Command::Submit).await.unwrap();
            house.ask("head", "2015-01-09", item, Command::Approve).await.unwrap();
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let entries = proven(&house).await;
    assert_eq!(entries, 6 + 24 + 3 + 16 * 4);
}
