//! The ceremony (抽签): what is published when, so that nobody can choose the outcome.
//!
//! ```text
//! frame and terms ─┐
//!                  ├─▶ public number ─▶ reveal ─▶ seed ─▶ draw ─▶ bundle
//! secret, sealed ──┘
//! ```
//!
//! 1. The frame and the terms are published by their fingerprints, and so is a secret.
//! 2. Later a number is published that nobody could know before: a lottery's, an index's.
//! 3. The secret is revealed. The seed is made of all of these, and decides the draw.
//!
//! Whoever fixes the frame and the secret does not know the number; whoever knows the number
//! cannot change frame or secret any more. Sources: M. Blum, *Coin flipping by telephone*
//! (CRYPTO 1981), the commitment; M. Lindeman, P. B. Stark, *A Gentle Introduction to
//! Risk-Limiting Audits*, IEEE Security & Privacy 10 (2012), seeds made in public after the
//! frame is fixed.
//!
//! Times are local clock times, `YYYY-MM-DDTHH:MM`, and are handed in: this crate has no clock.

use crate::bundle::{Bundle, KIND};
use crate::canonical::{canonical, fingerprint};
use crate::{Frame, Terms};

mod published;
#[cfg(test)]
mod tests;

pub use self::published::{LEAST_SECRET, Past, Refused};
pub use self::published::{PublishedFrame, PublishedNumber, PublishedSecret, Revealed};

/// A draw under way.
///
/// ```
/// use draw::{Ceremony, Design, Frame, Terms, Unit, fingerprint};
/// let frame = Frame::new(["a", "b", "c"].map(Unit::plain).to_vec())?;
/// let design = Design::Simple { drop: 0, take: 1, with_replacement: false };
/// let mut round = Ceremony::new("2015 round 3", frame, Terms { design, teams: None }, &[])?;
/// let secret = "4f1d0c2b3a49586776859483a2b1c0df";
/// round.publish_frame("2015-11-20T09:00")?;
/// round.publish_secret(&fingerprint(secret), "2015-11-20T09:00")?;
/// round.publish_number("07112331", "lottery of 21 November", "2015-11-21T21:30")?;
/// let bundle = round.reveal(secret, "2015-11-23T09:00")?;
/// assert!(draw::verify(bundle.json().as_bytes(), None)?.holds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    round: String,
    frame: Frame,
    terms: Terms,
    past: Vec<Past>,
    published_frame: Option<PublishedFrame>,
    published_secret: Option<PublishedSecret>,
    number: Option<PublishedNumber>,
}

impl Ceremony {
    /// Opens a round. `past`: all earlier rounds of the same public body.
    ///
    /// # Errors
    /// [`Refused::Stale`] if the round's name was used; [`Refused::Unplayable`] if the terms do
    /// not fit the frame, tried with an arbitrary seed: such a draw must not begin.
    ///
    /// ```
    /// use draw::{Ceremony, Design, Frame, Refused, Terms, Unit};
    /// let frame = Frame::new(vec![Unit::plain("a")])?;
    /// let terms = Terms { design: Design::Systematic { take: 2 }, teams: None };
    /// let refused = Ceremony::new("2015 round 3", frame, terms, &[]).unwrap_err();
    /// assert!(matches!(refused, Refused::Unplayable(_)));
    /// # Ok::<(), draw::NoFrame>(())
    /// ```
    pub fn new(round: &str, frame: Frame, terms: Terms, past: &[Past]) -> Result<Self, Refused> {
        refuse_stale("name", past, |one| one.round == round)?;
        terms.draw(&frame, "a trial of the terms")?;
        Ok(Self {
            round: round.to_owned(),
            frame,
            terms,
            past: past.to_vec(),
            published_frame: None,
            published_secret: None,
            number: None,
        })
    }

    /// Fixes frame and terms, and gives the fingerprints to publish.
    ///
    /// # Errors
    /// [`Refused`]: published already, after the number, or not a time.
    ///
    /// ```
    /// # use draw::{Ceremony, Design, Frame, Terms, Unit};
    /// # let frame = Frame::new(vec![Unit::plain("a")])?;
    /// # let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
    /// let mut round = Ceremony::new("2015 round 3", frame.clone(), terms, &[])?;
    /// let published = round.publish_frame("2015-11-20T09:00")?;
    /// assert_eq!(published.fingerprint, frame.fingerprint());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn publish_frame(&mut self, at: &str) -> Result<PublishedFrame, Refused> {
        self.refuse_late("frame", at)?;
        if self.published_frame.is_some() {
            return Err(Refused::Already("frame"));
        }
        let fingerprint = self.frame.fingerprint();
        let terms = self.terms.fingerprint();
        let published = PublishedFrame { at: at.to_owned(), fingerprint, terms };
        Ok(self.published_frame.insert(published).clone())
    }

    /// Fixes the secret by its fingerprint alone.
    ///
    /// # Errors
    /// [`Refused`]: published already, after the number, used in an earlier round, not a time.
    ///
    /// ```
    /// # use draw::{Ceremony, Design, Frame, Terms, Unit};
    /// # let frame = Frame::new(vec![Unit::plain("a")])?;
    /// # let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
    /// let mut round = Ceremony::new("2015 round 3", frame, terms, &[])?;
    /// round.publish_secret(&draw::fingerprint("…"), "2015-11-20T09:00")?;
    /// assert!(round.publish_secret(&draw::fingerprint("!"), "2015-11-20T09:05").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn publish_secret(&mut self, fingerprint: &str, at: &str) -> Result<(), Refused> {
        self.refuse_late("secret", at)?;
        if self.published_secret.is_some() {
            return Err(Refused::Already("secret"));
        }
        refuse_stale("secret", &self.past, |one| one.secret == fingerprint)?;
        let (at, fingerprint) = (at.to_owned(), fingerprint.to_owned());
        self.published_secret = Some(PublishedSecret { at, fingerprint });
        Ok(())
    }

    /// Takes down the public number, as it was published and where.
    ///
    /// # Errors
    /// [`Refused`]: frame or secret not published, or not before it; published already; the same
    /// number of the same source in an earlier round; not a time.
    ///
    /// ```
    /// # use draw::{Ceremony, Design, Frame, Refused, Terms, Unit};
    /// # let frame = Frame::new(vec![Unit::plain("a")])?;
    /// # let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
    /// let mut round = Ceremony::new("2015 round 3", frame, terms, &[])?;
    /// let early = round.publish_number("07", "lottery", "2015-11-20T09:00");
    /// assert_eq!(early, Err(Refused::NotYet("frame")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn publish_number(&mut self, number: &str, source: &str, at: &str) -> Result<(), Refused> {
        let time = time(at)?;
        if self.number.is_some() {
            return Err(Refused::Already("number"));
        }
        let frame = self.published_frame.as_ref().ok_or(Refused::NotYet("frame"))?;
        let secret = self.published_secret.as_ref().ok_or(Refused::NotYet("secret"))?;
        for (what, before) in [("frame", &frame.at), ("secret", &secret.at)] {
            if self::time(before)? >= time {
                let (at, number_at) = (before.clone(), at.to_owned());
                return Err(Refused::AfterNumber { what, at, number_at });
            }
        }
        refuse_stale("number", &self.past, |one| one.number == number && one.source == source)?;
        let (number, source) = (number.to_owned(), source.to_owned());
        self.number = Some(PublishedNumber { at: at.to_owned(), number, source });
        Ok(())
    }

    /// Reveals the secret, draws, and gives the bundle to publish.
    ///
    /// # Errors
    /// [`Refused`]: no number yet or before it, another secret, a short one, an impossible draw.
    ///
    /// ```
    /// # use draw::{Ceremony, Design, Frame, Refused, Terms, Unit};
    /// # let frame = Frame::new(vec![Unit::plain("a")])?;
    /// # let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
    /// let round = Ceremony::new("2015 round 3", frame, terms, &[])?;
    /// let early = round.reveal("4f1d0c2b3a49586776859483a2b1c0df", "2015-11-20T09:00");
    /// assert_eq!(early.unwrap_err(), Refused::NotYet("frame"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reveal(&self, secret: &str, at: &str) -> Result<Bundle, Refused> {
        let time = time(at)?;
        let frame = self.published_frame.clone().ok_or(Refused::NotYet("frame"))?;
        let sealed = self.published_secret.clone().ok_or(Refused::NotYet("secret"))?;
        let number = self.number.clone().ok_or(Refused::NotYet("number"))?;
        if time < self::time(&number.at)? {
            return Err(Refused::RevealedEarly { at: at.to_owned(), number_at: number.at });
        }
        let found = fingerprint(secret);
        if found != sealed.fingerprint {
            return Err(Refused::OtherSecret { found, published: sealed.fingerprint });
        }
        if secret.chars().count() < LEAST_SECRET {
            return Err(Refused::ShortSecret(secret.chars().count()));
        }
        let mut bundle = Bundle {
            kind: KIND.to_owned(),
            round: self.round.clone(),
            terms: self.terms.clone(),
            frame: self.frame.units().to_vec(),
            published_frame: frame,
            published_secret: sealed,
            number,
            reveal: Revealed { at: at.to_owned(), secret: secret.to_owned() },
            seed: String::new(),
            drawn: Vec::new(),
            teams: Vec::new(),
        };
        bundle.seed = seed(&bundle);
        let outcome = self.terms.draw(&self.frame, &bundle.seed)?;
        (bundle.drawn, bundle.teams) = (outcome.drawn, outcome.teams);
        Ok(bundle)
    }

    fn refuse_late(&self, what: &'static str, at: &str) -> Result<(), Refused> {
        time(at)?;
        let Some(number) = &self.number else { return Ok(()) };
        let (at, number_at) = (at.to_owned(), number.at.clone());
        Err(Refused::AfterNumber { what, at, number_at })
    }
}

fn refuse_stale(
    what: &'static str,
    past: &[Past],
    is_same: impl Fn(&Past) -> bool,
) -> Result<(), Refused> {
    let Some(earlier) = past.iter().find(|one| is_same(one)) else { return Ok(()) };
    Err(Refused::Stale { what, round: earlier.round.clone() })
}

/// The seed: canonical JSON of all that was published, so that one digit makes another seed.
pub(crate) fn seed(bundle: &Bundle) -> String {
    canonical(&[
        KIND,
        &bundle.round,
        &bundle.published_frame.fingerprint,
        &bundle.published_frame.terms,
        &bundle.published_secret.fingerprint,
        &bundle.number.number,
        &bundle.reveal.secret,
    ])
}

/// A time as text that sorts by time: only its shape is checked.
pub(crate) fn time(at: &str) -> Result<&str, Refused> {
    let shape = "0000-00-00T00:00";
    let is_same = |(one, shape): (char, char)| match shape {
        '0' => one.is_ascii_digit(),
        mark => one == mark,
    };
    let is_time = at.len() == shape.len() && at.chars().zip(shape.chars()).all(is_same);
    if is_time { Ok(at) } else { Err(Refused::Time(at.to_owned())) }
}
