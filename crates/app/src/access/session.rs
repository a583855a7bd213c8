//! Where sessions are kept: a row each, under the hash of the name in the visitor's cookie, so
//! that reading the table does not let anybody in.

use std::sync::Arc;

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use sqlx::Row;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::{chance::to_hex, store::Store};

/// Sessions in the house's own database.
#[derive(Clone, Debug)]
pub struct Sessions(pub Arc<Store>);

#[async_trait]
impl SessionStore for Sessions {
    async fn save(&self, record: &Record) -> Result<()> {
        let text = serde_json::to_string(record).map_err(|e| Error::Encode(e.to_string()))?;
        sqlx::query(
            "insert into session (id, record, expires) values ($1, $2, $3) \
             on conflict (id) do update set record = excluded.record, expires = excluded.expires",
        )
        .bind(hashed(&record.id))
        .bind(text)
        .bind(record.expiry_date.unix_timestamp())
        .execute(self.0.writer())
        .await
        .map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = sqlx::query("select record from session where id = $1")
            .bind(hashed(id))
            .fetch_optional(self.0.reader())
            .await
            .map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let text: String = row.try_get(0).map_err(backend)?;
        serde_json::from_str(&text).map(Some).map_err(|e| Error::Decode(e.to_string()))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sqlx::query("delete from session where id = $1")
            .bind(hashed(id))
            .execute(self.0.writer())
            .await
            .map_err(backend)?;
        Ok(())
    }
}

impl Sessions {
    /// Forgets sessions that have run out; one line of the daily round.
    pub async fn sweep(&self, second: i64) -> std::result::Result<(), sqlx::Error> {
        sqlx::query("delete from session where expires < $1")
            .bind(second)
            .execute(self.0.writer())
            .await?;
        Ok(())
    }
}

fn hashed(id: &Id) -> String {
    to_hex(&Sha256::digest(id.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}
