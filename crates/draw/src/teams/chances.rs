//! The chance of every pair of inspector and object, before anything is drawn.

use super::rounding::round;
use crate::Lot;

/// Rounds of alternating scaling: without recusals one is enough.
const ROUNDS: usize = 300;
/// What is left of an excess load that counts as none.
const NOTHING: f64 = 1e-12;

/// The chances of a [`Duty`](super::Duty), and the draw that keeps them.
///
/// ```
/// use draw::teams::Duty;
/// let duty = Duty { inspectors: 4, objects: 6, recusals: &[], per_object: 2, most: None };
/// let teams = duty.chances()?.draw("seed");
/// assert!(teams.iter().all(|team| team.len() == 2));
/// # Ok::<(), draw::teams::Impossible>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Chances {
    /// For each object, the chance of each inspector.
    cells: Vec<Vec<f64>>,
    limit: usize,
}

impl Chances {
    pub(super) fn balanced(may_go: &[Vec<bool>], per_object: usize, limit: usize) -> Self {
        let inspectors = may_go.first().map_or(0, Vec::len);
        let number = |may: &bool| if *may { 1.0 } else { 0.0 };
        let mut cells: Vec<Vec<f64>> =
            may_go.iter().map(|row| row.iter().map(number).collect()).collect();
        cells.iter_mut().for_each(|row| fill(row, per_object));
        let even = (may_go.len() * per_object) as f64 / inspectors.max(1) as f64;
        for _ in 0..ROUNDS {
            for who in 0..inspectors {
                let load: f64 = cells.iter().map(|row| row[who]).sum();
                if load > 0.0 {
                    cells.iter_mut().for_each(|row| row[who] *= even / load);
                }
            }
            cells.iter_mut().for_each(|row| fill(row, per_object));
        }
        let mut chances = Self { cells, limit };
        (0..inspectors).for_each(|who| chances.relieve(who, may_go));
        chances
    }

    /// The chance that an inspector is drawn for an object, 0 to 1; 0 for a recusal and for
    /// places beyond the duty.
    ///
    /// ```
    /// use draw::teams::Duty;
    /// let duty = Duty { inspectors: 4, objects: 6, recusals: &[], per_object: 2, most: None };
    /// assert_eq!(duty.chances()?.of(3, 5), 0.5);
    /// # Ok::<(), draw::teams::Impossible>(())
    /// ```
    pub fn of(&self, inspector: usize, object: usize) -> f64 {
        self.cells.get(object).and_then(|row| row.get(inspector)).copied().unwrap_or(0.0)
    }

    /// The objects an inspector gets on average; a draw gives the whole number below or above.
    ///
    /// ```
    /// use draw::teams::Duty;
    /// let duty = Duty { inspectors: 4, objects: 3, recusals: &[], per_object: 2, most: None };
    /// assert_eq!(duty.chances()?.load(0), 1.5);
    /// # Ok::<(), draw::teams::Impossible>(())
    /// ```
    pub fn load(&self, inspector: usize) -> f64 {
        (0..self.cells.len()).map(|object| self.of(inspector, object)).sum()
    }

    /// The most objects that any inspector can get: the least that any assignment allows.
    ///
    /// ```
    /// use draw::teams::Duty;
    /// let duty = Duty { inspectors: 4, objects: 3, recusals: &[], per_object: 2, most: None };
    /// assert_eq!(duty.chances()?.limit(), 2);
    /// # Ok::<(), draw::teams::Impossible>(())
    /// ```
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// The team of each object: inspectors by their places, in order.
    ///
    /// ```
    /// use draw::teams::Duty;
    /// let duty = Duty { inspectors: 5, objects: 2, recusals: &[], per_object: 3, most: None };
    /// let chances = duty.chances()?;
    /// assert_eq!(chances.draw("seed"), chances.draw("seed"));
    /// assert!(chances.draw("seed").iter().all(|team| team.len() == 3));
    /// # Ok::<(), draw::teams::Impossible>(())
    /// ```
    pub fn draw(&self, seed: &str) -> Vec<Vec<usize>> {
        let lot = Lot::new(seed, "teams");
        let mut cells = self.cells.clone();
        round(&mut cells, |step| lot.number(&step.to_string()));
        let team = |row: Vec<f64>| (0..row.len()).filter(|who| row[*who] > 0.5).collect();
        cells.into_iter().map(team).collect()
    }

    /// Moves what an inspector has above the limit to others: along shortest alternating paths
    /// over objects that can change hands, until there is nothing to move.
    fn relieve(&mut self, who: usize, may_go: &[Vec<bool>]) {
        loop {
            let excess = self.load(who) - self.limit as f64;
            if excess <= NOTHING {
                return;
            }
            let Some(path) = self.path(who, may_go) else { return };
            let last = path.last().map_or(who, |(_, to)| *to);
            let room = self.limit as f64 - self.load(last);
            let mut amount = excess.min(room);
            let mut from = who;
            for (object, to) in &path {
                amount = amount.min(self.cells[*object][from]).min(1.0 - self.cells[*object][*to]);
                from = *to;
            }
            from = who;
            for (object, to) in &path {
                self.cells[*object][from] -= amount;
                self.cells[*object][*to] += amount;
                from = *to;
            }
        }
    }

    /// Steps (object, to whom) from an inspector to the nearest one with room.
    fn path(&self, who: usize, may_go: &[Vec<bool>]) -> Option<Vec<(usize, usize)>> {
        let inspectors = may_go.first().map_or(0, Vec::len);
        let mut came: Vec<Option<(usize, usize)>> = vec![None; inspectors];
        let mut reached = vec![who];
        let mut next = 0;
        while let Some(from) = reached.get(next).copied() {
            next += 1;
            for (object, row) in self.cells.iter().enumerate() {
                for to in 0..inspectors {
                    let is_open = may_go[object][to] && 1.0 - row[to] > NOTHING;
                    if to == who || came[to].is_some() || row[from] <= NOTHING || !is_open {
                        continue;
                    }
                    came[to] = Some((object, from));
                    reached.push(to);
                    if self.limit as f64 - self.load(to) > NOTHING {
                        let mut path = Vec::new();
                        let mut at = to;
                        while let Some((object, from)) = came[at] {
                            path.push((object, at));
                            at = from;
                        }
                        path.reverse();
                        return Some(path);
                    }
                }
            }
        }
        None
    }
}

/// Scales a row so that it adds up to the team, no chance above 1.
fn fill(row: &mut [f64], per_object: usize) {
    loop {
        let full = row.iter().filter(|chance| **chance >= 1.0).count();
        let open: f64 = row.iter().filter(|chance| **chance < 1.0).sum();
        let left = per_object as f64 - full as f64;
        if open <= 0.0 {
            return;
        }
        let scale = left / open;
        let mut is_over = false;
        for chance in row.iter_mut().filter(|chance| **chance < 1.0) {
            *chance *= scale;
            is_over |= *chance > 1.0;
        }
        row.iter_mut().for_each(|chance| *chance = chance.min(1.0));
        if !is_over {
            return;
        }
    }
}
