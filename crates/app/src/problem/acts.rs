//! The steps of a problem as doors: `GET /problems/7/extension` asks, `POST` carries out. Which
//! steps an officer is offered is not a second set of rules: each is tried on the problem, and what
//! the rules would refuse this officer is not shown.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Mechanism, Refuses,
    problem::{Command, Problem, Refusal},
    roster::Power,
};

pub use self::fields::{Field, Kind};
use super::{Asked, ask_problem, find};
use crate::{
    House,
    access::Me,
    evidence::{Filled, Kept},
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

mod fields;
pub mod given;

/// What was typed, by the name of the field.
pub type Given = BTreeMap<String, String>;

/// One step: the noun in its address, and the fields it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub noun: &'static str,
    pub fields: &'static [&'static str],
    /// Shown as the page's one filled button.
    pub primary: bool,
}

const fn act(noun: &'static str, fields: &'static [&'static str], primary: bool) -> Act {
    Act { noun, fields, primary }
}

const FILES: [&str; 3] = ["evidence", "file", "true_for"];

/// Every step, in the order pages offer them.
pub const ACTS: &[Act] = &[
    act("registration", &[], true),
    act("measures", &["cause", "target", "criteria", "measures"], true),
    act("application", &["text", FILES[0], FILES[1], FILES[2]], true),
    act("first-check", &["text"], true),
    act("verification", &["ticks", "text", "despite", "look_back_on"], true),
    act("publication-end", &["text"], true),
    act("look-back", &["held", "text", "again_on", "due_on"], true),
    act("reminder-answer", &["text"], true),
    act("reminder-signature", &[], false),
    act("extension-decision", &["granted", "reason"], true),
    act("suspension-decision", &["granted", "reason"], true),
    act("objection-decision", &["upheld", "reason"], true),
    act("push-answer", &["found", "what", "text"], true),
    act("resumption", &["due_on", "reason"], true),
    act("report", &["text", "done", FILES[0], FILES[1], FILES[2]], false),
    act("report-correction", &["text", "done", FILES[0], FILES[1], FILES[2]], false),
    act("application-correction", &["text", FILES[0], FILES[1], FILES[2]], false),
    act("consultation", &["answer", "text", "asked_on"], false),
    act("check", &["sound", "reason"], false),
    act("return", &["reason"], false),
    act("verification-undo", &[], false),
    act("reminder", &["level", "text", "answer_due", "reason"], false),
    act("extension", &["due_on", "reason"], false),
    act("suspension", &["reason"], false),
    act("objection", &["against", "reason"], false),
    act("statement", &["text"], false),
    act("measures-return", &["reason"], false),
    act("watch", &["watcher"], false),
    act("deadline", &["due_on", "reason"], false),
    act("waiver", &["until", "reason"], false),
    act("push", &["units", "text", "answer_due"], false),
    act("link", &["link", "number"], false),
    act("merge", &["number", "reason"], false),
    act("relapse", &["text", "due_on"], false),
    act("reminder-revocation", &["reason"], false),
    act("archive", &[], true),
    act("withdrawal", &["reason"], false),
];

/// The steps the rules would let this officer take now.
pub fn offered(problem: &Problem, me: &Me) -> Vec<Act> {
    let blank = given::blank(problem, me);
    let offered = |act: &Act| match act.noun {
        "registration" => {
            let command = Command::Register { number: "-".into() };
            is_offered(problem, command, me)
        }
        "link" => me.may(Power::Register) && problem.stage.standing() != "gone",
        "merge" => {
            let (into, number, reason) = (Id::new(0), "-".into(), "-".into());
            is_offered(problem, Command::Merge { into, number, reason }, me)
        }
        "push-answer" => given::asked_unit(problem, me).is_some(),
        "reminder" => {
            let ask = me.ask();
            !ask.ladder.offered(&problem.urged(), &ask).is_empty()
                && is_offered(problem, given::reminder(problem, me), me)
        }
        noun => match given::command(noun, &blank, &[], problem, me) {
            Ok(command) => is_offered(problem, command, me),
            Err(_) => false,
        },
    };
    ACTS.iter().copied().filter(offered).collect()
}

/// May this officer mend what was written?
pub fn may_amend(problem: &Problem, me: &Me) -> bool {
    let (base, content) = (problem.version, problem.content.clone());
    is_offered(problem, Command::Amend { base, content }, me)
}

/// Refused only for what better input may lift, a step is offered, and says so on its form.
fn is_offered(problem: &Problem, command: Command, me: &Me) -> bool {
    match Problem::decide(Some(problem), command, &me.ask()) {
        Ok(_) => true,
        Err(Refusal::Incomplete { .. } | Refusal::NotConsulted) => true,
        Err(Refusal::Reminder(_)) => false,
        Err(refusal) => refusal.field().is_some(),
    }
}

#[derive(Template)]
#[template(path = "problem/act.html")]
struct ActPage {
    shell: Shell,
    id: i64,
    number: String,
    title: String,
    act: Act,
    name: String,
    /// What the step is about: a name and what it says.
    about: Vec<(String, String)>,
    fields: Vec<Field>,
    /// Files kept for an earlier try.
    kept: Vec<Kept>,
    error: Option<(String, String)>,
}

impl ActPage {
    fn is_grave(&self) -> bool {
        let grave = ["return", "withdrawal", "waiver", "relapse", "merge", "measures-return"];
        grave.contains(&self.act.noun)
    }
}

pub async fn act_page(
    me: Me,
    Path((id, noun)): Path<(i64, String)>,
    Query(begun): Query<Given>,
) -> Result<Response, Trouble> {
    let problem = find(&me, id).await?;
    let act = named(&noun)?;
    let mut given = given::usual(&problem, &me);
    given.extend(begun);
    let page = view(&me, id, &problem, act, &given, None).await?;
    Ok(ui::page(&page)?.into_response())
}

pub async fn carry_out(
    State(house): State<House>,
    me: Me,
    Path((id, noun)): Path<(i64, String)>,
    filled: Filled<Given>,
) -> Result<Response, Trouble> {
    let problem = find(&me, id).await?;
    let act = named(&noun)?;
    let Filled { form: given, files, refused } = filled;
    let asked = given::asked(act.noun, &given, &files, &problem, &me).await;
    let refused: Box<dyn Refuses> = match (refused, asked) {
        (Some(not_taken), _) => Box::new(not_taken),
        (None, Err(given::NotRead::Unreadable(unreadable))) => Box::new(unreadable),
        (None, Err(given::NotRead::Failed(failure))) => return Err(failure.into()),
        (None, Ok(asked)) => match carry(&house, &me, id, asked).await {
            Ok(()) => return Ok(Redirect::to(&format!("/problems/{id}")).into_response()),
            Err(Stop::Refused(refusal)) => refusal,
            Err(stop) => return Err(stop.into()),
        },
    };
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    let error = (field, sentence(&w, refused.key(), &refused.facts()));
    let problem = find(&me, id).await?;
    let page = view(&me, id, &problem, act, &given, Some(error)).await?;
    let page = ActPage { kept: files, ..page };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

async fn carry(house: &House, me: &Me, id: i64, asked: Asked) -> Result<(), Stop> {
    ask_problem(house, me.hand(), Id::new(id), asked).await
}

fn named(noun: &str) -> Result<Act, Trouble> {
    ACTS.iter().copied().find(|act| act.noun == noun).ok_or(Trouble::NotFound)
}

/// The name of a step.
pub fn name(noun: &str, w: &Words) -> String {
    w.t(&format!("problem-act-{noun}"))
}

async fn view(
    me: &Me,
    id: i64,
    problem: &Problem,
    act: Act,
    given: &Given,
    error: Option<(String, String)>,
) -> Result<ActPage, Trouble> {
    let w = Words::of(me.visit.lang);
    Ok(ActPage {
        shell: Shell::of(me, "/problems").await?,
        id,
        number: problem.number.clone().unwrap_or_default(),
        title: problem.title().to_owned(),
        name: name(act.noun, &w),
        about: fields::about(act.noun, problem, me, &w),
        fields: fields::of(&act, given, problem, me, &w),
        act,
        kept: Vec::new(),
        error,
    })
}
