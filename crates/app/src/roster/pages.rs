//! Units and people: the tree of units with what each bears, a unit with its posts and holders,
//! and the forms that change them.

use askama::Template;
use axum::{
    Form,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id,
    roster::{Command, Person, Post, Power, Role, Roster, Unit, UnitKind},
};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use super::{ROSTER, hand_over as pass_on, handover};
use crate::{
    access::{Me, account},
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

struct UnitRow {
    id: i64,
    name: String,
    code: String,
    posts: usize,
    items: i64,
    late: i64,
}

#[derive(Template)]
#[template(path = "roster/units.html")]
struct UnitsPage {
    shell: Shell,
    groups: Vec<(&'static str, Vec<UnitRow>)>,
    counted: usize,
    people: usize,
    may_manage: bool,
    given: Given,
    error: Option<String>,
}

/// What was typed into a form that was sent back.
pub(super) type Given = std::collections::BTreeMap<&'static str, String>;

impl UnitsPage {
    fn given(&self, field: &str) -> String {
        self.given.get(field).cloned().unwrap_or_default()
    }
}

pub async fn units_page(me: Me) -> Result<Html<String>, Trouble> {
    Ok(ui::page(&units_view(&me, Given::new(), None).await?)?)
}

async fn units_view(me: &Me, given: Given, error: Option<String>) -> Result<UnitsPage, Trouble> {
    let text = format!(
        "select m.lead_unit, count(*), cast(sum(case when m.red_on <= $2 then 1 else 0 end) \
         as bigint) from matter m where m.jurisdiction = $1 and m.kind = 'item' \
         and m.standing = 'open' and {} group by m.lead_unit order by m.lead_unit",
        me.scope.condition()
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut load = std::collections::BTreeMap::new();
    for row in &rows {
        let unit: Option<i64> = row.try_get(0)?;
        let counts: (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
        load.insert(unit.unwrap_or(0), counts);
    }
    let mut groups = Vec::new();
    for kind in UnitKind::ALL.iter().filter(|kind| **kind != UnitKind::Section) {
        let rows: Vec<UnitRow> = me
            .roster
            .units()
            .filter(|(_, unit)| unit.kind == *kind && unit.to.is_none())
            .map(|(id, unit)| unit_row(me, id, unit, &load))
            .collect();
        if !rows.is_empty() {
            groups.push((kind.word(), rows));
        }
    }
    Ok(UnitsPage {
        shell: Shell::of(me, "/units").await?,
        counted: me.roster.units().filter(|(_, unit)| unit.kind.is_counted()).count(),
        people: me.roster.people().count(),
        groups,
        may_manage: me.may(Power::ManageUnits),
        given,
        error,
    })
}

fn unit_row(
    me: &Me,
    id: Id<Unit>,
    unit: &Unit,
    load: &std::collections::BTreeMap<i64, (i64, i64)>,
) -> UnitRow {
    let (items, late) = load.get(&id.0).copied().unwrap_or_default();
    let posts = me.roster.posts().filter(|(_, post)| post.unit == id && post.closed.is_none());
    UnitRow {
        id: id.0,
        name: unit.name.clone(),
        code: unit.code.clone(),
        posts: posts.count(),
        items,
        late,
    }
}

struct PostRow {
    id: i64,
    title: String,
    role: &'static str,
    holder: Option<(i64, String)>,
    bears: usize,
    login: Option<String>,
}

#[derive(Template)]
#[template(path = "roster/unit.html")]
pub(super) struct UnitPage {
    shell: Shell,
    id: i64,
    unit: Unit,
    parents: Vec<(i64, String)>,
    posts: Vec<PostRow>,
    sections: Vec<(i64, String)>,
    people: Vec<(i64, String)>,
    roles: Vec<&'static str>,
    may_manage: bool,
    may_accounts: bool,
    given: Given,
    error: Option<String>,
}

impl UnitPage {
    fn given(&self, field: &str) -> String {
        self.given.get(field).cloned().unwrap_or_default()
    }
}

pub async fn unit_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    Ok(ui::page(&unit_view(&me, id, Given::new(), None).await?)?)
}

pub(super) async fn unit_view(
    me: &Me,
    id: i64,
    given: Given,
    error: Option<String>,
) -> Result<UnitPage, Trouble> {
    let unit_id: Id<Unit> = Id::new(id);
    let unit = me.roster.unit(unit_id).ok_or(Trouble::NotFound)?.clone();
    let mut posts = Vec::new();
    for (post, held) in me.roster.posts().filter(|(_, post)| post.unit == unit_id) {
        if held.closed.is_some() {
            continue;
        }
        let holder = me.roster.holder(post, me.today());
        let login = match holder {
            Some(person) => account::login_of(&me.house.store, me.body.id, person).await?,
            None => None,
        };
        posts.push(PostRow {
            id: post.0,
            title: held.title.clone(),
            role: held.role.word(),
            holder: holder.map(|person| {
                let name = me.roster.person(person).map(|one| one.name.clone());
                (person.0, name.unwrap_or_default())
            }),
            bears: super::open_matters(me, post).await?.len(),
            login,
        });
    }
    let named = |unit: &Id<Unit>| (unit.0, me.roster.unit_name(*unit).to_owned());
    Ok(UnitPage {
        shell: Shell::of(me, "/units").await?,
        id,
        parents: me.roster.unit_and_ancestors(unit_id).iter().skip(1).rev().map(named).collect(),
        sections: me.roster.children_of(unit_id).iter().map(named).collect(),
        people: me.roster.people().map(|(id, one)| (id.0, one.name.clone())).collect(),
        roles: Role::ALL.iter().map(|role| role.word()).collect(),
        may_manage: me.may(Power::ManageUnits),
        may_accounts: me.may(Power::ManageAccounts),
        unit,
        posts,
        given,
        error,
    })
}

#[derive(Debug, Deserialize)]
pub struct UnitForm {
    name: String,
    #[serde(default)]
    code: String,
    kind: String,
    parent: i64,
}

pub async fn open_unit(me: Me, Form(form): Form<UnitForm>) -> Result<Response, Trouble> {
    let kind = UnitKind::ALL.iter().copied().find(|kind| kind.word() == form.kind);
    let kind = kind.ok_or(Trouble::NotFound)?;
    let from = me.today();
    let given = Given::from([
        ("name", form.name.clone()),
        ("code", form.code.clone()),
        ("kind", form.kind.clone()),
        ("parent", form.parent.to_string()),
    ]);
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            let unit = Id::new(pen.fresh::<Roster>().0);
            let parent = Id::new(form.parent);
            let (name, code) = (form.name.trim().to_owned(), form.code.trim().to_owned());
            let open = Command::OpenUnit { unit, name, code, kind, parent, from };
            pen.ask::<Roster>(ROSTER, open).await?;
            Ok(unit.0)
        })
    });
    match turn.await {
        Ok(id) => Ok(Redirect::to(&format!("/units/{id}")).into_response()),
        Err(stop) => {
            let error = told(&me, stop)?;
            Ok(refused(ui::page(&units_view(&me, given, Some(error)).await?)?))
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct PostForm {
    title: String,
    role: String,
    #[serde(default)]
    head: String,
}

pub async fn open_post(
    me: Me,
    Path(id): Path<i64>,
    Form(form): Form<PostForm>,
) -> Result<Response, Trouble> {
    let role = Role::ALL.iter().copied().find(|role| role.word() == form.role);
    let role = role.ok_or(Trouble::NotFound)?;
    let given = Given::from([
        ("title", form.title.clone()),
        ("role", form.role.clone()),
        ("head", form.head.clone()),
    ]);
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            let post: Id<Post> = Id::new(pen.fresh::<Roster>().0);
            let (title, unit) = (form.title.trim().to_owned(), Id::new(id));
            let head = form.head == "yes";
            pen.ask::<Roster>(ROSTER, Command::OpenPost { post, title, unit, role, head }).await
        })
    });
    answer(&me, id, given, turn.await).await
}

#[derive(Debug, Deserialize)]
pub struct HolderForm {
    /// A person of the roster, or a new one by name.
    #[serde(default)]
    person: String,
    #[serde(default)]
    name: String,
}

pub async fn appoint(
    me: Me,
    Path(id): Path<i64>,
    Form(form): Form<HolderForm>,
) -> Result<Response, Trouble> {
    let post: Id<Post> = Id::new(id);
    let unit = me.roster.unit_of(post).ok_or(Trouble::NotFound)?;
    let from = me.today();
    let given = form.given(id);
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            let person = person_of(pen, &form).await?;
            pen.ask::<Roster>(ROSTER, Command::Appoint { person, post, from }).await
        })
    });
    answer(&me, unit.0, given, turn.await).await
}

impl HolderForm {
    fn given(&self, post: i64) -> Given {
        let (post, person) = (post.to_string(), self.person.clone());
        Given::from([("post", post), ("person", person), ("new", self.name.clone())])
    }
}

async fn person_of(
    pen: &mut crate::store::Pen<'_, '_>,
    form: &HolderForm,
) -> Result<Id<Person>, Stop> {
    let name = form.name.trim().to_owned();
    if name.is_empty() {
        return form.person.parse().map(Id::new).map_err(|_| Stop::Missing);
    }
    let person = Id::new(pen.fresh::<Roster>().0);
    pen.ask::<Roster>(ROSTER, Command::RegisterPerson { person, name }).await?;
    Ok(person)
}

pub async fn hand_over(
    me: Me,
    Path(id): Path<i64>,
    Form(form): Form<HolderForm>,
) -> Result<Response, Trouble> {
    me.needs(Power::ManageUnits)?;
    let post: Id<Post> = Id::new(id);
    let unit = me.roster.unit_of(post).ok_or(Trouble::NotFound)?;
    let from = me.roster.holder(post, me.today()).ok_or(Trouble::NotFound)?;
    let given = form.given(id);
    let to = match form.person.parse() {
        Ok(person) if form.name.trim().is_empty() => Id::new(person),
        _ => {
            let turn = me
                .house
                .store
                .turn(me.hand(), move |pen| Box::pin(async move { person_of(pen, &form).await }));
            match turn.await {
                Ok(person) => person,
                Err(stop) => return handover::refused(&me, post, given, stop).await,
            }
        }
    };
    match pass_on(&me, post, from, to).await {
        Ok(_) => Ok(Redirect::to(&format!("/units/{unit}")).into_response()),
        Err(stop) => handover::refused(&me, post, given, stop).await,
    }
}

async fn answer(
    me: &Me,
    unit: i64,
    given: Given,
    result: Result<(), Stop>,
) -> Result<Response, Trouble> {
    match result {
        Ok(()) => Ok(Redirect::to(&format!("/units/{unit}")).into_response()),
        Err(stop) => {
            let error = told(me, stop)?;
            Ok(refused(ui::page(&unit_view(me, unit, given, Some(error)).await?)?))
        }
    }
}

pub(super) fn told(me: &Me, stop: Stop) -> Result<String, Trouble> {
    match stop {
        Stop::Refused(refusal) => {
            let w = Words::of(me.visit.lang);
            Ok(sentence(&w, refusal.key(), &refusal.facts()))
        }
        stop => Err(stop.into()),
    }
}

pub(super) fn refused(page: Html<String>) -> Response {
    (axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
