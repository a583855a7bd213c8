//! Statistics in the five official groups, carried over and new, in all and unit by unit; and the
//! closing funnel. Every number opens its list.

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::Id;

use super::{
    choices::ledgers,
    owners::{GroupRow, add, group_row, group_rows},
};
use crate::{
    access::Me,
    matters::problems::{self, Filter},
    trouble::Trouble,
    ui::{self, Shell, funnel, words::Words},
};

#[derive(Template)]
#[template(path = "problem/lists/statistics.html")]
struct StatisticsPage {
    shell: Shell,
    filter: Filter,
    total: i64,
    funnel: String,
    whole: Vec<GroupRow>,
    units: Vec<GroupRow>,
    ledgers: Vec<(String, String)>,
}

pub async fn statistics_page(me: Me, Query(asked): Query<Filter>) -> Result<Html<String>, Trouble> {
    let filter = Filter { ledger: asked.ledger, ..Filter::default() };
    let filter = if filter.ledger.is_some() { filter } else { Filter::everything() };
    let w = Words::of(me.visit.lang);
    let came = problems::funnel(&me, &filter).await?;
    let split = problems::by_unit(&me, &filter).await?;
    let mut sums = [[0; 5]; 2];
    let mut units = Vec::new();
    for (id, one) in &split {
        add(&mut sums, one);
        let groups = std::array::from_fn(|place| one[0][place] + one[1][place]);
        let of = Filter { unit: Some(id.to_string()), show: None, ..filter.clone() };
        units.push(group_row(me.roster.unit_name(Id::new(*id)).to_owned(), &of, &groups));
    }
    units.sort_by_key(|row| (-row.cells[3].0, -row.total.0));
    let page = StatisticsPage {
        shell: Shell::of(&me, "/problems").await?,
        total: problems::count(&me, &filter).await?,
        funnel: funnel::of(&came, &filter, &w),
        whole: group_rows(&filter, &sums, &w),
        ledgers: ledgers(&me).await?,
        units,
        filter,
    };
    Ok(ui::page(&page)?)
}
