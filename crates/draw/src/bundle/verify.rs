//! Recomputing a draw from its bundle alone, and saying what does not match.

use std::fmt;

use super::{Bundle, NoBundle};
use crate::ceremony::{LEAST_SECRET, seed, time};
use crate::terms::{Drawn, Outcome, Team};
use crate::{Frame, fingerprint};

/// Chances are compared to this: the last digits of a power differ between machines.
const CLOSE: f64 = 1e-9;

/// What does not match.
///
/// ```
/// # use draw::{Ceremony, Design, Frame, Terms, Unit, fingerprint};
/// # let frame = Frame::new(vec![Unit::plain("a"), Unit::plain("b")])?;
/// # let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
/// # let mut round = Ceremony::new("2015 round 3", frame, terms, &[])?;
/// # let secret = "4f1d0c2b3a49586776859483a2b1c0df";
/// # let published = round.publish_frame("2015-11-20T09:00")?;
/// # round.publish_secret(&fingerprint(secret), "2015-11-20T09:00")?;
/// # round.publish_number("07112331", "lottery", "2015-11-21T21:30")?;
/// # let bundle = round.reveal(secret, "2015-11-23T09:00")?;
/// let changed = bundle.json().replacen("07112331", "07112332", 1);
/// let faults = draw::verify(changed.as_bytes(), None)?.faults;
/// assert!(matches!(faults[0], draw::Fault::Fingerprint { what: "seed", .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The units make no frame.
    Frame(String),
    /// The frame, terms, secret or seed in the file is not the published one.
    Fingerprint {
        /// "frame", "terms", "secret" or "seed".
        what: &'static str,
        /// What the file says.
        stated: String,
        /// What its content gives.
        found: String,
    },
    /// The published frame is not the one you know from elsewhere.
    OtherFrame {
        /// What you know.
        trusted: String,
        /// What the file says.
        stated: String,
    },
    /// A step came too early or too late, or its time is not one.
    Order(String),
    /// The secret could be guessed.
    ShortSecret(usize),
    /// Frame and terms give no draw at all.
    Unplayable(String),
    /// A drawn unit is not the one that the seed draws.
    Drawn {
        /// Its place, from 1.
        place: usize,
        /// What the file says, if anything.
        stated: Option<Drawn>,
        /// What the seed gives, if anything.
        found: Option<Drawn>,
    },
    /// A team is not the one that the seed draws.
    Team {
        /// Its place, from 1.
        place: usize,
        /// What the file says, if anything.
        stated: Option<Team>,
        /// What the seed gives, if anything.
        found: Option<Team>,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(why) => write!(f, "frame: {why}"),
            Self::Fingerprint { what, stated, found } => {
                write!(f, "{what}: published {stated}, the file gives {found}")
            }
            Self::OtherFrame { trusted, stated } => {
                write!(f, "frame: you know {trusted}, the file says {stated}")
            }
            Self::Order(why) => write!(f, "order: {why}"),
            Self::ShortSecret(length) => {
                write!(f, "secret: found {length} characters, expected at least {LEAST_SECRET}")
            }
            Self::Unplayable(why) => write!(f, "terms: {why}"),
            Self::Drawn { place, stated, found } => {
                let word = |one: &Option<Drawn>| match one {
                    Some(one) => {
                        let Drawn { ticket, id, generation, chance } = one;
                        format!("{id:?} by ticket {ticket}, time {generation}, chance {chance}")
                    }
                    None => "nothing".to_owned(),
                };
                write!(f, "drawn {place}: stated {}, found {}", word(stated), word(found))
            }
            Self::Team { place, stated, found } => {
                let word = |one: &Option<Team>| match one {
                    Some((id, team)) => format!("{id:?} by {team:?}"),
                    None => "nothing".to_owned(),
                };
                write!(f, "team {place}: stated {}, found {}", word(stated), word(found))
            }
        }
    }
}

/// What was checked, and what does not match.
///
/// ```
/// # use draw::{Ceremony, Design, Frame, Terms, Unit, fingerprint};
/// # let frame = Frame::new(vec![Unit::plain("a"), Unit::plain("b")])?;
/// # let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
/// # let mut round = Ceremony::new("2015 round 3", frame, terms, &[])?;
/// # let secret = "4f1d0c2b3a49586776859483a2b1c0df";
/// # let published = round.publish_frame("2015-11-20T09:00")?;
/// # round.publish_secret(&fingerprint(secret), "2015-11-20T09:00")?;
/// # round.publish_number("07112331", "lottery", "2015-11-21T21:30")?;
/// # let bundle = round.reveal(secret, "2015-11-23T09:00")?;
/// let report = draw::verify(bundle.json().as_bytes(), Some(&published.fingerprint))?;
/// assert!(report.holds() && report.trusted);
/// assert_eq!((report.units, report.drawn, report.teams), (2, 1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The round's name.
    pub round: String,
    /// Units in the frame.
    pub units: usize,
    /// Units drawn.
    pub drawn: usize,
    /// Teams drawn.
    pub teams: usize,
    /// Whether the frame's fingerprint was compared with one from elsewhere.
    pub trusted: bool,
    /// What does not match.
    pub faults: Vec<Fault>,
}

impl Report {
    /// Whether everything matches.
    ///
    /// ```
    /// # fn ask(bytes: &[u8]) -> Result<(), draw::NoBundle> {
    /// let report = draw::verify(bytes, None)?;
    /// println!("{}", if report.holds() { "holds" } else { "does not hold" });
    /// # Ok(())
    /// # }
    /// ```
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Recomputes everything a bundle holds: fingerprints, the order of what was published, the
/// seed, every ticket, chance and team. `trusted` is the frame's fingerprint as you know it from
/// the publication; without it the file is only compared with itself.
///
/// # Errors
/// [`NoBundle`] if the bytes are no bundle at all.
///
/// ```
/// assert!(draw::verify(b"[]", None).is_err());
/// ```
pub fn verify(bytes: &[u8], trusted: Option<&str>) -> Result<Report, NoBundle> {
    let bundle = Bundle::read(bytes)?;
    let mut faults = Vec::new();
    order(&bundle, &mut faults);
    fingerprints(&bundle, trusted, &mut faults);
    match Frame::new(bundle.frame.clone()) {
        Ok(frame) => {
            let (what, found) = ("frame", frame.fingerprint());
            differs(what, &bundle.published_frame.fingerprint, found, &mut faults);
            // What came out is compared with what the seed gives, not with what is stated of it.
            match bundle.terms.draw(&frame, &seed(&bundle)) {
                Ok(outcome) => compare(&bundle, &outcome, &mut faults),
                Err(why) => faults.push(Fault::Unplayable(why.to_string())),
            }
        }
        Err(why) => faults.push(Fault::Frame(why.to_string())),
    }
    Ok(Report {
        round: bundle.round,
        units: bundle.frame.len(),
        drawn: bundle.drawn.len(),
        teams: bundle.teams.len(),
        trusted: trusted.is_some(),
        faults,
    })
}

fn differs(what: &'static str, stated: &str, found: String, faults: &mut Vec<Fault>) {
    if stated != found {
        faults.push(Fault::Fingerprint { what, stated: stated.to_owned(), found });
    }
}

fn fingerprints(bundle: &Bundle, trusted: Option<&str>, faults: &mut Vec<Fault>) {
    let stated = &bundle.published_frame.fingerprint;
    if let Some(trusted) = trusted.filter(|trusted| trusted != stated) {
        let (trusted, stated) = (trusted.to_owned(), stated.clone());
        faults.push(Fault::OtherFrame { trusted, stated });
    }
    differs("terms", &bundle.published_frame.terms, bundle.terms.fingerprint(), faults);
    let secret = &bundle.reveal.secret;
    differs("secret", &bundle.published_secret.fingerprint, fingerprint(secret), faults);
    differs("seed", &bundle.seed, seed(bundle), faults);
    let length = secret.chars().count();
    if length < LEAST_SECRET {
        faults.push(Fault::ShortSecret(length));
    }
}

fn order(bundle: &Bundle, faults: &mut Vec<Fault>) {
    let (frame, secret) = (&bundle.published_frame.at, &bundle.published_secret.at);
    let (number, reveal) = (&bundle.number.at, &bundle.reveal.at);
    let all = [frame, secret, number, reveal];
    let wrong: Vec<String> =
        all.iter().filter_map(|at| Some(time(at).err()?.to_string())).collect();
    if !wrong.is_empty() {
        faults.extend(wrong.into_iter().map(Fault::Order));
        return;
    }
    for (what, at) in [("frame", frame), ("secret", secret)] {
        if at >= number {
            let why = format!("{what} published at {at}, not before the number of {number}");
            faults.push(Fault::Order(why));
        }
    }
    if reveal < number {
        let why = format!("secret revealed at {reveal}, before the number of {number}");
        faults.push(Fault::Order(why));
    }
}

fn compare(bundle: &Bundle, outcome: &Outcome, faults: &mut Vec<Fault>) {
    let is_close = |one: f64, other: f64| (one - other).abs() <= CLOSE;
    let is_same = |one: &Drawn, other: &Drawn| {
        (&one.ticket, &one.id, one.generation) == (&other.ticket, &other.id, other.generation)
            && is_close(one.chance, other.chance)
    };
    for (place, stated, found) in differences(&bundle.drawn, &outcome.drawn, is_same) {
        faults.push(Fault::Drawn { place, stated, found });
    }
    let is_same = |one: &Team, other: &Team| {
        let pairs = || one.1.iter().zip(&other.1);
        one.0 == other.0
            && one.1.len() == other.1.len()
            && pairs().all(|(one, other)| one.0 == other.0 && is_close(one.1, other.1))
    };
    for (place, stated, found) in differences(&bundle.teams, &outcome.teams, is_same) {
        faults.push(Fault::Team { place, stated, found });
    }
}

/// Places, from 1, where two lists differ, with what each has there.
fn differences<T: Clone>(
    stated: &[T],
    found: &[T],
    is_same: impl Fn(&T, &T) -> bool,
) -> Vec<(usize, Option<T>, Option<T>)> {
    let differs = |place: usize| match (stated.get(place), found.get(place)) {
        (Some(one), Some(other)) if is_same(one, other) => None,
        (one, other) => Some((place + 1, one.cloned(), other.cloned())),
    };
    (0..stated.len().max(found.len())).filter_map(differs).collect()
}
