//! The bundle: one JSON file from which anybody recomputes a draw.

use serde::{Deserialize, Serialize};

use crate::ceremony::{Past, PublishedFrame, PublishedNumber, PublishedSecret, Revealed};
use crate::terms::{Drawn, Team, Terms};
use crate::{Unit, canonical::canonical};

mod verify;

#[cfg(test)]
mod tests;

pub use self::verify::{Fault, Report, verify};

/// The kind and version of the file, its first field.
///
/// ```
/// assert_eq!(draw::KIND, "shigan draw 1");
/// ```
pub const KIND: &str = "shigan draw 1";

/// All of a draw: what was published, and what came out.
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
/// assert_eq!((bundle.frame.len(), bundle.drawn.len()), (2, 1));
/// assert!(bundle.seed.contains("07112331") && bundle.seed.contains(secret));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// [`KIND`].
    pub kind: String,
    /// The round's name.
    pub round: String,
    /// What was decided before.
    pub terms: Terms,
    /// The units, by stratum and id.
    pub frame: Vec<Unit>,
    /// Frame and terms by their fingerprints.
    pub published_frame: PublishedFrame,
    /// The secret by its fingerprint.
    pub published_secret: PublishedSecret,
    /// The public number.
    pub number: PublishedNumber,
    /// The secret.
    pub reveal: Revealed,
    /// The seed made of these.
    pub seed: String,
    /// The units drawn.
    pub drawn: Vec<Drawn>,
    /// Their teams.
    pub teams: Vec<Team>,
}

/// A file that is no bundle of a draw.
///
/// ```
/// let no = draw::Bundle::read(b"[]").unwrap_err();
/// assert!(matches!(no, draw::NoBundle::Unreadable(_)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoBundle {
    /// Not the JSON of a bundle.
    #[error("not a bundle of a draw: {0}")]
    Unreadable(String),
    /// Another kind or version.
    #[error("found the kind {0:?}, expected {KIND:?}")]
    OtherKind(String),
}

impl Bundle {
    /// Reads a bundle.
    ///
    /// # Errors
    /// [`NoBundle`], with line and column of the fault where there are some.
    ///
    /// ```
    /// assert!(draw::Bundle::read(b"{}").is_err());
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, NoBundle> {
        let bundle: Self = serde_json::from_slice(bytes)
            .map_err(|error| NoBundle::Unreadable(error.to_string()))?;
        if bundle.kind == KIND { Ok(bundle) } else { Err(NoBundle::OtherKind(bundle.kind)) }
    }

    /// The file: JSON with a line for each field, unit, drawn unit and team, in a fixed order,
    /// so that two bundles can be compared by eye.
    ///
    /// ```
    /// # use draw::{Ceremony, Design, Frame, Terms, Unit, fingerprint};
    /// # let frame = Frame::new(vec![Unit::plain("a"), Unit::plain("b")])?;
    /// # let terms = Terms { design: Design::Systematic { take: 1 }, teams: None };
    /// # let mut round = Ceremony::new("2015 round 3", frame, terms, &[])?;
    /// # let secret = "4f1d0c2b3a49586776859483a2b1c0df";
    /// # round.publish_frame("2015-11-20T09:00")?;
    /// # round.publish_secret(&fingerprint(secret), "2015-11-20T09:00")?;
    /// # round.publish_number("07112331", "lottery", "2015-11-21T21:30")?;
    /// let bundle = round.reveal(secret, "2015-11-23T09:00")?;
    /// assert!(bundle.json().contains("\n\"round\": \"2015 round 3\",\n"));
    /// assert_eq!(draw::Bundle::read(bundle.json().as_bytes())?, bundle);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn json(&self) -> String {
        let list = |items: Vec<String>| match items.is_empty() {
            true => "[]".to_owned(),
            false => format!("[\n{}\n]", items.join(",\n")),
        };
        let fields = [
            ("kind", canonical(&self.kind)),
            ("round", canonical(&self.round)),
            ("terms", canonical(&self.terms)),
            ("frame", list(self.frame.iter().map(canonical).collect())),
            ("published_frame", canonical(&self.published_frame)),
            ("published_secret", canonical(&self.published_secret)),
            ("number", canonical(&self.number)),
            ("reveal", canonical(&self.reveal)),
            ("seed", canonical(&self.seed)),
            ("drawn", list(self.drawn.iter().map(canonical).collect())),
            ("teams", list(self.teams.iter().map(canonical).collect())),
        ];
        let lines: Vec<String> =
            fields.iter().map(|(name, text)| format!("\"{name}\": {text}")).collect();
        format!("{{\n{}\n}}\n", lines.join(",\n"))
    }

    /// What a later round must not repeat.
    ///
    /// ```
    /// # fn next(bundle: &draw::Bundle, frame: draw::Frame, terms: draw::Terms) {
    /// let again = draw::Ceremony::new(&bundle.round, frame, terms, &[bundle.past()]);
    /// assert!(matches!(again, Err(draw::Refused::Stale { what: "name", .. })));
    /// # }
    /// ```
    pub fn past(&self) -> Past {
        Past {
            round: self.round.clone(),
            secret: self.published_secret.fingerprint.clone(),
            number: self.number.number.clone(),
            source: self.number.source.clone(),
        }
    }
}
