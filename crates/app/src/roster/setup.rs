//! The rest of the first run, step by step: units and accounts, the plan, the chain of
//! responsibility, the rules, the beginning. Each step shows what is there and what is missing;
//! nobody is notified before the last.

use askama::Template;
use axum::{
    Form,
    extract::{Multipart, Path},
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Officer,
    roster::{Power, Role},
};
use sqlx::Row;

use super::{
    owners,
    table::{self, Fault, Opened},
};
use crate::{
    access::{Me, account},
    chance,
    store::{Hand, Stop},
    trouble::Trouble,
    ui::{
        self,
        rail::{self, Counts, STEPS, Step},
        words::{Words, sentence},
    },
};

/// A rule of the lights: its name, and from which value it is yellow and red.
struct RuleRow {
    name: String,
    yellow: String,
    red: String,
}

#[derive(Template)]
#[template(path = "roster/setup.html")]
struct SetupPage {
    w: Words,
    visit: crate::access::Visit,
    csrf: String,
    step: &'static str,
    steps: Vec<Step>,
    next: &'static str,
    before: Option<&'static str>,
    counts: Counts,
    faults: Vec<(String, String)>,
    error: Option<String>,
    opened: Option<Opened>,
    /// Sign-in names with their first passwords, shown this once.
    accounts: Vec<(String, String)>,
    headless: Vec<(i64, String)>,
    ownerless: Vec<(i64, String)>,
    rules: Vec<RuleRow>,
    pack: i64,
    /// Titles to choose an owner from, what was typed, and what came of it.
    posts: Vec<String>,
    post: String,
    told: Option<String>,
    /// Items with a leading unit whose head could be their owner.
    led: i64,
}

async fn view(me: &Me, step: &'static str) -> Result<SetupPage, Trouble> {
    let w = Words::of(me.visit.lang);
    let counts = rail::counts(me).await?;
    Ok(SetupPage {
        w,
        visit: me.visit.clone(),
        csrf: me.csrf.clone(),
        step,
        steps: rail::steps(counts, step, &w),
        next: rail::next(step),
        before: rail::before(step),
        counts,
        faults: Vec::new(),
        error: None,
        opened: None,
        accounts: Vec::new(),
        headless: headless(me),
        ownerless: if step == "chain" { ownerless(me).await? } else { Vec::new() },
        rules: rules(me, &w),
        pack: me.house.store.lights().version,
        posts: open_posts(me),
        post: String::new(),
        told: None,
        led: if step == "chain" {
            i64::try_from(owners::led(me).await?.len()).unwrap_or(0)
        } else {
            0
        },
    })
}

/// Counted units without a head, or whose head's post nobody holds.
fn headless(me: &Me) -> Vec<(i64, String)> {
    let units = me.roster.units().filter(|(_, unit)| unit.kind.is_counted() && unit.to.is_none());
    units
        .filter(|(id, _)| {
            let head = me.roster.head_of(*id);
            head.is_none_or(|post| me.roster.holder(post, me.today()).is_none())
        })
        .map(|(id, unit)| (id.0, unit.name.clone()))
        .collect()
}

async fn ownerless(me: &Me) -> Result<Vec<(i64, String)>, Trouble> {
    let rows = sqlx::query(
        "select id, number, title from matter where jurisdiction = $1 and kind = 'item' \
         and standing <> 'gone' and owner is null order by plan, sort, id limit 100",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut items = Vec::new();
    for row in &rows {
        let (number, title): (String, String) = (row.try_get(1)?, row.try_get(2)?);
        items.push((row.try_get(0)?, format!("{number} {title}")));
    }
    Ok(items)
}

fn open_posts(me: &Me) -> Vec<String> {
    let open = me.roster.posts().filter(|(_, post)| post.closed.is_none());
    open.map(|(_, post)| post.title.clone()).collect()
}

fn rules(me: &Me, w: &Words) -> Vec<RuleRow> {
    let rules = me.house.store.lights().rules.iter();
    rules
        .map(|rule| RuleRow {
            name: w.t(&format!("rule-{}", rule.key.word())),
            yellow: w.threshold(rule.key, rule.yellow),
            red: w.threshold(rule.key, rule.red),
        })
        .collect()
}

/// Those who set the body up: its administrator and its supervision office.
fn may(me: &Me) -> Result<(), Trouble> {
    if me.may(Power::Register) || me.may(Power::ManageUnits) {
        Ok(())
    } else {
        Err(Trouble::NotYours)
    }
}

pub async fn first_step(me: Me) -> Result<Response, Trouble> {
    may(&me)?;
    let page = view(&me, "start").await?;
    let open = page.steps.iter().find(|step| !step.done).map_or("start", |step| step.word);
    Ok(Redirect::to(&format!("/setup/{open}")).into_response())
}

pub async fn step_page(me: Me, Path(step): Path<String>) -> Result<Response, Trouble> {
    may(&me)?;
    let step = STEPS.iter().copied().find(|word| *word == step).ok_or(Trouble::NotFound)?;
    if step == "plan" {
        return Ok(Redirect::to("/imports?from=setup").into_response());
    }
    Ok(ui::page(&view(&me, step).await?)?.into_response())
}

pub async fn chain_page(me: Me) -> Result<Response, Trouble> {
    step_page(me, Path("chain".to_owned())).await
}

/// Names the owner of several items at once.
pub async fn chain(
    me: Me,
    Form(given): Form<std::collections::BTreeMap<String, String>>,
) -> Result<Response, Trouble> {
    may(&me)?;
    let w = Words::of(me.visit.lang);
    let post = given.get("post").cloned().unwrap_or_default();
    let named = owners::name(&me, &given).await;
    let page = view(&me, "chain").await?;
    let refused = |error: String, page: SetupPage| -> Result<Response, Trouble> {
        let page = SetupPage { error: Some(error), post, ..page };
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        Ok((status, ui::page(&page)?).into_response())
    };
    match named {
        Ok(0) => refused(w.t("setup-none-ticked"), page),
        Ok(n) => {
            let told = Some(w.n("setup-assigned", i64::try_from(n).unwrap_or(i64::MAX)));
            Ok(ui::page(&SetupPage { told, ..page })?.into_response())
        }
        Err(Stop::Refused(refusal)) => refused(sentence(&w, refusal.key(), &refusal.facts()), page),
        Err(stop) => Err(stop.into()),
    }
}

/// The pen of the officer's own post that manages units: the founder holds two posts.
fn managing(me: &Me) -> Hand {
    let posts = me.roster.posts_of(me.officer.person, me.today());
    let admin = |post: &mechanisms::Id<mechanisms::roster::Post>| {
        me.roster.post(*post).is_some_and(|post| post.role == Role::SystemAdmin)
    };
    let post = posts.into_iter().find(admin).unwrap_or(me.officer.post);
    Hand { by: Officer { post, ..me.officer }, ..me.hand() }
}

/// Reads a table of units, posts and people; opens them all, or says what is wrong with which
/// cell and opens none.
pub async fn units(me: Me, mut form: Multipart) -> Result<Response, Trouble> {
    may(&me)?;
    let wrong = |_| Trouble::Unreadable { field: "file".into(), why: "unreadable-form" };
    let (mut name, mut bytes) = (String::new(), Vec::new());
    while let Some(part) = form.next_field().await.map_err(wrong)? {
        if part.name() == Some("file") {
            name = part.file_name().unwrap_or_default().to_owned();
            bytes = part.bytes().await.map_err(wrong)?.to_vec();
        }
    }
    let mut page = view(&me, "units").await?;
    let refused = |page: &SetupPage| -> Result<Response, Trouble> {
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        Ok((status, ui::page(page)?).into_response())
    };
    let table = match paper::sheet::read(&name, &bytes) {
        Ok(table) => table,
        Err(error) => {
            let why = ui::told::sheet(&page.w, &error);
            page.error = Some(page.w.a("import-unreadable", &[("why", &why)]));
            return refused(&page);
        }
    };
    let trial = table::read(&table, &me.roster);
    if !trial.faults.is_empty() {
        page.faults = trial.faults.iter().take(200).map(|fault| told(fault, &page.w)).collect();
        return refused(&page);
    }
    let from = me.today();
    let turn = me.house.store.turn(managing(&me), move |pen| {
        Box::pin(async move { table::open(pen, trial.lines, from).await })
    });
    let opened = match turn.await {
        Ok(opened) => opened,
        Err(Stop::Refused(refusal)) => {
            page.error = Some(sentence(&page.w, refusal.key(), &refusal.facts()));
            return refused(&page);
        }
        Err(stop) => return Err(stop.into()),
    };
    let accounts = first_passwords(&me, &opened).await?;
    let roster = me.house.store.roster(me.body.id).await?;
    let page = view(&Me { roster, ..me }, "units").await?;
    Ok(ui::page(&SetupPage { opened: Some(opened), accounts, ..page })?.into_response())
}

fn told(fault: &Fault, w: &Words) -> (String, String) {
    (fault.place.clone(), w.a(fault.why, &[("found", &fault.found)]))
}

/// A first password for everybody new who has a sign-in name and no account yet.
async fn first_passwords(me: &Me, opened: &Opened) -> Result<Vec<(String, String)>, Trouble> {
    let mut accounts = Vec::new();
    for (login, person) in &opened.logins {
        if account::login_of(&me.house.store, me.body.id, *person).await?.is_some() {
            continue;
        }
        let password = chance::hex::<6>();
        let store = &me.house.store;
        account::set_password(store, me.body.id, *person, login, password.clone()).await?;
        accounts.push((login.clone(), password));
    }
    Ok(accounts)
}

/// A table to begin with: the headings, and two rows that show how.
pub async fn template(me: Me) -> Result<Response, Trouble> {
    may(&me)?;
    let root = me.roster.root().map(|id| me.roster.unit_name(id).to_owned()).unwrap_or_default();
    let text = format!(
        "\u{feff}单位,类别,上级单位,代码,职务,角色,主要负责人,姓名,登录名\n\
         市环保局,市直部门,{root},,市环保局局长,单位主要负责人,是,,\n\
         大气科,科室,市环保局,,大气科科长,责任人,是,,\n"
    );
    let kind = (axum::http::header::CONTENT_TYPE, "text/csv; charset=utf-8");
    Ok(([kind], text).into_response())
}
