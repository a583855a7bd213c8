//! The steps of an audit as doors: `GET /audits/7/reveal` asks, `POST` carries out.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Day, Id, Refuses,
    audit::{Audit, Command},
};
use serde::Deserialize;

use super::{opening::now, shown};
use crate::{
    access::Me,
    store::Stop,
    trouble::Trouble,
    typed::{self, Unreadable},
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// One step: the noun in its address, and what it asks for.
struct Act {
    noun: &'static str,
    fields: &'static [&'static str],
}

const ACTS: &[Act] = &[
    Act { noun: "announcement", fields: &["number", "at"] },
    Act { noun: "reveal", fields: &["secret"] },
    Act { noun: "result", fields: &["problem", "held", "finding", "due_on"] },
    Act { noun: "widening", fields: &["more"] },
    Act { noun: "conclusion", fields: &["text"] },
    Act { noun: "cancellation", fields: &["text"] },
];

/// What was typed, every step's fields together.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    number: String,
    at: String,
    secret: String,
    problem: String,
    held: String,
    finding: String,
    due_on: String,
    more: String,
    text: String,
}

#[derive(Template)]
#[template(path = "audit/act.html")]
struct ActPage {
    shell: Shell,
    id: i64,
    noun: &'static str,
    title: String,
    /// What the form says before it asks.
    note: String,
    fields: &'static [&'static str],
    /// The problem a result is about.
    about: String,
    given: Typed,
    error: Option<(String, String)>,
}

impl ActPage {
    fn has(&self, field: &str) -> bool {
        self.fields.contains(&field)
    }
}

fn act(noun: &str) -> Result<&'static Act, Trouble> {
    ACTS.iter().find(|act| act.noun == noun).ok_or(Trouble::NotFound)
}

async fn view(
    me: &Me,
    (id, audit): (i64, &Audit),
    act: &'static Act,
    given: Typed,
    error: Option<(String, String)>,
) -> Result<ActPage, Trouble> {
    let w = Words::of(me.visit.lang);
    let problem = given.problem.trim().parse().ok().map(Id::new);
    let about = problem
        .and_then(|problem| audit.framed(problem))
        .map(|framed| format!("{} {}", framed.number, me.roster.unit_name(framed.unit)));
    Ok(ActPage {
        shell: Shell::of(me, "/problems").await?,
        id,
        noun: act.noun,
        title: audit.terms.title.clone(),
        note: match act.noun {
            "announcement" => w.a("audit-note-announcement", &[("source", &audit.terms.source)]),
            "widening" => shown::Said::of(audit.statement()).next(&w),
            "conclusion" => shown::Said::of(audit.statement()).sentence(&w),
            noun => w.t(&format!("audit-note-{noun}")),
        },
        fields: act.fields,
        about: about.unwrap_or_default(),
        given,
        error,
    })
}

pub async fn act_page(
    me: Me,
    Path((id, noun)): Path<(i64, String)>,
    Query(mut given): Query<Typed>,
) -> Result<Response, Trouble> {
    let act = act(&noun)?;
    let audit = super::find(&me, id).await?;
    if given.at.is_empty() {
        given.at = now(&me).replace('T', " ");
    }
    if act.noun == "widening" && given.more.is_empty() {
        let more = audit.statement().more.unwrap_or(0);
        let left = audit.frame.len() - audit.sample.len();
        let more = usize::try_from(more).unwrap_or(left).min(left);
        let more = if more == 0 { left } else { more };
        given.more = more.to_string();
    }
    Ok(ui::page(&view(&me, (id, &audit), act, given, None).await?)?.into_response())
}

/// What these texts ask; and for a closure found false, the new deadline of its problem.
fn command(noun: &str, given: &Typed, me: &Me) -> Result<(Command, Option<Day>), Unreadable> {
    let missing = |field| Unreadable { field, why: "unreadable-number", found: String::new() };
    let text = given.text.trim().to_owned();
    let command = match noun {
        "announcement" => {
            let (number, at) = (given.number.trim().to_owned(), given.at.trim());
            Command::Announce { number, at: at.replacen(' ', "T", 1) }
        }
        "reveal" => Command::Reveal { secret: given.secret.trim().to_owned(), at: now(me) },
        "result" => {
            let problem = typed::number("problem", &given.problem)?.ok_or(missing("problem"))?;
            let held = match given.held.as_str() {
                "yes" => true,
                "no" => false,
                other => {
                    let (field, why) = ("held", "unreadable-result");
                    return Err(Unreadable { field, why, found: other.to_owned() });
                }
            };
            let due_on = if held { None } else { typed::day("due_on", &given.due_on)? };
            let finding = given.finding.trim().to_owned();
            return Ok((Command::Record { problem: Id::new(problem), held, finding }, due_on));
        }
        "widening" => {
            Command::Widen { more: typed::number("more", &given.more)?.ok_or(missing("more"))? }
        }
        "conclusion" => Command::Conclude { text },
        _ => Command::Cancel { reason: text },
    };
    Ok((command, None))
}

/// Carries a step out in the officer's turn.
pub async fn asked(me: &Me, id: i64, command: Command, due_on: Option<Day>) -> Result<(), Stop> {
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { super::record(pen, Id::new(id), command, due_on).await })
    });
    turn.await
}

pub async fn carry_out(
    me: Me,
    Path((id, noun)): Path<(i64, String)>,
    Form(given): Form<Typed>,
) -> Result<Response, Trouble> {
    let act = act(&noun)?;
    let audit = super::find(&me, id).await?;
    let refused: Box<dyn Refuses> = match command(act.noun, &given, &me) {
        Err(unreadable) => Box::new(unreadable),
        Ok((command, due_on)) => match asked(&me, id, command, due_on).await {
            Ok(()) => return Ok(Redirect::to(&format!("/audits/{id}")).into_response()),
            Err(Stop::Refused(refusal)) => refusal,
            Err(stop) => return Err(stop.into()),
        },
    };
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    let error = Some((field, sentence(&w, refused.key(), &refused.facts())));
    let page = view(&me, (id, &audit), act, given, error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}
