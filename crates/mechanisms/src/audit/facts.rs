//! What an audit says so far: the exact bound, and the verdict.

use draw::audit::{Look, Sequential, upper_bound};

use super::{Audit, RISK};

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Stop: no more are false than is tolerable.
    Stop,
    /// Look at more.
    GoOn,
    /// More are false than is tolerable: re-check all.
    RecheckAll,
}

impl Verdict {
    pub const ALL: &[Self] = &[Self::Stop, Self::GoOn, Self::RecheckAll];

    pub fn word(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::GoOn => "go-on",
            Self::RecheckAll => "recheck-all",
        }
    }
}

/// What the results say of all closed problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Closed problems in the frame.
    pub population: u64,
    /// Looked at, in the order of the draw, without a gap.
    pub examined: u64,
    /// Of these, found false.
    pub found: u64,
    /// With 95 % confidence at most so many of all are false.
    pub most: u64,
    pub verdict: Verdict,
    /// How many more, all found true, would end it; none where that is out of reach.
    pub more: Option<u64>,
}

impl Audit {
    /// What the results say so far. Only those without a gap in the order of the draw are counted:
    /// so it is a random sample, whichever results come in first.
    pub fn statement(&self) -> Statement {
        let results = self.results();
        self.said(&self.test(), results.len(), results.iter().filter(|held| !**held).count())
    }

    /// What was to be stated before any result, and then after each of them, in the order of the
    /// draw, up to the first that is missing.
    pub fn statements(&self) -> Vec<Statement> {
        let test = self.test();
        let mut found = 0;
        let mut statements = vec![self.said(&test, 0, 0)];
        for (before, held) in self.results().into_iter().enumerate() {
            found += usize::from(!held);
            statements.push(self.said(&test, before + 1, found));
        }
        statements
    }

    /// Whether each closure held, in the order of the draw, up to the first gap.
    fn results(&self) -> Vec<bool> {
        let results = self.sample.iter().map_while(|(_, outcome)| outcome.as_ref());
        results.map(|outcome| outcome.held).collect()
    }

    fn population(&self) -> u64 {
        u64::try_from(self.frame.len()).unwrap_or(u64::MAX)
    }

    fn test(&self) -> Option<Sequential> {
        let population = self.population();
        let tolerable = u64::try_from(self.terms.tolerable).unwrap_or(0).min(population);
        // The numbers agree by their making: an error would mean nothing is known.
        Sequential::new(population, tolerable, RISK, RISK).ok()
    }

    fn said(&self, test: &Option<Sequential>, examined: usize, found: usize) -> Statement {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let (population, examined, found) = (self.population(), count(examined), count(found));
        let most =
            upper_bound(population, examined, found, RISK).map_or(population, |bound| bound.most);
        let look = test.as_ref().and_then(|test| test.look(examined, found).ok());
        let verdict = match look {
            Some(Look { verdict: draw::audit::Verdict::Stop, .. }) => Verdict::Stop,
            Some(Look { verdict: draw::audit::Verdict::RecheckAll, .. }) => Verdict::RecheckAll,
            _ => Verdict::GoOn,
        };
        let more = test.as_ref().and_then(|test| test.true_items_to_stop(examined, found).ok());
        Statement { population, examined, found, most, verdict, more: more.flatten() }
    }
}
