//! One entry's proof: the hashes that lead from its leaf to the root of the signed checkpoint.

use journal::{Entry, Hash, hash_to_base64};
use sqlx::Row;

use super::{Jurisdiction, Store, leaves::stored};
use crate::failure::{Failure, Meaning};

/// An entry with its way to the root.
#[derive(Clone, Debug)]
pub struct Proven {
    pub entry: Entry,
    pub payload: Option<String>,
    pub leaf: String,
    /// Sibling hashes from the leaf upwards, base64.
    pub path: Vec<String>,
    pub size: i64,
    pub root: String,
    /// Leaf and path give the signed root.
    pub holds: bool,
    /// The signed checkpoint, and the key it verifies under.
    pub checkpoint: String,
    pub key: String,
}

impl Store {
    /// Proves one entry against the newest checkpoint.
    pub async fn prove(&self, body: &Jurisdiction, number: i64) -> Result<Option<Proven>, Failure> {
        let head = sqlx::query("select size, checkpoint, log from head where jurisdiction = $1")
            .bind(body.id)
            .fetch_one(self.reader())
            .await?;
        let (size, note): (i64, String) = (head.try_get(0)?, head.try_get(1)?);
        if number < 0 || number >= size {
            return Ok(None);
        }
        let row = sqlx::query(
            "select number, turn, at, day, person, post, kind, matter, act, commitment, salt, \
             payload from entry where jurisdiction = $1 and number = $2",
        )
        .bind(body.id)
        .bind(number)
        .fetch_one(self.reader())
        .await?;
        let (entry, payload) = stored(&body.code, &row)?;
        let leaf = entry.leaf().meaning("corrupt journal: an entry")?;
        let log = super::leaves::written(&head.try_get::<String, _>(2)?)?;
        let leaves = self.leaf_hashes(body, size, &log).await?;
        let at = usize::try_from(number).meaning("an entry's number")?;
        let path = journal::inclusion_path(&leaves, at);
        let key = self.verifier_key(body)?;
        let (signed, root) =
            journal::open_checkpoint(&note, &key).meaning("the stored checkpoint")?;
        let holds = i64::try_from(signed) == Ok(size)
            && journal::root_from_path(leaf, at, leaves.len(), &path) == Some(root);
        Ok(Some(Proven {
            entry,
            payload: payload.payload,
            leaf: hash_to_base64(&leaf),
            path: path.iter().map(hash_to_base64).collect(),
            size,
            root: hash_to_base64(&root),
            holds,
            checkpoint: note,
            key,
        }))
    }

    /// Every leaf of the log: from its full tiles, and from the entries after them.
    async fn leaf_hashes(
        &self,
        body: &Jurisdiction,
        size: i64,
        log: &journal::Log,
    ) -> Result<Vec<Hash>, Failure> {
        let rows = sqlx::query(
            "select level, number, hashes from tile where jurisdiction = $1 and level = 0 \
             and number < $2 order by number",
        )
        .bind(body.id)
        .bind(size / 256)
        .fetch_all(self.reader())
        .await?;
        let mut leaves = Vec::new();
        for row in &rows {
            leaves.extend(super::leaves::tile(row)?.hashes);
        }
        leaves.extend(log.open().first().cloned().unwrap_or_default());
        Ok(leaves)
    }
}
