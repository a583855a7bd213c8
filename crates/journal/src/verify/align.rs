//! Comparing a row that should be there with the row that is, so that one loss or one insertion
//! is told as such and does not make everything after it look changed.

/// What became of a place of the row that should be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The place `.0` is found as the item `.1`.
    Same(usize, usize),
    /// In the place `.0` stands something else.
    Changed(usize),
    /// Nothing stands for the place `.0`.
    Missing(usize),
    /// Before the place `.0` stands something that belongs to no place.
    Added(usize),
}

/// Walks both rows. After a difference it looks one step ahead, two where an item was torn into
/// two or two were run into one.
pub(super) fn align(
    expected: usize,
    found: usize,
    same: impl Fn(usize, usize) -> bool,
) -> Vec<Step> {
    let fits = |e: usize, f: usize| {
        (e == expected && f == found) || (e < expected && f < found && same(e, f))
    };
    let (mut e, mut f, mut steps) = (0, 0, Vec::with_capacity(expected));
    while e < expected || f < found {
        let (step, places, items) = if e < expected && f < found && same(e, f) {
            (Step::Same(e, f), 1, 1)
        } else if e == expected {
            (Step::Added(e), 0, 1)
        } else if f == found {
            (Step::Missing(e), 1, 0)
        } else if fits(e + 1, f + 1) {
            (Step::Changed(e), 1, 1)
        } else if fits(e, f + 1) {
            (Step::Added(e), 0, 1)
        } else if fits(e + 1, f) {
            (Step::Missing(e), 1, 0)
        } else if fits(e + 1, f + 2) {
            (Step::Changed(e), 1, 2)
        } else {
            (Step::Changed(e), 1, 1)
        };
        steps.push(step);
        e += places;
        f += items;
    }
    steps
}
