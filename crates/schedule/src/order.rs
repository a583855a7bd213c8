//! An order in which nobody comes before whom they wait for, and the cycle where there is none.

use calendar::{BadInput, Expected, Place};

use crate::{Plan, summary::Tree};

/// The leaf tasks in such an order: the plan's own where it is one already.
pub(crate) fn ordered(
    plan: &Plan,
    tree: &Tree,
    pairs: &[(u32, u32, u32)],
) -> Result<Vec<u32>, BadInput> {
    let leaves = tree.all_leaves(plan);
    if pairs.iter().all(|(from, to, _)| from < to) {
        return Ok(leaves);
    }
    let (firsts, followers) = followers(plan.tasks.len(), pairs);
    let mut waits = vec![0_u32; plan.tasks.len()];
    for (_, to, _) in pairs {
        waits[*to as usize] += 1;
    }
    let mut order: Vec<u32> =
        leaves.into_iter().filter(|task| waits[*task as usize] == 0).collect();
    let mut next = 0;
    while let Some(task) = order.get(next).copied() {
        next += 1;
        let (from, to) = (firsts[task as usize], firsts[task as usize + 1]);
        for follower in &followers[from as usize..to as usize] {
            waits[*follower as usize] -= 1;
            if waits[*follower as usize] == 0 {
                order.push(*follower);
            }
        }
    }
    match waits.iter().position(|waits| *waits > 0) {
        None => Ok(order),
        Some(stuck) => Err(cycle(plan, pairs, &waits, stuck)),
    }
}

/// The links packed by predecessor.
fn followers(tasks: usize, pairs: &[(u32, u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut firsts = vec![0_u32; tasks + 1];
    for (from, _, _) in pairs {
        firsts[*from as usize + 1] += 1;
    }
    for task in 0..tasks {
        firsts[task + 1] += firsts[task];
    }
    let mut next = firsts.clone();
    let mut followers = vec![0_u32; pairs.len()];
    for (from, to, _) in pairs {
        followers[next[*from as usize] as usize] = *to;
        next[*from as usize] += 1;
    }
    (firsts, followers)
}

/// Walks back among the tasks that still wait until one comes up again.
fn cycle(plan: &Plan, pairs: &[(u32, u32, u32)], waits: &[u32], stuck: usize) -> BadInput {
    let mut waits_for = vec![usize::MAX; waits.len()];
    for (from, to, _) in pairs {
        if waits[*from as usize] > 0 && waits[*to as usize] > 0 {
            waits_for[*to as usize] = *from as usize;
        }
    }
    let mut seen = vec![false; waits.len()];
    let mut task = stuck;
    while !seen[task] && waits_for[task] != usize::MAX {
        seen[task] = true;
        task = waits_for[task];
    }
    let first = task;
    let mut round = vec![first];
    while waits_for[task] != first && waits_for[task] != usize::MAX {
        task = waits_for[task];
        round.push(task);
    }
    round.push(first);
    round.reverse();
    // Begin with the task that comes first in the plan.
    round.pop();
    let least = (0..round.len()).min_by_key(|place| round[*place]).unwrap_or(0);
    round.rotate_left(least);
    let uids: Vec<String> =
        round.iter().chain(round.first()).map(|task| plan.tasks[*task].uid.to_string()).collect();
    let place = round.first().map_or(Place::File, |task| Place::Task(plan.tasks[*task].uid));
    BadInput::new(place, "predecessors", shortened(&uids), Expected::NoCycle)
}

/// A cycle is named whole up to fifty tasks.
fn shortened(uids: &[String]) -> String {
    if uids.len() <= 50 {
        return uids.join(" → ");
    }
    format!("{} → … → {}", uids[..48].join(" → "), uids[uids.len() - 1])
}
