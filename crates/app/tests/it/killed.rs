//! Killed in the middle of a load of writes, again and again: what was acknowledged is there.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command as Process, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use app::{ROWS, access::account, cast, clock::Moment};
use mechanisms::{
    Id,
    plan::item::{Command, Item},
};

use crate::{both, engines::Fresh, house::House};

both!(twenty_kills_lose_nothing);

const KILLS: usize = 20;
const WRITERS: usize = 8;

/// The real program, serving this database.
fn serve(base: &Fresh) -> (Child, String) {
    let key = base.folder.path().join("log.key");
    std::fs::write(&key, "07".repeat(32)).expect("the log key");
    let mut child = Process::new(env!("CARGO_BIN_EXE_shigan"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database", &base.url])
        .arg("--evidence")
        .arg(base.folder.path().join("evidence"))
        .arg("--log-key")
        .arg(&key)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut line = String::new();
    let out = child.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut line).expect("its address");
    (child, line.trim().trim_end_matches('/').to_owned())
}

#[expect(clippy::disallowed_methods, reason = "looks again until enough was acknowledged")]
async fn twenty_kills_lose_nothing(base: Fresh) {
    let mut house = House::found(base.open().await).await;
    let moment = Moment {
        at: "2015-01-14T01:00:00.000000Z".into(),
        instant: "2015-01-14T01:00:00Z".parse().unwrap(),
        local: jiff::civil::datetime(2015, 1, 14, 9, 0, 0, 0),
        second: 0,
    };
    let li = house.officer("li");
    let token = account::make_token(&house.store, house.body, li, &moment).await.unwrap();
    let items = under_way(&house).await;
    // Each writer's last acknowledged amount.
    let acknowledged = Arc::new(Mutex::new(vec![0_i64; WRITERS]));
    for round in 0..KILLS {
        let (mut child, address) = serve(&base);
        let mut tasks = Vec::new();
        for (writer, item) in items.iter().enumerate() {
            tasks.push(tokio::spawn(write(
                format!("{address}/api/items/{item}/steps"),
                token.clone(),
                writer,
                acknowledged.clone(),
            )));
        }
        let started = acknowledged.lock().unwrap().clone();
        for _ in 0..200 {
            tokio::time::sleep(Duration::from_millis(10)).await;
            let now = acknowledged.lock().unwrap().clone();
            if now.iter().zip(&started).all(|(now, then)| now >= &(then + 2 + (round % 5) as i64)) {
                break;
            }
        }
        // SIGKILL: no handler runs.
        child.kill().expect("killing the program");
        child.wait().expect("its end");
        for task in tasks {
            task.await.expect("a writer");
        }
        house = House { store: base.open().await, ..house };
        for (writer, item) in items.iter().enumerate() {
            let state = house.store.state::<Item>(house.body, *item).await.unwrap().unwrap();
            let last = acknowledged.lock().unwrap()[writer];
            assert!(state.amount() >= last, "round {round}: {} < {last}", state.amount());
            acknowledged.lock().unwrap()[writer] = state.amount();
        }
    }
    let written: i64 = acknowledged.lock().unwrap().iter().sum();
    assert!(written > i64::try_from(KILLS * WRITERS).unwrap(), "only {written} writes");
    let rows = house.store.check_rows(house.body, ROWS, cast).await.unwrap();
    assert_eq!(rows.differences, 0, "{:#?}", rows.first);
    let body = house.store.jurisdiction(house.body).await.unwrap().unwrap();
    let mut files = std::collections::BTreeMap::new();
    let mut put = |path, bytes| {
        files.insert(path, bytes);
        Ok(())
    };
    house.store.export(&body, &mut put).await.unwrap();
    let report = journal::verify(&files, None);
    assert!(report.holds(), "{:?}", report.faults);
}

/// An item under way for each writer.
async fn under_way(house: &House) -> Vec<Id<Item>> {
    let mut items: Vec<Id<Item>> = Vec::new();
    for number in 0..WRITERS {
        let item = house.draft(&format!("27-{number}")).await;
        for (who, command) in [
            ("clerk", Command::Submit),
            ("head", Command::Approve),
            ("clerk", Command::Issue),
            ("li", Command::Sign),
            (
                "li",
                Command::ProposePlan {
                    milestones: house.content().milestones,
                    best_pace: Some(60),
                },
            ),
            ("clerk", Command::ApprovePlan),
        ] {
            house.ask(who, "2015-01-14", item, command).await.unwrap();
        }
        items.push(item);
    }
    items
}

/// Reports one more each time, and notes what was acknowledged, until the program is gone.
async fn write(address: String, token: String, writer: usize, acknowledged: Arc<Mutex<Vec<i64>>>) {
    let client = reqwest::Client::new();
    loop {
        let amount = acknowledged.lock().unwrap()[writer] + 1;
        let body = serde_json::json!({
            "step": "report",
            "account": {
                "amount": amount, "text": "有进展", "stuck": "", "needs": [], "evidence": [],
                "reached": []
            }
        });
        let sent = client.post(&address).bearer_auth(&token).json(&body).send().await;
        match sent {
            Ok(answer) if answer.status().is_success() => {
                acknowledged.lock().unwrap()[writer] = amount;
            }
            Ok(answer) => panic!("{}: {:?}", answer.status(), answer.text().await),
            Err(_) => return,
        }
    }
}
