//! Leaves: events become entries of the log, and the log's open ends are kept in memory.

use base64::{Engine, engine::general_purpose::STANDARD};
use journal::{Entry, Hash, Log, Payload, Tile, commit};
use sqlx::{AnyConnection, Row, any::AnyRow};

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
    /// Takes the log up where it was at `size`, from its tiles and the entries after them.
    pub(super) async fn open_at(
        jurisdiction: i64,
        code: &str,
        secret: &[u8; 32],
        size: i64,
        connection: &mut AnyConnection,
    ) -> Result<Self, Failure> {
        let size = u64::try_from(size).meaning("the size of a log")?;
        let mut open = vec![open_leaves(jurisdiction, code, size, connection).await?];
        let mut level = 1;
        while size >> (8 * level) > 0 {
            let from = (size >> (8 * (level + 1))) << 8;
            let until = size >> (8 * level);
            open.push(tile_roots(jurisdiction, level - 1, from..until, connection).await?);
            level += 1;
        }
        let log = Log::resume(size, open)
            .ok_or_else(|| Failure::new("corrupt journal: tiles or entries are missing"))?;
        Ok(Self { code: code.to_owned(), log, signer: signer(code, secret)?, full: Vec::new() })
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

    /// The open hashes of each level: the partial tiles of an export.
    pub(super) fn open_ends(&self) -> &[Vec<Hash>] {
        self.log.open()
    }

    /// The signed checkpoint of the log as it is now.
    pub(super) fn checkpoint(&self) -> Result<String, Failure> {
        self.signer
            .checkpoint(self.log.size(), &self.log.root())
            .meaning("signing a checkpoint")
    }
}

async fn open_leaves(
    jurisdiction: i64,
    code: &str,
    size: u64,
    connection: &mut AnyConnection,
) -> Result<Vec<Hash>, Failure> {
    let from = i64::try_from(size >> 8 << 8).meaning("the size of a log")?;
    let rows = sqlx::query(
        "select number, turn, at, day, person, post, kind, matter, act, commitment, salt, payload \
         from entry where jurisdiction = $1 and number >= $2 and number < $3 order by number",
    )
    .bind(jurisdiction)
    .bind(from)
    .bind(i64::try_from(size).meaning("the size of a log")?)
    .fetch_all(connection)
    .await?;
    let leaf = |row| stored(code, row)?.0.leaf().meaning("corrupt journal: an entry");
    rows.iter().map(leaf).collect()
}

async fn tile_roots(
    jurisdiction: i64,
    level: u32,
    numbers: std::ops::Range<u64>,
    connection: &mut AnyConnection,
) -> Result<Vec<Hash>, Failure> {
    let rows = sqlx::query(
        "select level, number, hashes from tile where jurisdiction = $1 and level = $2 \
         and number >= $3 and number < $4 order by number",
    )
    .bind(jurisdiction)
    .bind(i64::from(level))
    .bind(i64::try_from(numbers.start).meaning("a tile's number")?)
    .bind(i64::try_from(numbers.end).meaning("a tile's number")?)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| tile(row).map(|tile| tile.root())).collect()
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
