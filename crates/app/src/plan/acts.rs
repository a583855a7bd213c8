//! The steps of an item as doors: `GET /items/7/extension` asks, `POST` carries out. Which steps
//! an officer is offered is not a second set of rules: each is tried on the item, and what the
//! rules would refuse this officer is not shown.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Mechanism, Refuses,
    plan::item::{Item, Level, Refusal},
};

pub use self::given::{Given, command};
use super::steps;
use crate::{
    House,
    access::Me,
    drafts,
    evidence::{Filled, Kept},
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

mod about;
mod given;

/// One step: the noun in its address, and whether it asks for anything first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub noun: &'static str,
    pub fields: &'static [&'static str],
    /// Shown as the page's one filled button.
    pub primary: bool,
    /// Leaves the building: a page names who will get it before it goes.
    pub twice: bool,
}

impl Act {
    const fn asked_twice(self) -> Self {
        Self { twice: true, ..self }
    }

    /// Carried out by the button itself, without a page of its own.
    pub fn is_plain(self) -> bool {
        self.fields.is_empty() && !self.twice
    }

    /// Offered where its subject stands on the item's page, not on top of it.
    pub fn is_in_its_card(self) -> bool {
        const IN_CARDS: &[&str] = &[
            "check",
            "reminder-answer",
            "reminder-signature",
            "extension-decision",
            "verification",
            "closing-return",
            "three-answers",
            "baseline",
        ];
        IN_CARDS.contains(&self.noun)
    }
}

/// Every step, in the order pages offer them.
pub const ACTS: &[Act] = &[
    act("submission", &[], true),
    act("approval", &[], true),
    act("return", &["reason"], false),
    act("issue", &[], true).asked_twice(),
    act("signature", &[], true),
    act("objection", &["reason"], false),
    act("plan", &["milestones", "best_pace"], true),
    act("plan-approval", &[], true),
    act("plan-return", &["reason"], false),
    act("reminder-answer", &["text"], true),
    act("reminder-signature", &[], false),
    act("three-answers", &["progress", "breakthrough", "result"], true),
    act("extension-decision", &["granted", "reason"], true),
    act("verification", &["text"], true),
    act("closing-return", &["reason"], false),
    act("check", &["sound", "reason"], false),
    act("closing", &["text", "evidence", "file", "true_for"], false),
    act("extension", &["due_on", "reason", "milestones", "best_pace"], false),
    act("reminder", &["level", "text", "answer_due", "reason"], false),
    act("three", &["answer_due"], false),
    act("suspension", &["reason"], false),
    act("resumption", &["due_on", "reason"], true),
    act("archive", &[], true),
    act("waiver", &["reason"], false),
    act("withdrawal", &["reason"], false),
    act("baseline", &[], false),
];

const fn act(noun: &'static str, fields: &'static [&'static str], primary: bool) -> Act {
    Act { noun, fields, primary, twice: false }
}

/// The steps the rules would let this officer take now.
pub fn offered(item: &Item, me: &Me) -> Vec<Act> {
    let ask = me.ask();
    let blank = Given {
        reason: "-".into(),
        text: "-".into(),
        level: Level::Nudge.word().into(),
        answer_due: me.today().to_string(),
        due_on: me.today().to_string(),
        ..Given::default()
    };
    ACTS.iter()
        .copied()
        .filter(|act| {
            let Ok(command) = command(act.noun, &blank, &[], item, me) else { return true };
            match Item::decide(Some(item), command, &ask) {
                Ok(_) => true,
                Err(refusal) => is_about_content(&refusal),
            }
        })
        .filter(|act| act.noun != "reminder-signature" || item.open_reminder().is_some())
        // A slip that may still be answered, or the top of the ladder: no rung can be sent.
        .filter(|act| act.noun != "reminder" || !rungs(item, me).is_empty())
        .collect()
}

/// A refusal that better input may lift: the step is offered, and says so on its form.
fn is_about_content(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Incomplete { .. }
            | Refusal::TextMissing
            | Refusal::EvidenceMissing
            | Refusal::MilestonesMissing
            | Refusal::MilestonesOpen { .. }
            | Refusal::TargetNotReached { .. }
            | Refusal::ChildrenOpen { .. }
            | Refusal::Reminder(_)
            | Refusal::ExtensionNotLater { .. }
            | Refusal::ExtensionAfterDue { .. }
            | Refusal::ScheduleTooLate { .. }
            | Refusal::StepAfterLatest { .. }
    )
}

#[derive(Template)]
#[template(path = "plan/act.html")]
struct ActPage {
    shell: Shell,
    id: i64,
    number: String,
    title: String,
    act: Act,
    given: Given,
    /// What the step is about: a name and what it says.
    about: Vec<(String, String)>,
    /// Files kept for an earlier try.
    kept: Vec<Kept>,
    error: Option<(String, String)>,
    /// Where what is missing can be filled in.
    mend: bool,
    levels: Vec<&'static str>,
    /// When the draft that fills the form was saved.
    draft: Option<String>,
}

impl ActPage {
    /// The name of the form's draft.
    fn form(&self) -> String {
        form_name(self.id, self.act.noun)
    }
}

fn form_name(id: i64, noun: &str) -> String {
    format!("act-{id}-{noun}")
}

pub async fn act_page(
    me: Me,
    Path((id, noun)): Path<(i64, String)>,
    Query(begun): Query<Given>,
) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let act = find(&noun)?;
    let soon = me.calendar.add_workdays(me.today(), 3);
    let given = Given {
        milestones: steps::text(&item.content.milestones),
        best_pace: item.content.best_pace.map(|pace| pace.to_string()).unwrap_or_default(),
        answer_due: soon.to_string(),
        true_for: me.today().to_string(),
        ..begun
    };
    let draft = drafts::kept(&me, &form_name(id, act.noun)).await?;
    let mut page = view(&me, id, &item, act, given, None).await?;
    if let Some((draft, given)) = draft.and_then(|draft| draft.form().map(|form| (draft, form))) {
        page = ActPage { given, kept: draft.files, draft: Some(draft.at), ..page };
    }
    Ok(ui::page(&page)?.into_response())
}

pub async fn carry_out(
    State(house): State<House>,
    me: Me,
    Path((id, noun)): Path<(i64, String)>,
    filled: Filled<Given>,
) -> Result<Response, Trouble> {
    let item = super::item::find(&me, id).await?;
    let act = find(&noun)?;
    let Filled { form: given, files, refused } = filled;
    let asked = command(act.noun, &given, &files, &item, &me);
    let refused: Box<dyn Refuses> = match (refused, asked) {
        (Some(not_taken), _) => Box::new(not_taken),
        (None, Err(unreadable)) => Box::new(unreadable),
        (None, Ok(command)) => {
            let asked = super::ask_item(&house, me.hand(), Id::new(id), command).await;
            match asked {
                Ok(()) => {
                    drafts::forget(&me, &form_name(id, act.noun)).await?;
                    return Ok(Redirect::to(&format!("/items/{id}")).into_response());
                }
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let w = Words::of(me.visit.lang);
    let error = (
        refused.field().unwrap_or_default().to_owned(),
        sentence(&w, refused.key(), &refused.facts()),
    );
    let mend = refused.key() == "refused-incomplete";
    let item = super::item::find(&me, id).await?;
    let page = view(&me, id, &item, act, given, Some(error)).await?;
    let page = ActPage { kept: files, mend, ..page };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// A ladder is climbed: the rungs that may be sent today.
fn rungs(item: &Item, me: &Me) -> Vec<Level> {
    let ask = me.ask();
    ask.ladder.offered(&item.urged(), &ask)
}

fn find(noun: &str) -> Result<Act, Trouble> {
    ACTS.iter().copied().find(|act| act.noun == noun).ok_or(Trouble::NotFound)
}

async fn view(
    me: &Me,
    id: i64,
    item: &Item,
    act: Act,
    given: Given,
    error: Option<(String, String)>,
) -> Result<ActPage, Trouble> {
    Ok(ActPage {
        shell: Shell::of(me, "/plan").await?,
        id,
        number: item.number.clone(),
        title: item.content.title.clone(),
        about: about::of(act.noun, &given, item, me, &Words::of(me.visit.lang)),
        act,
        given,
        kept: Vec::new(),
        error,
        mend: false,
        levels: rungs(item, me).into_iter().map(Level::word).collect(),
        draft: None,
    })
}
