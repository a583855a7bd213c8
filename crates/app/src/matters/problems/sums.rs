//! Counts over the ledger: the tabs, the funnel, the official groups by unit.

use std::collections::BTreeMap;

use mechanisms::plan::item::Timeliness;
use sqlx::Row;

use super::{Filter, count, read};
use crate::{
    access::{Me, Scope},
    failure::Failure,
    matters::{Groups, Origin},
};

/// One of the views every officer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The key of its name.
    pub key: &'static str,
    pub filter: Filter,
}

impl Tab {
    /// Every view, in the order of the tabs.
    pub fn all() -> [Self; 7] {
        let some = |text: &str| Some(text.to_owned());
        let none = Filter::default;
        let tab = |key, filter| Self { key, filter };
        [
            tab("problems-mine", Filter { watcher: some("me"), ..none() }),
            tab("problems-all", Filter::everything()),
            tab("problems-overdue", Filter { due: some("overdue"), ..none() }),
            tab("problems-week", Filter { due: some("week"), ..none() }),
            tab("problems-to-verify", Filter { step: some("to-verify"), ..none() }),
            tab("problems-supervision", Filter { source: some("supervision"), ..none() }),
            tab("problems-public", Filter { source: some("public"), ..none() }),
        ]
    }
}

/// Every view with its count.
pub async fn counts(me: &Me) -> Result<Vec<(Tab, i64)>, Failure> {
    let mut counts = Vec::new();
    for tab in Tab::all() {
        let n = count(me, &tab.filter).await?;
        counts.push((tab, n));
    }
    Ok(counts)
}

/// How many are overdue, of those the officer sees.
pub async fn overdue(me: &Me) -> Result<i64, Failure> {
    count(me, &Filter { due: Some("overdue".into()), ..Filter::default() }).await
}

/// How many problems the body has on its ledgers: a sum that the turns keep.
pub(super) async fn all(me: &Me) -> Result<i64, Failure> {
    me.remember("problems of all", async {
        let row = sqlx::query(
            "select cast(coalesce(sum(n), 0) as bigint) from tally where jurisdiction = $1 \
             and kind = 'problem' and turn = '' and standing in ('open', 'hold', 'done')",
        )
        .bind(me.body.id)
        .fetch_one(me.house.store.reader())
        .await?;
        Ok(row.try_get(0)?)
    })
    .await
}

/// The closing funnel (销号漏斗): how many came how far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// On the ledger, measures set, put right, applied for, closed.
    pub steps: [i64; 5],
    /// In each of the five boxes now.
    pub boxes: [i64; 5],
    pub overdue: i64,
    /// Suspended or excused: on the ledger, in no box.
    pub aside: i64,
}

impl Funnel {
    /// The words of the steps in an address; the first is everything.
    pub const REACHED: [&'static str; 5] = ["", "planned", "ready", "applied", "closed"];

    /// The address of a step's list.
    pub fn href(filter: &Filter, place: usize) -> String {
        match Self::REACHED[place] {
            "" => filter.with("show", "all"),
            word => filter.with("reached", word),
        }
    }
}

/// The funnel of a list, which may be that of a unit or a leader.
pub async fn funnel(me: &Me, filter: &Filter) -> Result<Funnel, Failure> {
    let text = format!(
        "select p.box, count(*) from problem_line p where {} group by p.box order by p.box",
        filter.condition(me)
    );
    let known: BTreeMap<i64, i64> = me
        .remember(&filter.question(&text), async {
            let rows = read(me, filter, text).await?;
            let one = |row: &sqlx::any::AnyRow| Ok((row.try_get(0)?, row.try_get(1)?));
            rows.iter().map(one).collect::<Result<_, Failure>>()
        })
        .await?;
    let all: i64 = known.values().sum();
    let boxes: [i64; 5] = std::array::from_fn(|place| {
        let place = i64::try_from(place).unwrap_or(0) + 1;
        known.get(&place).copied().unwrap_or(0)
    });
    let steps = std::array::from_fn(|place| match place {
        0 => all,
        place => boxes[place..].iter().sum(),
    });
    let late = Filter { due: Some("overdue".into()), ..filter.clone() };
    Ok(Funnel {
        steps,
        boxes,
        overdue: count(me, &late).await?,
        aside: all - boxes.iter().sum::<i64>(),
    })
}

/// The official groups unit by unit, carried over and new.
pub async fn by_unit(me: &Me, filter: &Filter) -> Result<BTreeMap<i64, [Groups; 2]>, Failure> {
    let mut cases = String::new();
    for (place, group) in Timeliness::ALL.iter().enumerate() {
        let condition = super::filter::timeliness(Some(group.word())).trim_start_matches(" and ");
        cases.push_str(&format!(" when {condition} then {place}"));
    }
    let mut units: BTreeMap<i64, [Groups; 2]> = BTreeMap::new();
    for (seat, origin) in Origin::ALL.into_iter().enumerate() {
        let of = Filter { origin: Some(origin.word().into()), ..filter.clone() };
        let text = format!(
            "select p.unit, case{cases} else 0 end as place, count(*) from problem_line p \
             where {} group by 1, 2 order by 1, 2",
            of.condition(me)
        );
        let rows: Vec<(i64, i64, i64)> = me
            .remember(&of.question(&text), async {
                let rows = read(me, &of, text).await?;
                let one = |row: &sqlx::any::AnyRow| {
                    Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))
                };
                rows.iter().map(one).collect::<Result<_, Failure>>()
            })
            .await?;
        for (unit, place, n) in rows {
            let place = usize::try_from(place).unwrap_or(0).min(4);
            units.entry(unit).or_default()[seat][place] += n;
        }
    }
    Ok(units)
}

/// What stands under one unit or leader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owned {
    pub all: i64,
    pub closed: i64,
    pub overdue: i64,
    pub to_verify: i64,
}

/// The problems of each unit (`unit`) or leader (`sponsor`) of a list.
pub async fn by_owner(
    me: &Me,
    column: &'static str,
    filter: &Filter,
) -> Result<BTreeMap<i64, Owned>, Failure> {
    let text = format!(
        "select p.{column}, count(*), sum(case when p.standing = 'done' then 1 else 0 end), \
         sum(case when p.rank < '0' || $2 then 1 else 0 end), \
         sum(case when p.box = 4 then 1 else 0 end) \
         from problem_line p where {} and p.{column} is not null group by 1 order by 1",
        filter.condition(me)
    );
    me.remember(&filter.question(&text), async {
        let rows = read(me, filter, text).await?;
        let one = |row: &sqlx::any::AnyRow| {
            let owned = Owned {
                all: row.try_get(1)?,
                closed: row.try_get(2)?,
                overdue: row.try_get(3)?,
                to_verify: row.try_get(4)?,
            };
            Ok((row.try_get(0)?, owned))
        };
        rows.iter().map(one).collect::<Result<_, Failure>>()
    })
    .await
}

/// The units with a problem on the ledger, found by hopping over an index where the officer sees
/// everything.
pub async fn units(me: &Me) -> Result<Vec<i64>, Failure> {
    if me.scope != Scope::All {
        return Ok(by_owner(me, "unit", &Filter::everything()).await?.into_keys().collect());
    }
    me.remember("problem units", async {
        let rows = sqlx::query(
            "with recursive known(unit) as (select min(unit) from problem_line \
             where jurisdiction = $1 union all select (select min(p.unit) from problem_line p \
             where p.jurisdiction = $1 and p.unit > known.unit) from known \
             where known.unit is not null) select unit from known where exists \
             (select 1 from problem_line p where p.jurisdiction = $1 and p.unit = known.unit \
             and p.rank < '3') order by 1",
        )
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    })
    .await
}

/// The categories there are, found by hopping over an index.
pub async fn categories(me: &Me) -> Result<Vec<String>, Failure> {
    me.remember("problem categories", async {
        let rows = sqlx::query(
            "with recursive known(category) as (select min(category) from problem_line \
             where jurisdiction = $1 union all select (select min(p.category) from problem_line p \
             where p.jurisdiction = $1 and p.category > known.category) from known \
             where known.category is not null) select category from known \
             where category is not null and category <> '' order by 1 limit 200",
        )
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    })
    .await
}
