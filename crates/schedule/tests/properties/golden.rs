//! What summary tasks and work that has begun look like, as MPXJ 16.10 answers the same plans.

use calendar::{Calendar, Moment};
use schedule::{Constraint, Kind, Lag, Link, Plan, Progress, Task, schedule};

fn at(text: &str) -> Moment {
    format!("2026-01-{text}").parse().unwrap()
}

const HOUR: i64 = 3_600;

/// Tasks of so many hours under their summary tasks, on office hours from 5 January 2026.
fn plan(tasks: &[(i64, Option<usize>)], links: &[(usize, usize, Kind)]) -> Plan {
    let mut plan = Plan::starting(at("05T08:00"));
    plan.calendars = vec![Calendar::office()];
    for (place, (hours, parent)) in tasks.iter().enumerate() {
        let task = Task::new(place as i64 + 1, "", hours * HOUR);
        plan.add(Task { parent: *parent, ..task });
    }
    for (from, to, kind) in links {
        plan.links.push(Link { from: *from, to: *to, kind: *kind, lag: Lag::NONE });
    }
    plan
}

fn begun(on: &str, hours_left: i64) -> Progress {
    Progress { started: Some(at(on)), finished: None, remaining: Some(hours_left * HOUR) }
}

/// Compares rows with `number early-start early-finish late-start late-finish start finish
/// slack free critical`, dates as day and hour.
fn check(plan: &Plan, expected: &str) {
    let dates = schedule(plan).unwrap();
    let short = |moment: Moment| moment.to_string()[8..13].to_owned();
    let mut found = String::new();
    for (task, row) in plan.tasks.iter().zip(dates.rows()) {
        let pairs = [row.early_start, row.early_finish, row.late_start, row.late_finish];
        let written: Vec<String> =
            pairs.into_iter().chain([row.start, row.finish]).map(short).collect();
        let (slack, free) = (row.total_slack / 60, row.free_slack / 60);
        let critical = u8::from(row.is_critical);
        found += &format!("{} {} {slack} {free} {critical}\n", task.uid, written.join(" "));
    }
    assert_eq!(found.trim(), expected.trim());
}

#[test]
fn a_summary_task_sees_late_subtasks_where_they_are_planned() {
    let (fs, late) = (Kind::FinishStart, Constraint::AsLateAsPossible);
    let shape =
        [(8, None), (8, Some(0)), (8, Some(0)), (40, None), (8, None), (16, None), (8, None)];
    let mut plan = plan(&shape, &[(2, 4, fs), (5, 6, fs)]);
    (plan.tasks[2].constraint, plan.tasks[5].constraint) = (late, late);
    // What waits for work that is as late as possible and has begun waits for its late finish.
    plan.tasks[5].progress = begun("05T08:00", 8);
    check(
        &plan,
        "
1 05T08 08T17 08T08 09T17 05T08 08T17 480 480 0
2 05T08 05T17 09T08 09T17 05T08 05T17 1920 1920 0
3 05T08 05T17 08T08 08T17 08T08 08T17 0 0 1
4 05T08 09T17 05T08 09T17 05T08 09T17 0 0 1
5 09T08 09T17 09T08 09T17 09T08 09T17 0 0 1
6 05T08 06T17 05T08 08T17 05T08 08T17 0 0 1
7 09T08 09T17 09T08 09T17 09T08 09T17 0 0 1",
    );
}

#[test]
fn a_summary_task_has_begun_with_its_subtasks() {
    let shape = [
        (8, None),
        (16, Some(0)),
        (8, Some(0)),
        (8, None),
        (8, Some(3)),
        (8, None),
        (16, None),
        (40, None),
    ];
    let mut plan = plan(&shape, &[(5, 6, Kind::StartStart), (2, 7, Kind::FinishStart)]);
    plan.tasks[1].progress = begun("07T08:00", 8);
    plan.tasks[4].progress =
        Progress { started: Some(at("05T08:00")), finished: Some(at("05T17:00")), remaining: None };
    plan.tasks[6].progress = begun("05T08:00", 8);
    check(
        &plan,
        "
1 05T08 08T17 05T08 12T17 05T08 08T17 960 960 0
2 07T08 08T17 07T08 12T17 07T08 08T17 960 960 0
3 05T08 05T17 05T08 05T17 05T08 05T17 0 0 1
4 05T08 05T17 05T08 05T17 05T08 05T17 0 0 0
5 05T08 05T17 05T08 05T17 05T08 05T17 0 0 0
6 05T08 05T17 12T08 12T17 05T08 05T17 2400 0 0
7 05T08 06T17 05T08 12T17 05T08 06T17 1920 1920 0
8 06T08 12T17 06T08 12T17 06T08 12T17 0 0 1",
    );
}

/// The days off that an exception by the day of the month makes of a week without rest.
fn monthly(first: &str, every: u8, day: u8) -> Vec<String> {
    let week: String = (1..=7)
        .map(|day| {
            format!(
                "<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking><WorkingTimes>\
                 <WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>\
                 </WorkingTimes></WeekDay>"
            )
        })
        .collect();
    let xml = format!(
        "<Project><StartDate>2026-01-05T08:00:00</StartDate><CalendarUID>1</CalendarUID>\
         <Calendars><Calendar><UID>1</UID><WeekDays>{week}</WeekDays><Exceptions><Exception>\
         <TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>2026-04-30T23:59:00</ToDate>\
         </TimePeriod><Type>4</Type><Period>{every}</Period><MonthDay>{day}</MonthDay>\
         <DayWorking>0</DayWorking></Exception></Exceptions></Calendar></Calendars></Project>"
    );
    let plan = Plan::from_xml(xml.as_bytes()).unwrap();
    let mut at = jiff::civil::date(2025, 12, 1);
    let mut off = Vec::new();
    while at.year() < 2027 {
        if !plan.calendars[plan.calendar].is_workday(at) {
            off.push(at.to_string());
        }
        at = at.tomorrow().unwrap();
    }
    off
}

#[test]
fn an_exception_of_a_month_begins_with_the_first_day_it_meets() {
    assert_eq!(monthly("2025-12-20", 2, 1), ["2026-01-01", "2026-03-01"]);
    assert_eq!(monthly("2025-12-20", 2, 20), ["2025-12-20", "2026-02-20", "2026-04-20"]);
    // The 31st of a shorter month is its last day.
    assert_eq!(
        monthly("2026-01-31", 1, 31),
        ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    );
}
