//! What a list may be narrowed by: the menus of the filter bar, and a chip with its count and a
//! cross for every filter that is set.

use mechanisms::{Id, light::Light, roster::Role};
use sqlx::Row;

use crate::{
    access::Me,
    failure::Failure,
    matters::{self, Counts, Filter},
    ui::words::Words,
};

/// A value one may filter by.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub name: String,
    /// How many items have it, where a sum knows.
    pub count: Option<i64>,
}

/// A menu of the filter bar.
#[derive(Clone, Debug)]
pub struct Menu {
    /// The name in the address.
    pub name: &'static str,
    pub title: String,
    pub choices: Vec<Choice>,
}

/// A filter that is set: what it says, how many items it alone leaves, where it is taken away.
#[derive(Clone, Debug)]
pub struct Chip {
    pub text: String,
    pub count: i64,
    pub without: String,
}

/// The filter bar.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub menus: Vec<Menu>,
    pub chips: Vec<Chip>,
}

/// The menus whose filter is not set, and the chips of those that are. `chart` is the view whose
/// addresses the chips lead to.
pub async fn choices(me: &Me, filter: &Filter, counts: &Counts) -> Result<Choices, Failure> {
    let w = Words::of(me.visit.lang);
    let set = |name| filter.value(name).is_some();
    let mut menus = Vec::new();
    for name in ["area", "sponsor", "lead", "light"] {
        if set(name) {
            continue;
        }
        let choices = match name {
            "area" => areas(me, filter).await?,
            "sponsor" => sponsors(me),
            "lead" => leads(me),
            _ => lights(counts, &w),
        };
        if !choices.is_empty() {
            menus.push(Menu { name, title: w.t(&format!("filter-{name}")), choices });
        }
    }
    let mut chips = Vec::new();
    for name in NARROWING {
        let Some(value) = filter.value(name) else { continue };
        let alone = filter.alone(name);
        chips.push(Chip {
            text: said(me, name, &value, &w).await?,
            count: matters::count(me, &alone).await?,
            without: filter.with(name, ""),
        });
    }
    Ok(Choices { menus, chips })
}

/// Every name in the address that narrows a list.
const NARROWING: [&str; 12] = [
    "area",
    "sponsor",
    "lead",
    "owner",
    "goal",
    "light",
    "stage",
    "timeliness",
    "origin",
    "waits",
    "cascaded",
    "q",
];

/// A filter in words: 牵头单位：市环保局.
async fn said(me: &Me, name: &str, value: &str, w: &Words) -> Result<String, Failure> {
    let id = value.parse::<i64>().unwrap_or(0);
    let told = match name {
        "light" => w.t(&format!("light-{value}")),
        "timeliness" => w.t(&format!("timeliness-{value}")),
        "stage" => w.t(&format!("stage-{value}")),
        "waits" => w.t(&format!("todo-{value}")),
        "origin" => return Ok(w.t(&format!("origin-{value}"))),
        "cascaded" => return Ok(w.t(&format!("cascaded-{value}"))),
        "lead" => me.roster.unit_name(Id::new(id)).to_owned(),
        "sponsor" | "owner" => me.roster.post_title(Id::new(id)).to_owned(),
        "goal" => goal(me, id).await?,
        _ => value.to_owned(),
    };
    Ok(format!("{}{}{told}", w.t(&format!("filter-{name}")), w.t("colon")))
}

async fn goal(me: &Me, id: i64) -> Result<String, Failure> {
    let row = sqlx::query(
        "select number, title from matter where jurisdiction = $1 and kind = 'goal' and id = $2",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_optional(me.house.store.reader())
    .await?;
    let Some(row) = row else { return Ok(id.to_string()) };
    let (number, title): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    Ok(format!("{number} {title}"))
}

/// The areas of goals, found by hopping over an index.
async fn areas(me: &Me, filter: &Filter) -> Result<Vec<Choice>, Failure> {
    if filter.goal.is_some() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "with recursive known(area) as (select min(area) from matter where jurisdiction = $1 \
         and kind = 'goal' union all select (select min(m.area) from matter m \
         where m.jurisdiction = $1 and m.kind = 'goal' and m.area > known.area) from known \
         where known.area is not null) select area from known where area is not null order by 1",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut areas = Vec::new();
    for row in &rows {
        let name: String = row.try_get(0)?;
        if !name.is_empty() {
            areas.push(Choice { value: name.clone(), name, count: None });
        }
    }
    Ok(areas)
}

fn sponsors(me: &Me) -> Vec<Choice> {
    let leaders = me.roster.posts();
    leaders
        .filter(|(_, post)| post.role == Role::Leader && post.closed.is_none())
        .map(|(id, post)| Choice { value: id.0.to_string(), name: post.title.clone(), count: None })
        .collect()
}

fn leads(me: &Me) -> Vec<Choice> {
    let units = me.roster.units();
    units
        .filter(|(_, unit)| unit.kind.is_counted() && unit.to.is_none())
        .map(|(id, unit)| Choice { value: id.0.to_string(), name: unit.name.clone(), count: None })
        .collect()
}

fn lights(counts: &Counts, w: &Words) -> Vec<Choice> {
    let urgent = Choice {
        value: "urgent".to_owned(),
        name: w.t("light-urgent"),
        count: Some(counts.named(Some("urgent"))),
    };
    let each = Light::ALL.iter().map(|light| Choice {
        value: light.word().to_owned(),
        name: w.light(light),
        count: Some(counts.of(*light)),
    });
    [urgent].into_iter().chain(each).collect()
}
