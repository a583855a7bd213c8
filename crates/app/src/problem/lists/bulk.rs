//! What is done to many problems at once (批量): urge, change the watcher, move the deadline; each
//! with one reason, each problem asked by its own rules. It is a job (`crate::jobs`).

use askama::Template;
use axum::{
    Form,
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
};
use futures_util::future::BoxFuture;
use mechanisms::{
    Id,
    problem::{Command, Problem},
    reminder::{Level, Wish},
    roster::Power,
};
use serde::{Deserialize, Serialize};

use crate::{
    access::Me,
    failure::Meaning,
    jobs::{self, Act, Asked, MOST, One},
    matters::problems::{self, Filter},
    store::{Pen, Stop},
    trouble::Trouble,
    typed,
    ui::{self, Shell, words::Words},
};

/// 批量催办: every problem gets its own next rung of the ladder.
pub static URGE: Act =
    Act { key: "problem-urge", kind: "problem", carry: urge, take_back: Some(unurge) };
/// 批量改盯办人.
pub static WATCH: Act =
    Act { key: "problem-watch", kind: "problem", carry: watch, take_back: Some(watch_again) };
/// 批量调整时限.
pub static MOVE: Act =
    Act { key: "problem-due", kind: "problem", carry: move_due, take_back: Some(move_back) };

/// The acts of the bar, by their words in an address.
const ACTS: [(&str, &Act, Power); 3] = [
    ("urge", &URGE, Power::Remind),
    ("watch", &WATCH, Power::Register),
    ("due", &MOVE, Power::Decide),
];

/// The acts this officer is offered.
pub fn offered(me: &Me) -> Vec<&'static str> {
    let mine = ACTS.iter().filter(|(_, _, power)| me.may(*power));
    mine.map(|(word, ..)| *word).collect()
}

/// What was and what was set, so that nothing set since is overwritten when it is taken back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Before {
    was: String,
    set: String,
}

impl Before {
    fn text(was: impl ToString, set: impl ToString) -> Result<String, Stop> {
        let before = Self { was: was.to_string(), set: set.to_string() };
        Ok(serde_json::to_string(&before).meaning("writing down what was")?)
    }

    fn of(text: &str) -> Result<Self, Stop> {
        Ok(serde_json::from_str(text).meaning("reading what was")?)
    }
}

/// Why what a job did is not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWayBack {
    /// There was nothing before it.
    Nothing,
    /// Somebody changed it since.
    Changed,
}

impl mechanisms::Refuses for NoWayBack {
    fn key(&self) -> &'static str {
        match self {
            Self::Nothing => "refused-nothing-before",
            Self::Changed => "refused-changed-since",
        }
    }
}

fn id(one: &One) -> Id<Problem> {
    Id::new(one.matter)
}

fn urge<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    asked: &'p Asked,
) -> BoxFuture<'p, Result<String, Stop>> {
    Box::pin(async move {
        let problem = pen.find(id(one)).await?;
        let ask = pen.asking()?;
        let urged = problem.urged();
        let given = problem.reminders.iter().any(|one| one.revoked.is_none());
        // The highest rung whose turn it is; a first one is never above the lowest.
        let offered = if given { ask.ladder.offered(&urged, &ask).pop() } else { None };
        let next = || ask.ladder.next(urged.due_on, urged.given, ask.calendar);
        let level = offered.or_else(|| next().map(|next| next.level)).unwrap_or(Level::Nudge);
        let reason = if problem.content.urgent { asked.reason.clone() } else { String::new() };
        let wish = Wish { level, text: asked.reason.clone(), answer_due: None, reason };
        pen.ask::<Problem>(id(one), Command::Remind(wish)).await?;
        let problem = pen.find(id(one)).await?;
        Ok(problem.reminders.last().map_or(String::new(), |one| one.number.to_string()))
    })
}

fn unurge<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    before: &'p str,
    reason: &'p str,
) -> BoxFuture<'p, Result<(), Stop>> {
    Box::pin(async move {
        let number = before.parse().meaning("reading the number of a reminder")?;
        let reason = reason.to_owned();
        pen.ask::<Problem>(id(one), Command::RevokeReminder { number, reason }).await
    })
}

fn watch<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    asked: &'p Asked,
) -> BoxFuture<'p, Result<String, Stop>> {
    Box::pin(async move {
        let number = asked.given.get("post").and_then(|text| text.parse().ok());
        let post = Id::new(number.ok_or(Stop::Missing)?);
        let was = pen.find(id(one)).await?.content.watcher;
        pen.ask::<Problem>(id(one), Command::Watch { post }).await?;
        Before::text(was.map_or(String::new(), |post| post.to_string()), post)
    })
}

fn watch_again<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    before: &'p str,
    _: &'p str,
) -> BoxFuture<'p, Result<(), Stop>> {
    Box::pin(async move {
        let Before { was, set } = Before::of(before)?;
        let now = pen.find(id(one)).await?.content.watcher;
        if now.map(|post| post.to_string()) != Some(set) {
            return Err(Stop::refused(NoWayBack::Changed));
        }
        let post = was.parse().map_err(|_| Stop::refused(NoWayBack::Nothing))?;
        pen.ask::<Problem>(id(one), Command::Watch { post: Id::new(post) }).await
    })
}

fn move_due<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    asked: &'p Asked,
) -> BoxFuture<'p, Result<String, Stop>> {
    Box::pin(async move {
        let day = asked.given.get("due_on").and_then(|text| text.parse().ok());
        let (due_on, reason) = (day.ok_or(Stop::Missing)?, asked.reason.clone());
        let was = pen.find(id(one)).await?.content.due_on;
        pen.ask::<Problem>(id(one), Command::MoveDue { due_on, reason }).await?;
        Before::text(was.map_or(String::new(), |day| day.to_string()), due_on)
    })
}

fn move_back<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    before: &'p str,
    reason: &'p str,
) -> BoxFuture<'p, Result<(), Stop>> {
    Box::pin(async move {
        let Before { was, set } = Before::of(before)?;
        let now = pen.find(id(one)).await?.content.due_on;
        if now.map(|day| day.to_string()) != Some(set) {
            return Err(Stop::refused(NoWayBack::Changed));
        }
        let due_on = was.parse().map_err(|_| Stop::refused(NoWayBack::Nothing))?;
        let reason = reason.to_owned();
        pen.ask::<Problem>(id(one), Command::MoveDue { due_on, reason }).await
    })
}

/// What the form over the list sends, and the form of the act.
#[derive(Clone, Debug, Default)]
struct Chosen {
    act: String,
    ids: Vec<i64>,
    /// The whole list of the address instead of what was ticked.
    all: bool,
    query: String,
    reason: String,
    post: String,
    due_on: String,
}

impl Chosen {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let mut chosen = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "act" => chosen.act = value,
                "id" => chosen.ids.extend(value.parse::<i64>()),
                "all" => chosen.all = value == "yes",
                "query" => chosen.query = value,
                "reason" => chosen.reason = value,
                "post" => chosen.post = value,
                "due_on" => chosen.due_on = value,
                _ => {}
            }
        }
        chosen
    }

    fn filter(&self) -> Filter {
        Filter::of(&self.query)
    }

    /// The problems that are meant, of those the officer sees.
    async fn matters(&self, me: &Me) -> Result<Vec<i64>, Trouble> {
        if self.all {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX) + 1;
            return Ok(problems::ids(me, &self.filter(), most).await?);
        }
        Ok(problems::visible(me, &self.ids).await?)
    }
}

#[derive(Template)]
#[template(path = "problem/lists/bulk.html")]
struct BulkPage {
    shell: Shell,
    act: String,
    n: i64,
    ids: Vec<i64>,
    all: bool,
    query: String,
    back: String,
    posts: Vec<(i64, String)>,
    error: Option<String>,
    chosen: (String, String, String),
}

pub(super) fn known(word: &str, me: &Me) -> Result<&'static Act, Trouble> {
    let found = ACTS.iter().find(|one| one.0 == word).ok_or(Trouble::NotFound)?;
    me.needs(found.2)?;
    Ok(found.1)
}

/// Asks for the reason, and for what the act needs.
pub async fn ask(
    me: Me,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Html<String>, Trouble> {
    let chosen = Chosen::of(pairs);
    known(&chosen.act, &me)?;
    let none = chosen.ids.is_empty() && !chosen.all;
    let w = Words::of(me.visit.lang);
    draw(&me, chosen, none.then(|| w.t("job-nothing"))).await
}

async fn draw(me: &Me, chosen: Chosen, error: Option<String>) -> Result<Html<String>, Trouble> {
    let n = match chosen.all {
        true => problems::count(me, &chosen.filter()).await?,
        false => i64::try_from(chosen.ids.len()).unwrap_or(0),
    };
    let watchers = me
        .roster
        .posts()
        .filter(|(_, post)| post.closed.is_none() && post.role.powers().contains(&Power::Remind));
    let posts = match chosen.act.as_str() {
        "watch" => watchers.map(|(id, post)| (id.0, post.title.clone())).collect(),
        _ => Vec::new(),
    };
    let page = BulkPage {
        shell: Shell::of(me, "/problems").await?,
        n,
        back: format!("/problems{}", chosen.filter().query()),
        act: chosen.act,
        ids: chosen.ids,
        all: chosen.all,
        query: chosen.query,
        posts,
        error,
        chosen: (chosen.reason, chosen.post, chosen.due_on),
    };
    Ok(ui::page(&page)?)
}

/// Begins the job, and shows how far it is.
pub async fn begin(
    me: Me,
    Path(word): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let act = known(&word, &me)?;
    let chosen = Chosen { act: word, ..Chosen::of(pairs) };
    let w = Words::of(me.visit.lang);
    let mut given = std::collections::BTreeMap::new();
    let wrong = match chosen.act.as_str() {
        "watch" => match chosen.post.parse::<i64>() {
            Ok(post) => {
                given.insert("post".to_owned(), post.to_string());
                None
            }
            Err(_) => Some(w.t("problems-watcher-missing")),
        },
        "due" => match typed::sure_day("due_on", &chosen.due_on) {
            Ok(day) => {
                given.insert("due_on".to_owned(), day.to_string());
                None
            }
            Err(wrong) => {
                let facts = mechanisms::Refuses::facts(&wrong);
                Some(ui::words::sentence(&w, wrong.why, &facts))
            }
        },
        _ => None,
    };
    let wrong =
        wrong.or_else(|| chosen.reason.trim().is_empty().then(|| w.t("job-reason-missing")));
    if wrong.is_some() {
        let page = draw(&me, chosen, wrong).await?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let matters = chosen.matters(&me).await?;
    let matters = matters.into_iter().map(|matter| One { matter, given: String::new() }).collect();
    let asked = Asked { reason: chosen.reason, given };
    let id = jobs::start(&me.house, me.hand(), act, asked, matters).await?;
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}
