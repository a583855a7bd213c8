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
    let (mut rest, mut text, mut at) = (number.unsigned_abs(), [0; 20], 20);
    while rest > 0 || at == 20 {
        at -= 1;
        text[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if number < 0 {
        out.push('-');
    }
    text[at..].iter().for_each(|digit| out.push(char::from(*digit)));
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
            self.text.clear();
            let (year, month, of_month) = civil(day);
            digits(&mut self.text, year, 4);
            for two in [month, of_month] {
                self.text.push('-');
                digits(&mut self.text, two, 2);
            }
        }
        out.push_str(&self.text);
        out.push('T');
        digits(out, clock / 60, 2);
        out.push(':');
        digits(out, clock % 60, 2);
    }
}

/// So many digits of a number that has no more.
fn digits(out: &mut String, number: i64, many: u32) {
    for place in (0..many).rev() {
        out.push(char::from(b'0' + (number / 10_i64.pow(place) % 10) as u8));
    }
}

/// Year, month and day of the Gregorian calendar, from days since 1970-01-01: years that begin
/// in March, in eras of 400 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year + i64::from(month <= 2), month, of_month)
}

#[cfg(test)]
#[test]
fn days_are_written_as_the_date_library_writes_them() {
    for day in (-719_162..2_932_896).step_by(97) {
        let (year, month, of_month) = civil(day);
        let written = Moment(day * DAY).day().to_string();
        assert_eq!(format!("{year:04}-{month:02}-{of_month:02}"), written);
    }
}
