//! What no sequence of commands may reach, and what no lost connection may lose.

use app::{
    ROWS,
    access::{Part, Scope},
    cast,
};
use mechanisms::{
    Id,
    plan::item::{Account, Command, Evidence, Item, Level, Stage, ThreeAnswers},
    reminder::Wish,
    roster::{Post, Unit},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use crate::{
    both,
    engines::Fresh,
    house::{House, day},
};

both!(
    no_sequence_lets_the_chain_verify_its_own_item,
    two_people_edit_and_nothing_is_lost,
    what_is_missing_is_named_before_an_item_is_issued,
    what_one_may_see_is_what_their_lists_show,
);

const OFFICERS: [&str; 7] = ["head", "clerk", "second", "mayor", "chief", "li", "auditor"];

fn account(amount: i64, reached: bool) -> Account {
    let reached = if reached { (1..=3).map(|n| (n, day("2015-05-05"))).collect() } else { vec![] };
    let text = "有进展".to_owned();
    Account { amount, text, stuck: String::new(), needs: vec![], evidence: vec![], reached }
}

fn commands(house: &House) -> Vec<Command> {
    let content = house.content();
    let reason = || "理由".to_owned();
    let name = || "报告 1 号".to_owned();
    let evidence =
        vec![Evidence { name: name(), reference: name(), hash: None, true_for: day("2015-05-05") }];
    vec![
        Command::Submit,
        Command::Return { reason: reason() },
        Command::Approve,
        Command::Issue,
        Command::Sign,
        Command::Object { reason: reason() },
        Command::ProposePlan { milestones: content.milestones.clone(), best_pace: Some(60) },
        Command::ReturnPlan { reason: reason() },
        Command::ApprovePlan,
        Command::Report { account: account(300, false) },
        Command::Report { account: account(1026, true) },
        Command::Correct { account: account(1026, true) },
        Command::Check { report: 1, sound: true, note: reason() },
        Command::Check { report: 2, sound: false, note: reason() },
        Command::Remind(Wish {
            level: Level::Urge,
            text: reason(),
            answer_due: None,
            reason: reason(),
        }),
        Command::RevokeReminder { number: 1, reason: reason() },
        Command::SignReminder { number: 1 },
        Command::AnswerReminder { number: 1, text: reason() },
        Command::AskExtension {
            due_on: day("2015-12-20"),
            reason: reason(),
            milestones: content.milestones.clone(),
            best_pace: Some(900),
        },
        Command::DecideExtension { granted: true, reason: reason() },
        Command::Suspend { reason: reason() },
        Command::Resume { due_on: None, reason: reason() },
        Command::AskThree { due_on: day("2015-12-01") },
        Command::AnswerThree(ThreeAnswers {
            progress: reason(),
            breakthrough: reason(),
            result: reason(),
        }),
        Command::ApplyToClose { text: reason(), evidence },
        Command::ReturnClosing { reason: reason() },
        Command::Verify { finding: reason() },
        Command::Archive,
        Command::Amend { base: 0, content },
        Command::SaveBaseline,
    ]
}

/// Random commands by random officers, with the steps of a real life mixed in so that many
/// sequences do reach an end.
async fn no_sequence_lets_the_chain_verify_its_own_item(base: Fresh) {
    let house = House::found(base.open().await).await;
    let commands = commands(&house);
    let life: [(&str, usize); 9] = [
        ("clerk", 0),
        ("head", 2),
        ("clerk", 3),
        ("li", 4),
        ("li", 6),
        ("clerk", 8),
        ("li", 10),
        ("li", 24),
        ("second", 26),
    ];
    let mut runner = TestRunner::deterministic();
    let step = (0..OFFICERS.len(), 0..commands.len(), 0..3_usize);
    let sequences = prop::collection::vec(step, 30..60);
    let mut ended = 0;
    for round in 0..40 {
        let item = house.draft(&format!("27-{round}")).await;
        let mut life = life.iter();
        let sequence = sequences.new_tree(&mut runner).expect("a sequence").current();
        for (who, what, kind) in sequence {
            let (who, what) = match (kind, life.as_slice().first()) {
                (0, Some((who, what))) => {
                    life.next();
                    (*who, *what)
                }
                _ => (OFFICERS[who], what),
            };
            let before = state(&house, item).await;
            let verifies = matches!(commands[what], Command::Verify { .. });
            let answer = house.ask(who, "2015-05-05", item, commands[what].clone()).await;
            let after = state(&house, item).await;
            if before.stage != Stage::Done && after.stage == Stage::Done {
                ended += 1;
                assert!(verifies && answer.is_ok());
                assert!(["head", "clerk", "second"].contains(&who), "{who} verified");
                let applied = after.closing.as_ref().expect("an application").2.by.person;
                assert_ne!(applied, house.officer(who).person);
            }
            if verifies && ["li", "chief", "mayor", "auditor"].contains(&who) {
                assert!(answer.is_err(), "{who} verified their own chain's item");
            }
        }
    }
    assert!(ended >= 5, "only {ended} sequences ended: the test would prove nothing");
    let rows = house.store.check_rows(house.body, ROWS, cast).await.unwrap();
    assert_eq!(rows.differences, 0, "{:#?}", rows.first);
}

async fn state(house: &House, item: Id<Item>) -> Item {
    house.store.state::<Item>(house.body, item).await.unwrap().unwrap()
}

async fn two_people_edit_and_nothing_is_lost(base: Fresh) {
    let house = House::found(base.open().await).await;
    let item = house.draft("27-1").await;
    let mut first = house.content();
    first.title = "淘汰小锅炉".into();
    let mut second = house.content();
    second.what = "拆除全部小锅炉".into();
    let amend = |content| Command::Amend { base: 0, content };
    house.ask("clerk", "2015-01-08", item, amend(first)).await.unwrap();
    let refused = house.ask("second", "2015-01-08", item, amend(second)).await.unwrap_err();
    assert!(refused.contains("Changed { base: 0, now: 1 }"), "{refused}");
    let kept = state(&house, item).await;
    assert_eq!((kept.content.title.as_str(), kept.version), ("淘汰小锅炉", 1));
}

async fn what_is_missing_is_named_before_an_item_is_issued(base: Fresh) {
    let house = House::found(base.open().await).await;
    let item = house.draft("27-1").await;
    let mut content = house.content();
    (content.owner, content.due) = (None, None);
    content.how.clear();
    let amend = Command::Amend { base: 0, content };
    house.ask("clerk", "2015-01-08", item, amend).await.unwrap();
    house.ask("clerk", "2015-01-08", item, Command::Submit).await.unwrap();
    house.ask("head", "2015-01-08", item, Command::Approve).await.unwrap();
    let refused = house.ask("clerk", "2015-01-09", item, Command::Issue).await.unwrap_err();
    assert!(refused.contains("Incomplete { missing: [How, Owner, ByWhen] }"), "{refused}");
    assert_eq!(state(&house, item).await.stage, Stage::Approved);
}

/// `Scope::sees` and `Scope::condition` are one answer: for every officer, the matters found by
/// the condition are those whose parts the scope sees.
async fn what_one_may_see_is_what_their_lists_show(base: Fresh) {
    let house = House::found(base.open().await).await;
    let mut runner = TestRunner::deterministic();
    let posts: Vec<Id<Post>> = house.officers.iter().map(|one| one.1.post).collect();
    let units: Vec<Id<Unit>> = (3..=6).map(Id::new).collect();
    let post = prop::option::of(prop::sample::select(posts));
    let unit = prop::sample::select(units);
    let parts = (prop::option::of(unit.clone()), prop::collection::vec(unit, 0..3), post.clone())
        .prop_flat_map(move |(lead, co, owner)| (Just(lead), Just(co), Just(owner), post.clone()));
    for round in 0..24 {
        let (lead, co, owner, sponsor) = parts.new_tree(&mut runner).expect("parts").current();
        let item = house.draft(&format!("27-{round}")).await;
        let mut content = house.content();
        (content.lead, content.co_units, content.owner) = (lead, co, owner);
        (content.sponsor, content.watcher) = (sponsor, None);
        let amend = Command::Amend { base: 0, content };
        house.ask("clerk", "2015-01-08", item, amend).await.unwrap();
    }
    let roster = house.store.roster(house.body).await.unwrap();
    let mut seen_by_some = 0;
    for (name, officer) in &house.officers {
        let scope = Scope::of(*officer, &roster, day("2015-01-08"));
        let found = matters_of(&house, &scope.condition()).await;
        let mut seen = Vec::new();
        for id in matters_of(&house, "1 = 1").await {
            let content = state(&house, Id::new(id)).await.content;
            let units = content.lead.into_iter().chain(content.co_units);
            let posts = [content.sponsor, content.owner, content.watcher];
            let parts: Vec<Part> = units
                .map(|unit| Part { unit: Some(unit.0), post: None })
                .chain(posts.iter().flatten().map(|post| Part { unit: None, post: Some(post.0) }))
                .collect();
            if scope.sees(&parts) {
                seen.push(id);
            }
        }
        assert_eq!(found, seen, "{name}");
        seen_by_some += usize::from(!seen.is_empty() && seen.len() < 24);
    }
    assert!(seen_by_some >= 3, "the scopes hardly differ: the test would prove nothing");
}

async fn matters_of(house: &House, condition: &str) -> Vec<i64> {
    let text = format!(
        "select m.id from matter m where m.jurisdiction = $1 and m.kind = 'item' and {condition} \
         order by m.id"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(house.body)
        .fetch_all(house.store.reader())
        .await
        .unwrap();
    rows.iter().map(|row| sqlx::Row::get(row, 0)).collect()
}
