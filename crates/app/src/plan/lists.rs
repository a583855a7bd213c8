//! The other views of the run chart: the list (表格), which is also where every number leads, and
//! the chain of responsibility (责任链): sponsor, lead unit, owner, item.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Query,
    http::header,
    response::{Html, IntoResponse, Response},
};
use mechanisms::{light::Light, roster::Power};

use super::{
    chart::{ItemRow, item_row},
    choices::{Choices, choices},
    sheet,
};
use crate::matters::{self as list, Filter, PAGE, past};
use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

/// The most items the chain of responsibility draws at once.
const CHAIN: i64 = 500;

#[derive(Template)]
#[template(path = "plan/list.html")]
struct ListPage {
    shell: Shell,
    filter: Filter,
    total: i64,
    rows: Vec<ItemRow>,
    choices: Choices,
    last_page: i64,
    within: bool,
    may_register: bool,
}

/// One sponsor, and what stands under them.
struct Sponsor {
    id: Option<i64>,
    title: String,
    /// How many show each light, and the query of their list.
    counts: Vec<(Light, usize, Option<String>)>,
    units: Vec<(Option<i64>, String, Vec<ItemRow>)>,
}

#[derive(Template)]
#[template(path = "plan/chain.html")]
struct ChainPage {
    shell: Shell,
    filter: Filter,
    sponsors: Vec<Sponsor>,
    lede: String,
    rest: i64,
    choices: Choices,
    within: bool,
    may_register: bool,
}

pub async fn list_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let within = past::within(&me, &filter).await?;
    let total = list::count(&me, &filter).await?;
    let skip = (filter.page() - 1) * PAGE;
    let lines = list::lines(&me, &filter, PAGE, skip).await?;
    let counts = list::counts(&me, &filter).await?;
    let page = ListPage {
        choices: choices(&me, &filter, &counts).await?,
        shell: Shell::of(&me, "/plan").await?,
        total,
        rows: lines.into_iter().map(|line| item_row(&me, line)).collect(),
        last_page: (total + PAGE - 1).max(1) / PAGE,
        within,
        may_register: me.past.is_none() && me.may(Power::Register),
        filter,
    };
    Ok(ui::page(&page)?)
}

/// The same list as a workbook, whole.
pub async fn list_xlsx(me: Me, Query(filter): Query<Filter>) -> Result<Response, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    if !past::within(&me, &filter).await? {
        return Err(Trouble::Unreadable { field: "as_of".into(), why: "past-too-many" });
    }
    let book = sheet::book(&me, &filter).await?;
    let name = format!("attachment; filename=\"items-{}.xlsx\"", me.today());
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, book).into_response())
}

pub async fn chain_page(me: Me, Query(filter): Query<Filter>) -> Result<Html<String>, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let w = Words::of(me.visit.lang);
    let within = past::within(&me, &filter).await?;
    let total = list::count(&me, &filter).await?;
    let lines = list::lines(&me, &filter, CHAIN, 0).await?;
    let shown = i64::try_from(lines.len()).unwrap_or(CHAIN);
    let sponsors = sponsors(&me, lines, &filter);
    let mut leads: Vec<Option<i64>> =
        sponsors.iter().flat_map(|one| one.units.iter().map(|unit| unit.0)).collect();
    leads.sort_unstable();
    leads.dedup();
    let all = format!("/items{}", filter.with("all", ""));
    let args = [
        ("sponsors", sponsors.iter().filter(|one| one.id.is_some()).count().to_string()),
        ("leads", leads.iter().flatten().count().to_string()),
        ("items", total.to_string()),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    let counts = list::counts(&me, &filter).await?;
    let page = ChainPage {
        lede: w.linked("chain-lede", &args, &[("items", &all)]),
        choices: choices(&me, &filter, &counts).await?,
        shell: Shell::of(&me, "/plan").await?,
        rest: total - shown,
        sponsors,
        within,
        may_register: me.past.is_none() && me.may(Power::Register),
        filter,
    };
    Ok(ui::page(&page)?)
}

/// Sponsors in the order of their most urgent item, those without one last.
fn sponsors(me: &Me, lines: Vec<list::Line>, filter: &Filter) -> Vec<Sponsor> {
    let mut sponsors: Vec<Sponsor> = Vec::new();
    let mut places: BTreeMap<Option<i64>, usize> = BTreeMap::new();
    for line in lines {
        let row = item_row(me, line);
        let (sponsor, lead) = (row.line.sponsor, row.line.lead);
        let place = *places.entry(sponsor).or_insert(sponsors.len());
        if place == sponsors.len() {
            let (title, counts, units) = (row.sponsor.clone(), Vec::new(), Vec::new());
            sponsors.push(Sponsor { id: sponsor, title, counts, units });
        }
        let units = &mut sponsors[place].units;
        match units.iter_mut().find(|unit| unit.0 == lead) {
            Some(unit) => unit.2.push(row),
            None => units.push((lead, row.lead.clone(), vec![row])),
        }
    }
    let order = [Light::Late, Light::Warn, Light::Ok, Light::Hold, Light::Idle, Light::Done];
    for one in &mut sponsors {
        let rows = || one.units.iter().flat_map(|unit| &unit.2);
        let n = |light| rows().filter(|row| row.line.light == light).count();
        let link = |light: Light| one.id.map(|id| filter.of_sponsor(id, light.word()));
        one.counts = order.into_iter().map(|light| (light, n(light), link(light))).collect();
        one.counts.retain(|count| count.1 > 0);
    }
    sponsors.sort_by_key(|one| one.id.is_none());
    sponsors
}
