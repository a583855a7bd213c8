//! Leaves: events become entries of the log, and the log's open ends are kept in memory.

use base64::{Engine, engine::general_purpose::STANDARD};
use journal::{Entry, Log, Payload, Tile, commit};
use sqlx::{Row, any::AnyRow};

use super::{pen::Pending, rows::Cell};
use crate::{
    cells, chance,
    failure::{Failure, Meaning},
};

/// The log of one jurisdiction, as its writer holds it.
pub(super) struct Leaves {
    code: String,
    log: Log,
    signer: journal::Signer,
    full: Vec<Tile>,
}

/// The signer of a jurisdiction's log.
pub(super) fn signer(code: &str, secret: &[u8; 32]) -> Result<journal::Signer, Failure> {
    let plain: String = code
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-.".contains(c) { c } else { '_' })
        .collect();
    journal::Signer::new(&format!("shigan/{plain}"), secret).meaning("the log's signing key")
}

impl Leaves {
    /// Takes the log up as it was written down, if it still has the root that was signed: what
    /// was changed behind our back is never signed over.
    pub(super) fn open(
        code: &str,
        secret: &[u8; 32],
        text: &str,
        checkpoint: &str,
    ) -> Result<Self, Failure> {
        let signer = signer(code, secret)?;
        let log = written(text)?;
        if !checkpoint.is_empty() {
            let signed = journal::open_checkpoint(checkpoint, &signer.verifier_key())
                .meaning("the stored checkpoint")?;
            if signed != (log.size(), log.root()) {
                return Err(Failure::new(
                    "corrupt journal: the log is not the one that was signed",
                ));
            }
        }
        Ok(Self { code: code.to_owned(), log, signer, full: Vec::new() })
    }

    /// The log as text, for the head.
    pub(super) fn text(&self) -> String {
        self.log.to_string()
    }

    pub(super) fn size(&self) -> i64 {
        i64::try_from(self.log.size()).unwrap_or(i64::MAX)
    }

    /// Adds an event to the log and returns the columns of its entry.
    pub(super) fn append(&mut self, event: &Pending) -> Result<Vec<Cell>, Failure> {
        let salt = chance::hex::<16>();
        let stamp = &event.stamp;
        let entry = Entry {
            jurisdiction: self.code.clone(),
            number: stamp.number,
            turn: event.turn,
            at: stamp.at.clone(),
            day: stamp.day.to_string(),
            person: stamp.by.person.0,
            post: stamp.by.post.0,
            kind: event.kind.to_owned(),
            matter: event.matter,
            act: event.act.clone(),
            commitment: commit(&salt, &event.payload),
        };
        if entry.number != self.size() {
            return Err(Failure::new("an entry out of its place"));
        }
        let full = self.log.append(entry.leaf().meaning("making a leaf")?);
        self.full.extend(full);
        Ok(cells![
            entry.number,
            entry.turn,
            entry.at,
            entry.day,
            entry.person,
            entry.post,
            entry.kind,
            entry.matter,
            entry.act,
            entry.commitment,
            salt,
            event.payload.as_str(),
        ])
    }

    /// The tiles that became full, as rows.
    pub(super) fn take_tiles(&mut self) -> Vec<Vec<Cell>> {
        let row = |tile: Tile| {
            let number = i64::try_from(tile.number).unwrap_or(i64::MAX);
            cells![i64::from(tile.level), number, STANDARD.encode(tile.hashes.concat())]
        };
        std::mem::take(&mut self.full).into_iter().map(row).collect()
    }

    /// The signed checkpoint of the log as it is now.
    pub(super) fn checkpoint(&self) -> Result<String, Failure> {
        self.signer.checkpoint(self.log.size(), &self.log.root()).meaning("signing a checkpoint")
    }
}

/// The log a head's text speaks of.
pub(super) fn written(text: &str) -> Result<Log, Failure> {
    if text.is_empty() {
        Ok(Log::default())
    } else {
        text.parse().meaning("corrupt journal: a log")
    }
}

/// A tile from its columns level, number, hashes.
pub(super) fn tile(row: &AnyRow) -> Result<Tile, Failure> {
    let (level, number): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let text: String = row.try_get(2)?;
    let bytes = STANDARD.decode(text).meaning("corrupt journal: a tile")?;
    let hashes = bytes.chunks_exact(32).filter_map(|chunk| chunk.try_into().ok()).collect();
    Ok(Tile {
        level: u8::try_from(level).unwrap_or(u8::MAX),
        number: u64::try_from(number).unwrap_or(u64::MAX),
        hashes,
    })
}

/// An entry and its content from the columns number to payload.
pub(super) fn stored(code: &str, row: &AnyRow) -> Result<(Entry, Payload), Failure> {
    let entry = Entry {
        jurisdiction: code.to_owned(),
        number: row.try_get(0)?,
        turn: row.try_get(1)?,
        at: row.try_get(2)?,
        day: row.try_get(3)?,
        person: row.try_get(4)?,
        post: row.try_get(5)?,
        kind: row.try_get(6)?,
        matter: row.try_get(7)?,
        act: row.try_get(8)?,
        commitment: row.try_get(9)?,
    };
    let (salt, payload): (Option<String>, Option<String>) = (row.try_get(10)?, row.try_get(11)?);
    let erased = payload.is_none();
    let payload = Payload { number: entry.number, salt, payload, erased };
    Ok((entry, payload))
}
