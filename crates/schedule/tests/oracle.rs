//! Other people's schedulers, as recorded in the reference folder: every row they agree on.
#![allow(clippy::unwrap_used)]

use std::{collections::HashMap, fs, path::PathBuf};

use calendar::Calendar;
use schedule::{
    Conflict, Direction, Kind, Lag, Link, Network, Options, Plan, Relaxations, Row, Source, Task,
    command, schedule,
};

fn reference(kind: &str) -> Vec<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/schedule/");
    let entries = fs::read_dir(format!("{root}{kind}")).unwrap();
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

type Expected = HashMap<String, String>;

fn expected(folder: &std::path::Path) -> Vec<Expected> {
    let mut reader = csv::Reader::from_path(folder.join("expected.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        header.iter().zip(&record).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn row_of(plan: &Plan, rows: &[Row], uid: &str) -> Row {
    let uid: i64 = uid.parse().unwrap();
    rows[plan.tasks.iter().position(|task| task.uid == uid).unwrap()]
}

/// The fields that differ from what is expected, with both values.
fn differing(row: &Row, want: &Expected, names: &[&str], slack: i64) -> Vec<String> {
    let dates = [
        ("early_start", row.early_start),
        ("early_finish", row.early_finish),
        ("late_start", row.late_start),
        ("late_finish", row.late_finish),
        ("start", row.start),
        ("finish", row.finish),
    ];
    let mut found = Vec::new();
    for (name, date) in dates.iter().filter(|(name, _)| names.contains(name)) {
        if date.to_string() != want[*name] && !want[*name].is_empty() {
            found.push(format!("{name} {date} for {}", want[*name]));
        }
    }
    for (name, seconds) in
        [("total_slack_min", row.total_slack), ("free_slack_min", row.free_slack)]
    {
        if !names.contains(&name) || want[name].is_empty() {
            continue;
        }
        let wanted = (want[name].parse::<f64>().unwrap() * 60.0).round() as i64;
        if (seconds - wanted).abs() > slack {
            found.push(format!("{name} {} for {}", seconds as f64 / 60.0, want[name]));
        }
    }
    if names.contains(&"critical") && u8::from(row.is_critical).to_string() != want["critical"] {
        found.push(format!("critical {} for {}", row.is_critical, want["critical"]));
    }
    found
}

const DATES: [&str; 6] =
    ["early_start", "early_finish", "late_start", "late_finish", "start", "finish"];
const FIVE: [&str; 5] =
    ["early_start", "early_finish", "late_start", "late_finish", "total_slack_min"];
const ALL: [&str; 9] = [
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "start",
    "finish",
    "total_slack_min",
    "free_slack_min",
    "critical",
];

/// Compares every row; says how many of each opinion were seen, and what differs.
fn compare(kind: &str, fields: impl Fn(&str) -> (&'static [&'static str], i64)) -> Seen {
    let mut seen = Seen::default();
    for folder in reference(kind) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let plan = Plan::from_xml(&fs::read(folder.join("input.xml")).unwrap()).unwrap();
        let rows = schedule(&plan).unwrap();
        for want in expected(&folder) {
            let row = row_of(&plan, rows.rows(), &want["uid"]);
            let opinion = want["second_opinion"].clone();
            let (names, slack) = fields(&opinion);
            let found = differing(&row, &want, names, slack);
            seen.wrong.extend(found.into_iter().map(|one| format!("{name} {} {one}", want["uid"])));
            *seen.rows.entry(opinion).or_default() += 1;
        }
    }
    seen
}

#[derive(Default)]
struct Seen {
    rows: HashMap<String, usize>,
    wrong: Vec<String>,
}

#[test]
fn microsoft_project_itself_agrees_to_the_minute() {
    let exact = |opinion: &str| if opinion == "exact" { (&ALL[..], 0) } else { (&[][..], 0) };
    let seen = compare("msproject", exact);
    assert_eq!(seen.rows["exact"], 511);
    // Microsoft Project caps the free slack of one task before a fixed date at its total slack.
    assert_eq!(seen.wrong, ["slack-mfo 14 free_slack_min 480 for 0"]);
}

#[test]
fn microsoft_project_itself_agrees_in_working_time_at_boundaries() {
    let mut compared = 0;
    for folder in reference("msproject") {
        let plan = Plan::from_xml(&fs::read(folder.join("input.xml")).unwrap()).unwrap();
        let rows = schedule(&plan).unwrap();
        for want in expected(&folder).iter().filter(|want| want["second_opinion"] == "boundary") {
            let uid: i64 = want["uid"].parse().unwrap();
            let task = plan.tasks.iter().position(|task| task.uid == uid).unwrap();
            let calendar = &plan.calendars[plan.tasks[task].calendar.unwrap_or(plan.calendar)];
            let row = rows.row(task);
            let ours = [row.early_start, row.early_finish, row.late_start, row.late_finish];
            for (name, ours) in FIVE.iter().zip(ours) {
                let theirs = want[*name].parse().unwrap();
                assert_eq!(calendar.worked_between(ours, theirs), 0, "{folder:?} {uid} {name}");
                compared += 1;
            }
            assert!(differing(&row, want, &["total_slack_min"], 0).is_empty(), "{folder:?} {uid}");
        }
    }
    assert_eq!(compared, 4 * 17);
}

#[test]
fn the_generated_plans_agree_in_every_column() {
    let seen = compare("generated", |opinion| match opinion {
        "agree" => (&ALL[..], 0),
        // Half minutes from percent lag.
        "rounding" => (&ALL[..], 60),
        // Elapsed tasks: the slack was not settled.
        _ => (&DATES[..], 0),
    });
    assert_eq!(
        (seen.rows["agree"], seen.rows["dates_agree"], seen.rows["rounding"]),
        (1774, 80, 10)
    );
    assert!(seen.wrong.is_empty(), "{:#?}", seen.wrong);
}

#[test]
fn the_calendars_read_are_those_the_other_reader_saw() {
    let mut days = 0;
    for folder in reference("msproject").into_iter().chain(reference("generated")) {
        let plan = Plan::from_xml(&fs::read(folder.join("input.xml")).unwrap()).unwrap();
        let text = fs::read_to_string(folder.join("calendars.json")).unwrap();
        let list: serde_json::Value = serde_json::from_str(&text).unwrap();
        for calendar in &plan.calendars {
            let is_it = |other: &&serde_json::Value| other["name"] == calendar.name();
            let Some(other) = list.as_array().unwrap().iter().find(is_it) else { continue };
            for exception in other["exceptions"].as_array().unwrap() {
                let day = exception["from"].as_str().unwrap().parse().unwrap();
                let theirs = exception["work"].as_array().unwrap().len();
                assert_eq!(calendar.hours(day).len(), theirs, "{folder:?} {day}");
                days += 1;
            }
        }
    }
    assert!(days > 100, "{days}");
}

#[test]
fn taskjuggler_agrees_in_both_directions() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for folder in reference("taskjuggler") {
        let project = fs::read_to_string(folder.join("project.tjp")).unwrap();
        let meta = fs::read_to_string(folder.join("meta.csv")).unwrap();
        let rows = expected(&folder);
        let mut csv = String::from("uid,name,duration_min,predecessors\n");
        for row in &rows {
            let (id, length, before) = (&row["id"], &row["duration_min"], &row["predecessors"]);
            csv.push_str(&format!("{id},t{id},{length},{before}\n"));
        }
        let (options, dates) = options_of(&meta, &project);
        let printed = command(Source::Csv(csv.as_bytes()), &options).unwrap();
        let mut reader = csv::Reader::from_reader(printed.csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        for (row, want) in reader.records().zip(&rows) {
            let row = row.unwrap();
            let cell =
                |name: &str| row.get(header.iter().position(|h| h == name).unwrap()).unwrap();
            for (ours, theirs) in dates.iter().zip(["start", "finish"]) {
                let want = &want[if theirs == "finish" { "end" } else { theirs }];
                if cell(theirs) != want || cell(ours) != want {
                    wrong.push(format!("{folder:?} {} {theirs} {want}", cell("uid")));
                }
                compared += 1;
            }
        }
        assert!(printed.is_feasible);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(compared, 2 * 848);
}

#[test]
fn the_command_prints_what_is_expected_and_says_no_where_slack_falls_short() {
    let mut compared = 0;
    for folder in reference("msproject").into_iter().chain(reference("generated")) {
        let xml = fs::read(folder.join("input.xml")).unwrap();
        let printed = command(Source::Xml(&xml), &Options::default()).unwrap();
        let rows = expected(&folder);
        let is_short = rows.iter().any(|row| row["total_slack_min"].starts_with('-'));
        assert_eq!(printed.is_feasible, !is_short, "{folder:?}");
        let mut reader = csv::Reader::from_reader(printed.csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        let found: HashMap<String, csv::StringRecord> =
            reader.records().flatten().map(|row| (row[0].to_owned(), row)).collect();
        let settled = |row: &&Expected| matches!(&*row["second_opinion"], "exact" | "agree");
        for want in rows.iter().filter(settled) {
            for name in DATES.into_iter().chain(["total_slack_min", "critical"]) {
                let cell = header.iter().position(|other| other == name).unwrap();
                let (ours, theirs) = (&found[&want["uid"]][cell], &want[name]);
                let is_same = match (ours.parse::<f64>(), theirs.parse::<f64>()) {
                    (Ok(ours), Ok(theirs)) => (ours - theirs).abs() < 0.01,
                    _ => ours == theirs || theirs.is_empty(),
                };
                assert!(is_same, "{folder:?} {} {name} {ours} for {theirs}", want["uid"]);
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 511 + 1774);
}

/// The options a TaskJuggler project stands for, and the columns its dates are found in.
fn options_of(meta: &str, project: &str) -> (Options, [&'static str; 2]) {
    let meta: HashMap<&str, &str> = meta.lines().filter_map(|line| line.split_once(',')).collect();
    let calendar = if meta["makeup_days_worked"] == "1" {
        None
    } else {
        // Holidays off, but no make-up days.
        let mut rules = Calendar::china().rules().clone();
        rules.exceptions.retain(|exception| !exception.is_worked());
        Some(Calendar::new(&rules).unwrap())
    };
    let anchor = |name: &str| meta.get(name).and_then(|text| text.parse().ok());
    if project.contains("scheduling alap") {
        let deadline = anchor("deadline");
        assert!(deadline.is_some(), "{meta:?}");
        let direction = Some(Direction::Backward);
        let options = Options { direction, deadline, calendar, ..Options::default() };
        return (options, ["late_start", "late_finish"]);
    }
    let start = anchor("project_start");
    assert!(start.is_some(), "{meta:?}");
    (Options { start, calendar, ..Options::default() }, ["early_start", "early_finish"])
}

#[test]
fn the_lengths_of_psplib_are_those_networkx_finds() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/schedule/psplib/");
    let lengths = fs::read_to_string(format!("{root}critical_path.csv")).unwrap();
    for line in lengths.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let text = fs::read_to_string(format!("{root}instances/{}.rcp", cells[0])).unwrap();
        let mut numbers = text.split_whitespace().map(|number| number.parse::<i64>().unwrap());
        let (tasks, kinds) = (numbers.next().unwrap(), numbers.next().unwrap());
        let mut plan = Plan::starting("2015-01-01T00:00".parse().unwrap());
        plan.calendars = vec![Calendar::continuous()];
        (0..kinds).for_each(|_| assert!(numbers.next().is_some()));
        for uid in 1..=tasks {
            let from = plan.add(Task::new(uid, "", numbers.next().unwrap() * 60));
            (0..kinds).for_each(|_| assert!(numbers.next().is_some()));
            for _ in 0..numbers.next().unwrap() {
                let to = numbers.next().unwrap() as usize - 1;
                plan.links.push(Link { from, to, kind: Kind::FinishStart, lag: Lag::NONE });
            }
        }
        assert_eq!(plan.links.len().to_string(), cells[2]);
        let found = schedule(&plan).unwrap();
        let length = (found.ends() - found.begins()) / 60;
        let each = fs::read_to_string(format!("{root}expected/{}.csv", cells[0])).unwrap();
        for (row, want) in found.rows().iter().zip(each.lines().skip(1)) {
            let want: Vec<i64> = want.split(',').map(|cell| cell.parse().unwrap()).collect();
            let dates = [row.early_start, row.early_finish, row.late_start, row.late_finish];
            let dates = dates.map(|date| (date - found.begins()) / 60);
            assert_eq!(dates[..], want[2..6], "{} {}", cells[0], want[0]);
            assert_eq!(row.total_slack / 60, want[6]);
        }
        assert_eq!(length.to_string(), cells[3], "{}", cells[0]);
        let critical = found.rows().iter().filter(|row| row.is_critical).count();
        assert_eq!(critical.to_string(), cells[4], "{}", cells[0]);
    }
    assert_eq!(lengths.lines().count(), 81);
}

#[test]
fn slack_falls_short_exactly_where_facts_conflict() {
    let mut late = 0;
    for folder in reference("generated").into_iter().chain(reference("msproject")) {
        let plan = Plan::from_xml(&fs::read(folder.join("input.xml")).unwrap()).unwrap();
        let is_late = schedule(&plan).unwrap().is_late();
        let network = Network::of(&plan).unwrap();
        let conflict = Conflict::smallest(&plan, &network);
        // In one plan elapsed tasks alone, without any fixed date, have a rounded late finish.
        let is_rounded = folder.ends_with("generated/edur-60");
        assert_eq!(is_late && !is_rounded, conflict.is_some(), "{folder:?}");
        let Some(conflict) = conflict else { continue };
        late += 1;
        assert!(conflict.is_smallest && conflict.is_minimal && conflict.missing > 0);
        let found = Relaxations::of(&plan, &network, &conflict);
        assert!(found.is_complete && !found.single.is_empty(), "{folder:?}");
    }
    assert_eq!(late, 7);
}
