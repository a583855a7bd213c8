//! The shell around a page: navigation, top bar, who is signed in, what waits for them.

use axum::{
    Form,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{Day, roster::Power};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    access::Me,
    failure::Failure,
    matters::{self, Filter, PlanLine},
    ui::words::{Lang, Words},
};

/// One line of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    pub href: &'static str,
    pub icon: &'static str,
    pub key: &'static str,
    /// What the bar of a phone calls it; empty where it is not in it.
    pub tab: &'static str,
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

/// A year, or one plan of a year, that the scope may be changed to.
#[derive(Clone, Debug)]
pub struct ScopeChoice {
    pub name: String,
    pub href: String,
    pub here: bool,
    /// One plan of the year above it.
    pub inner: bool,
}

/// Everything around a page's own content.
#[derive(Clone, Debug)]
pub struct Shell {
    pub w: Words,
    pub theme: &'static str,
    pub nav: Vec<NavGroup>,
    pub body: String,
    pub year: i64,
    /// The plan the page is narrowed to.
    pub plan: Option<String>,
    /// Years and plans to choose from, where there are several.
    pub scopes: Vec<ScopeChoice>,
    pub demo: bool,
    /// Today, and the day the page shows where that has passed.
    pub today: Day,
    pub past: Option<Day>,
    /// The page can show a past day; what its form keeps of the address.
    pub dated: bool,
    pub kept: Vec<(String, String)>,
    pub page: String,
    pub me_title: String,
    pub me_unit: String,
    pub me_initial: String,
    pub posts: Vec<(i64, String)>,
    pub waiting: i64,
    pub csrf: String,
    pub path: String,
    /// Single letters are keys.
    pub keys: bool,
}

/// Pages that show a year or a plan, and any past day of it.
const DATED: [&str; 7] =
    ["/", "/plan", "/plan/list", "/plan/chain", "/plan/timeliness", "/plan/wall", "/items"];

impl Shell {
    /// The shell for an officer on the page of a navigation entry.
    pub async fn of(me: &Me, here: &'static str) -> Result<Self, Failure> {
        let (waiting, late, overdue) = counts(me).await?;
        let title = me.roster.post_title(me.officer.post).to_owned();
        let unit = me.roster.unit_of(me.officer.post).map(|unit| me.roster.unit_name(unit));
        let posts = me
            .roster
            .posts_of(me.officer.person, me.now.day())
            .into_iter()
            .filter(|post| *post != me.officer.post)
            .map(|post| (post.0, me.roster.post_title(post).to_owned()))
            .collect();
        let unit = unit.unwrap_or_default().to_owned();
        let (page, query) = me.visit.path.split_once('?').unwrap_or((&me.visit.path, ""));
        let kept: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let dated = DATED.contains(&page);
        let asked: Filter = match dated {
            true => serde_urlencoded::from_str(query).unwrap_or_default(),
            false => Filter::default(),
        };
        let plans = matters::plans(me).await?;
        let plan = asked.plan.and_then(|id| plans.iter().find(|plan| plan.id == id));
        let span = matters::span(me, &asked).await?;
        let year = plan.map_or(span.year, |plan| plan.year);
        let w = Words::of(me.visit.lang);
        Ok(Self {
            theme: me.visit.theme,
            nav: nav(me, here, (waiting, late, overdue)),
            body: me.body.name.clone(),
            scopes: scopes(plans, page, &asked, year, &w),
            year,
            plan: plan.map(|plan| plan.title.clone()),
            demo: me.body.demo,
            today: me.now.day(),
            past: me.past,
            page: page.to_owned(),
            kept: kept.into_iter().filter(|pair| pair.0 != "as_of" && pair.0 != "page").collect(),
            dated,
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
            keys: me.visit.keys,
            w,
        })
    }

    /// The address of this page as it is today.
    pub fn now(&self) -> String {
        let mut query = String::new();
        for (name, value) in &self.kept {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(&format!("{name}={}", super::encode(value)));
        }
        format!("{}{query}", self.page)
    }

    /// The name of the day a page shows, as an input of days writes it.
    pub fn shown(&self) -> String {
        self.past.unwrap_or(self.today).to_string()
    }
}

/// The years with a plan of the body's own, and the plans of a year that has several. Changing
/// the scope keeps the page.
fn scopes(
    plans: &[PlanLine],
    page: &str,
    asked: &Filter,
    year: i64,
    w: &Words,
) -> Vec<ScopeChoice> {
    let own: Vec<&PlanLine> = plans.iter().filter(|plan| plan.own).collect();
    if own.len() < 2 {
        return Vec::new();
    }
    let page = if DATED.contains(&page) { page } else { "/plan" };
    let mut years: Vec<i64> = own.iter().map(|plan| plan.year).collect();
    years.dedup();
    let mut choices = Vec::new();
    for of in years {
        let whole = Filter { year: Some(of), ..Filter::default() };
        choices.push(ScopeChoice {
            name: w.a("year-of", &[("year", &of.to_string())]),
            href: format!("{page}{}", whole.with("page", "")),
            here: of == year && asked.plan.is_none(),
            inner: false,
        });
        let of_year = own.iter().filter(|plan| plan.year == of);
        if of_year.clone().count() > 1 {
            choices.extend(of_year.map(|plan| {
                let one = Filter { plan: Some(plan.id), ..Filter::default() };
                ScopeChoice {
                    name: plan.title.clone(),
                    href: format!("{page}{}", one.with("page", "")),
                    here: asked.plan == Some(plan.id),
                    inner: true,
                }
            }));
        }
    }
    choices
}

fn nav(me: &Me, here: &'static str, (waiting, late, overdue): (i64, i64, i64)) -> Vec<NavGroup> {
    let item = |href, icon, key, tab, count, hot| NavItem {
        href,
        icon,
        key,
        tab,
        count,
        hot,
        here: href == here,
    };
    let mut system = vec![
        item("/units", "users", "nav-units", "", 0, false),
        item("/workdays", "cal", "nav-workdays", "", 0, false),
    ];
    if me.may(Power::Register) {
        system.push(item("/imports", "updown", "nav-imports", "", 0, false));
    }
    if me.may(Power::ReadJournal) {
        system.push(item("/journal", "log", "nav-journal", "", 0, false));
    }
    vec![
        NavGroup {
            key: "",
            items: vec![
                item("/", "home", "nav-overview", "tab-overview", 0, false),
                item("/todo", "inbox", "nav-todo", "tab-todo", waiting, waiting > 0),
            ],
        },
        NavGroup {
            key: "nav-guidance",
            items: vec![
                item("/plan", "gantt", "nav-plan", "tab-plan", late, late > 0),
                item("/projects", "meet", "nav-meetings", "", 0, false),
            ],
        },
        NavGroup {
            key: "nav-supervision",
            items: vec![item(
                "/problems",
                "list",
                "nav-problems",
                "tab-problems",
                overdue,
                overdue > 0,
            )],
        },
        NavGroup { key: "nav-system", items: system },
    ]
}

/// How many moves wait for this officer's post or for somebody with one of its powers, and how
/// many items of this year within the officer's scope are red, and how many problems overdue. All
/// are of today, whichever day the page shows.
async fn counts(me: &Me) -> Result<(i64, i64, i64), Failure> {
    let now = Me { past: None, ..me.clone() };
    let late = matters::counts(&now, &Filter::default()).await?.late;
    let seats = seats(me).join(", ");
    let question = format!("waiting {seats}");
    let waiting = now.remember(&question, async {
        let text = format!(
            "select cast(coalesce(sum(t.n), 0) as bigint) from tally_todo t \
             where t.jurisdiction = $1 and t.whose in ({seats}) and t.since <= $2"
        );
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(now.today().to_string())
            .fetch_one(me.house.store.reader())
            .await?;
        Ok(row.try_get(0)?)
    });
    Ok((waiting.await?, late, matters::problems::overdue(&now).await?))
}

/// Those for whom moves wait and who this officer is, as the column `whose` of `todo` has them,
/// in quotes: the post, and every power it has.
pub fn seats(me: &Me) -> Vec<String> {
    let post = me.roster.post(me.officer.post);
    let powers = post.map_or(&[][..], |post| post.role.powers());
    let powers = powers.iter().map(|power| format!("'{}'", power.word()));
    std::iter::once(format!("'{}'", me.officer.post)).chain(powers).collect()
}

/// What a visitor may set: language, theme, and whether single letters are keys; kept in cookies
/// for a year.
#[derive(Debug, Deserialize)]
pub struct Settings {
    lang: Option<String>,
    theme: Option<String>,
    keys: Option<String>,
    then: Option<String>,
}

pub async fn settings(Form(settings): Form<Settings>) -> Response {
    let then = settings.then.filter(|path| path.starts_with('/') && !path.starts_with("//"));
    let mut response = Redirect::to(then.as_deref().unwrap_or("/")).into_response();
    let lang = settings.lang.as_deref().and_then(Lang::from_tag).map(|lang| ("lang", lang.tag()));
    let theme = settings.theme.as_deref().filter(|theme| ["light", "dark"].contains(theme));
    let keys = settings.keys.as_deref().filter(|keys| ["on", "off"].contains(keys));
    let theme = theme.map(|theme| ("theme", theme));
    for (name, value) in lang.into_iter().chain(theme).chain(keys.map(|keys| ("keys", keys))) {
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}
