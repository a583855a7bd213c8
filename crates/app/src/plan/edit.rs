//! Drafting and amending an item. A form carries the version it was opened with; when somebody
//! else has saved since, nothing is lost: the page shows 原来, 现在, 您改的, field by field.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Refuses,
    plan::{
        Plan,
        goal::Goal,
        item::{Command, Content, Item, Refusal},
    },
};
use serde::Deserialize;
use sqlx::Row;

use super::{
    draft::{Draft, FIELDS},
    waits::{self, NotRead},
};
use crate::{
    House,
    access::Me,
    drafting, drafts,
    store::{Stop, kept::Fact},
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

#[derive(Template)]
#[template(path = "plan/edit.html")]
pub(super) struct EditPage {
    shell: Shell,
    /// None while drafting.
    id: Option<i64>,
    /// The item above, when this one is drafted for it: its id, number and title.
    above: Option<(i64, String, String)>,
    given: Draft,
    goals: Vec<(i64, String)>,
    units: Vec<String>,
    posts: Vec<String>,
    issued: bool,
    pub(super) error: Option<(String, String)>,
    /// When the draft that fills the form was saved.
    draft: Option<String>,
}

/// One field of a conflict.
struct Clash {
    field: &'static str,
    original: String,
    now: String,
    yours: String,
    /// Both sides changed it: the officer chooses.
    both: bool,
    /// Only this officer changed it.
    mine: bool,
}

#[derive(Template)]
#[template(path = "plan/conflict.html")]
struct ConflictPage {
    shell: Shell,
    id: i64,
    title: String,
    who: String,
    when: String,
    clashes: Vec<Clash>,
    merged: BTreeMap<String, String>,
    base: i64,
}

impl EditPage {
    /// The name of the form's draft.
    fn form(&self) -> String {
        match (&self.above, self.id) {
            (Some(above), _) => format!("edit-under-{}", above.0),
            (None, Some(id)) => format!("edit-{id}"),
            (None, None) => "edit-new".to_owned(),
        }
    }

    /// Where the form is sent.
    fn place(&self) -> String {
        match (&self.above, self.id) {
            (Some(above), _) => format!("/items/{}/cascade", above.0),
            (None, Some(id)) => format!("/items/{id}/edit"),
            (None, None) => "/items/new".to_owned(),
        }
    }

    /// What an item that was issued holds fast.
    fn fixed(&self, more: &str) -> String {
        if self.issued { format!("{more} readonly") } else { more.to_owned() }
    }

    fn due_hint(&self) -> String {
        let key = if self.issued { "hint-due-fixed" } else { "item-due-hint" };
        self.shell.w.t(key)
    }

    /// Takes up what was typed before and not sent.
    pub(super) async fn taken_up(self, me: &Me) -> Result<Self, Trouble> {
        let draft = drafts::kept(me, &self.form()).await?;
        Ok(match draft.and_then(|draft| draft.form().map(|given| (draft, given))) {
            Some((draft, given)) => Self { given, draft: Some(draft.at), ..self },
            None => self,
        })
    }

    /// The form of an item drafted for the one above.
    pub(super) fn under(self, id: i64, item: &Item) -> Self {
        Self { above: Some((id, item.number.clone(), item.content.title.clone())), ..self }
    }
}

impl ConflictPage {
    /// A field the officer chooses is not sent a second time.
    fn is_chosen(&self, field: &str) -> bool {
        self.clashes.iter().any(|clash| clash.both && clash.field == field)
    }
}

#[derive(Debug, Deserialize)]
pub struct NewQuery {
    goal: Option<i64>,
}

pub async fn new_page(me: Me, Query(query): Query<NewQuery>) -> Result<Response, Trouble> {
    let goal = query.goal.map(|goal| goal.to_string()).unwrap_or_default();
    let given = Draft { goal, ..Draft::default() };
    let page = view(&me, None, given, false, None).await?.taken_up(&me).await?;
    Ok(ui::page(&page)?.into_response())
}

pub async fn draft(
    State(house): State<House>,
    me: Me,
    Form(given): Form<Draft>,
) -> Result<Response, Trouble> {
    let goal = given.goal.trim().parse().map_err(|_| Trouble::NotFound)?;
    let goal = house.store.state::<Goal>(me.body.id, Id::new(goal)).await?;
    let plan = goal.ok_or(Trouble::NotFound)?.plan;
    let refused: Box<dyn Refuses> = match read(&me, &given, plan).await? {
        Err(refused) => refused,
        Ok(content) => match draft_turn(&house, &me, &given, content).await {
            Ok(id) => {
                drafts::forget(&me, "edit-new").await?;
                return Ok(Redirect::to(&format!("/items/{id}")).into_response());
            }
            Err(Stop::Refused(refusal)) => refusal,
            Err(stop) => return Err(stop.into()),
        },
    };
    let error = told(&me, &*refused);
    let page = view(&me, None, given, false, Some(error)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

async fn draft_turn(house: &House, me: &Me, given: &Draft, content: Content) -> Result<i64, Stop> {
    let goal: Id<Goal> = Id::new(given.goal.trim().parse().map_err(|_| Stop::Missing)?);
    let wanted = given.number.clone();
    let turn = house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { drafting::item(pen, goal, &wanted, None, content).await })
    });
    turn.await.map(|item| item.0)
}

pub async fn edit_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let given = Draft { base: item.version.to_string(), ..shown(&me, &item.content).await? };
    let page = view(&me, Some(id), given, item.issued.is_some(), None).await?;
    Ok(ui::page(&page.taken_up(&me).await?)?.into_response())
}

pub async fn amend(
    State(house): State<House>,
    me: Me,
    Path(id): Path<i64>,
    Form(given): Form<Draft>,
) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let base: i64 = given.base.trim().parse().unwrap_or(-1);
    let refused: Box<dyn Refuses> = match read(&me, &given, item.plan).await? {
        Err(refused) => refused,
        Ok(content) => {
            let command = Command::Amend { base, content };
            match super::ask_item(&house, me.hand(), Id::new(id), command).await {
                Ok(()) => {
                    drafts::forget(&me, &format!("edit-{id}")).await?;
                    return Ok(Redirect::to(&format!("/items/{id}")).into_response());
                }
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    if refused.key() == (Refusal::Changed { base: 0, now: 0 }).key() {
        let page = conflict(&me, id, base, &given).await?;
        return Ok((StatusCode::CONFLICT, ui::page(&page)?).into_response());
    }
    let error = told(&me, &*refused);
    let page = view(&me, Some(id), given, item.issued.is_some(), Some(error)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// The content a form says, with the items it waits for; or why it cannot be taken.
async fn read(
    me: &Me,
    given: &Draft,
    plan: Id<Plan>,
) -> Result<Result<Content, Box<dyn Refuses>>, Trouble> {
    let mut content = match given.content(me) {
        Ok(content) => content,
        Err(unreadable) => return Ok(Err(Box::new(unreadable))),
    };
    match waits::read(me, plan, &given.after).await {
        Ok(after) => content.after = after,
        Err(NotRead::Unreadable(unreadable)) => return Ok(Err(Box::new(unreadable))),
        Err(NotRead::Refused(refusal)) => return Ok(Err(Box::new(refusal))),
        Err(NotRead::Failed(failure)) => return Err(failure.into()),
    }
    Ok(Ok(content))
}

/// A content as the form shows it, with the numbers of what it waits for.
async fn shown(me: &Me, content: &Content) -> Result<Draft, Trouble> {
    let after = waits::text(me, &content.after).await?;
    Ok(Draft { after, ..Draft::of_content(content, me) })
}

pub(super) fn told(me: &Me, refused: &dyn Refuses) -> (String, String) {
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    (field, sentence(&w, refused.key(), &refused.facts()))
}

/// The three columns: as the form was opened, as it is now, as it was typed. What only one side
/// changed is merged already.
async fn conflict(me: &Me, id: i64, base: i64, given: &Draft) -> Result<ConflictPage, Trouble> {
    let item = super::item::find(me, id).await?;
    let original = as_of_version(me, id, base).await?;
    let original = shown(me, &original.content).await?.fields();
    let mut now = shown(me, &item.content).await?;
    now.base = item.version.to_string();
    let now = now.fields();
    let yours = given.fields();
    let mut merged = now.clone();
    let mut clashes = Vec::new();
    let text = |fields: &BTreeMap<String, String>, field: &str| {
        fields.get(field).cloned().unwrap_or_default()
    };
    for &field in FIELDS {
        let (o, n, y) = (text(&original, field), text(&now, field), text(&yours, field));
        let (they, you) = (n != o, y != o);
        if !they && !you {
            continue;
        }
        if you {
            merged.insert(field.to_owned(), y.clone());
        }
        let both = they && you && n != y;
        clashes.push(Clash { field, original: o, now: n, yours: y, both, mine: you });
    }
    let w = Words::of(me.visit.lang);
    let changed = changed(me, id, &item).await?;
    Ok(ConflictPage {
        shell: Shell::of(me, "/plan").await?,
        id,
        title: item.content.title.clone(),
        who: me.roster.post_title(changed.by.post).to_owned(),
        when: at(&changed, me, &w),
        clashes,
        merged: Draft::from_fields(&merged).fields(),
        base: item.version,
    })
}

/// Who last changed the text of an item, and when: whatever else has happened to it since.
async fn changed(me: &Me, id: i64, item: &Item) -> Result<mechanisms::Stamp, Trouble> {
    let row = sqlx::query(
        "select number, day, at, person, post, payload from entry where jurisdiction = $1 \
         and kind = 'item' and matter = $2 and act = 'Amended' order by number desc limit 1",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_optional(me.house.store.reader())
    .await?;
    let Some(row) = row else { return Ok(item.touched.clone()) };
    Ok(crate::store::pen::fact(&row)?.stamp)
}

/// Today's by the time, others by the day.
fn at(stamp: &mechanisms::Stamp, me: &Me, w: &Words) -> String {
    let local = me.house.clock.local(&stamp.at);
    let time = local.map(|at| at.strftime("%H:%M").to_string()).unwrap_or_default();
    if stamp.day == me.today() {
        return format!("{} {time}", w.t("today"));
    }
    format!("{} {time}", w.day(&stamp.day, &me.today()))
}

/// The item as it was when it had this version.
async fn as_of_version(me: &Me, id: i64, version: i64) -> Result<Item, Trouble> {
    let rows = sqlx::query(
        "select number, day, at, person, post, payload from entry where jurisdiction = $1 \
         and kind = 'item' and matter = $2 order by number",
    )
    .bind(me.body.id)
    .bind(id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut state: Option<Item> = None;
    for row in &rows {
        let fact: Fact = crate::store::pen::fact(row)?;
        let next = crate::store::kept::replay_one(state.clone(), &fact)
            .map_err(|error| crate::failure::Failure::new(error.to_string()))?;
        if next.as_ref().is_some_and(|next: &Item| next.version > version) {
            break;
        }
        state = next;
    }
    state.ok_or(Trouble::NotFound)
}

pub(super) async fn view(
    me: &Me,
    id: Option<i64>,
    given: Draft,
    issued: bool,
    error: Option<(String, String)>,
) -> Result<EditPage, Trouble> {
    let rows = sqlx::query(
        "select id, number, title from matter where jurisdiction = $1 and kind = 'goal' \
         and standing <> 'gone' order by plan desc, sort, id limit 500",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut goals = Vec::new();
    for row in &rows {
        let (number, title): (String, String) = (row.try_get(1)?, row.try_get(2)?);
        goals.push((row.try_get(0)?, format!("{number} {title}")));
    }
    let posts = me.roster.posts().filter(|(_, post)| post.closed.is_none());
    Ok(EditPage {
        shell: Shell::of(me, "/plan").await?,
        id,
        above: None,
        given,
        goals,
        units: me.roster.units().map(|(_, unit)| unit.name.clone()).collect(),
        posts: posts.map(|(_, post)| post.title.clone()).collect(),
        issued,
        error,
        draft: None,
    })
}
