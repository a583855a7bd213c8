//! Conflicts, ways out and chains of reasons, in words.

use mechanisms::{
    Day,
    plan::item::backward::{Backward, Seat},
};
use schedule::{Because, Change, Fact, Kind, Step};

use crate::ui::words::Words;

/// Why a plan cannot be kept, and what would do.
pub struct Told {
    pub missing: i64,
    pub facts: Vec<String>,
    pub ways: Vec<String>,
}

impl Told {
    /// The smallest conflict of a schedule; none where it can be kept.
    pub fn of(
        back: &Backward,
        name: impl Fn(Seat) -> String,
        w: &Words,
        today: Day,
    ) -> Option<Self> {
        let (conflict, ways) = back.conflict()?;
        let called = |uid: i64| back.seat(uid).map_or(String::new(), &name);
        let facts = conflict.facts.iter().map(|one| fact(one, &called, back, w, today));
        let ways = ways.single.iter();
        // Nobody can begin before today.
        let past = |change: &Change| {
            matches!(change, Change::Move { of: Fact::DataDate { .. } | Fact::Placed { .. }, .. })
        };
        let enough = ways.filter(|way| way.whole_plan.is_some() && !past(&way.change));
        let ways = enough.map(|way| {
            let by = back.workdays(way.whole_plan.unwrap_or(way.by)).to_string();
            match &way.change {
                Change::Move { of, .. } => moved(of, &by, &called, w),
                Change::Shorten { task, .. } => {
                    w.a("way-shorten", &[("what", &called(*task)), ("n", &by)])
                }
                Change::Overlap { of: Fact::Link { from, to, .. }, .. } => {
                    let (from, to) = (called(*from), called(*to));
                    w.a("way-overlap", &[("from", &from), ("to", &to), ("n", &by)])
                }
                Change::Overlap { .. } => w.n("way-other", back.workdays(way.by)),
            }
        });
        Some(Self {
            missing: back.workdays(conflict.missing),
            facts: facts.collect(),
            ways: ways.collect(),
        })
    }
}

fn moved(of: &Fact, by: &str, called: &impl Fn(i64) -> String, w: &Words) -> String {
    match of {
        Fact::Start { .. } => w.a("way-start", &[("n", by)]),
        Fact::Finish { .. } => w.a("way-finish", &[("n", by)]),
        Fact::Deadline { task, .. } => w.a("way-deadline", &[("what", &called(*task)), ("n", by)]),
        Fact::Constraint { task, .. } | Fact::Above { task, .. } => {
            w.a("way-constraint", &[("what", &called(*task)), ("n", by)])
        }
        _ => w.a("way-other", &[("n", by)]),
    }
}

fn fact(
    fact: &Fact,
    called: &impl Fn(i64) -> String,
    back: &Backward,
    w: &Words,
    today: Day,
) -> String {
    let day = |moment: &calendar::Moment| w.day(&moment.day(), &today);
    match fact {
        Fact::Start { date } => w.a("fact-start", &[("day", &day(date))]),
        Fact::DataDate { date } => w.a("fact-today", &[("day", &day(date))]),
        Fact::Finish { date } => w.a("fact-finish", &[("day", &day(date))]),
        Fact::Deadline { task, date } => {
            w.a("fact-deadline", &[("what", &called(*task)), ("day", &day(date))])
        }
        Fact::Constraint { task, date, .. } | Fact::Above { task, date } => {
            w.a("fact-constraint", &[("what", &called(*task)), ("day", &day(date))])
        }
        Fact::Placed { task, date } => {
            w.a("fact-placed", &[("what", &called(*task)), ("day", &day(date))])
        }
        Fact::Link { from, to, kind, lag_min } => {
            let lag = back.workdays((lag_min * 60.0) as i64);
            link(&called(*from), &called(*to), *kind, lag, w)
        }
    }
}

/// `“施工” 等 “设计” 完成后 2 个工作日开始`.
fn link(from: &str, to: &str, kind: Kind, lag: i64, w: &Words) -> String {
    let key = match kind {
        Kind::FinishStart => "link-fs",
        Kind::StartStart => "link-ss",
        Kind::FinishFinish => "link-ff",
        Kind::StartFinish => "link-sf",
    };
    let wait = match lag {
        0 => String::new(),
        lag if lag > 0 => w.n("link-lag", lag),
        lag => w.n("link-lead", -lag),
    };
    w.a(key, &[("from", from), ("to", to), ("wait", &wait)])
}

/// Which end of a task a chain explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Begins,
    Due,
}

impl End {
    fn bound(self) -> &'static str {
        match self {
            Self::Begins => "because-no-earlier",
            Self::Due => "because-no-later",
        }
    }
}

/// A chain of reasons, one sentence a step: back to what waits for nothing, or on to what fixes
/// the end.
pub fn chain(
    steps: &[Step],
    end: End,
    back: &Backward,
    name: impl Fn(Seat) -> String,
    (w, today): (&Words, Day),
) -> Vec<String> {
    let called = |uid: i64| back.seat(uid).map_or(String::new(), &name);
    let one = |step: &Step| {
        let what = called(step.task);
        let (start, finish) = (w.day(&step.start.day(), &today), w.day(&step.finish.day(), &today));
        let args = [("what", &*what), ("start", &*start), ("finish", &*finish)];
        match step.because {
            Because::Start => w.a("because-start", &args),
            Because::Finish => w.a("because-finish", &args),
            Because::DataDate => w.a("because-today", &args),
            Because::Done => w.a("because-done", &args),
            Because::Deadline => w.a("because-deadline", &args),
            Because::Placed | Because::Above | Because::Constraint { .. } => {
                w.a(end.bound(), &args)
            }
            Because::Link { other, kind, lag_min } => {
                let other = called(other);
                let lag = back.workdays((lag_min * 60.0) as i64);
                match end {
                    End::Begins => link(&other, &what, kind, lag, w),
                    End::Due => link(&what, &other, kind, lag, w),
                }
            }
        }
    };
    steps.iter().map(one).collect()
}
