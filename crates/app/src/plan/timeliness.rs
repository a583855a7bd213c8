//! Timeliness (办理时效): the five official groups, split into what earlier years left
//! (以前年度结转) and what is new (本年新增), by lead unit. Every number opens its list.

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::plan::item::Timeliness;

use crate::matters::{self as list, Filter, Groups, Origin, past};
use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

/// A lead unit with its groups.
struct UnitLine {
    /// The unit; none where an item has no lead unit.
    id: Option<i64>,
    name: String,
    groups: [Groups; 2],
}

/// A line of the table: every number with the query of its list.
struct Drawn {
    name: String,
    href: String,
    cells: Vec<Cell>,
    total: i64,
    total_href: String,
}

/// One number: it may begin a group, and it may be of what is overdue.
struct Cell {
    n: i64,
    href: String,
    first: bool,
    overdue: bool,
}

impl UnitLine {
    fn total(&self) -> i64 {
        self.groups.iter().flatten().sum()
    }

    fn drawn(self, filter: &Filter) -> Drawn {
        let mut cells = Vec::new();
        for group in 0..5 {
            for (origin, of_origin) in self.groups.iter().enumerate() {
                cells.push(Cell {
                    n: of_origin[group],
                    href: self.link(filter, Some(origin), Some(group)),
                    first: origin == 0,
                    overdue: group == 3,
                });
            }
        }
        Drawn {
            href: self.link(filter, None, None),
            total_href: self.issued(filter),
            total: self.total(),
            name: self.name,
            cells,
        }
    }

    /// The query of everything that was issued.
    fn issued(&self, filter: &Filter) -> String {
        let narrowed = Filter { lead: self.id, level: Some("own".to_owned()), ..filter.bounds() };
        narrowed.with("timeliness", "issued")
    }

    /// The query that leads to the list behind one number.
    fn link(&self, filter: &Filter, origin: Option<usize>, group: Option<usize>) -> String {
        let word = |place: usize| Timeliness::ALL.get(place).map(|group| group.word().to_owned());
        let of = |place: usize| Origin::ALL.get(place).map(|origin| origin.word().to_owned());
        let narrowed = Filter {
            lead: self.id,
            level: self.id.map(|_| "own".to_owned()),
            origin: origin.and_then(of),
            timeliness: group.and_then(word),
            ..filter.bounds()
        };
        narrowed.with("page", "")
    }
}

#[derive(Template)]
#[template(path = "plan/timeliness.html")]
struct TimelinessPage {
    shell: Shell,
    filter: Filter,
    lede: String,
    units: Vec<Drawn>,
    unled: i64,
    groups: Vec<&'static str>,
    within: bool,
}

pub async fn timeliness_page(
    me: Me,
    Query(filter): Query<Filter>,
) -> Result<Html<String>, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let w = Words::of(me.visit.lang);
    let within = past::within(&me, &filter).await?;
    let groups = list::timely(&me, &filter).await?;
    let mut units = by_unit(&me, &filter).await?;
    let unled = units.iter().find(|unit| unit.id.is_none()).map_or(0, UnitLine::total);
    units.retain(|unit| unit.id.is_some());
    let late = |unit: &UnitLine| unit.groups[0][3] + unit.groups[1][3];
    units.sort_by_key(|unit| (-late(unit), -unit.total(), unit.id));
    let of = |group: usize| groups[0][group] + groups[1][group];
    let bounds = filter.bounds();
    let to = |word: &str| format!("/items{}", bounds.with("timeliness", word));
    let numbers: Vec<String> = (0..5).map(|group| of(group).to_string()).collect();
    let names = ["kept", "missed", "ahead", "overdue", "undated"];
    let args: Vec<(&str, &str)> = names.into_iter().zip(numbers.iter().map(|n| &**n)).collect();
    let words: Vec<&'static str> = Timeliness::ALL.iter().map(|group| group.word()).collect();
    let links: Vec<String> = words.iter().map(|word| to(word)).collect();
    let links: Vec<(&str, &str)> = names.into_iter().zip(links.iter().map(|to| &**to)).collect();
    let page = TimelinessPage {
        lede: w.linked("timeliness-lede", &args, &links),
        shell: Shell::of(&me, "/plan").await?,
        units: [UnitLine { id: None, name: w.t("whole"), groups }]
            .into_iter()
            .chain(units)
            .map(|unit| unit.drawn(&filter))
            .collect(),
        unled,
        groups: words,
        within,
        filter,
    };
    Ok(ui::page(&page)?)
}

/// The groups of every lead unit.
async fn by_unit(me: &Me, filter: &Filter) -> Result<Vec<UnitLine>, Trouble> {
    let name = |id: i64| me.roster.unit_name(mechanisms::Id::new(id)).to_owned();
    let line = |(id, groups): (Option<i64>, _)| UnitLine {
        name: id.map(name).unwrap_or_default(),
        id,
        groups,
    };
    Ok(list::by_unit(me, filter).await?.into_iter().map(line).collect())
}
