//! All audits, one audit, and the file with which anybody recomputes its draw.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use mechanisms::{
    Id,
    audit::{Audit, Stage},
    roster::Power,
};
use sqlx::Row;

use super::shown::{self, Line, Said};
use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

struct Listed {
    id: i64,
    title: String,
    stage: &'static str,
    up_to: String,
    said: Said,
    sample: usize,
    stated: String,
}

#[derive(Template)]
#[template(path = "audit/audits.html")]
struct AuditsPage {
    shell: Shell,
    lines: Vec<Listed>,
    may_open: bool,
}

/// Every audit the officer may see, newest first.
pub async fn all(me: &Me) -> Result<Vec<(i64, Audit)>, Trouble> {
    let rows = sqlx::query(
        "select id from matter where jurisdiction = $1 and kind = 'audit' order by id desc \
         limit 500",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut audits = Vec::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        match super::find(me, id).await {
            Ok(audit) => audits.push((id, audit)),
            Err(Trouble::NotFound) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(audits)
}

pub async fn audits_page(me: Me) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let listed = |(id, audit): (i64, Audit)| {
        let said = Said::of(audit.statement());
        Listed {
            id,
            title: audit.terms.title.clone(),
            stage: audit.stage.word(),
            up_to: w.day(&audit.terms.up_to, &me.today()),
            sample: audit.sample.len(),
            stated: if said.examined == 0 { String::new() } else { said.sentence(&w) },
            said,
        }
    };
    let lines = all(&me).await?.into_iter().map(listed).collect();
    let shell = Shell::of(&me, "/problems").await?;
    Ok(ui::page(&AuditsPage { shell, lines, may_open: me.may(Power::Register) })?)
}

/// One published step of the ceremony: its name, what was published, when.
struct Published {
    key: &'static str,
    value: String,
    at: String,
}

#[derive(Template)]
#[template(path = "audit/audit.html")]
struct AuditPage {
    shell: Shell,
    id: i64,
    title: String,
    stage: &'static str,
    lede: String,
    said: Said,
    stated: String,
    working: String,
    next: String,
    published: Vec<Published>,
    drawn: bool,
    lines: Vec<Line>,
    inspectors: Vec<String>,
    conclusion: String,
    concluded: String,
    acts: Vec<&'static str>,
}

/// The steps the officer is offered, by what the stage and the results allow.
fn offered(audit: &Audit, me: &Me) -> Vec<&'static str> {
    if !me.may(Power::Register) {
        return Vec::new();
    }
    let missing = audit.unrecorded().next().is_some();
    match audit.stage {
        Stage::Open => vec!["announcement", "cancellation"],
        Stage::Announced => vec!["reveal", "cancellation"],
        Stage::Drawn if missing => Vec::new(),
        Stage::Drawn if audit.statement().verdict == mechanisms::audit::Verdict::Stop => {
            vec!["conclusion"]
        }
        Stage::Drawn if audit.sample.len() == audit.frame.len() => vec!["conclusion"],
        Stage::Drawn => vec!["widening", "conclusion"],
        Stage::Concluded | Stage::Cancelled => Vec::new(),
    }
}

fn published(audit: &Audit) -> Vec<Published> {
    let terms = &audit.terms;
    let put = |key, value: &str, at: &str| Published {
        key,
        value: value.to_owned(),
        at: at.replace('T', " "),
    };
    let mut list = Vec::new();
    if let Some((frame, rules)) = audit.fingerprints() {
        list.push(put("audit-frame-print", &frame, &terms.at));
        list.push(put("audit-terms-print", &rules, &terms.at));
    }
    list.push(put("audit-secret-print", &terms.sealed, &terms.at));
    if let Some((number, at)) = &audit.number {
        list.push(put("audit-number", number, at));
    }
    if let Some((secret, at)) = &audit.secret {
        list.push(put("audit-secret", secret, at));
    }
    list
}

pub async fn audit_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    let audit = super::find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let said = Said::of(audit.statement());
    let count = |n: usize| n.to_string();
    let args = [
        ("day", &*w.day(&audit.terms.up_to, &me.today())),
        ("all", &*count(audit.frame.len())),
        ("sample", &*count(audit.sample.len())),
        ("n", &*said.examined.to_string()),
        ("k", &*said.found.to_string()),
    ];
    let ended = audit.concluded.as_ref();
    let page = AuditPage {
        shell: Shell::of(&me, "/problems").await?,
        id,
        title: audit.terms.title.clone(),
        stage: audit.stage.word(),
        lede: w.a("audit-lede", &args),
        stated: said.sentence(&w),
        working: said.working(&w),
        next: match audit.stage {
            Stage::Drawn => said.next(&w),
            stage => w.t(&format!("audit-stage-note-{}", stage.word())),
        },
        said,
        published: published(&audit),
        drawn: audit.secret.is_some(),
        lines: shown::lines(&audit, &me, &w),
        inspectors: audit.terms.inspectors.iter().map(|one| shown::person(&me, *one)).collect(),
        conclusion: ended.map(|(text, _)| text.clone()).unwrap_or_default(),
        concluded: ended.map_or(String::new(), |(_, stamp)| w.day(&stamp.day, &me.today())),
        acts: offered(&audit, &me),
    };
    Ok(ui::page(&page)?)
}

/// The bundle of the draw, once the secret is revealed.
pub async fn bundle(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let audit = super::find(&me, id).await?;
    let bundle = audit.bundle().ok_or(Trouble::NotFound)?;
    let name = format!("attachment; filename=\"audit-{}.json\"", Id::<Audit>::new(id));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/json");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bundle.json()).into_response())
}
