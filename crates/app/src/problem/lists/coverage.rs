//! Coverage (覆盖): which of the units that must file a list have an approved one, out of all of
//! them; and those that have not, by name.

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::{
    Id,
    problem::ledger::{Filing, Ledger},
};
use serde::Deserialize;

use super::choices::ledgers;
use crate::{
    access::{Me, Scope},
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ledger: String,
    /// A filing by its word.
    show: String,
}

/// A unit and what its lists amount to.
struct Unit {
    id: i64,
    name: String,
    filing: &'static str,
    problems: usize,
    /// What was looked at, where nothing was found.
    looked_at: String,
}

#[derive(Template)]
#[template(path = "problem/lists/coverage.html")]
struct CoveragePage {
    shell: Shell,
    ledgers: Vec<(String, String)>,
    here: String,
    lede: String,
    /// Word, how many, whether shown.
    counts: Vec<(&'static str, usize, bool)>,
    show: String,
    units: Vec<Unit>,
}

pub async fn coverage_page(me: Me, Query(asked): Query<Asked>) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let all = ledgers(&me).await?;
    let here = all.iter().find(|one| one.0 == asked.ledger).or(all.first());
    let here = here.map(|one| one.0.clone()).unwrap_or_default();
    let id: i64 = here.parse().unwrap_or(0);
    let ledger = me.house.store.state::<Ledger>(me.body.id, Id::new(id)).await?;
    let mut page = CoveragePage {
        shell: Shell::of(&me, "/problems").await?,
        ledgers: all,
        here,
        lede: w.t("coverage-none"),
        counts: Vec::new(),
        show: asked.show,
        units: Vec::new(),
    };
    let Some(ledger) = ledger else { return Ok(ui::page(&page)?) };
    let coverage = ledger.coverage(&me.roster, me.today());
    let args = [
        ("covered", coverage.covered().to_string()),
        ("all", coverage.all().to_string()),
        ("day", w.day(&ledger.file_by, &me.today())),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    page.lede = w.a("coverage-lede", &args);
    for filing in Filing::ALL {
        let n = coverage.units.iter().filter(|one| one.1 == *filing).count();
        page.counts.push((filing.word(), n, page.show == filing.word()));
    }
    let mut units = coverage.units;
    units.sort_by_key(|(id, filing)| (*filing, *id));
    for (id, filing) in units {
        let shown = page.show.is_empty() || page.show == filing.word();
        if !shown || !sees(&me, id.0) {
            continue;
        }
        let lists = ledger.lists.get(&id).map_or(&[][..], Vec::as_slice);
        let approved = lists.iter().filter(|list| list.decision.as_ref().is_some_and(|d| d.0));
        let last = lists.last();
        page.units.push(Unit {
            id: id.0,
            name: me.roster.unit_name(id).to_owned(),
            filing: filing.word(),
            problems: approved.map(|list| list.problems.len()).sum(),
            looked_at: last.map(|list| list.looked_at.clone()).unwrap_or_default(),
        });
    }
    Ok(ui::page(&page)?)
}

/// A unit's list is for those who see the unit.
fn sees(me: &Me, unit: i64) -> bool {
    match &me.scope {
        Scope::All => true,
        Scope::Parts { units, .. } => units.contains(&unit),
    }
}
