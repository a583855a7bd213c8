//! The problem beside the list: what was found and what became of it, the evidence, how far its
//! closing is, and the form of whoever is next. On a phone the list links to the problem's own
//! page instead.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Day, Id, Mechanism, Officer, Refuses, Stamp,
    problem::{Answer, Command, Problem, Stage, Tick},
};
use serde::Deserialize;

use super::{page, row};
use crate::{
    access::Me,
    failure::Failure,
    matters::problems::{Filter, Line},
    problem::{Asked, ask_problem, find, parts},
    store::Stop,
    trouble::Trouble,
    typed,
    ui::words::{Words, sentence},
};

/// A step of the closing.
pub struct Seal {
    /// `done`, `idle` for what is next, `late` for what was sent back.
    pub glyph: &'static str,
    pub name: String,
    pub when: String,
    pub note: String,
}

/// A criterion of acceptance, and whether it is ticked.
pub struct Criterion {
    pub number: i64,
    pub text: String,
    pub ticked: bool,
}

/// What whoever is next is asked for.
pub struct Next {
    /// `check` or `verify`.
    pub verdict: &'static str,
    pub hint: String,
    pub criteria: Vec<Criterion>,
    pub text: String,
    pub look_back_on: String,
    /// The complainant is not satisfied: closing nevertheless wants a reason.
    pub despite: Option<String>,
    /// A return is offered beside it.
    pub returns: bool,
}

pub struct Panel {
    pub id: i64,
    pub number: String,
    pub source: String,
    pub category: String,
    pub title: String,
    pub about: String,
    pub found: String,
    pub applied: Option<String>,
    /// Name, hash in short, whole hash.
    pub evidence: Vec<(String, String, Option<String>)>,
    pub seals: Vec<Seal>,
    pub next: Option<Next>,
    pub undo: bool,
    pub stage: String,
    pub error: Option<String>,
    /// Where to go when it is shut, and to its neighbours in the list.
    pub shut: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub back: String,
}

/// What the form of the panel sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Verdict {
    /// `check`, `verify`, `return` or `undo`.
    verdict: String,
    text: String,
    look_back_on: String,
    despite: String,
    /// Where the list was.
    back: String,
    /// The criteria that are ticked, by number and comma: a form sends each by itself.
    #[serde(skip)]
    ticks: Vec<i64>,
}

pub async fn panel(
    me: &Me,
    id: i64,
    filter: &Filter,
    lines: &[Line],
) -> Result<Option<Panel>, Failure> {
    let found = me.house.store.state::<Problem>(me.body.id, Id::new(id)).await?;
    let Some(problem) = found.filter(|problem| me.scope.sees(&parts(problem))) else {
        return Ok(None);
    };
    let w = Words::of(me.visit.lang);
    let place = lines.iter().position(|line| line.id == id);
    let at = |place: Option<usize>| {
        let line = place.and_then(|place| lines.get(place))?;
        Some(filter.opening(line.id))
    };
    let title = |post| me.roster.post_title(post).to_owned();
    let content = &problem.content;
    let about = [
        Some(me.roster.unit_name(content.unit).to_owned()),
        content.owner.map(|post| w.a("problems-owner-is", &[("post", &title(post))])),
        content.watcher.map(|post| w.a("problems-watcher-is", &[("post", &title(post))])),
    ];
    let application = problem.application();
    let evidence = problem.evidence().map(|(one, _)| {
        let short = one.hash.as_deref().map_or(String::new(), |hash| {
            let end = hash.get(hash.len().saturating_sub(2)..).unwrap_or_default();
            format!("{}…{end}", hash.get(..4).unwrap_or_default())
        });
        (one.name.clone(), short, one.hash.clone())
    });
    Ok(Some(Panel {
        id,
        number: problem.number.clone().unwrap_or_default(),
        source: w.t(&format!("problem-source-{}", content.source.word())),
        category: content.category.clone(),
        title: problem.title().to_owned(),
        about: about.into_iter().flatten().collect::<Vec<_>>().join("　"),
        found: content.what.clone(),
        applied: application.map(|application| application.text.clone()),
        evidence: evidence.collect(),
        seals: seals(me, &problem, &w),
        next: next(me, &problem, &Verdict::default(), &w),
        undo: Problem::decide(Some(&problem), Command::UndoVerification, &me.ask()).is_ok(),
        stage: row::stage(problem.stage_word(), &w),
        error: None,
        shut: format!("/problems{}", filter.and(&[("open", "")])),
        before: at(place.and_then(|place| place.checked_sub(1))),
        after: at(place.map(|place| place + 1)),
        back: filter.query(),
    }))
}

/// How far the closing is, step by step.
fn seals(me: &Me, problem: &Problem, w: &Words) -> Vec<Seal> {
    let mut seals = Vec::new();
    let (glyph, name) = ("done", |key: &str| w.t(key));
    let seal = |key: &str, stamp: &Stamp, note: &str| Seal {
        glyph,
        name: name(key),
        when: when(me, stamp, w),
        note: note.to_owned(),
    };
    let Some(last) = problem.applications.last() else {
        let (done, all) = problem.measures_done();
        let note = w.a("seal-measures", &[("done", &done.to_string()), ("all", &all.to_string())]);
        let (when, name) = (String::new(), w.t("seal-not-applied"));
        return vec![Seal { glyph: "idle", name, when, note }];
    };
    seals.push(seal("seal-applied", &last.stamp, ""));
    for asked in &last.consulted {
        let key = format!("seal-asked-{}", asked.answer.word());
        seals.push(seal(&key, &asked.stamp, &asked.note));
    }
    if let Some((finding, stamp)) = &last.check {
        seals.push(seal("seal-checked", stamp, finding));
    }
    if let Some(one) = &last.verification {
        seals.push(seal("seal-verified", &one.stamp, &one.finding));
        let day = w.day(&one.look_back_on, &me.today());
        let (name, note) = (w.a("seal-look-back", &[("day", &day)]), String::new());
        let looked = problem.look_backs.last();
        if let Some(look) = looked {
            let key = if look.held { "seal-held" } else { "seal-came-back" };
            let one = seal(key, &look.stamp, &look.finding);
            seals.push(Seal { glyph: if look.held { "done" } else { "late" }, ..one });
        } else {
            seals.push(Seal { glyph: "idle", name, when: String::new(), note });
        }
    }
    if let Some((reason, stamp)) = &last.returned {
        seals.push(Seal { glyph: "late", ..seal("seal-returned", stamp, reason) });
    }
    if let Some(until) = problem.published_until.filter(|_| problem.stage == Stage::Publishing) {
        let day = w.day(&until, &me.today());
        let (when, note) = (String::new(), String::new());
        seals.push(Seal {
            glyph: "idle",
            name: w.a("seal-publishing", &[("day", &day)]),
            when,
            note,
        });
    }
    let waits = match problem.stage {
        Stage::Applied => Some("seal-next-check"),
        Stage::Checked => Some("seal-next-verify"),
        _ => None,
    };
    if let Some(key) = waits {
        let (when, note) = (String::new(), String::new());
        seals.push(Seal { glyph: "idle", name: w.t(key), when, note });
    }
    seals
}

fn when(me: &Me, stamp: &Stamp, w: &Words) -> String {
    let Officer { post, .. } = stamp.by;
    let local = me.house.clock.local(&stamp.at);
    let time = local.map_or(String::new(), |at| at.strftime(" %H:%M").to_string());
    let day: Day = stamp.day;
    format!("{}{time}　{}", w.short(&day, &me.today()), me.roster.post_title(post))
}

/// The form of the one who is next, where this officer is that one.
fn next(me: &Me, problem: &Problem, typed: &Verdict, w: &Words) -> Option<Next> {
    let ask = me.ask();
    let tried = |command| match Problem::decide(Some(problem), command, &ask) {
        Ok(_) => true,
        Err(refusal) => refusal.field().is_some(),
    };
    let returns = tried(Command::Return { reason: "-".into() });
    let blank = Next {
        verdict: "check",
        hint: w.t("seal-may-check"),
        criteria: Vec::new(),
        text: typed.text.clone(),
        look_back_on: typed.look_back_on.clone(),
        despite: None,
        returns,
    };
    let check = Command::Check { finding: "-".into() };
    if problem.stage == Stage::Applied && tried(check) {
        return Some(blank);
    }
    let all = (1..).zip(&problem.content.criteria);
    let ticks = all.clone().map(|(criterion, _)| Tick { criterion, note: "-".into() }).collect();
    let verify = Command::Verify {
        finding: "-".into(),
        ticks,
        look_back_on: me.today().saturating_add(jiff::Span::new().days(30)),
        despite: "-".into(),
    };
    if problem.stage != Stage::Checked || !tried(verify) {
        return None;
    }
    let criteria = all.map(|(number, text)| Criterion {
        number,
        text: text.clone(),
        ticked: typed.ticks.contains(&number),
    });
    let answer = problem.application().and_then(|one| one.consulted.last()).map(|one| one.answer);
    Some(Next {
        verdict: "verify",
        hint: w.t("seal-may-verify"),
        criteria: criteria.collect(),
        despite: (answer == Some(Answer::NotSatisfied)).then(|| typed.despite.clone()),
        ..blank
    })
}

/// Carries out what the form of the panel says, and goes back to the list.
pub async fn verdict(
    me: Me,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let mut form = Verdict::default();
    for (name, value) in pairs {
        match name.as_str() {
            "verdict" => form.verdict = value,
            "text" => form.text = value,
            "look_back_on" => form.look_back_on = value,
            "despite" => form.despite = value,
            "back" => form.back = value,
            "tick" => form.ticks.extend(value.parse::<i64>()),
            _ => {}
        }
    }
    let filter = Filter::of(&form.back);
    find(&me, id).await?;
    let command = match command(&form) {
        Ok(command) => command,
        Err(refusal) => return refused(&me, filter, &form, &refusal).await,
    };
    let id = Id::<Problem>::new(id);
    match ask_problem(&me.house, me.hand(), id, Asked::Plain(command)).await {
        Ok(()) => {
            let to = format!("/problems{}", filter.and(&[("open", &id.to_string())]));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Stop::Refused(refusal)) => refused(&me, filter, &form, &*refusal).await,
        Err(stop) => Err(stop.into()),
    }
}

fn command(form: &Verdict) -> Result<Command, typed::Unreadable> {
    let text = form.text.trim().to_owned();
    let why = "refused-look-back-missing";
    let no_day = typed::Unreadable { field: "look_back_on", why, found: String::new() };
    Ok(match form.verdict.as_str() {
        "undo" => Command::UndoVerification,
        "return" => Command::Return { reason: text },
        "check" => Command::Check { finding: text },
        _ => Command::Verify {
            look_back_on: typed::day("look_back_on", &form.look_back_on)?.ok_or(no_day)?,
            ticks: form
                .ticks
                .iter()
                .map(|criterion| Tick { criterion: *criterion, note: text.clone() })
                .collect(),
            despite: form.despite.trim().to_owned(),
            finding: text,
        },
    })
}

/// The list again, with the reason in the panel and everything that was typed.
async fn refused(
    me: &Me,
    filter: Filter,
    form: &Verdict,
    refusal: &dyn Refuses,
) -> Result<Response, Trouble> {
    let w = Words::of(me.visit.lang);
    let error = sentence(&w, refusal.key(), &refusal.facts());
    let page = page::draw_refused(me, filter, form, error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

impl Panel {
    /// The same with a reason why not, and what was typed.
    pub async fn refused(self, me: &Me, form: &Verdict, error: String) -> Result<Self, Failure> {
        let found = me.house.store.state::<Problem>(me.body.id, Id::new(self.id)).await?;
        let w = Words::of(me.visit.lang);
        let next = found.and_then(|problem| next(me, &problem, form, &w));
        Ok(Self { next: next.or(self.next), error: Some(error), ..self })
    }
}
