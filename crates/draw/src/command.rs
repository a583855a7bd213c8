//! What `shigan draw` does with a frame: bytes in, lines out.

use crate::sampler::{Plan, Repeated, sample};

/// The options of `shigan draw`.
///
/// ```
/// let plan = draw::Plan { drop: 1, take: 1, with_replacement: false };
/// let options = draw::Options { seed: "52775263".into(), plan, digits: 3 };
/// assert_eq!(draw::command(b"1\n2\n3\n", &options)?, [r#"["0.647","3",1]"#]);
/// # Ok::<(), draw::Trouble>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The seed, taken as it is written, blanks and all.
    pub seed: String,
    /// Which tickets.
    pub plan: Plan,
    /// Digits printed after the leading nines. `shigan draw` prints 9 unless told.
    pub digits: usize,
}

/// Why a frame cannot be drawn from: bad input, exit 2.
///
/// ```
/// let options = draw::Options { seed: "1".into(), plan: draw::Plan::take(1), digits: 9 };
/// let trouble = draw::command(b"a\nb\na\n", &options).unwrap_err();
/// assert_eq!(trouble, draw::Trouble::Repeated { id: "a".into(), first: 1, again: 3 });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The frame is not UTF-8.
    #[error("line {line}: found bytes that are not UTF-8, expected one id a line in UTF-8")]
    NotText {
        /// The line, from 1.
        line: usize,
    },
    /// Nothing can be drawn from nothing.
    #[error("found no id, expected one id a line")]
    Empty,
    /// An id stands twice.
    #[error("line {again}: found the id {id:?} of line {first} again, expected each id once")]
    Repeated {
        /// The id.
        id: String,
        /// The line it first stands on, from 1.
        first: usize,
        /// The line it stands on again.
        again: usize,
    },
}

/// Draws from a frame file of one id a line and gives the lines to print, without line ends.
///
/// A byte order mark, the line end (with or without a carriage return) and empty lines are no
/// part of an id; every other byte is.
///
/// # Errors
/// [`Trouble`], each naming the line.
///
/// ```
/// let options =
///     draw::Options { seed: "52775263".into(), plan: draw::Plan::take(1), digits: 9 };
/// assert_eq!(draw::command(b"1\n2\n3\n", &options)?, [r#"["0.048069802","2",1]"#]);
/// # Ok::<(), draw::Trouble>(())
/// ```
pub fn command(frame: &[u8], options: &Options) -> Result<Vec<String>, Trouble> {
    let frame = frame.strip_prefix(b"\xef\xbb\xbf").unwrap_or(frame);
    let text = std::str::from_utf8(frame).map_err(|error| Trouble::NotText {
        line: 1 + frame[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count(),
    })?;
    let (lines, ids): (Vec<usize>, Vec<&str>) =
        (1..).zip(text.lines()).filter(|(_, id)| !id.is_empty()).unzip();
    if ids.is_empty() {
        return Err(Trouble::Empty);
    }
    let drawn =
        sample(&ids, &options.seed, &options.plan).map_err(|Repeated { id, first, again }| {
            Trouble::Repeated { id, first: lines[first - 1], again: lines[again - 1] }
        })?;
    Ok(drawn.iter().map(|ticket| ticket.line(options.digits)).collect())
}

#[cfg(test)]
mod tests;
