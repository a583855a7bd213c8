//! Export: the journal of one jurisdiction as the files an outsider verifies.

use futures_util::TryStreamExt;
use journal::{Meta, Payload, entry_bundle, meta_file, payload_bundle, tile_file};
use sqlx::Row;

use super::{
    Jurisdiction, Store,
    leaves::{stored, tile},
};
use crate::failure::{Failure, Meaning};

impl Store {
    /// Hands every file of the export to `put`, as of one moment.
    pub async fn export(
        &self,
        body: &Jurisdiction,
        put: &mut (dyn FnMut(String, Vec<u8>) -> Result<(), Failure> + Send),
    ) -> Result<u64, Failure> {
        let row = sqlx::query("select size, checkpoint, log from head where jurisdiction = $1")
            .bind(body.id)
            .fetch_one(self.reader())
            .await?;
        let (size, checkpoint): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        let log = super::leaves::written(&row.try_get::<String, _>(2)?)?;
        self.export_entries(body, size, put).await?;
        self.export_tiles(body, size, &log, put).await?;
        let signer = super::leaves::signer(&body.code, &self.shared.secret)?;
        let size = u64::try_from(size).meaning("the size of a log")?;
        let meta = Meta {
            format: "shigan-bundle/v1".into(),
            origin: signer.origin().to_owned(),
            verifier_key: signer.verifier_key(),
            jurisdiction: body.code.clone(),
            size,
        };
        put("bundle.json".into(), meta_file(&meta))?;
        let empty = checkpoint.is_empty();
        let root = journal::Log::default().root();
        let note = if empty {
            signer.checkpoint(0, &root).meaning("signing a checkpoint")?
        } else {
            checkpoint
        };
        put("checkpoint".into(), note.into_bytes())?;
        Ok(size)
    }

    async fn export_entries(
        &self,
        body: &Jurisdiction,
        size: i64,
        put: &mut (dyn FnMut(String, Vec<u8>) -> Result<(), Failure> + Send),
    ) -> Result<(), Failure> {
        let mut rows = sqlx::query(
            "select number, turn, at, day, person, post, kind, matter, act, commitment, salt, \
             payload from entry where jurisdiction = $1 and number < $2 order by number",
        )
        .bind(body.id)
        .bind(size)
        .fetch(self.reader());
        let (mut entries, mut payloads): (Vec<Vec<u8>>, Vec<Payload>) = (Vec::new(), Vec::new());
        let mut seen = 0_u64;
        while let Some(row) = rows.try_next().await? {
            let (entry, payload) = stored(&body.code, &row)?;
            entries.push(entry.bytes_as_kept());
            payloads.push(payload);
            seen += 1;
            if seen.is_multiple_of(256) || i64::try_from(seen) == Ok(size) {
                let number = (seen - 1) / 256;
                let (path, bytes) = entry_bundle(number, &entries);
                put(path, bytes)?;
                let (path, bytes) = payload_bundle(number, &payloads);
                put(path, bytes)?;
                entries.clear();
                payloads.clear();
            }
        }
        Ok(())
    }

    async fn export_tiles(
        &self,
        body: &Jurisdiction,
        size: i64,
        log: &journal::Log,
        put: &mut (dyn FnMut(String, Vec<u8>) -> Result<(), Failure> + Send),
    ) -> Result<(), Failure> {
        let mut rows = sqlx::query(
            "select level, number, hashes from tile where jurisdiction = $1 \
             order by level, number",
        )
        .bind(body.id)
        .fetch(self.reader());
        while let Some(row) = rows.try_next().await? {
            let tile = tile(&row)?;
            let last = (tile.number + 1) << (8 * (u32::from(tile.level) + 1));
            if i64::try_from(last).is_ok_and(|last| last <= size) {
                let (path, bytes) = tile_file(tile.level, tile.number, &tile.hashes);
                put(path, bytes)?;
            }
        }
        let size = u64::try_from(size).meaning("the size of a log")?;
        for (level, open) in log.open().iter().enumerate() {
            if !open.is_empty() {
                let number = size >> (8 * (level + 1));
                let level = u8::try_from(level).unwrap_or(u8::MAX);
                let (path, bytes) = tile_file(level, number, open);
                put(path, bytes)?;
            }
        }
        Ok(())
    }
}
