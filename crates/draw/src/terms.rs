//! The terms of a draw: everything decided before the public number is known, and what frame,
//! terms and seed give together.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::canonical::{canonical, fingerprint};
use crate::pps::{self, ConditionalPoisson, Pps};
use crate::teams::{Duty, Impossible, Recusal};
use crate::{Frame, Plan, order, sample, strata};

#[cfg(test)]
mod tests;

/// Tickets passed over and taken with replacement are at most these: a bundle from elsewhere may
/// ask for any number.
const MOST_TICKETS: usize = 1_000_000;
/// Digits of the tickets in a bundle, as `shigan draw` prints them.
const DIGITS: usize = 9;

/// Which units are drawn.
///
/// ```
/// let design = draw::Design::Systematic { take: 3 };
/// assert_eq!(serde_json::to_string(&design)?, r#"{"systematic":{"take":3}}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Design {
    /// Rivest's consistent sampler over the whole frame.
    Simple {
        /// Tickets passed over first.
        drop: usize,
        /// Tickets taken.
        take: usize,
        /// Whether a drawn unit may be drawn again.
        with_replacement: bool,
    },
    /// So many from each stratum, by its name; nobody from a stratum that is not named.
    Strata(BTreeMap<String, u64>),
    /// In proportion to size, by equal steps along the frame.
    Systematic {
        /// Units drawn.
        take: usize,
    },
    /// In proportion to size, with the greatest entropy.
    ConditionalPoisson {
        /// Units drawn.
        take: usize,
    },
}

/// Who inspects, and who may not where.
///
/// ```
/// use draw::{Design, Frame, TeamTerms, Terms, Unit};
/// let frame = Frame::new(["a", "b"].map(Unit::plain).to_vec())?;
/// let inspectors = ["li", "wang", "zhao"].map(String::from).to_vec();
/// let recusals = vec![("li".to_owned(), "a".to_owned())];
/// let teams = Some(TeamTerms { inspectors, recusals, per_object: 2, most: None });
/// let terms = Terms { design: Design::Systematic { take: 2 }, teams };
/// for (unit, team) in terms.draw(&frame, "seed")?.teams {
///     assert!(team.len() == 2 && !(unit == "a" && team.iter().any(|(who, _)| who == "li")));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamTerms {
    /// The inspectors, each id once, in any order.
    pub inspectors: Vec<String>,
    /// Pairs of inspector and unit: recused. Units that are not drawn may stand here.
    pub recusals: Vec<(String, String)>,
    /// Inspectors for each drawn unit, at least 2.
    pub per_object: usize,
    /// Units an inspector may get at the most; none for no limit.
    pub most: Option<usize>,
}

/// Everything decided before the number.
///
/// ```
/// let terms = r#"{"design": {"systematic": {"take": 2}}, "teams": null}"#;
/// assert!(serde_json::from_str::<draw::Terms>(terms)?.teams.is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Which units.
    pub design: Design,
    /// Which inspectors for them, if these are drawn too.
    pub teams: Option<TeamTerms>,
}

/// A unit drawn. In JSON `["ticket","id",generation,chance]`.
///
/// ```
/// let json = r#"["0.048069802","2",1,0.333333333333]"#;
/// let drawn: draw::Drawn = serde_json::from_str(json)?;
/// assert_eq!((&*drawn.id, drawn.generation), ("2", 1));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "(String, String, u32, f64)", into = "(String, String, u32, f64)")]
pub struct Drawn {
    /// The ticket, cut to nine digits after its nines.
    pub ticket: String,
    /// The unit's id.
    pub id: String,
    /// How often the id has been drawn with this ticket, from 1.
    pub generation: u32,
    /// The unit's inclusion probability, 0 to 1, to twelve decimals: its chance before the draw
    /// to be drawn at all.
    pub chance: f64,
}

impl From<(String, String, u32, f64)> for Drawn {
    fn from((ticket, id, generation, chance): (String, String, u32, f64)) -> Self {
        Self { ticket, id, generation, chance }
    }
}

impl From<Drawn> for (String, String, u32, f64) {
    fn from(drawn: Drawn) -> Self {
        (drawn.ticket, drawn.id, drawn.generation, drawn.chance)
    }
}

/// The team of a unit: its id, and each inspector with their chance before the draw of teams.
///
/// ```
/// let team: draw::Team = ("130202".into(), vec![("li".into(), 0.5), ("wang".into(), 0.5)]);
/// ```
pub type Team = (String, Vec<(String, f64)>);

/// What a draw gave.
///
/// ```
/// use draw::{Design, Frame, Outcome, Terms, Unit};
/// let frame = Frame::new(["1", "2", "3"].map(Unit::plain).to_vec())?;
/// let design = Design::Simple { drop: 0, take: 1, with_replacement: false };
/// let Outcome { drawn, teams } = Terms { design, teams: None }.draw(&frame, "52775263")?;
/// assert_eq!((&*drawn[0].id, drawn[0].chance, teams.len()), ("2", 0.333333333333, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The units in the order of their tickets, with strata within each stratum.
    pub drawn: Vec<Drawn>,
    /// The teams in the order of the units, each unit once; none if no teams are drawn.
    pub teams: Vec<Team>,
}

/// Why terms cannot be carried out on a frame.
///
/// ```
/// let no = draw::Unplayable::RepeatedInspector("li".into());
/// assert_eq!(no.to_string(), "found the inspector \"li\" twice, expected each once");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unplayable {
    /// A stratum has fewer units than its share, or is not there at all.
    #[error("stratum {stratum:?}: found {units} units, expected at least its share of {share}")]
    StratumTooSmall {
        /// The stratum's name.
        stratum: String,
        /// Its units in the frame.
        units: u64,
        /// Its share.
        share: u64,
    },
    /// Sizes give no probabilities.
    #[error(transparent)]
    Pps(#[from] pps::Wrong),
    /// An inspector stands twice.
    #[error("found the inspector {0:?} twice, expected each once")]
    RepeatedInspector(String),
    /// A recusal names nobody or nothing known.
    #[error("found a recusal of {0:?} from {1:?}, expected an inspector and a unit of the frame")]
    UnknownRecusal(String, String),
    /// No teams can be drawn. Inspectors and units by their ids.
    #[error("{0}")]
    Teams(String),
    /// More tickets than any draw needs.
    #[error("found more than {MOST_TICKETS} tickets to take, expected fewer")]
    TooManyTickets,
}

impl Terms {
    /// The SHA-256 of the canonical bytes: compact JSON with sorted keys.
    ///
    /// ```
    /// use draw::{Design, Terms};
    /// let terms = Terms { design: Design::Systematic { take: 2 }, teams: None };
    /// let text = r#"{"design":{"systematic":{"take":2}},"teams":null}"#;
    /// assert_eq!(terms.fingerprint(), draw::fingerprint(text));
    /// ```
    pub fn fingerprint(&self) -> String {
        fingerprint(&canonical(self))
    }

    /// Draws: the same frame, terms and seed always give the same outcome.
    ///
    /// # Errors
    /// [`Unplayable`]; a draw of teams that recusals make impossible names them.
    ///
    /// ```
    /// use draw::{Design, Frame, Terms, Unit};
    /// let frame = Frame::new(["1", "2", "3"].map(Unit::plain).to_vec())?;
    /// let design = Design::Simple { drop: 0, take: 1, with_replacement: false };
    /// let outcome = Terms { design, teams: None }.draw(&frame, "52775263")?;
    /// assert_eq!((&*outcome.drawn[0].ticket, &*outcome.drawn[0].id), ("0.048069802", "2"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn draw(&self, frame: &Frame, seed: &str) -> Result<Outcome, Unplayable> {
        let mut drawn = self.design.draw(frame, seed)?;
        drawn.iter_mut().for_each(|one| one.chance = rounded(one.chance));
        let teams = match &self.teams {
            Some(teams) => teams.draw(frame, &drawn, seed)?,
            None => Vec::new(),
        };
        Ok(Outcome { drawn, teams })
    }
}

impl Design {
    fn draw(&self, frame: &Frame, seed: &str) -> Result<Vec<Drawn>, Unplayable> {
        let ids: Vec<&str> = frame.units().iter().map(|unit| unit.id.as_str()).collect();
        match self {
            Self::Simple { drop, take, with_replacement } => {
                let plan = Plan { drop: *drop, take: *take, with_replacement: *with_replacement };
                simple(&ids, seed, &plan)
            }
            Self::Strata(shares) => stratified(frame, &ids, seed, shares),
            Self::Systematic { take } => {
                let pps = Pps::new(&sizes(frame), *take)?;
                Ok(ticketed(&ids, seed, &pps.systematic(seed), pps.probabilities()))
            }
            Self::ConditionalPoisson { take } => {
                let pps = Pps::new(&sizes(frame), *take)?;
                let places = ConditionalPoisson::new(&pps)?.sample(&ids, seed);
                Ok(ticketed(&ids, seed, &places, pps.probabilities()))
            }
        }
    }
}

fn sizes(frame: &Frame) -> Vec<u64> {
    frame.units().iter().map(|unit| unit.size).collect()
}

fn simple(ids: &[&str], seed: &str, plan: &Plan) -> Result<Vec<Drawn>, Unplayable> {
    let all = ids.len() as f64;
    if plan.with_replacement && plan.drop.saturating_add(plan.take) > MOST_TICKETS {
        return Err(Unplayable::TooManyTickets);
    }
    let taken = plan.take.min(ids.len().saturating_sub(plan.drop)) as f64;
    let chance = match plan.with_replacement {
        true => 1.0 - (1.0 - 1.0 / all).powf(plan.take as f64),
        false => taken / all,
    };
    // A frame has each id once.
    let tickets = sample(ids, seed, plan).unwrap_or_default();
    let drawn = tickets.into_iter().map(|ticket| Drawn {
        ticket: ticket.cut(DIGITS).to_owned(),
        id: ticket.id.to_owned(),
        generation: ticket.generation,
        chance,
    });
    Ok(drawn.collect())
}

fn stratified(
    frame: &Frame,
    ids: &[&str],
    seed: &str,
    shares: &BTreeMap<String, u64>,
) -> Result<Vec<Drawn>, Unplayable> {
    let mut units = vec![0_u64; shares.len()];
    let mut place_of: HashMap<&str, usize> = HashMap::new();
    place_of.extend(shares.keys().enumerate().map(|(place, name)| (name.as_str(), place)));
    let stratum = |id: usize| place_of.get(frame.units()[id].stratum.as_str()).copied();
    let strata: Vec<usize> = (0..ids.len()).map(|id| stratum(id).unwrap_or(usize::MAX)).collect();
    for place in &strata {
        units.get_mut(*place).into_iter().for_each(|units| *units += 1);
    }
    for ((stratum, share), units) in shares.iter().zip(&units) {
        if share > units {
            let (stratum, units, share) = (stratum.clone(), *units, *share);
            return Err(Unplayable::StratumTooSmall { stratum, units, share });
        }
    }
    let counts: Vec<u64> = shares.values().copied().collect();
    let chance = |place: &usize| counts[strata[*place]] as f64 / units[strata[*place]] as f64;
    let places = strata::sample(ids, &strata, &counts, seed);
    let drawn: Vec<&str> = places.iter().map(|place| ids[*place]).collect();
    let tickets = tickets(&drawn, seed);
    let row = |(place, id): (&usize, &str)| Drawn {
        ticket: tickets[id].clone(),
        id: id.to_owned(),
        generation: 1,
        chance: chance(place),
    };
    Ok(places.iter().zip(drawn.iter().copied()).map(row).collect())
}

/// The tickets of some ids, cut.
fn tickets(ids: &[&str], seed: &str) -> HashMap<String, String> {
    let all = sample(ids, seed, &Plan::take(ids.len())).unwrap_or_default();
    all.iter().map(|ticket| (ticket.id.to_owned(), ticket.cut(DIGITS).to_owned())).collect()
}

/// What a draw with unequal chances gave, put into the order of the tickets.
fn ticketed(ids: &[&str], seed: &str, places: &[usize], chances: &[f64]) -> Vec<Drawn> {
    let drawn: Vec<&str> = places.iter().map(|place| ids[*place]).collect();
    let tickets = tickets(&drawn, seed);
    let row = |nth: usize| Drawn {
        ticket: tickets[drawn[nth]].clone(),
        id: drawn[nth].to_owned(),
        generation: 1,
        chance: chances[places[nth]],
    };
    order(&drawn, seed).into_iter().map(row).collect()
}

impl TeamTerms {
    fn draw(&self, frame: &Frame, drawn: &[Drawn], seed: &str) -> Result<Vec<Team>, Unplayable> {
        let mut seen = HashSet::new();
        let objects: Vec<&str> =
            drawn.iter().map(|one| one.id.as_str()).filter(|id| seen.insert(*id)).collect();
        let mut inspectors: Vec<&str> = self.inspectors.iter().map(String::as_str).collect();
        inspectors.sort_unstable();
        if let Some(twice) = inspectors.windows(2).find(|two| two[0] == two[1]) {
            return Err(Unplayable::RepeatedInspector(twice[0].to_owned()));
        }
        let recusals = self.recusals(frame, &inspectors, &objects)?;
        let duty = Duty {
            inspectors: inspectors.len(),
            objects: objects.len(),
            recusals: &recusals,
            per_object: self.per_object,
            most: self.most,
        };
        let chances = duty.chances().map_err(|why| worded(&why, &inspectors, &objects))?;
        let team = |(object, team): (usize, Vec<usize>)| {
            let member =
                |who: usize| (inspectors[who].to_owned(), rounded(chances.of(who, object)));
            (objects[object].to_owned(), team.into_iter().map(member).collect())
        };
        Ok(chances.draw(seed).into_iter().enumerate().map(team).collect())
    }

    fn recusals(
        &self,
        frame: &Frame,
        inspectors: &[&str],
        objects: &[&str],
    ) -> Result<Vec<Recusal>, Unplayable> {
        let known: HashSet<&str> = frame.units().iter().map(|unit| unit.id.as_str()).collect();
        let places: HashMap<&str, usize> =
            objects.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut recusals = Vec::new();
        for (who, unit) in &self.recusals {
            let inspector = inspectors.binary_search(&who.as_str());
            let (Ok(inspector), true) = (inspector, known.contains(unit.as_str())) else {
                return Err(Unplayable::UnknownRecusal(who.clone(), unit.clone()));
            };
            if let Some(object) = places.get(unit.as_str()).copied() {
                recusals.push(Recusal { inspector, object });
            }
        }
        Ok(recusals)
    }
}

/// A chance to twelve decimals, which every reader of JSON reads as they stand.
fn rounded(chance: f64) -> f64 {
    (chance * 1e12).round() / 1e12
}

/// The reason with ids in place of numbers.
fn worded(why: &Impossible, inspectors: &[&str], objects: &[&str]) -> Unplayable {
    let Impossible::Recused(why) = why else { return Unplayable::Teams(why.to_string()) };
    let names: Vec<&str> = why.objects.iter().map(|object| objects[*object]).collect();
    let pairs: Vec<String> = why
        .recusals
        .iter()
        .map(|one| format!("{} from {}", inspectors[one.inspector], objects[one.object]))
        .collect();
    Unplayable::Teams(format!(
        "{} need {} inspectors' places and {} can be taken, because of the recusals of {}",
        names.join(", "),
        why.needed,
        why.places,
        pairs.join(", ")
    ))
}
