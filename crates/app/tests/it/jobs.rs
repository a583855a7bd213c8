//! Bulk jobs: portions, refusals with their reasons, taking back, and going on after a crash.

use std::sync::Arc;

use app::{
    App,
    clock::Clock,
    jobs::{self, Act, Asked, Desk, One},
    store::{Pen, Stop, Store, evidence::Evidence, jobs::Job, jobs::Stage},
};
use futures_util::future::BoxFuture;
use jiff::tz::TimeZone;
use mechanisms::{
    Id,
    plan::item::{Command, Item},
    roster::Post,
};
use sqlx::Row;

use crate::{both, engines::Fresh, house::House};

both!(a_job_goes_its_way_and_back, a_job_survives_a_crash, a_job_of_one_who_left_is_refused);

/// Gives drafts another watcher.
static WATCH: Act =
    Act { key: "test-watch", kind: "item", carry: watch, take_back: Some(watch_again) };

async fn amend(pen: &mut Pen<'_, '_>, id: i64, watcher: Option<i64>) -> Result<String, Stop> {
    let id = Id::<Item>::new(id);
    let item = pen.find(id).await?;
    let mut content = item.content.clone();
    let before = content.watcher.map_or(String::new(), |post| post.to_string());
    content.watcher = watcher.map(Id::<Post>::new);
    pen.ask::<Item>(id, Command::Amend { base: item.version, content }).await?;
    Ok(before)
}

fn watch<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    asked: &'p Asked,
) -> BoxFuture<'p, Result<String, Stop>> {
    let post = asked.given["post"].parse().expect("a post");
    Box::pin(async move { amend(pen, one.matter, Some(post)).await })
}

fn watch_again<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    before: &'p str,
    _: &'p str,
) -> BoxFuture<'p, Result<(), Stop>> {
    let post = before.parse().ok();
    Box::pin(async move { amend(pen, one.matter, post).await.map(drop) })
}

fn app(store: Arc<Store>, base: &std::path::Path) -> Arc<App> {
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone");
    Arc::new(App {
        store,
        clock: Clock::standing_at(jiff::civil::datetime(2015, 1, 8, 9, 0, 0, 0), zone),
        evidence: Evidence::open(&base.join("evidence").display().to_string()).expect("a folder"),
        https: false,
        demo: Vec::new(),
        memory: app::home::Memory::default(),
        jobs: Desk::new([&WATCH]),
    })
}

fn asked(house: &House) -> Asked {
    let post = house.officer("clerk").post.to_string();
    Asked { reason: "分工调整".into(), given: [("post".to_owned(), post)].into() }
}

async fn drafts(house: &House, n: usize) -> Vec<One> {
    let mut list = Vec::new();
    for number in 1..=n {
        let item = house.draft(&format!("27-{number}")).await;
        list.push(One { matter: item.0, given: String::new() });
    }
    list
}

/// The job once nothing of it is under way any more.
async fn ended(store: &Store, job: (i64, i64)) -> Job {
    for _ in 0..200_000 {
        let found = store.job(job.0, job.1).await.unwrap().unwrap();
        if !found.stage.is_under_way() {
            return found;
        }
        tokio::task::yield_now().await;
    }
    panic!("the job does not end");
}

async fn watcher(house: &House, item: i64) -> (i64, i64) {
    let item = house.store.state::<Item>(house.body, Id::new(item)).await.unwrap().unwrap();
    (item.content.watcher.unwrap().0, item.version)
}

async fn a_job_goes_its_way_and_back(base: Fresh) {
    let house = House::found(base.open().await).await;
    let app = app(house.store.clone(), base.folder.path());
    let matters = drafts(&house, 230).await;
    // The seventh was withdrawn meanwhile, and one number is nobody's.
    let gone = Id::<Item>::new(matters[6].matter);
    let withdraw = Command::Withdraw { reason: "重复".into() };
    house.ask("clerk", "2015-01-07", gone, withdraw).await.unwrap();
    let mut all = matters.clone();
    all.push(One { matter: 999_999, given: String::new() });

    let hand = house.hand("clerk", "2015-01-08");
    let no_reason = Asked { reason: " ".into(), ..asked(&house) };
    jobs::start(&app, hand.clone(), &WATCH, no_reason, all.clone()).await.unwrap_err();
    jobs::start(&app, hand.clone(), &WATCH, asked(&house), Vec::new()).await.unwrap_err();
    let id = jobs::start(&app, hand.clone(), &WATCH, asked(&house), all).await.unwrap();
    let of = (house.body, id);
    let job = ended(&house.store, of).await;
    assert_eq!((job.stage, job.total, job.done, job.refused), (Stage::Done, 231, 229, 2));
    let refused = house.store.job_matters(of, "refused", (10, 0)).await.unwrap();
    let whys: Vec<(i64, &str)> =
        refused.iter().map(|one| (one.matter, one.why.as_deref().unwrap())).collect();
    assert_eq!(whys.len(), 2);
    assert_eq!(whys[1], (999_999, "error-not-found"));
    assert!(whys[0].0 == gone.0 && whys[0].1.starts_with("refused-"), "{whys:?}");
    let (clerk, second) = (house.officer("clerk").post.0, house.officer("second").post.0);
    assert_eq!(watcher(&house, matters[0].matter).await, (clerk, 1));
    assert_eq!(watcher(&house, matters[229].matter).await, (clerk, 1));
    assert_eq!(watcher(&house, gone.0).await, (second, 0));

    // One moves on before the job is taken back: that one is kept, with the reason.
    let moved = Id::<Item>::new(matters[2].matter);
    house
        .ask("clerk", "2015-01-08", moved, Command::Withdraw { reason: "并".into() })
        .await
        .unwrap();
    let turn = house.store.turn(hand, move |pen| {
        Box::pin(async move { pen.take_job_back(id, "选错了".into()).await })
    });
    turn.await.unwrap();
    jobs::resume(&app).await.unwrap();
    let job = ended(&house.store, of).await;
    assert_eq!((job.stage, job.back, job.kept), (Stage::Undone, 228, 1));
    assert_eq!(watcher(&house, matters[0].matter).await, (second, 2));
    let kept = house.store.job_matters(of, "kept", (10, 0)).await.unwrap();
    assert_eq!(kept[0].matter, moved.0);
    let again = house.store.turn(house.hand("clerk", "2015-01-08"), move |pen| {
        Box::pin(async move { pen.take_job_back(id, "再来".into()).await })
    });
    assert!(matches!(again.await, Err(Stop::Missing)), "twice");
    let rows = house.store.check_rows(house.body, app::ROWS, app::cast).await.unwrap();
    assert_eq!(rows.differences, 0, "{:#?}", rows.first);
}

async fn a_job_survives_a_crash(base: Fresh) {
    let house = House::found(base.open().await).await;
    let matters = drafts(&house, 450).await;
    let (url, folder) = (base.url.clone(), base.folder.path().to_owned());
    let (hand, given, all) = (house.hand("clerk", "2015-01-08"), asked(&house), matters.clone());
    // Another process begins it, and is gone in the middle: its runtime ends at once, with
    // whatever turn was under way.
    let begun = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let id = runtime.block_on(async {
            let store = Arc::new(Store::open(&url, [7; 32]).await.unwrap());
            jobs::start(&app(store, &folder), hand, &WATCH, given, all).await.unwrap()
        });
        runtime.shutdown_background();
        id
    });
    let id = begun.await.unwrap();
    let store = base.open().await;
    let app = app(store.clone(), base.folder.path());
    jobs::resume(&app).await.unwrap();
    let job = ended(&store, (house.body, id)).await;
    assert_eq!((job.stage, job.done, job.refused), (Stage::Done, 450, 0));
    // Nothing was done twice, nothing left out.
    let rows = sqlx::query(
        "select matter, count(*) from entry where kind = 'item' and act = 'Amended' \
         group by matter order by matter",
    )
    .fetch_all(store.reader())
    .await
    .unwrap();
    let counts: Vec<(i64, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let expected: Vec<(i64, i64)> = matters.iter().map(|one| (one.matter, 1)).collect();
    assert_eq!(counts, expected);
}

async fn a_job_of_one_who_left_is_refused(base: Fresh) {
    let house = House::found(base.open().await).await;
    let app = app(house.store.clone(), base.folder.path());
    let matters = drafts(&house, 3).await;
    let mut hand = house.hand("clerk", "2015-01-08");
    hand.by.person = house.officer("li").person;
    let id = jobs::start(&app, hand, &WATCH, asked(&house), matters).await.unwrap();
    let job = ended(&house.store, (house.body, id)).await;
    assert_eq!((job.done, job.refused), (0, 3));
    let refused = house.store.job_matters((house.body, id), "refused", (1, 0)).await.unwrap();
    assert_eq!(refused[0].why.as_deref(), Some("job-post-given-up"));
}
