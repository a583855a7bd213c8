//! Search (搜索): work items of every plan, goals, units and posts, whatever year they are of.

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::Id;
use serde::Deserialize;
use sqlx::Row;

use crate::{
    access::Me,
    failure::Failure,
    matters::{self, Filter, Line},
    store::search,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

/// Of each kind at most so many are shown at once.
const SHOWN: i64 = 20;

#[derive(Debug, Deserialize)]
pub struct SearchQuery {
    #[serde(default)]
    q: String,
}

/// A goal, unit or post that was found.
struct Found {
    href: String,
    number: String,
    name: String,
    about: String,
}

#[derive(Template)]
#[template(path = "home/search.html")]
struct SearchPage {
    shell: Shell,
    q: String,
    lede: String,
    items: i64,
    items_href: String,
    lines: Vec<(Line, String)>,
    /// Goals, units and posts, each under its heading.
    found: Vec<(&'static str, Vec<Found>)>,
}

pub async fn search(me: Me, Query(query): Query<SearchQuery>) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let q = query.q.trim().to_owned();
    let shell = Shell::of(&me, "/search").await?;
    let mut page = SearchPage {
        shell,
        lede: w.t("search-lede-empty"),
        items: 0,
        items_href: String::new(),
        lines: Vec::new(),
        found: Vec::new(),
        q,
    };
    if !page.q.is_empty() {
        let level = Some("all".to_owned());
        let filter = Filter { q: Some(page.q.clone()), level, ..Filter::default() };
        page.items = matters::count(&me, &filter).await?;
        page.items_href = format!("/items{}", filter.with("page", ""));
        for line in matters::lines(&me, &filter, SHOWN, 0).await? {
            let unit = line.lead.map(|id| me.roster.unit_name(Id::new(id)).to_owned());
            page.lines.push((line, unit.unwrap_or_default()));
        }
        page.found = vec![
            ("search-problems", problems(&me, &page.q).await?),
            ("search-goals", goals(&me, &page.q).await?),
            ("search-units", units(&me, &page.q)),
            ("search-people", posts(&me, &page.q)),
        ];
        page.found.retain(|found| !found.1.is_empty());
        let n = page.items.to_string();
        let args = [("q", &*page.q), ("n", &*n)];
        page.lede = w.linked("search-lede", &args, &[("items", &page.items_href)]);
    }
    Ok(ui::page(&page)?)
}

async fn problems(me: &Me, q: &str) -> Result<Vec<Found>, Failure> {
    let all = matters::problems::Filter::everything();
    let filter = matters::problems::Filter { q: Some(q.to_owned()), ..all };
    let lines = matters::problems::lines(me, &filter, SHOWN, 0).await?;
    let found = lines.into_iter().map(|line| Found {
        href: format!("/problems/{}", line.id),
        number: line.number,
        name: line.title,
        about: me.roster.unit_name(Id::new(line.unit)).to_owned(),
    });
    Ok(found.collect())
}

async fn goals(me: &Me, q: &str) -> Result<Vec<Found>, Failure> {
    let found = search::matters(me.house.store.dialect(), q);
    let text = format!(
        "select m.id, m.number, m.title, m.area from matter m where m.jurisdiction = $1 \
         and m.kind = 'goal' and m.standing <> 'gone' and $2 <> '' and $3 = $3 \
         and m.id in ({found}) and {} order by m.plan, m.sort, m.id limit {SHOWN}",
        me.scope.condition()
    );
    let filter = Filter { q: Some(q.to_owned()), ..Filter::default() };
    let mut goals = Vec::new();
    for row in &matters::read(me, &filter, text).await? {
        let (id, area): (i64, Option<String>) = (row.try_get(0)?, row.try_get(3)?);
        goals.push(Found {
            href: format!("/items?goal={id}&sort=number"),
            number: row.try_get(1)?,
            name: row.try_get(2)?,
            about: area.unwrap_or_default(),
        });
    }
    Ok(goals)
}

fn units(me: &Me, q: &str) -> Vec<Found> {
    let found = me.roster.units().filter(|(_, unit)| unit.name.contains(q));
    let found = found.map(|(id, unit)| Found {
        href: format!("/units/{id}"),
        number: unit.code.clone(),
        name: unit.name.clone(),
        about: String::new(),
    });
    found.take(usize::try_from(SHOWN).unwrap_or(20)).collect()
}

fn posts(me: &Me, q: &str) -> Vec<Found> {
    let open = me.roster.posts().filter(|(_, post)| post.closed.is_none());
    let found = open.filter(|(_, post)| post.title.contains(q)).map(|(_, post)| Found {
        href: format!("/units/{}", post.unit),
        number: String::new(),
        name: post.title.clone(),
        about: me.roster.unit_name(post.unit).to_owned(),
    });
    found.take(usize::try_from(SHOWN).unwrap_or(20)).collect()
}
