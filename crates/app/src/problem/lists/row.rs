//! One line of the ledger as pages show it.

use mechanisms::{Id, light::Light, problem::Step};

use crate::{access::Me, matters::problems::Line, ui::words::Words};

/// A line, with its words.
pub struct RowView {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub unit: String,
    /// `late`, `warn`, or nothing where the deadline is only a day.
    pub light: &'static str,
    pub due: String,
    /// Closed: the day is no longer pressing.
    pub faint: bool,
    pub boxes: i64,
    pub stage: String,
    pub reminders: i64,
    pub relapsed: bool,
}

pub fn row(me: &Me, line: Line, w: &Words) -> RowView {
    let today = me.today();
    let (light, due) = due(&line, me, w);
    RowView {
        boxes: line.boxes(),
        stage: stage(&line.stage, w),
        unit: me.roster.unit_name(Id::new(line.unit)).to_owned(),
        faint: line.standing == "done" || line.counts_on.is_none_or(|day| day < today),
        light,
        due,
        id: line.id,
        number: line.number,
        title: line.title,
        reminders: line.reminders,
        relapsed: line.relapses > 0,
    }
}

/// What stands in the column of the deadline: how late, how soon, or the day.
fn due(line: &Line, me: &Me, w: &Words) -> (&'static str, String) {
    let today = me.today();
    if let Some(days) = line.overdue(today) {
        return ("late", w.n("overdue-days", days));
    }
    let Some(day) = line.counts_on else { return ("", w.t("problems-undated")) };
    match line.light {
        Light::Late => ("late", w.short(&day, &today)),
        Light::Warn => ("warn", w.left(&day, &today)),
        _ => ("", w.short(&day, &today)),
    }
}

/// The word of a stage: the box it is in, or its own name where it is in none.
pub fn stage(word: &str, w: &Words) -> String {
    let step = Step::ALL.iter().find(|step| step.stage_words().contains(&word));
    match (word, step) {
        ("publishing", _) | (_, None) => w.t(&format!("problem-stage-{word}")),
        (_, Some(step)) => w.t(&format!("problem-step-{}", step.word())),
    }
}
