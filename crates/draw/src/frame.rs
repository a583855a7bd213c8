//! The frame: who can be drawn, with stratum and size, in one order and with one fingerprint.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::canonical::{canonical, fingerprint};

/// A unit that can be drawn. In JSON `["id","stratum",size]`.
///
/// ```
/// let unit = draw::Unit { stratum: "county".into(), id: "130207".into(), size: 12 };
/// assert!(unit > draw::Unit::plain("130208"), "units are in order of strata, then of ids");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(String, String, u64)", into = "(String, String, u64)")]
pub struct Unit {
    /// The stratum's name; empty if there are none.
    pub stratum: String,
    /// The id, unlike every other of the frame.
    pub id: String,
    /// Its size, or its weight of risk, at least 1; only draws with unequal chances ask.
    pub size: u64,
}

impl Unit {
    /// A unit of size 1 in no stratum.
    ///
    /// ```
    /// assert_eq!(draw::Unit::plain("县1").size, 1);
    /// ```
    pub fn plain(id: &str) -> Self {
        Self { stratum: String::new(), id: id.to_owned(), size: 1 }
    }
}

impl From<(String, String, u64)> for Unit {
    fn from((id, stratum, size): (String, String, u64)) -> Self {
        Self { stratum, id, size }
    }
}

impl From<Unit> for (String, String, u64) {
    fn from(unit: Unit) -> Self {
        (unit.id, unit.stratum, unit.size)
    }
}

/// Why units make no frame.
///
/// ```
/// assert_eq!(draw::Frame::new(vec![]), Err(draw::NoFrame::Empty));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFrame {
    /// There are no units.
    #[error("found no units, expected at least one")]
    Empty,
    /// An id stands twice.
    #[error("found the id {0:?} twice, expected each id once")]
    Repeated(String),
    /// A unit of size nothing.
    #[error("{0:?}: found the size 0, expected at least 1")]
    NoSize(String),
}

/// Units sorted by stratum and id, each id once.
///
/// ```
/// use draw::{Frame, Unit};
/// let frame = Frame::new(["b", "c", "a"].map(Unit::plain).to_vec())?;
/// assert_eq!(frame, Frame::new(["a", "b", "c"].map(Unit::plain).to_vec())?);
/// # Ok::<(), draw::NoFrame>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Frame {
    units: Vec<Unit>,
}

impl Frame {
    /// Sorts units into a frame.
    ///
    /// # Errors
    /// [`NoFrame`] for no units, a repeated id, a size of 0.
    ///
    /// ```
    /// use draw::{Frame, Unit};
    /// let frame = Frame::new(vec![Unit::plain("b"), Unit::plain("a")])?;
    /// assert_eq!(frame.units()[0].id, "a");
    /// assert!(Frame::new(vec![Unit::plain("b"), Unit::plain("b")]).is_err());
    /// # Ok::<(), draw::NoFrame>(())
    /// ```
    pub fn new(mut units: Vec<Unit>) -> Result<Self, NoFrame> {
        units.sort_unstable();
        if units.is_empty() {
            return Err(NoFrame::Empty);
        }
        let mut seen = HashSet::with_capacity(units.len());
        for unit in &units {
            if !seen.insert(&unit.id) {
                return Err(NoFrame::Repeated(unit.id.clone()));
            }
            if unit.size == 0 {
                return Err(NoFrame::NoSize(unit.id.clone()));
            }
        }
        Ok(Self { units })
    }

    /// The units by stratum and id.
    ///
    /// ```
    /// let frame = draw::Frame::new(vec![draw::Unit::plain("a")])?;
    /// assert_eq!(frame.units().len(), 1);
    /// # Ok::<(), draw::NoFrame>(())
    /// ```
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The canonical bytes, as text: for each unit a line `["id","stratum",size]`, compact JSON,
    /// UTF-8, sorted by stratum and id, each line ended by a line feed.
    ///
    /// ```
    /// use draw::{Frame, Unit};
    /// let unit = Unit { stratum: "县".into(), id: "130207".into(), size: 12 };
    /// assert_eq!(Frame::new(vec![unit])?.canonical(), "[\"130207\",\"县\",12]\n");
    /// # Ok::<(), draw::NoFrame>(())
    /// ```
    pub fn canonical(&self) -> String {
        self.units.iter().map(|unit| canonical(unit) + "\n").collect()
    }

    /// The SHA-256 of the canonical bytes, lowercase hexadecimal.
    ///
    /// ```
    /// let frame = draw::Frame::new(vec![draw::Unit::plain("a")])?;
    /// assert_eq!(frame.fingerprint(), draw::fingerprint("[\"a\",\"\",1]\n"));
    /// # Ok::<(), draw::NoFrame>(())
    /// ```
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.canonical())
    }
}
