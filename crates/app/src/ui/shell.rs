//! The shell around a page: navigation, top bar, who is signed in, what waits for them.

use axum::{
    Form,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::roster::Power;
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::Me,
    failure::Failure,
    ui::words::{Lang, Words},
};

/// One line of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    pub href: &'static str,
    pub icon: &'static str,
    pub key: &'static str,
    pub count: i64,
    /// Something in it is overdue.
    pub hot: bool,
    pub here: bool,
}

/// A group of the navigation; the first has no name.
#[derive(Clone, Debug)]
pub struct NavGroup {
    pub key: &'static str,
    pub items: Vec<NavItem>,
}

/// Everything around a page's own content.
#[derive(Clone, Debug)]
pub struct Shell {
    pub w: Words,
    pub theme: &'static str,
    pub nav: Vec<NavGroup>,
    pub body: String,
    pub year: i64,
    pub demo: bool,
    pub today: mechanisms::Day,
    pub me_title: String,
    pub me_unit: String,
    pub me_initial: String,
    pub posts: Vec<(i64, String)>,
    pub waiting: i64,
    pub csrf: String,
    pub path: String,
}

impl Shell {
    /// The shell for an officer on the page of a navigation entry.
    pub async fn of(me: &Me, here: &'static str) -> Result<Self, Failure> {
        let (waiting, late) = counts(me).await?;
        let title = me.roster.post_title(me.officer.post).to_owned();
        let unit = me.roster.unit_of(me.officer.post).map(|unit| me.roster.unit_name(unit));
        let posts = me
            .roster
            .posts_of(me.officer.person, me.today())
            .into_iter()
            .filter(|post| *post != me.officer.post)
            .map(|post| (post.0, me.roster.post_title(post).to_owned()))
            .collect();
        let unit = unit.unwrap_or_default().to_owned();
        Ok(Self {
            w: Words::of(me.visit.lang),
            theme: me.visit.theme,
            nav: nav(me, here, waiting, late),
            body: me.body.name.clone(),
            year: i64::from(me.today().year()),
            demo: me.body.demo,
            today: me.today(),
            me_initial: unit
                .trim_start_matches("市委")
                .trim_start_matches('市')
                .chars()
                .take(1)
                .collect(),
            me_title: title,
            me_unit: unit,
            posts,
            waiting,
            csrf: me.csrf.clone(),
            path: me.visit.path.clone(),
        })
    }
}

fn nav(me: &Me, here: &'static str, waiting: i64, late: i64) -> Vec<NavGroup> {
    let item =
        |href, icon, key, count, hot| NavItem { href, icon, key, count, hot, here: href == here };
    let mut system = vec![item("/units", "users", "nav-units", 0, false)];
    if me.may(Power::Register) {
        system.push(item("/imports", "updown", "nav-imports", 0, false));
    }
    if me.may(Power::ReadJournal) {
        system.push(item("/journal", "log", "nav-journal", 0, false));
    }
    vec![
        NavGroup {
            key: "",
            items: vec![
                item("/", "home", "nav-overview", 0, false),
                item("/todo", "inbox", "nav-todo", waiting, waiting > 0),
            ],
        },
        NavGroup {
            key: "nav-guidance",
            items: vec![
                item("/plan", "gantt", "nav-plan", late, late > 0),
                item("/projects", "meet", "nav-meetings", 0, false),
            ],
        },
        NavGroup { key: "nav-system", items: system },
    ]
}

/// How many moves wait for this officer's post or for somebody with one of its powers, and how
/// many items within the officer's scope are red today.
async fn counts(me: &Me) -> Result<(i64, i64), Failure> {
    let late = crate::matters::counts(me, None).await?.late;
    let seats = seats(me).join(", ");
    let question = format!("waiting {seats}");
    let waiting = me.remember(&question, async {
        let text = format!(
            "select cast(coalesce(sum(t.n), 0) as bigint) from tally_todo t \
             where t.jurisdiction = $1 and t.whose in ({seats}) and t.since <= $2"
        );
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(me.today().to_string())
            .fetch_one(me.house.store.reader())
            .await?;
        Ok(row.try_get(0)?)
    });
    Ok((waiting.await?, late))
}

/// Those for whom moves wait and who this officer is, as the column `whose` of `todo` has them,
/// in quotes: the post, and every power it has.
pub fn seats(me: &Me) -> Vec<String> {
    let post = me.roster.post(me.officer.post);
    let powers = post.map_or(&[][..], |post| post.role.powers());
    let powers = powers.iter().map(|power| format!("'{}'", power.word()));
    std::iter::once(format!("'{}'", me.officer.post)).chain(powers).collect()
}

/// What a visitor may set: language and theme, kept in cookies for a year.
#[derive(Debug, Deserialize)]
pub struct Settings {
    lang: Option<String>,
    theme: Option<String>,
    then: Option<String>,
}

pub async fn settings(Form(settings): Form<Settings>) -> Response {
    let then = settings.then.filter(|path| path.starts_with('/') && !path.starts_with("//"));
    let mut response = Redirect::to(then.as_deref().unwrap_or("/")).into_response();
    let lang = settings.lang.as_deref().and_then(Lang::from_tag).map(|lang| ("lang", lang.tag()));
    let theme = settings.theme.as_deref().filter(|theme| ["light", "dark"].contains(theme));
    for (name, value) in lang.into_iter().chain(theme.map(|theme| ("theme", theme))) {
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}
