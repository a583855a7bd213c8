//! Whether teams exist at all: a maximum flow from objects to inspectors (L. R. Ford,
//! D. R. Fulkerson, *Canadian Journal of Mathematics* 8 (1956)), and if not, the cut.

/// Objects that reach too few inspectors among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tight {
    pub objects: Vec<usize>,
}

/// Tries to fill every team; if one cannot be filled, the objects that compete for the same
/// inspectors with it.
pub(super) fn tight(may_go: &[Vec<bool>], per_object: usize, most: usize) -> Option<Tight> {
    let inspectors = may_go.first().map_or(0, Vec::len);
    let mut teams = vec![vec![false; inspectors]; may_go.len()];
    let mut loads = vec![0; inspectors];
    for object in 0..may_go.len() {
        for _ in 0..per_object {
            if let Err(objects) = place(object, may_go, &mut teams, &mut loads, most) {
                return Some(Tight { objects });
            }
        }
    }
    None
}

/// Gives an object one inspector more, moving others along an alternating path if need be; or
/// says which objects the search reached.
fn place(
    object: usize,
    may_go: &[Vec<bool>],
    teams: &mut [Vec<bool>],
    loads: &mut [usize],
    most: usize,
) -> Result<(), Vec<usize>> {
    // For each inspector reached: the object that wants them. For each object: who would leave.
    let mut wanted_by: Vec<Option<usize>> = vec![None; loads.len()];
    let mut leaves: Vec<Option<usize>> = vec![None; teams.len()];
    let mut reached = vec![object];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        next += 1;
        for who in 0..loads.len() {
            if !may_go[at][who] || teams[at][who] || wanted_by[who].is_some() {
                continue;
            }
            wanted_by[who] = Some(at);
            if loads[who] < most {
                loads[who] += 1;
                let mut moved = who;
                while let Some(to) = wanted_by[moved] {
                    teams[to][moved] = true;
                    let Some(left) = leaves[to] else { break };
                    teams[to][left] = false;
                    moved = left;
                }
                return Ok(());
            }
            for other in 0..teams.len() {
                if teams[other][who] && other != object && leaves[other].is_none() {
                    leaves[other] = Some(who);
                    reached.push(other);
                }
            }
        }
    }
    reached.sort_unstable();
    Err(reached)
}
