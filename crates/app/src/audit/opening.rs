//! Opening an audit: what is closed up to a day, how many must be looked at for a wanted bound,
//! and the secret that is published by its fingerprint and kept by the officer.

use askama::Template;
use axum::{
    Form,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Refuses,
    audit::{Audit, RISK, Terms},
    roster::{Person, Power, Role},
};
use serde::Deserialize;

use crate::{
    access::Me,
    chance,
    failure::Failure,
    store::Stop,
    trouble::Trouble,
    typed::{self, Unreadable},
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// Shares of all that a bound is often wanted for, in percent.
const WANTED: [u64; 4] = [1, 2, 5, 10];

/// The form as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    title: String,
    up_to: String,
    take: String,
    tolerable: String,
    inspectors: String,
    source: String,
    secret: String,
}

/// How many must be looked at, all or all but one of them true, for a bound.
struct Needed {
    percent: u64,
    most: u64,
    none: String,
    one: String,
}

#[derive(Template)]
#[template(path = "audit/new.html")]
struct NewPage {
    shell: Shell,
    given: Typed,
    frame: usize,
    needed: Vec<Needed>,
    error: Option<(String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UpTo {
    up_to: String,
}

/// How many problems a frame up to that day would hold. Each is asked, so the answer is kept until
/// something is written.
async fn frame(me: &Me, up_to: mechanisms::Day) -> Result<usize, Failure> {
    me.remember(&format!("the frame of an audit up to {up_to}"), async {
        let mut count = 0;
        for id in super::struck_off(me).await? {
            let found = me.house.store.state(me.body.id, id).await?;
            count += usize::from(found.is_some_and(|one| super::framed(id, &one, up_to).is_some()));
        }
        Ok(count)
    })
    .await
}

fn needed(frame: usize) -> Vec<Needed> {
    let all = u64::try_from(frame).unwrap_or(u64::MAX);
    let size = |most, expected| {
        let size = draw::audit::sample_size(all, most, expected, RISK).ok();
        size.map_or_else(|| "—".to_owned(), |size| size.to_string())
    };
    let line = |percent: u64| {
        let most = all * percent / 100;
        Needed { percent, most, none: size(most, 0), one: size(most, 1) }
    };
    WANTED.into_iter().map(line).collect()
}

async fn view(me: &Me, given: Typed, error: Option<(String, String)>) -> Result<NewPage, Trouble> {
    let day = typed::day("up_to", &given.up_to).ok().flatten().unwrap_or(me.today());
    let frame = frame(me, day).await?;
    Ok(NewPage {
        shell: Shell::of(me, "/problems").await?,
        frame,
        needed: needed(frame),
        given,
        error,
    })
}

/// Posts of the role that inspects, held by somebody today.
fn inspectors(me: &Me) -> Vec<String> {
    let posts = me.roster.posts().filter(|(id, post)| {
        post.role == Role::Inspector
            && post.closed.is_none()
            && me.roster.holder(*id, me.today()).is_some()
    });
    posts.map(|(_, post)| post.title.clone()).collect()
}

pub async fn new_page(me: Me, Query(asked): Query<UpTo>) -> Result<Response, Trouble> {
    me.needs(Power::Register)?;
    let day = typed::day("up_to", &asked.up_to).ok().flatten().unwrap_or(me.today());
    let w = Words::of(me.visit.lang);
    let given = Typed {
        title: w.a("audit-title-usual", &[("day", &w.day(&day, &me.today()))]),
        up_to: day.to_string(),
        inspectors: inspectors(&me).join("、"),
        secret: chance::hex::<16>(),
        ..Typed::default()
    };
    Ok(ui::page(&view(&me, given, None).await?)?.into_response())
}

impl Typed {
    /// The terms these texts say, and the secret's fingerprint in them.
    fn terms(&self, me: &Me) -> Result<Terms, Unreadable> {
        let missing = |field| Unreadable { field, why: "unreadable-number", found: String::new() };
        let posts = typed::posts(&me.roster, "inspectors", &self.inspectors)?;
        let mut people: Vec<Id<Person>> = Vec::new();
        for post in posts {
            let person = me.roster.holder(post, me.today());
            people.extend(person.filter(|person| !people.contains(person)));
        }
        let secret = self.secret.trim();
        if secret.chars().count() < draw::LEAST_SECRET {
            let (field, why) = ("secret", "unreadable-secret-short");
            return Err(Unreadable { field, why, found: draw::LEAST_SECRET.to_string() });
        }
        Ok(Terms {
            title: self.title.trim().to_owned(),
            up_to: typed::sure_day("up_to", &self.up_to)?,
            take: typed::number("take", &self.take)?.ok_or(missing("take"))?,
            tolerable: typed::number("tolerable", &self.tolerable)?.ok_or(missing("tolerable"))?,
            inspectors: people,
            source: self.source.trim().to_owned(),
            sealed: draw::fingerprint(secret),
            at: now(me),
        })
    }
}

/// The body's own clock, as a draw writes a time.
pub fn now(me: &Me) -> String {
    me.now.local.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Opens an audit in the officer's turn. What is in its frame is asked of the problems.
pub async fn opened(me: &Me, terms: Terms) -> Result<Id<Audit>, Stop> {
    let candidates = super::struck_off(me).await?;
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { super::open(pen, terms, candidates).await })
    });
    turn.await
}

pub async fn open(me: Me, Form(given): Form<Typed>) -> Result<Response, Trouble> {
    let refused: Box<dyn Refuses> = match given.terms(&me) {
        Err(unreadable) => Box::new(unreadable),
        Ok(terms) => match opened(&me, terms).await {
            Ok(id) => return Ok(Redirect::to(&format!("/audits/{id}")).into_response()),
            Err(Stop::Refused(refusal)) => refusal,
            Err(stop) => return Err(stop.into()),
        },
    };
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    let error = Some((field, sentence(&w, refused.key(), &refused.facts())));
    let page = view(&me, given, error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}
