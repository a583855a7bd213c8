//! Why an item's light is what it is, the pace that would recover it, its curve, its milestones.

use mechanisms::{
    light::{Key, Light, Reason},
    plan::item::Item,
};

use crate::{
    access::Me,
    ui::{curve::Curve, words::Words},
};

/// A rule's answer in words.
pub struct Why {
    pub light: Light,
    pub word: &'static str,
    pub name: String,
    pub text: String,
    /// Where the fact stands, and what that is called.
    pub source: Option<(String, String)>,
}

/// A milestone as the table shows it.
pub struct Step {
    pub light: Light,
    pub number: i64,
    pub title: String,
    pub planned: String,
    pub actual: String,
    pub off: String,
    pub off_class: &'static str,
}

pub fn why(reason: &Reason, (id, item): (i64, &Item), me: &Me, w: &Words) -> Why {
    let name = w.t(&format!("rule-{}", reason.key.word()));
    let today = me.today();
    let day = |day: Option<mechanisms::Day>| day.map_or("—".into(), |day| w.day(&day, &today));
    let n = reason.value.abs().to_string();
    let past = if reason.value > 0 { "past" } else { "ahead" };
    let calendar = &*me.calendar;
    let text = match reason.key {
        Key::Milestone => {
            let open = item.content.milestones.iter().find(|step| step.reached_on.is_none());
            let title = open.map_or("", |step| step.title.as_str());
            let on = day(open.map(|step| step.planned_on));
            w.a(&format!("why-milestone-{past}"), &[("title", title), ("on", &on), ("n", &n)])
        }
        Key::Forecast => {
            let pace = item.pace().map_or(0, |pace| pace.a_week()).to_string();
            let left = item.remaining().to_string();
            let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
            let on = day(item.forecast_on().map(|day| day.max(today)));
            let key = format!("why-forecast-{past}");
            w.a(&key, &[("pace", &pace), ("left", &left), ("unit", unit), ("on", &on), ("n", &n)])
        }
        Key::LatestStart => {
            let best = item.content.best_pace.unwrap_or(0).to_string();
            let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
            let on = day(item.latest_start_on(calendar));
            let key = format!("why-latest-start-{past}");
            w.a(&key, &[("best", &best), ("unit", unit), ("on", &on), ("n", &n)])
        }
        Key::Deadline => {
            w.a(&format!("why-deadline-{past}"), &[("on", &day(item.due_on())), ("n", &n)])
        }
        Key::Lag => {
            let done = item.percent().to_string();
            let planned = (item.percent() + reason.value).to_string();
            w.a("why-lag", &[("planned", &planned), ("done", &done), ("n", &n)])
        }
        Key::Report => {
            let on = day(item.report_due_on());
            w.a(&format!("why-report-{past}"), &[("on", &on), ("n", &n)])
        }
    };
    let source = source(reason.key, id, item, me, w);
    Why { light: reason.light, word: reason.key.word(), name, text, source }
}

/// The record behind a rule's fact.
fn source(key: Key, id: i64, item: &Item, me: &Me, w: &Words) -> Option<(String, String)> {
    Some(match key {
        Key::Milestone => {
            let open = item.content.milestones.iter().find(|step| step.reached_on.is_none())?;
            (format!("#ms-{}", open.number), w.n("why-source-milestone", open.number))
        }
        Key::Forecast => {
            let last = item.reports.last()?;
            let day = w.short(&last.stamp.day, &me.today());
            (format!("#report-{}", last.number), w.a("why-source-report", &[("day", &day)]))
        }
        Key::LatestStart => (format!("/items/{id}/backward"), w.t("schedule")),
        Key::Lag => ("#curve".to_owned(), w.t("data-table")),
        Key::Report => ("#reports".to_owned(), w.t("why-source-reports")),
        Key::Deadline => match item.extensions.is_empty() {
            false => ("#extensions".to_owned(), w.t("extension")),
            true => ("#baseline".to_owned(), w.t("baseline")),
        },
    })
}

pub fn recover(item: &Item, me: &Me, w: &Words) -> Option<String> {
    let needed = item.needed_pace(me.today()).filter(|_| item.remaining() > 0)?;
    let pace = item.pace().map_or(0, |pace| pace.a_week());
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    let (needed_text, pace_text) = (needed.to_string(), pace.to_string());
    if pace == 0 {
        return Some(w.a("recover-plain", &[("needed", &needed_text), ("unit", unit)]));
    }
    let tenths = needed * 10 / pace;
    let times = format!("{}.{}", tenths / 10, tenths % 10);
    let args =
        [("needed", &*needed_text), ("unit", unit), ("pace", &*pace_text), ("times", &*times)];
    Some(w.a("recover", &args))
}

pub fn curve_of(item: &Item, me: &Me, light: Light) -> Curve {
    let content = &item.content;
    let start = content.start_on.map(|start| (start, 0));
    let steps = content.milestones.iter();
    let plan: Vec<_> = start
        .into_iter()
        .chain(steps.filter_map(|step| Some((step.planned_on, step.amount?))))
        .collect();
    let reports = item.reports.iter().filter(|r| r.check.as_ref().is_none_or(|check| check.0));
    let actual: Vec<_> =
        start.into_iter().chain(reports.map(|r| (r.stamp.day, r.account.amount))).collect();
    Curve {
        plan: if actual.len() > 1 { plan } else { Vec::new() },
        actual: if actual.len() > 1 { actual } else { Vec::new() },
        forecast: item.forecast_on(),
        target: item.whole(),
        due: item.due_on(),
        today: me.today(),
        late: light == Light::Late,
    }
}

pub fn steps(item: &Item, me: &Me, w: &Words) -> Vec<Step> {
    let today = me.today();
    let forecast = item.forecast_on().map(|day| day.max(today));
    item.content
        .milestones
        .iter()
        .map(|step| {
            let days = |to: mechanisms::Day| {
                step.planned_on.until(to).map_or(0, |span| i64::from(span.get_days()))
            };
            let (light, actual, off) = match step.reached_on {
                Some(day) => (Light::Done, w.short(&day, &today), days(day)),
                None => {
                    let light = match days(today) {
                        late if late > 0 => Light::Late,
                        _ if forecast.is_some_and(|end| end > step.planned_on) => Light::Warn,
                        _ => Light::Ok,
                    };
                    let end = forecast.map_or("—".into(), |day| {
                        format!("{} {}", w.t("forecast"), w.short(&day, &today))
                    });
                    (light, end, days(today))
                }
            };
            let text = match (step.reached_on, off) {
                (Some(_), 0) => w.t("slip-none"),
                (Some(_), n) if n > 0 => w.n("late-days", n),
                (Some(_), n) => w.n("early-days", -n),
                (None, n) if n > 0 => w.n("overdue-days", n),
                (None, n) => match forecast.map(days) {
                    Some(late) if late > 0 => w.n("milestone-will-late", late),
                    _ => w.n("left-days", -n),
                },
            };
            let off_class = if light == Light::Late { "t-late b" } else { "soft" };
            Step {
                light,
                number: step.number,
                title: step.title.clone(),
                planned: w.short(&step.planned_on, &today),
                actual,
                off: text,
                off_class,
            }
        })
        .collect()
}
