//! What a filled database offers the bench: something to write on, something to look at.

use app::store::Store;
use mechanisms::{
    Id,
    plan::{Plan, item::Item},
    roster::{Post, Role, Unit},
};
use sqlx::Row;

/// What there is to write on and to look at.
pub struct World {
    /// Items still in draft, for the writers.
    pub drafts: Vec<Id<Item>>,
    /// An item under way with reports, led by the environment bureau.
    pub item: Id<Item>,
    /// The body's big plan of this year.
    pub plan: Id<Plan>,
    pub unit: Id<Unit>,
    pub sponsor: Id<Post>,
}

/// Finds it.
pub async fn find(store: &Store) -> World {
    let numbers = async |text: &'static str| -> Vec<i64> {
        let rows = sqlx::query(text).fetch_all(store.reader()).await.expect("an answer");
        rows.iter().map(|row| row.try_get(0).expect("a number")).collect()
    };
    let plan = "select min(id) from plan where title = '2015年大计划'";
    let drafts = "select id from matter where jurisdiction = 1 and kind = 'item' \
                  and stage = 'draft' order by id limit 2000";
    let item = "select m.id from matter m join plan p on p.jurisdiction = m.jurisdiction \
                and p.id = m.plan where m.jurisdiction = 1 and m.kind = 'item' \
                and m.stage = 'under-way' and p.title = '2015年大计划' and m.owner = 1085 \
                order by m.id limit 1";
    let roster = store.roster(1).await.expect("the roster");
    let bureau = roster.units().find(|(_, unit)| unit.name == "市环保局");
    let unit = bureau.expect("the environment bureau").0;
    let item = item.replace("1085", &roster.head_of(unit).expect("its head").to_string());
    let rows = sqlx::query(sqlx::AssertSqlSafe(item)).fetch_all(store.reader()).await;
    let item = rows.expect("an item")[0].try_get::<i64, _>(0).expect("a number");
    let leader = roster.posts().find(|(_, post)| post.role == Role::Leader);
    World {
        drafts: numbers(drafts).await.into_iter().map(Id::new).collect(),
        item: Id::new(item),
        plan: Id::new(numbers(plan).await[0]),
        unit,
        sponsor: leader.expect("a leader").0,
    }
}

/// How many items are in each stage, how many moves wait, and how long the journal is.
pub async fn spread(store: &Store) -> String {
    let rows = sqlx::query(
        "select stage, count(*) from matter where kind = 'item' group by stage \
         union all select 'moves', count(*) from todo \
         union all select 'entries', cast(sum(size) as bigint) from head order by 1",
    );
    let rows = rows.fetch_all(store.reader()).await.expect("the stages");
    let parts: Vec<String> = rows
        .iter()
        .map(|row| {
            let name: String = row.try_get(0).expect("a name");
            format!("{name} {}", row.try_get::<i64, _>(1).expect("a count"))
        })
        .collect();
    parts.join(", ")
}
