//! What changes a key project: its charter, its meetings, its decisions, its end.

use askama::Template;
use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Refuses,
    project::{Command, Project},
    roster::Power,
};
use serde::Deserialize;
use sqlx::Row;

use super::given::{CharterForm, DecisionForm, MinutesForm, ROOM};
use crate::{
    access::Me,
    failure::Failure,
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

#[derive(Template)]
#[template(path = "project/charter.html")]
struct CharterPage {
    shell: Shell,
    /// None while it is registered.
    id: Option<i64>,
    given: CharterForm,
    goals: Vec<(i64, String)>,
    units: Vec<String>,
    leaders: Vec<String>,
    posts: Vec<String>,
    error: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "project/meeting.html")]
struct MeetingPage {
    shell: Shell,
    id: i64,
    title: String,
    given: MinutesForm,
    units: Vec<String>,
    posts: Vec<String>,
    error: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "project/end.html")]
struct EndPage {
    shell: Shell,
    id: i64,
    title: String,
    text: String,
    error: Option<(String, String)>,
}

/// The page again, with what was typed and the reason.
fn again(page: &impl Template) -> Result<Response, Trouble> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(page)?).into_response())
}

fn told(me: &Me, refused: &dyn Refuses) -> (String, String) {
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    (field, sentence(&w, refused.key(), &refused.facts()))
}

/// The refusal of a turn, or the trouble it met.
fn refusal(stop: Stop) -> Result<Box<dyn Refuses>, Trouble> {
    match stop {
        Stop::Refused(refusal) => Ok(refusal),
        stop => Err(stop.into()),
    }
}

async fn charter_view(
    me: &Me,
    id: Option<i64>,
    given: CharterForm,
    error: Option<(String, String)>,
) -> Result<CharterPage, Trouble> {
    let leader = |post: &mechanisms::roster::Post| {
        post.role == mechanisms::roster::Role::Leader && post.closed.is_none()
    };
    let leaders = me.roster.posts().filter(|(_, post)| leader(post));
    Ok(CharterPage {
        shell: Shell::of(me, "/projects").await?,
        id,
        given,
        goals: goals(me).await?,
        units: units(me),
        leaders: leaders.map(|(_, post)| post.title.clone()).collect(),
        posts: posts(me),
        error,
    })
}

async fn goals(me: &Me) -> Result<Vec<(i64, String)>, Failure> {
    let rows = sqlx::query(
        "select id, number, title from matter where jurisdiction = $1 and kind = 'goal' \
         and standing <> 'gone' order by plan desc, sort, id limit 500",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let goal = |row: &sqlx::any::AnyRow| -> Result<(i64, String), Failure> {
        let (number, title): (String, String) = (row.try_get(1)?, row.try_get(2)?);
        Ok((row.try_get(0)?, format!("{number} {title}")))
    };
    rows.iter().map(goal).collect()
}

fn units(me: &Me) -> Vec<String> {
    me.roster.units().map(|(_, unit)| unit.name.clone()).collect()
}

fn posts(me: &Me) -> Vec<String> {
    let open = me.roster.posts().filter(|(_, post)| post.closed.is_none());
    open.map(|(_, post)| post.title.clone()).collect()
}

pub async fn new_page(me: Me) -> Result<Response, Trouble> {
    me.needs(Power::Register)?;
    let given = CharterForm { start_on: me.today().to_string(), ..CharterForm::default() };
    Ok(ui::page(&charter_view(&me, None, given, None).await?)?.into_response())
}

pub async fn register(me: Me, Form(given): Form<CharterForm>) -> Result<Response, Trouble> {
    let refused: Box<dyn Refuses> = match given.charter(&me) {
        Err(unreadable) => Box::new(unreadable),
        Ok(charter) => {
            let goal = given.goal.trim().parse().map(Id::new).map_err(|_| Trouble::NotFound)?;
            let turn = me.house.store.turn(me.hand(), move |pen| {
                Box::pin(async move {
                    let id = pen.fresh::<Project>();
                    pen.find::<mechanisms::plan::goal::Goal>(goal).await?;
                    pen.ask::<Project>(id, Command::Register { goal, charter }).await?;
                    Ok(id)
                })
            });
            match turn.await {
                Ok(id) => return Ok(Redirect::to(&format!("/projects/{id}")).into_response()),
                Err(stop) => refusal(stop)?,
            }
        }
    };
    again(&charter_view(&me, None, given, Some(told(&me, &*refused))).await?)
}

pub async fn edit_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    me.needs(Power::Register)?;
    let project = super::find(&me, id).await?;
    let given = CharterForm::of(&project, &me);
    Ok(ui::page(&charter_view(&me, Some(id), given, None).await?)?.into_response())
}

pub async fn amend(
    me: Me,
    Path(id): Path<i64>,
    Form(given): Form<CharterForm>,
) -> Result<Response, Trouble> {
    super::find(&me, id).await?;
    let refused: Box<dyn Refuses> = match given.charter(&me) {
        Err(unreadable) => Box::new(unreadable),
        Ok(charter) => {
            let base = given.base.trim().parse().unwrap_or(-1);
            match asked(&me, id, Command::Amend { base, charter }).await {
                Ok(()) => return Ok(Redirect::to(&format!("/projects/{id}")).into_response()),
                Err(stop) => refusal(stop)?,
            }
        }
    };
    again(&charter_view(&me, Some(id), given, Some(told(&me, &*refused))).await?)
}

pub async fn asked(me: &Me, id: i64, command: Command) -> Result<(), Stop> {
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { pen.ask::<Project>(Id::new(id), command).await })
    });
    turn.await
}

async fn meeting_view(
    me: &Me,
    id: i64,
    project: &Project,
    given: MinutesForm,
    error: Option<(String, String)>,
) -> Result<MeetingPage, Trouble> {
    Ok(MeetingPage {
        shell: Shell::of(me, "/projects").await?,
        id,
        title: project.charter.title.clone(),
        given,
        units: units(me),
        posts: posts(me),
        error,
    })
}

pub async fn meeting_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let project = super::find(&me, id).await?;
    let charter = CharterForm::of(&project, &me);
    let given = MinutesForm {
        held_on: me.today().to_string(),
        chair: charter.leader,
        present: charter.team,
        decisions: vec![DecisionForm::default(); ROOM],
        ..MinutesForm::default()
    };
    Ok(ui::page(&meeting_view(&me, id, &project, given, None).await?)?.into_response())
}

pub async fn meet(
    me: Me,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let project = super::find(&me, id).await?;
    let given = MinutesForm::of(&pairs);
    let refused: Box<dyn Refuses> = match given.minutes(&me) {
        Err(unreadable) => Box::new(unreadable),
        Ok((minutes, decisions)) => {
            let meet = Command::Meet { minutes, decisions };
            match held(&me, id, meet).await {
                Ok(()) => return Ok(Redirect::to(&format!("/projects/{id}")).into_response()),
                Err(stop) => refusal(stop)?,
            }
        }
    };
    again(&meeting_view(&me, id, &project, given, Some(told(&me, &*refused))).await?)
}

/// Records a meeting in the officer's turn.
pub async fn held(me: &Me, id: i64, meet: Command) -> Result<(), Stop> {
    let registers = me.may(Power::Register);
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { super::meet(pen, Id::new(id), meet, registers).await })
    });
    turn.await.map(|_| ())
}

#[derive(Debug, Deserialize)]
pub struct AdoptForm {
    meeting: i64,
    place: usize,
}

pub async fn adopt(
    me: Me,
    Path(id): Path<i64>,
    Form(form): Form<AdoptForm>,
) -> Result<Response, Trouble> {
    super::find(&me, id).await?;
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { super::adopt(pen, Id::new(id), form.meeting, form.place).await })
    });
    let item = turn.await?;
    Ok(Redirect::to(&format!("/items/{item}")).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    text: String,
}

pub async fn end_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let project = super::find(&me, id).await?;
    let page = EndPage {
        shell: Shell::of(&me, "/projects").await?,
        id,
        title: project.charter.title.clone(),
        text: String::new(),
        error: None,
    };
    Ok(ui::page(&page)?.into_response())
}

pub async fn end(
    me: Me,
    Path(id): Path<i64>,
    Form(form): Form<EndForm>,
) -> Result<Response, Trouble> {
    let project = super::find(&me, id).await?;
    let result = form.text.trim().to_owned();
    let refused = match asked(&me, id, Command::End { result }).await {
        Ok(()) => return Ok(Redirect::to(&format!("/projects/{id}")).into_response()),
        Err(stop) => refusal(stop)?,
    };
    again(&EndPage {
        shell: Shell::of(&me, "/projects").await?,
        id,
        title: project.charter.title.clone(),
        text: form.text,
        error: Some(told(&me, &*refused)),
    })
}
