//! The hand-over of a post (岗位交接): everything the post bears is named before it passes from
//! one person to another, in one turn, so that nothing is left without anybody.

use askama::Template;
use axum::{
    extract::Path,
    response::{Html, Response},
};
use mechanisms::{
    Id,
    roster::{Post, Power},
};
use sqlx::Row;

use super::pages::{Given, refused as sent_back, told};
use crate::{
    access::Me,
    store::Stop,
    trouble::Trouble,
    ui::{self, Shell},
};

/// Matters named one by one.
const NAMED: i64 = 200;

#[derive(Template)]
#[template(path = "roster/handover.html")]
struct HandoverPage {
    shell: Shell,
    id: i64,
    title: String,
    unit: (i64, String),
    from: String,
    people: Vec<(i64, String)>,
    /// Address, number and title of what the post bears.
    bears: Vec<(String, String)>,
    count: usize,
    given: Given,
    error: Option<String>,
}

impl HandoverPage {
    fn given(&self, field: &str) -> String {
        self.given.get(field).cloned().unwrap_or_default()
    }
}

pub async fn page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    me.needs(Power::ManageUnits)?;
    Ok(ui::page(&view(&me, Id::new(id), Given::new(), None).await?)?)
}

/// The page again, with what was typed and why it was not done.
pub(super) async fn refused(
    me: &Me,
    post: Id<Post>,
    given: Given,
    stop: Stop,
) -> Result<Response, Trouble> {
    let error = told(me, stop)?;
    Ok(sent_back(ui::page(&view(me, post, given, Some(error)).await?)?))
}

async fn view(
    me: &Me,
    post: Id<Post>,
    given: Given,
    error: Option<String>,
) -> Result<HandoverPage, Trouble> {
    let held = me.roster.post(post).ok_or(Trouble::NotFound)?;
    let holder = me.roster.holder(post, me.today()).ok_or(Trouble::NotFound)?;
    let name = |id| me.roster.person(id).map(|one| one.name.clone()).unwrap_or_default();
    let rows = sqlx::query(
        "select distinct m.kind, m.id, m.number, m.title, m.sort from party p join matter m \
         on m.jurisdiction = p.jurisdiction and m.kind = p.kind and m.id = p.matter \
         where p.jurisdiction = $1 and p.post = $2 and m.standing in ('draft', 'open', 'hold') \
         order by m.kind, m.sort, m.id limit $3",
    )
    .bind(me.body.id)
    .bind(post.0)
    .bind(NAMED)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut bears = Vec::new();
    for row in &rows {
        let (kind, id): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
        let (number, title): (String, String) = (row.try_get(2)?, row.try_get(3)?);
        let href = match kind.as_str() {
            "item" => format!("/items/{id}"),
            "project" => format!("/projects/{id}"),
            "problem" => format!("/problems/{id}"),
            _ => format!("/items?goal={id}&sort=number"),
        };
        bears.push((href, format!("{number} {title}")));
    }
    Ok(HandoverPage {
        shell: Shell::of(me, "/units").await?,
        id: post.0,
        title: held.title.clone(),
        unit: (held.unit.0, me.roster.unit_name(held.unit).to_owned()),
        from: name(holder),
        people: me
            .roster
            .people()
            .filter(|(id, _)| *id != holder)
            .map(|(id, one)| (id.0, one.name.clone()))
            .collect(),
        count: super::open_matters(me, post).await?.len(),
        bears,
        given,
        error,
    })
}
