//! One problem on its own page: what was found and whose it is, the measures, how far its closing
//! is and who did which step, what was said, and the reminders with what comes next.

use askama::Template;
use axum::{extract::Path, response::Html};
use mechanisms::{
    light::Light,
    problem::{Problem, Stage},
};

use super::{
    acts::{self, Act},
    find,
    shown::{self, Entry, Reused},
};
use crate::{
    access::Me,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

#[derive(Template)]
#[template(path = "problem/problem.html")]
struct ProblemPage {
    shell: Shell,
    id: i64,
    number: String,
    title: String,
    what: String,
    light: Light,
    verdict: String,
    stage: String,
    /// What stands over the page: waived until, published until, suspended since.
    banner: Option<(&'static str, String)>,
    cause: String,
    target: String,
    chain: Vec<(String, bool)>,
    due: String,
    left: String,
    late: bool,
    facts: Vec<(String, String)>,
    /// Number, text, day, done on, light.
    measures: Vec<(i64, String, String, String, Light)>,
    criteria: Vec<(String, Option<String>)>,
    seals: Vec<Entry>,
    progress: Vec<Entry>,
    said: Vec<Entry>,
    pushes: Vec<(String, String, String)>,
    links: Vec<(i64, String, String)>,
    reused: Vec<Reused>,
    reminders: Vec<Entry>,
    next_rung: Option<(bool, String)>,
    looks: Vec<Entry>,
    record: Vec<Entry>,
    record_total: i64,
    acts: Vec<(Act, String)>,
    may_edit: bool,
}

impl ProblemPage {
    fn offers(&self, noun: &str) -> bool {
        self.acts.iter().any(|act| act.0.noun == noun)
    }

    /// The page's one filled button: the first step that is somebody's next move.
    fn first(&self) -> Option<&(Act, String)> {
        let usual = |noun: &'static str| self.acts.iter().find(|act| act.0.noun == noun);
        let moves = self.acts.iter().find(|act| act.0.primary);
        moves.or_else(|| usual("report")).or_else(|| usual("reminder"))
    }

    fn beside(&self) -> Vec<&(Act, String)> {
        self.others().take(2).collect()
    }

    fn folded(&self) -> Vec<&(Act, String)> {
        self.others().skip(2).collect()
    }

    fn others(&self) -> impl Iterator<Item = &(Act, String)> {
        let first = self.first().map(|act| act.0.noun);
        self.acts.iter().filter(move |act| Some(act.0.noun) != first)
    }
}

pub async fn problem_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    let problem = find(&me, id).await?;
    let w = Words::of(me.visit.lang);
    let (calendar, today) = (&*me.calendar, me.today());
    let lights = me.house.store.lights();
    let light = problem.light(lights, calendar, today);
    let content = &problem.content;
    let due = content.due_on;
    let open = problem.stage.standing() == "open";
    let (record, record_total) = shown::record(&me, id, &w).await?;
    let acts = acts::offered(&problem, &me).into_iter();
    let page = ProblemPage {
        shell: Shell::of(&me, "/problems").await?,
        id,
        number: problem.number.clone().unwrap_or_default(),
        title: problem.title().to_owned(),
        what: content.what.clone(),
        verdict: verdict(&problem, light, &me, &w),
        stage: w.t(&format!("problem-stage-{}", problem.stage_word())),
        banner: banner(&problem, &me, &w),
        cause: content.cause.clone(),
        target: content.target.clone(),
        chain: shown::chain(&problem, &me),
        due: due.map_or("—".to_owned(), |due| w.day(&due, &today)),
        left: due.filter(|_| open).map_or(String::new(), |due| w.left(&due, &today)),
        late: open && due.is_some_and(|due| due < today),
        facts: shown::facts(&problem, &me, &w),
        measures: shown::measures(&problem, &me, &w),
        criteria: shown::criteria(&problem),
        seals: shown::seals(&problem, &me, &w),
        progress: shown::progress(&problem, &me, &w),
        said: shown::said(&problem, &me, &w),
        pushes: shown::pushes(&problem, &me, &w),
        links: shown::links(&me, &problem, &w).await?,
        reused: shown::reused(&me, id).await?,
        reminders: shown::reminders(&problem, &me, &w),
        next_rung: shown::next_rung(&problem, &me, &w),
        looks: shown::looks(&problem, &me, &w),
        record,
        record_total,
        acts: acts.map(|act| (act, acts::name(act.noun, &w))).collect(),
        may_edit: acts::may_amend(&problem, &me),
        light,
    };
    Ok(ui::page(&page)?)
}

fn verdict(problem: &Problem, light: Light, me: &Me, w: &Words) -> String {
    let late = problem.content.due_on.and_then(|due| due.until(me.today()).ok());
    let days = late.map_or(0, |span| i64::from(span.get_days()));
    match light {
        Light::Late if days > 0 => w.n("overdue-days", days),
        Light::Late | Light::Warn => w.light(&light),
        _ => w.t(&format!("problem-stage-{}", problem.stage_word())),
    }
}

/// What the reader must know before anything else.
fn banner(problem: &Problem, me: &Me, w: &Words) -> Option<(&'static str, String)> {
    let day = |day: &mechanisms::Day| w.day(day, &me.today());
    match problem.stage_on(me.today()) {
        Stage::Suspended => {
            let last = problem.suspensions.last()?;
            let on = last.decision.as_ref().map_or(&last.stamp, |decision| &decision.2).day;
            let args = [("day", &*day(&on)), ("reason", &last.reason)];
            Some(("hold", w.a("problem-banner-suspended", &args)))
        }
        Stage::Waived => {
            let waiver = problem.waiver.as_ref()?;
            let args = [("day", &*day(&waiver.until)), ("reason", &waiver.reason)];
            Some(("hold", w.a("problem-banner-waived", &args)))
        }
        Stage::Publishing => {
            let until = problem.published_until?;
            Some(("accent", w.a("problem-banner-publishing", &[("day", &day(&until))])))
        }
        Stage::Merged => {
            let number = &problem.merged.as_ref()?.1;
            Some(("accent", w.a("problem-banner-merged", &[("number", number)])))
        }
        _ if problem.has_relapsed() => {
            let n = problem.standing_relapses().count().to_string();
            let first = problem.first_due_on.map(|first| day(&first)).unwrap_or_default();
            Some(("warn", w.a("problem-banner-relapsed", &[("n", &n), ("day", &first)])))
        }
        _ => None,
    }
}
