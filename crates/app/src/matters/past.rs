//! A past day: the items as they stood at its end, replayed from their entries up to that day, so
//! that what was changed or taken away since is there again. Sums of the same day come from the
//! tally; a test holds both together.
//!
//! Rows know only today. What is replayed is therefore bounded: a list of more than [`MOST`]
//! items shows its sums, and asks to be narrowed to a goal.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use mechanisms::{
    Day, Id, Mechanism,
    light::{Light, Turns},
    plan::item::{Item, Timeliness},
};
use sqlx::{AssertSqlSafe, Row};

use super::{
    Counts, Filter, Line,
    span::{Origin, Span, span},
    sums::Groups,
};
use crate::{
    access::Me,
    failure::{Failure, Meaning},
    store::{
        kept::{NEVER, replay, sortable},
        pen,
    },
};

/// The most items one page replays.
pub const MOST: usize = 5_000;

/// One item as it stood.
#[derive(Clone, Debug)]
pub struct Seen {
    pub id: i64,
    pub item: Item,
    pub turns: Turns,
}

/// What one request has replayed, by the condition that found it; nothing where it was too much.
pub type Replayed = HashMap<String, Option<Arc<Vec<Seen>>>>;

/// The items behind rows `m`, as they stood at the end of a day.
pub async fn replayed(me: &Me, which: &str, until: Day) -> Result<Vec<(i64, Item)>, Failure> {
    let text = format!(
        "select e.number, e.day, e.at, e.person, e.post, e.payload, e.matter from entry e \
         where e.jurisdiction = $1 and e.kind = 'item' and e.day <= $2 and e.matter in \
         (select m.id from matter m where m.jurisdiction = $1 and m.kind = 'item'{which}) \
         order by e.matter, e.number"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(until.to_string())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut items = Vec::new();
    for of_one in rows.chunk_by(|one, next| matter(one) == matter(next)) {
        let facts = of_one.iter().map(pen::fact).collect::<Result<Vec<_>, _>>()?;
        let id = of_one.first().map_or(0, matter);
        let state = replay::<Item>(&facts)
            .meaning(&format!("corrupt journal: replaying {} {id}", Item::KIND))?;
        items.extend(state.map(|item| (id, item)));
    }
    Ok(items)
}

fn matter(row: &sqlx::any::AnyRow) -> i64 {
    row.try_get(6).unwrap_or(0)
}

/// Can the rows of this address be shown for the past day that is asked for?
pub async fn within(me: &Me, filter: &Filter) -> Result<bool, Failure> {
    Ok(me.past.is_none() || seen(me, filter).await?.is_some())
}

/// Everything that may be on the lists of an address.
async fn seen(me: &Me, filter: &Filter) -> Result<Option<Arc<Vec<Seen>>>, Failure> {
    let mut which = format!(" and {}", me.scope.condition());
    for (column, value) in [("plan", filter.plan), ("parent", filter.goal)] {
        if let Some(value) = value {
            which.push_str(&format!(" and m.{column} = {value}"));
        }
    }
    if filter.is_bounded() {
        which.push_str(&format!(" and m.plan in ({})", span(me, filter).await?.plans()));
    }
    let mut known = me.replayed.lock().await;
    if let Some(known) = known.get(&which) {
        return Ok(known.clone());
    }
    let few = Filter::default().few(me);
    let text = format!("select count(*) from {few}m.jurisdiction = $1 and m.kind = 'item'{which}");
    let n: i64 = me
        .remember(&text.clone(), async {
            let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
            Ok(query.fetch_one(me.house.store.reader()).await?.try_get(0)?)
        })
        .await?;
    let read = match usize::try_from(n).is_ok_and(|n| n <= MOST) {
        false => None,
        true => {
            let items = replayed(me, &which, me.today()).await?;
            let (lights, calendar) = (me.house.store.lights(), &me.calendar);
            let seen = |(id, item): (i64, Item)| {
                let turns = item.turns(lights, calendar);
                Seen { id, item, turns }
            };
            Some(Arc::new(items.into_iter().map(seen).collect()))
        }
    };
    known.insert(which, read.clone());
    Ok(read)
}

/// The items of the list, in its order.
pub async fn all(me: &Me, filter: &Filter) -> Result<Vec<Seen>, Failure> {
    let Some(seen) = seen(me, filter).await? else { return Ok(Vec::new()) };
    let areas = areas(me, filter).await?;
    let span = span(me, filter).await?;
    let listed = Listed { me, filter, areas, span };
    let mut list: Vec<Seen> = seen.iter().filter(|one| listed.has(one)).cloned().collect();
    let number = filter.sort.as_deref() == Some("number");
    let red = |one: &Seen| one.turns.red_on.map_or(NEVER.to_owned(), |day| day.to_string());
    let key = |one: &Seen| {
        let first = if number { String::new() } else { red(one) };
        (first, sortable(&one.item.number), one.id)
    };
    list.sort_by_cached_key(key);
    Ok(list)
}

pub(super) async fn lines(
    me: &Me,
    filter: &Filter,
    limit: i64,
    skip: i64,
) -> Result<Vec<Line>, Failure> {
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let list = all(me, filter).await?;
    let page = list.iter().skip(count(skip)).take(count(limit));
    Ok(page.map(|one| line(one, me)).collect())
}

pub(super) async fn of_goals(
    me: &Me,
    goals: &[i64],
    filter: &Filter,
) -> Result<Vec<Line>, Failure> {
    let numbered = Filter { sort: Some("number".into()), ..filter.clone() };
    let list = all(me, &numbered).await?;
    let of = list.iter().filter(|one| goals.contains(&one.item.goal.0));
    Ok(of.map(|one| line(one, me)).collect())
}

pub(super) async fn count(me: &Me, filter: &Filter) -> Result<i64, Failure> {
    Ok(i64::try_from(all(me, filter).await?.len()).unwrap_or(i64::MAX))
}

pub(super) async fn counts(me: &Me, filter: &Filter) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    for one in all(me, filter).await? {
        counts.add(light(&one, me).word(), 1);
    }
    Ok(counts)
}

pub(super) async fn timely(me: &Me, filter: &Filter) -> Result<[Groups; 2], Failure> {
    let mut groups = [[0; 5]; 2];
    for of_unit in by_unit(me, filter).await?.values() {
        for (sum, of_origin) in groups.iter_mut().zip(of_unit) {
            sum.iter_mut().zip(of_origin).for_each(|(sum, n)| *sum += n);
        }
    }
    Ok(groups)
}

pub(super) async fn by_unit(
    me: &Me,
    filter: &Filter,
) -> Result<BTreeMap<Option<i64>, [Groups; 2]>, Failure> {
    let span = span(me, filter).await?;
    let mut units: BTreeMap<Option<i64>, [Groups; 2]> = BTreeMap::new();
    for one in all(me, filter).await? {
        let item = &one.item;
        let carried = span.counts(item.plan.0, item.stage.standing(), item.done_on);
        let origin = usize::from(filter.plan.is_some() || carried != Some(Origin::Carried));
        let group = Timeliness::ALL.iter().position(|group| Some(*group) == timeliness(item, me));
        if let Some(group) = group {
            let lead = item.content.lead.map(|unit| unit.0);
            units.entry(lead).or_default()[origin][group] += 1;
        }
    }
    Ok(units)
}

/// What earlier years' plans had ended in this one by the day: on time, late, undated.
pub(super) async fn ended(me: &Me, span: &Span) -> Result<[i64; 3], Failure> {
    let which =
        format!(" and m.plan in ({}) and m.done_on >= '{}'", list(&span.old), span.begins_on());
    let mut ended = [0; 3];
    for (_, item) in replayed(me, &which, me.today()).await? {
        if item.stage.standing() == "done" {
            let place = match (item.due_on(), item.done_on) {
                (None, _) => 2,
                (Some(due), Some(done)) if done <= due => 0,
                _ => 1,
            };
            ended[place] += 1;
        }
    }
    Ok(ended)
}

fn list(ids: &[i64]) -> String {
    super::span::list(ids)
}

async fn areas(me: &Me, filter: &Filter) -> Result<HashMap<i64, String>, Failure> {
    let mut areas = HashMap::new();
    if filter.area_text().is_empty() {
        return Ok(areas);
    }
    let rows = sqlx::query(
        "select id, area from matter where jurisdiction = $1 and kind = 'goal' and area = $2 \
         order by id",
    )
    .bind(me.body.id)
    .bind(filter.area_text())
    .fetch_all(me.house.store.reader())
    .await?;
    for row in &rows {
        areas.insert(row.try_get(0)?, row.try_get(1)?);
    }
    Ok(areas)
}

/// An address, ready to say of each item whether its list has it: the same as the condition on
/// rows.
struct Listed<'a> {
    me: &'a Me,
    filter: &'a Filter,
    areas: HashMap<i64, String>,
    span: Span,
}

impl Listed<'_> {
    fn has(&self, one: &Seen) -> bool {
        let (filter, item, content) = (self.filter, &one.item, &one.item.content);
        let standing = item.stage.standing();
        let light = light(one, self.me);
        let shown = match filter.light.as_deref() {
            Some("urgent") => matches!(light, Light::Late | Light::Warn),
            Some(word) => light.word() == word && standing != "gone",
            None => standing != "gone",
        };
        let same = |wanted: Option<i64>, is: Option<i64>| wanted.is_none() || wanted == is;
        let parties = same(filter.lead, content.lead.map(|id| id.0))
            && same(filter.sponsor, content.sponsor.map(|id| id.0))
            && same(filter.owner, content.owner.map(|id| id.0))
            && same(filter.above, item.parent.map(|id: Id<Item>| id.0));
        let stage = filter.stage.as_deref().is_none_or(|stage| item.stage.word() == stage);
        let area = filter.area_text().is_empty() || self.areas.contains_key(&item.goal.0);
        let q = filter.q.as_deref().unwrap_or_default().trim().to_lowercase();
        let words = content.title.to_lowercase().contains(&q) || item.number.contains(&q);
        let taken = match filter.cascaded.as_deref() {
            Some("yes") => !item.children.is_empty(),
            Some("no") => item.children.is_empty(),
            _ => true,
        };
        shown && parties && stage && area && words && taken && self.counts(item) && self.says(item)
    }

    fn counts(&self, item: &Item) -> bool {
        if !self.filter.is_bounded() && self.filter.origin.is_none() {
            return true;
        }
        let origin = self.span.counts(item.plan.0, item.stage.standing(), item.done_on);
        match self.filter.origin() {
            None => origin.is_some(),
            wanted => origin == wanted,
        }
    }

    /// Timeliness, and the move it waits for.
    fn says(&self, item: &Item) -> bool {
        let group = timeliness(item, self.me).map(Timeliness::word);
        let waits = |what: &str| {
            let moves = item.waits_for(&self.me.calendar);
            moves.iter().any(|one| one.what == what && one.since <= self.me.today())
        };
        let timely = |wanted| group == Some(wanted) || wanted == "issued" && group.is_some();
        self.filter.timeliness.as_deref().is_none_or(timely)
            && self.filter.waits.as_deref().is_none_or(waits)
    }
}

/// The official group by the deadline that stood on the day.
fn timeliness(item: &Item, me: &Me) -> Option<Timeliness> {
    let group = |on_time, one, other| if on_time { one } else { other };
    match (item.stage.standing(), item.due_on(), item.done_on) {
        ("draft" | "gone", ..) => None,
        (_, None, _) => Some(Timeliness::Undated),
        ("done", Some(due), done) => Some(group(
            done.is_some_and(|done| done <= due),
            Timeliness::DoneOnTime,
            Timeliness::DoneLate,
        )),
        (_, Some(due), _) => {
            Some(group(me.today() <= due, Timeliness::NotYetDue, Timeliness::Overdue))
        }
    }
}

fn light(one: &Seen, me: &Me) -> Light {
    super::light(one.item.stage.standing(), one.turns, me.today())
}

/// The line of a list, as the item's row was on the day.
pub fn line(one: &Seen, me: &Me) -> Line {
    let (item, content) = (&one.item, &one.item.content);
    let open = item.stage.standing() == "open";
    Line {
        id: one.id,
        number: item.number.clone(),
        title: content.title.clone(),
        goal: item.goal.0,
        plan: item.plan.0,
        lead: content.lead.map(|unit| unit.0),
        sponsor: content.sponsor.map(|post| post.0),
        owner: content.owner.map(|post| post.0),
        stage: item.stage.word().to_owned(),
        standing: item.stage.standing().to_owned(),
        start_on: content.start_on,
        due_on: item.due_on(),
        forecast_on: item.forecast_on(),
        latest_start_on: item.latest_start_on(&me.calendar).filter(|_| open),
        done_on: item.done_on,
        percent: item.percent(),
        yellow_on: one.turns.yellow_on,
        red_on: one.turns.red_on,
        light: light(one, me),
    }
}
