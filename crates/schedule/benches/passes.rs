//! How long the passes take over the reference networks of `gen_dag.py`, seed 1, and how long a
//! whole file and one change take. The checksums of the reference are looked at first.

use calendar::{Calendar, Moment};
use divan::{Bencher, black_box};
use schedule::{
    Direction, Edit, Kind, Lag, Link, Live, Network, Options, Passes, Plan, Source, Task, command,
};

fn main() {
    for (n, length, early, late, slack, critical) in [
        (10_000, 243_750, 884_379_690, 1_657_860_840, 761_325_420, 159),
        (100_000, 2_350_410, 88_659_814_500, 152_857_405_560, 64_075_877_490, 1_577),
        (1_000_000, 23_327_820, 9_060_610_616_460, 15_058_296_018_900, 5_996_470_814_430, 16_167),
    ] {
        let found = sums(n);
        assert_eq!(found, (length, early, late, slack, critical), "{n}");
    }
    divan::main();
}

/// The network of the reference: minutes, and whom each task waits for.
struct Dag {
    durations: Vec<i64>,
    firsts: Vec<u32>,
    preds: Vec<u32>,
}

/// `gen_dag.py`, draw for draw.
fn dag(n: usize) -> Dag {
    let mut state: u64 = 1;
    let mut draw = move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    let mut dag = Dag { durations: Vec::new(), firsts: vec![0], preds: Vec::new() };
    for task in 1..=n as u64 {
        dag.durations.push(30 * (draw() % 80 + 1) as i64);
        let waits = [0, 1, 1, 2, 2, 3, 4, 1][(draw() % 8) as usize];
        let begins = dag.preds.len();
        for _ in 0..if task == 1 { 0 } else { waits } {
            let window = (task - 1).min(if draw() % 10 != 0 { 200 } else { 20_000 });
            let pred = (task - 2 - draw() % window) as u32;
            if !dag.preds[begins..].contains(&pred) {
                dag.preds.push(pred);
            }
        }
        dag.firsts.push(dag.preds.len() as u32);
    }
    dag
}

fn start() -> Moment {
    Moment::at(jiff::civil::date(2015, 1, 1), 0)
}

fn network(n: usize, calendar: Calendar) -> Network {
    let dag = dag(n);
    let seconds: Vec<i64> = dag.durations.iter().map(|minutes| minutes * 60).collect();
    match Network::plain(calendar, start(), &seconds, &dag.firsts, &dag.preds) {
        Ok(network) => network,
        Err(bad) => panic!("{bad}"),
    }
}

fn passes(network: &Network) -> Passes {
    match Passes::run(network) {
        Ok(passes) => passes,
        Err(bad) => panic!("{bad}"),
    }
}

/// Length, sums of early starts, late finishes and slack in minutes, and how many are critical.
fn sums(n: usize) -> (i64, i64, i64, i64, usize) {
    let network = network(n, Calendar::continuous());
    let passes = passes(&network);
    let minutes = |moment: Moment| (moment - start()) / 60;
    let (mut length, mut early, mut late, mut slack, mut critical) = (0, 0, 0, 0, 0);
    for node in 0..n {
        length = length.max(minutes(passes.early_finish(node)));
        early += minutes(passes.early_start(node));
        late += minutes(passes.late_finish(node));
        let room = (passes.late_start(node) - passes.early_start(node)) / 60;
        slack += room;
        critical += usize::from(room == 0);
    }
    (length, early, late, slack, critical)
}

fn csv(n: usize) -> String {
    let dag = dag(n);
    let mut text = String::from("uid,name,duration_min,predecessors\n");
    for task in 0..n {
        let row = dag.firsts[task] as usize..dag.firsts[task + 1] as usize;
        let preds: Vec<String> =
            dag.preds[row].iter().map(|pred| format!("{}:FS:0", pred + 1)).collect();
        let (uid, minutes) = (task + 1, dag.durations[task]);
        text.push_str(&format!("{uid},task {uid},{minutes},{}\n", preds.join(" ")));
    }
    text
}

fn plan(n: usize, calendar: Calendar) -> Plan {
    let dag = dag(n);
    let mut plan = Plan::starting(start());
    plan.calendars = vec![calendar];
    for task in 0..n {
        let to = plan.add(Task::new(task as i64 + 1, "", dag.durations[task] * 60));
        for pred in &dag.preds[dag.firsts[task] as usize..dag.firsts[task + 1] as usize] {
            let from = *pred as usize;
            plan.links.push(Link { from, to, kind: Kind::FinishStart, lag: Lag::NONE });
        }
    }
    plan
}

/// 1,000,000 tasks, every minute worked.
#[divan::bench(sample_count = 20)]
fn both_passes_of_a_million_tasks(bencher: Bencher<'_, '_>) {
    let network = network(1_000_000, Calendar::continuous());
    bencher.bench_local(|| black_box(passes(&network)));
}

/// 1,000,000 tasks on the working time of China.
#[divan::bench(sample_count = 10)]
fn both_passes_of_a_million_tasks_by_working_days(bencher: Bencher<'_, '_>) {
    let network = network(1_000_000, Calendar::china());
    bencher.bench_local(|| black_box(passes(&network)));
}

/// The command, from the bytes of a CSV file of 1,000,000 rows to those of the answer.
#[divan::bench(sample_count = 3)]
fn a_file_of_a_million_tasks(bencher: Bencher<'_, '_>) {
    let text = csv(1_000_000);
    let options = Options {
        start: Some(start()),
        direction: Some(Direction::Forward),
        calendar: Some(Calendar::continuous()),
        ..Options::default()
    };
    bencher.bench_local(|| match command(Source::Csv(text.as_bytes()), &options) {
        Ok(printed) => black_box(printed.csv.len()),
        Err(bad) => panic!("{bad}"),
    });
}

/// Each time another task of 10,000 takes half an hour more, or less again.
fn one_change(bencher: Bencher<'_, '_>, calendar: Calendar) {
    let mut live = match Live::of(plan(10_000, calendar)) {
        Ok(live) => live,
        Err(bad) => panic!("{bad}"),
    };
    let mut turn = 0_usize;
    bencher.bench_local(|| {
        turn += 1;
        let task = turn * 7919 % 10_000;
        let by = if (turn / 10_000).is_multiple_of(2) { 1800 } else { -1800 };
        let seconds = (live.plan().tasks[task].duration + by).max(0);
        black_box(live.change(Edit::Duration { task, seconds }).map_or(0, |moved| moved.len()))
    });
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn one_change_in_ten_thousand_tasks(bencher: Bencher<'_, '_>) {
    one_change(bencher, Calendar::continuous());
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn one_change_in_ten_thousand_tasks_by_working_days(bencher: Bencher<'_, '_>) {
    one_change(bencher, Calendar::china());
}
