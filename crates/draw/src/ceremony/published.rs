//! What a ceremony publishes, what it must not repeat, and why it refuses a step.

use serde::{Deserialize, Serialize};

use crate::Unplayable;
#[cfg(doc)]
use crate::{Frame, Terms};

/// A secret is at least so many characters: fewer could be guessed from their fingerprint.
/// 32 hexadecimal digits are 128 bits.
///
/// ```
/// assert_eq!(draw::LEAST_SECRET, 32);
/// ```
pub const LEAST_SECRET: usize = 32;

/// What was published of frame and terms.
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
/// assert_eq!(bundle.published_frame, published);
/// assert_eq!(published.at, "2015-11-20T09:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedFrame {
    /// When.
    pub at: String,
    /// [`Frame::fingerprint`].
    pub fingerprint: String,
    /// [`Terms::fingerprint`].
    pub terms: String,
}

/// What was published of the secret.
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
/// assert_eq!(bundle.published_secret.fingerprint, fingerprint(secret));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedSecret {
    /// When.
    pub at: String,
    /// The fingerprint of the secret's text.
    pub fingerprint: String,
}

/// The public number.
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
/// assert_eq!((&*bundle.number.number, &*bundle.number.source), ("07112331", "lottery"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedNumber {
    /// When it became known.
    pub at: String,
    /// The number, digit for digit as it was published.
    pub number: String,
    /// Where: announced together with the frame, so that nobody picks it afterwards.
    pub source: String,
}

/// The secret itself.
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
/// assert_eq!(bundle.reveal.secret, secret);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revealed {
    /// When.
    pub at: String,
    /// The text.
    pub secret: String,
}

/// An earlier round, whose name, secret and number must not come again.
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
/// let past: draw::Past = bundle.past();
/// assert_eq!((&*past.round, &*past.number), ("2015 round 3", "07112331"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The round's name.
    pub round: String,
    /// Its secret's fingerprint.
    pub secret: String,
    /// Its number.
    pub number: String,
    /// The number's source.
    pub source: String,
}

/// Why a step of the ceremony is refused.
///
/// ```
/// use draw::{Ceremony, Design, Frame, Refused, Terms, Unit};
/// let frame = Frame::new(vec![Unit::plain("a")])?;
/// let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
/// let mut round = Ceremony::new("2015 round 3", frame, terms, &[])?;
/// let refused = round.publish_frame("20 November").unwrap_err();
/// assert_eq!(refused, Refused::Time("20 November".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A time is not written as it must be.
    #[error("found the time {0:?}, expected YYYY-MM-DDTHH:MM")]
    Time(String),
    /// Frame or secret were not published before the number was.
    #[error("the {what} was published at {at}, not before the number of {number_at}")]
    AfterNumber {
        /// "frame" or "secret".
        what: &'static str,
        /// When.
        at: String,
        /// When the number was.
        number_at: String,
    },
    /// The number came before frame and secret were published.
    #[error("the {0} is not published yet, and the number comes after it")]
    NotYet(&'static str),
    /// It is published already and stays as it is.
    #[error("the {0} is published already and cannot be changed: a new round can be opened")]
    Already(&'static str),
    /// The reveal comes before the number.
    #[error("the secret was revealed at {at}, before the number of {number_at}")]
    RevealedEarly {
        /// When it was revealed.
        at: String,
        /// When the number was published.
        number_at: String,
    },
    /// What is revealed is not what was sealed.
    #[error("the secret has the fingerprint {found}, and {published} was published")]
    OtherSecret {
        /// The fingerprint of what is revealed.
        found: String,
        /// The published one.
        published: String,
    },
    /// The secret could be guessed.
    #[error("found a secret of {0} characters, expected at least {LEAST_SECRET}")]
    ShortSecret(usize),
    /// Name, secret or number were used before.
    #[error("the {what} was used in the round {round:?}: every round has its own")]
    Stale {
        /// "name", "secret" or "number".
        what: &'static str,
        /// The earlier round.
        round: String,
    },
    /// Frame and terms give no draw.
    #[error(transparent)]
    Unplayable(#[from] Unplayable),
}
