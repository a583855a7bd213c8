//! Rivest's consistent sampler: every id gets a ticket that only the seed and the id decide, and
//! the smallest tickets are drawn.
//!
//! Because an id's ticket does not depend on the other ids, adding a unit to the frame never
//! reorders the others, and the draws of two frames agree where the frames do.
//!
//! Source: R. L. Rivest, *Consistent Sampling with Replacement*, arXiv:1808.10016, and its
//! program `consistent_sampler` 1.0.10, whose tickets these are, digit for digit. A ticket number
//! is "0." and the reversed decimal digits of SHA-256; numbers are compared as text.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use sha2::{Digest, Sha256};

use crate::digits::{Number, hex};

/// A ticket drawn: whose it is and the how-manieth of that id.
///
/// ```
/// let drawn = draw::sample(&["1", "2", "3"], "52775263", &draw::Plan::take(1))?;
/// assert_eq!((drawn[0].id, drawn[0].generation), ("2", 1));
/// # Ok::<(), draw::Repeated>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket<'a> {
    /// "0." and all decimal digits; no unit, between 0 and 1.
    pub number: String,
    /// How often the id has been drawn with this ticket, from 1.
    pub generation: u32,
    /// The id as the frame has it.
    pub id: &'a str,
}

impl Ticket<'_> {
    /// The number cut (not rounded) to so many digits after the nines it begins with.
    ///
    /// ```
    /// let ticket = draw::Ticket { number: "0.99123456".into(), id: "a", generation: 2 };
    /// assert_eq!(ticket.cut(3), "0.99123");
    /// ```
    pub fn cut(&self, digits: usize) -> &str {
        let end = nines(&self.number).saturating_add(digits).min(self.number.len());
        &self.number[..end]
    }

    /// The line that `shigan draw` prints: a JSON array of the cut number, the id and the
    /// generation.
    ///
    /// ```
    /// let ticket = draw::Ticket { number: "0.25".into(), id: "县\"1\"", generation: 1 };
    /// assert_eq!(ticket.line(9), r#"["0.25","县\"1\"",1]"#);
    /// ```
    pub fn line(&self, digits: usize) -> String {
        let id = serde_json::Value::from(self.id);
        format!("[\"{}\",{id},{}]", self.cut(digits), self.generation)
    }
}

/// How many tickets to pass over, how many to take, and whether a drawn id may be drawn again.
///
/// ```
/// let plan = draw::Plan { drop: 1, take: 5, with_replacement: false };
/// assert_eq!(draw::sample(&["1", "2", "3"], "52775263", &plan)?.len(), 2);
/// # Ok::<(), draw::Repeated>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Tickets passed over first: those already drawn in an earlier part of the same draw.
    pub drop: usize,
    /// Tickets taken after those. Without replacement never more than the frame has.
    pub take: usize,
    /// Whether a drawn id gets a next, larger ticket.
    pub with_replacement: bool,
}

impl Plan {
    /// So many ids from the beginning, without replacement.
    ///
    /// ```
    /// assert_eq!(draw::Plan::take(3).drop, 0);
    /// ```
    pub fn take(take: usize) -> Self {
        Self { drop: 0, take, with_replacement: false }
    }
}

/// An id stands twice in the frame, so it would have two chances.
///
/// ```
/// let again = draw::sample(&["a", "a"], "1", &draw::Plan::take(1)).unwrap_err();
/// assert_eq!((again.first, again.again), (1, 2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{id:?} stands in the frame at {first} and again at {again}")]
pub struct Repeated {
    /// The id.
    pub id: String,
    /// Its first place, from 1.
    pub first: usize,
    /// Its second place, from 1.
    pub again: usize,
}

/// The ids in the order in which they are drawn without replacement, as places in the frame
/// from 0. Repeated ids are not looked for and get equal tickets, the earlier place first.
///
/// Costs one block of SHA-256 an id and one sort of words, with all cores for long frames.
///
/// ```
/// assert_eq!(draw::order(&["1", "2", "3"], "52775263"), [1, 2, 0]);
/// ```
pub fn order<S: AsRef<str> + Sync>(ids: &[S], seed: &str) -> Vec<usize> {
    let salted = salted(seed);
    let keyed = sorted_keys(ids, &salted);
    // Two of a million ids agree in nineteen digits once in ten million draws: settle it then.
    let mut order: Vec<usize> = keyed.iter().map(|(_, place)| *place as usize).collect();
    let mut start = 0;
    while start < keyed.len() {
        let same = keyed[start..].iter().take_while(|(key, _)| *key == keyed[start].0).count();
        if same > 1 {
            order[start..start + same]
                .sort_by_cached_key(|place| first(&salted, ids[*place].as_ref()).reversed());
        }
        start += same;
    }
    order
}

/// Draws tickets, smallest first.
///
/// # Errors
/// [`Repeated`] if an id stands twice in the frame.
///
/// ```
/// use draw::{Plan, sample};
/// let again = Plan { drop: 1, take: 1, with_replacement: true };
/// let drawn = sample(&["AB-701"], "唐山市双随机抽查-2026年第12期", &again)?;
/// assert_eq!((drawn[0].cut(18), drawn[0].generation), ("0.830328196756656901", 2));
/// # Ok::<(), draw::Repeated>(())
/// ```
pub fn sample<'a, S: AsRef<str> + Sync>(
    ids: &'a [S],
    seed: &str,
    plan: &Plan,
) -> Result<Vec<Ticket<'a>>, Repeated> {
    refuse_repeated(ids)?;
    let salted = salted(seed);
    let ticket = |place: usize| {
        let id = ids[place].as_ref();
        Ticket { number: format!("0.{}", first(&salted, id).reversed()), generation: 1, id }
    };
    if !plan.with_replacement {
        let order = order(ids, seed);
        return Ok(order.into_iter().skip(plan.drop).take(plan.take).map(ticket).collect());
    }
    let mut waiting: BinaryHeap<_> = (0..ids.len()).map(|place| Reverse(ticket(place))).collect();
    let mut drawn = Vec::new();
    let mut passed = 0;
    while drawn.len() < plan.take
        && let Some(Reverse(ticket)) = waiting.pop()
    {
        waiting.push(Reverse(Ticket {
            number: next(&ticket.number),
            generation: ticket.generation + 1,
            id: ticket.id,
        }));
        if passed < plan.drop {
            passed += 1;
        } else {
            drawn.push(ticket);
        }
    }
    Ok(drawn)
}

fn refuse_repeated<S: AsRef<str>>(ids: &[S]) -> Result<(), Repeated> {
    let mut seen = HashSet::with_capacity(ids.len());
    let Some(again) = ids.iter().position(|id| !seen.insert(id.as_ref())) else { return Ok(()) };
    let id = ids[again].as_ref();
    let first = ids.iter().position(|other| other.as_ref() == id).unwrap_or(again);
    Err(Repeated { id: id.to_owned(), first: first + 1, again: again + 1 })
}

/// The state of the hash after the fingerprint of the seed: exactly one block, so that every id
/// costs only its own.
fn salted(seed: &str) -> Sha256 {
    Sha256::new_with_prefix(hex(seed))
}

fn first(salted: &Sha256, id: &str) -> Number {
    Number::of(salted.clone().chain_update(id))
}

/// Sort key and place of every id, sorted.
fn sorted_keys<S: AsRef<str> + Sync>(ids: &[S], salted: &Sha256) -> Vec<(u64, u32)> {
    let part = |ids: &[S], from: usize| -> Vec<(u64, u32)> {
        let places = from as u32..;
        let keyed = ids.iter().zip(places);
        let mut keyed: Vec<(u64, u32)> =
            keyed.map(|(id, at)| (first(salted, id.as_ref()).key(), at)).collect();
        keyed.sort_unstable();
        keyed
    };
    // Below some thousand ids starting a thread costs more than it saves.
    if ids.len() < 10_000 {
        return part(ids, 0);
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let length = ids.len().div_ceil(cores);
    let mut all: Vec<(u64, u32)> = std::thread::scope(|scope| {
        let parts: Vec<_> = ids
            .chunks(length)
            .enumerate()
            .map(|(nth, chunk)| scope.spawn(move || part(chunk, nth * length)))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    });
    // The stable sort finds the sorted runs and only merges them.
    all.sort();
    all
}

/// The next ticket of an id: the nines are kept, then come the digits of the first hash of
/// "old:1", "old:2", … that makes it larger than the old one.
fn next(old: &str) -> String {
    let kept = &old[..nines(old)];
    let floor = format!("{old}0");
    let mut tries = 1_u64;
    loop {
        let hash = Sha256::new_with_prefix(format!("{old}:{tries}"));
        let number = format!("{kept}{}", Number::of(hash).reversed());
        if number > floor {
            return number;
        }
        tries += 1;
    }
}

/// Where the nines after "0." end.
fn nines(number: &str) -> usize {
    let digits = number.strip_prefix("0.").unwrap_or(number);
    number.len() - digits.trim_start_matches('9').len()
}

#[cfg(test)]
mod tests;
