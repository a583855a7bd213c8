//! The ledger: views as tabs, filters in the address, a choice of lines and what is done to them,
//! and the problem that is open beside the list.

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::roster::Power;

use super::{
    bulk,
    choices::{Choices, choices},
    panel::{Panel, Verdict, panel},
    row::{RowView, row},
    views,
};
use crate::{
    access::Me,
    matters::problems::{self, Filter, PAGE, Tab},
    store::views::View,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

/// A view as a tab.
pub struct TabView {
    pub name: String,
    pub n: i64,
    pub href: String,
    pub here: bool,
    /// An officer's own view, which may be removed.
    pub own: Option<i64>,
}

#[derive(Template)]
#[template(path = "problem/lists/page.html")]
struct LedgerPage {
    shell: Shell,
    filter: Filter,
    lede: String,
    tabs: Vec<TabView>,
    choices: Choices,
    rows: Vec<RowView>,
    total: i64,
    first: i64,
    last: i64,
    last_page: i64,
    acts: Vec<&'static str>,
    may_register: bool,
    may_import: bool,
    query: String,
    panel: Option<Panel>,
}

impl LedgerPage {
    fn page(&self) -> i64 {
        self.filter.page()
    }

    fn is_open(&self, id: &i64) -> bool {
        self.filter.open() == Some(*id)
    }
}

pub async fn ledger_page(me: Me, Query(asked): Query<Filter>) -> Result<Html<String>, Trouble> {
    let filter = first_view(&me, asked).await?;
    draw(&me, filter, None).await
}

/// The list again after the panel's form was refused.
pub async fn draw_refused(
    me: &Me,
    filter: Filter,
    form: &Verdict,
    error: String,
) -> Result<Html<String>, Trouble> {
    draw(me, filter, Some((form, error))).await
}

/// The first view of an officer: what they watch, or everything where they watch nothing.
async fn first_view(me: &Me, asked: Filter) -> Result<Filter, Trouble> {
    let bare = Filter { open: asked.open.clone(), page: asked.page.clone(), ..Filter::default() };
    if bare != asked {
        return Ok(asked);
    }
    let mine = Filter { watcher: Some("me".into()), ..Filter::default() };
    let any = problems::count(me, &mine).await? > 0;
    let first = if any { mine } else { Filter::everything() };
    Ok(Filter { open: asked.open, page: asked.page, ..first })
}

/// The list an address asks for.
async fn draw(
    me: &Me,
    filter: Filter,
    refused: Option<(&Verdict, String)>,
) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let counts = problems::counts(me).await?;
    let total = problems::count(me, &filter).await?;
    let skip = (filter.page() - 1) * PAGE;
    let lines = problems::lines(me, &filter, PAGE, skip).await?;
    let shown = i64::try_from(lines.len()).unwrap_or(PAGE);
    let panel = match filter.open() {
        Some(id) => panel(me, id, &filter, &lines).await?,
        None => None,
    };
    let panel = match (panel, refused) {
        (Some(panel), Some((form, error))) => Some(panel.refused(me, form, error).await?),
        (panel, _) => panel,
    };
    let tabs = tabs(me, &counts, &filter, &w).await?;
    // A tab says its filters itself: no chip says them again.
    let said = tabs.iter().any(|tab| tab.here);
    let here: &[&str] = if said { &problems::NARROWING } else { &[] };
    let choices = choices(me, &filter, here).await?;
    let lede = lede(me, &counts, &w).await?;
    let page = LedgerPage {
        shell: Shell::of(me, "/problems").await?,
        rows: lines.into_iter().map(|line| row(me, line, &w)).collect(),
        first: if shown == 0 { 0 } else { skip + 1 },
        last: skip + shown,
        last_page: (total + PAGE - 1).max(1) / PAGE,
        acts: bulk::offered(me),
        may_register: me.may(Power::Register),
        may_import: me.may(Power::Register),
        query: filter.plain().query(),
        lede,
        tabs,
        choices,
        total,
        panel,
        filter,
    };
    Ok(ui::page(&page)?)
}

/// The views every officer has and their own, with their counts.
async fn tabs(
    me: &Me,
    counts: &[(Tab, i64)],
    filter: &Filter,
    w: &Words,
) -> Result<Vec<TabView>, Trouble> {
    let plain = filter.plain();
    let mut tabs: Vec<TabView> = counts
        .iter()
        .map(|(tab, n)| TabView {
            name: w.t(tab.key),
            n: *n,
            href: format!("/problems{}", tab.filter.query()),
            here: tab.filter == plain,
            own: None,
        })
        .collect();
    for View { id, name, query } in views::own(me).await? {
        let of = Filter::of(&query);
        tabs.push(TabView {
            name,
            n: problems::count(me, &of).await?,
            href: format!("/problems{}", of.query()),
            here: of == plain && !tabs.iter().any(|tab| tab.here),
            own: Some(id),
        });
    }
    Ok(tabs)
}

/// How the ledger stands, each number with its list.
async fn lede(me: &Me, counts: &[(Tab, i64)], w: &Words) -> Result<String, Trouble> {
    let of = |key: &str| counts.iter().find(|one| one.0.key == key).map_or(0, |one| one.1);
    let closed = Filter { step: Some("closed".into()), ..Filter::default() };
    let args = [
        ("units", problems::units(me).await?.len().to_string()),
        ("all", of("problems-all").to_string()),
        ("closed", problems::count(me, &closed).await?.to_string()),
        ("late", of("problems-overdue").to_string()),
        ("verify", of("problems-to-verify").to_string()),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    let href = |name: &str, value: &str| Filter::default().with(name, value);
    Ok(w.linked(
        "problems-lede",
        &args,
        &[
            ("units", "/problems/units"),
            ("all", "/problems?show=all"),
            ("closed", &href("step", "closed")),
            ("late", &href("due", "overdue")),
            ("verify", &href("step", "to-verify")),
        ],
    ))
}
