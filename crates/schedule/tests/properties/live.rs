//! A plan that follows every change says what scheduling afresh says.

use calendar::Calendar;
use proptest::prelude::*;
use schedule::{Edit, Live, Plan, schedule};

use crate::world;

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (0_usize..10, 0_usize..14, -1_i64..90, world::constraint()).prop_flat_map(
        |(which, place, quarters, constraint)| {
            let date = prop::option::of(world::moment());
            (date, world::progress(), world::lag()).prop_map(move |(date, progress, lag)| {
                match which {
                    0 | 1 => Edit::Duration { task: place, seconds: quarters * 900 },
                    2 => Edit::Constraint { task: place, constraint },
                    3 => Edit::Deadline { task: place, deadline: date },
                    4 => Edit::Progress { task: place, progress },
                    5 => Edit::Lag { link: place, lag },
                    6 => Edit::Start(date),
                    7 => Edit::Finish(date),
                    8 => Edit::Calendar { place: place % 3, calendar: Calendar::office() },
                    _ => Edit::DataDate(date),
                }
            })
        },
    );
    prop::collection::vec(edit, 1..8)
}

fn edited(plan: &Plan, edit: &Edit) -> Option<Plan> {
    let mut plan = plan.clone();
    match edit.clone() {
        Edit::Duration { task, seconds } => plan.tasks.get_mut(task)?.duration = seconds,
        Edit::Constraint { task, constraint } => {
            plan.tasks.get_mut(task)?.constraint = constraint;
        }
        Edit::Deadline { task, deadline } => plan.tasks.get_mut(task)?.deadline = deadline,
        Edit::Progress { task, progress } => plan.tasks.get_mut(task)?.progress = progress,
        Edit::Lag { link, lag } => plan.links.get_mut(link)?.lag = lag,
        Edit::Calendar { place, calendar } => *plan.calendars.get_mut(place)? = calendar,
        Edit::Start(date) => plan.start = date,
        Edit::Finish(date) => plan.finish = date,
        Edit::DataDate(date) => plan.data_date = date,
    }
    Some(plan)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn what_follows_from_changes_is_what_scheduling_afresh_says(
        plan in world::plan(), edits in edits(),
    ) {
        let mut plan = plan;
        let Ok(mut live) = Live::of(plan.clone()) else {
            prop_assert!(schedule(&plan).is_err());
            return Ok(());
        };
        for edit in edits {
            let before = live.schedule();
            let afresh = edited(&plan, &edit).map(|plan| (schedule(&plan), plan));
            let asked = live.what_if(std::slice::from_ref(&edit));
            match (live.change(edit.clone()), afresh) {
                (Ok(moved), Some((Ok(afresh), changed))) => {
                    plan = changed;
                    let after = live.schedule();
                    prop_assert_eq!(after.rows(), afresh.rows(), "{:?}", edit);
                    for (task, (one, other)) in before.rows().iter().zip(after.rows()).enumerate() {
                        let dates = |row: &schedule::Row| {
                            (row.early_start, row.early_finish, row.late_finish)
                        };
                        let is_leaf = live.early(task).is_some();
                        if is_leaf && dates(one) != dates(other) {
                            prop_assert!(moved.contains(&task), "{edit:?} {task} {moved:?}");
                        }
                    }
                    let shifts = asked.unwrap();
                    let differ = before.rows().iter().zip(after.rows()).filter(|(a, b)| a != b);
                    prop_assert_eq!(shifts.len(), differ.count());
                }
                (Err(_), None | Some((Err(_), _))) => {
                    prop_assert_eq!(live.plan(), &plan);
                    let stays = live.schedule();
                    prop_assert_eq!(stays.rows(), before.rows());
                }
                (live, afresh) => prop_assert!(false, "{edit:?}: {live:?} {afresh:?}"),
            }
        }
    }
}
