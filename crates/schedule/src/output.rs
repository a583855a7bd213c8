//! The table a schedule is printed as.

use calendar::{DAY, Moment};

use crate::{Plan, Schedule};

/// The header of the printed table.
const HEADER: &str = "uid,name,early_start,early_finish,late_start,late_finish,start,finish,\
                      total_slack_min,free_slack_min,critical\n";

impl Schedule {
    /// The schedule as CSV, a row for each task in the plan's order: dates `YYYY-MM-DDTHH:MM`,
    /// slack in working minutes, critical 1 or 0. An inactive task's row has no dates.
    ///
    /// ```
    /// use schedule::{Plan, Task, schedule};
    /// let mut plan = Plan::starting("2015-11-20T08:00".parse()?);
    /// plan.add(Task::new(7, "survey", 3600));
    /// let csv = schedule(&plan)?.to_csv(&plan);
    /// assert!(csv.ends_with("T09:00,2015-11-20T08:00,2015-11-20T09:00,0,0,1\n"), "{csv}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_csv(&self, plan: &Plan) -> String {
        let mut out = String::with_capacity(HEADER.len() + plan.tasks.len() * 140);
        out.push_str(HEADER);
        let mut clock = Clock::default();
        for (task, row) in plan.tasks.iter().zip(self.rows()) {
            number(&mut out, task.uid);
            out.push(',');
            text(&mut out, &task.name);
            if !row.is_scheduled {
                out.push_str(",,,,,,,,,\n");
                continue;
            }
            let early = [row.early_start, row.early_finish];
            let late = [row.late_start, row.late_finish];
            for date in early.into_iter().chain(late).chain([row.start, row.finish]) {
                out.push(',');
                clock.write(&mut out, date);
            }
            for slack in [row.total_slack, row.free_slack] {
                out.push(',');
                minutes(&mut out, slack);
            }
            out.push_str(if row.is_critical { ",1\n" } else { ",0\n" });
        }
        out
    }
}

fn number(out: &mut String, number: i64) {
    use std::fmt::Write as _;
    let _ = write!(out, "{number}");
}

/// Minutes, with a fraction only where there is one.
pub(crate) fn minutes(out: &mut String, seconds: i64) {
    if seconds % 60 == 0 {
        return number(out, seconds / 60);
    }
    let hundredths = (seconds as f64 / 0.6).round() / 100.0;
    out.push_str(&hundredths.to_string());
}

fn text(out: &mut String, text: &str) {
    if !text.contains([',', '"', '\n', '\r']) {
        return out.push_str(text);
    }
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// Writes moments; the text of the last day written is kept, the next is often the same.
#[derive(Default)]
struct Clock {
    day: i64,
    text: String,
}

impl Clock {
    fn write(&mut self, out: &mut String, moment: Moment) {
        let (day, clock) = (moment.0.div_euclid(DAY), moment.0.rem_euclid(DAY) / 60);
        if self.text.is_empty() || day != self.day {
            self.day = day;
            self.text = moment.day().to_string();
        }
        out.push_str(&self.text);
        out.push('T');
        for (sign, two) in [("", clock / 60), (":", clock % 60)] {
            out.push_str(sign);
            out.push(char::from(b'0' + (two / 10) as u8));
            out.push(char::from(b'0' + (two % 10) as u8));
        }
    }
}
