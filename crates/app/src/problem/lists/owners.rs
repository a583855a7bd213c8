//! The ledgers of units and leaders: who has what, and each one's own ledger with its funnel and
//! the official groups.

use askama::Template;
use axum::{extract::Path, response::Html};
use mechanisms::{Id, plan::item::Timeliness};

use super::row::{RowView, row};
use crate::{
    access::Me,
    matters::{
        Groups, Origin,
        problems::{self, Filter, Owned, PAGE},
    },
    trouble::Trouble,
    ui::{self, Shell, funnel, words::Words},
};

/// A unit or leader with what stands under it.
struct OwnerRow {
    id: i64,
    name: String,
    owned: Owned,
    filter: Filter,
}

impl OwnerRow {
    fn list(&self, name: &str, value: &str) -> String {
        self.filter.with(name, value)
    }
}

#[derive(Template)]
#[template(path = "problem/lists/owners.html")]
struct OwnersPage {
    shell: Shell,
    title: String,
    lede: String,
    /// `units` or `leaders`.
    path: &'static str,
    rows: Vec<OwnerRow>,
}

#[derive(Template)]
#[template(path = "problem/lists/owner.html")]
struct OwnerPage {
    shell: Shell,
    title: String,
    path: &'static str,
    filter: Filter,
    lede: String,
    funnel: String,
    groups: Vec<GroupRow>,
    total: i64,
    rows: Vec<RowView>,
}

/// The official groups of what was carried over, or is new, each with its list.
pub struct GroupRow {
    pub name: String,
    pub href: String,
    pub cells: Vec<(i64, String)>,
    pub total: (i64, String),
}

pub async fn units_page(me: Me) -> Result<Html<String>, Trouble> {
    let owned = problems::by_owner(&me, "unit", &Filter::everything()).await?;
    let row = |(id, owned): (i64, Owned)| OwnerRow {
        id,
        name: me.roster.unit_name(Id::new(id)).to_owned(),
        owned,
        filter: of_unit(id),
    };
    owners(&me, "units", owned.into_iter().map(row).collect()).await
}

pub async fn leaders_page(me: Me) -> Result<Html<String>, Trouble> {
    let owned = problems::by_owner(&me, "sponsor", &Filter::everything()).await?;
    let row = |(id, owned): (i64, Owned)| OwnerRow {
        id,
        name: me.roster.post_title(Id::new(id)).to_owned(),
        owned,
        filter: of_leader(id),
    };
    owners(&me, "leaders", owned.into_iter().map(row).collect()).await
}

fn of_unit(id: i64) -> Filter {
    Filter { unit: Some(id.to_string()), ..Filter::default() }
}

fn of_leader(id: i64) -> Filter {
    Filter { sponsor: Some(id.to_string()), ..Filter::default() }
}

async fn owners(
    me: &Me,
    path: &'static str,
    mut rows: Vec<OwnerRow>,
) -> Result<Html<String>, Trouble> {
    rows.sort_by_key(|row| (-row.owned.overdue, row.owned.closed - row.owned.all, row.id));
    let w = Words::of(me.visit.lang);
    let late = rows.iter().filter(|row| row.owned.overdue > 0).count();
    let args = [("n", rows.len().to_string()), ("late", late.to_string())];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    Ok(ui::page(&OwnersPage {
        shell: Shell::of(me, "/problems").await?,
        title: w.t(&format!("problems-{path}")),
        lede: w.a(&format!("problems-{path}-lede"), &args),
        path,
        rows,
    })?)
}

pub async fn unit_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    let unit = Id::new(id);
    me.roster.unit(unit).ok_or(Trouble::NotFound)?;
    let w = Words::of(me.visit.lang);
    let title = w.a("problems-of", &[("name", me.roster.unit_name(unit))]);
    owner(&me, title, "units", of_unit(id)).await
}

pub async fn leader_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    let post = Id::new(id);
    me.roster.post(post).ok_or(Trouble::NotFound)?;
    let w = Words::of(me.visit.lang);
    let title = w.a("problems-of", &[("name", me.roster.post_title(post))]);
    owner(&me, title, "leaders", of_leader(id)).await
}

async fn owner(
    me: &Me,
    title: String,
    path: &'static str,
    filter: Filter,
) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let total = problems::count(me, &filter).await?;
    let came = problems::funnel(me, &filter).await?;
    let args = [
        ("all", total.to_string()),
        ("closed", came.steps[4].to_string()),
        ("late", came.overdue.to_string()),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    let links = [
        ("all", filter.with("show", "all")),
        ("closed", filter.with("step", "closed")),
        ("late", filter.with("due", "overdue")),
    ];
    let links: Vec<(&str, &str)> = links.iter().map(|(name, href)| (*name, &**href)).collect();
    let split = problems::by_unit(me, &filter).await?;
    let mut sums = [[0; 5]; 2];
    for one in split.values() {
        add(&mut sums, one);
    }
    let lines = problems::lines(me, &filter, PAGE, 0).await?;
    let page = OwnerPage {
        shell: Shell::of(me, "/problems").await?,
        lede: w.linked("problems-owner-lede", &args, &links),
        funnel: funnel::of(&came, &filter, &w),
        groups: group_rows(&filter, &sums, &w),
        rows: lines.into_iter().map(|line| row(me, line, &w)).collect(),
        title,
        path,
        total,
        filter,
    };
    Ok(ui::page(&page)?)
}

pub fn add(sums: &mut [Groups; 2], other: &[Groups; 2]) {
    for (sum, other) in sums.iter_mut().zip(other) {
        for (one, more) in sum.iter_mut().zip(other) {
            *one += more;
        }
    }
}

/// What was carried over and what is new, a row each.
pub fn group_rows(filter: &Filter, sums: &[Groups; 2], w: &Words) -> Vec<GroupRow> {
    let rows = Origin::ALL.into_iter().zip(sums).map(|(origin, groups)| {
        let of = Filter { origin: Some(origin.word().into()), show: None, ..filter.clone() };
        group_row(w.t(&format!("origin-{}", origin.word())), &of, groups)
    });
    rows.collect()
}

pub fn group_row(name: String, filter: &Filter, groups: &Groups) -> GroupRow {
    let cells = Timeliness::ALL.iter().zip(groups);
    let cells = cells.map(|(group, n)| (*n, filter.with("timeliness", group.word())));
    let href = format!("/problems{}", filter.query());
    GroupRow { name, cells: cells.collect(), total: (groups.iter().sum(), href.clone()), href }
}
