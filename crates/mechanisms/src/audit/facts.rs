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
        let results = self.sample.iter().map_while(|(_, outcome)| outcome.as_ref());
        let (mut examined, mut found) = (0, 0);
        for outcome in results {
            examined += 1;
            found += u64::from(!outcome.held);
        }
        let population = u64::try_from(self.frame.len()).unwrap_or(u64::MAX);
        let tolerable = u64::try_from(self.terms.tolerable).unwrap_or(0).min(population);
        // The numbers agree by their making: an error would mean nothing is known.
        let most =
            upper_bound(population, examined, found, RISK).map_or(population, |bound| bound.most);
        let test = Sequential::new(population, tolerable, RISK, RISK);
        let look = test.as_ref().ok().and_then(|test| test.look(examined, found).ok());
        let verdict = match look {
            Some(Look { verdict: draw::audit::Verdict::Stop, .. }) => Verdict::Stop,
            Some(Look { verdict: draw::audit::Verdict::RecheckAll, .. }) => Verdict::RecheckAll,
            _ => Verdict::GoOn,
        };
        let more =
            test.ok().and_then(|test| test.true_items_to_stop(examined, found).ok()).flatten();
        Statement { population, examined, found, most, verdict, more }
    }
}
