//! Drafts: text that was typed and not yet sent, a row for each person and form. Not facts: they
//! are outside the journal, and are written where they stand.

use sqlx::Row;

use super::Store;
use crate::failure::{Failure, Meaning};

/// The jurisdiction and the person.
type Writer = (i64, i64);

impl Store {
    /// Keeps a draft, over the one before it.
    pub async fn keep_draft(
        &self,
        writer: Writer,
        form: &str,
        body: String,
        at: String,
    ) -> Result<(), Failure> {
        sqlx::query(
            "insert into draft (jurisdiction, person, form, body, saved_at) \
             values ($1, $2, $3, $4, $5) on conflict (jurisdiction, person, form) \
             do update set body = excluded.body, saved_at = excluded.saved_at",
        )
        .bind(writer.0)
        .bind(writer.1)
        .bind(form.to_owned())
        .bind(body)
        .bind(at)
        .execute(self.writer())
        .await
        .meaning("keeping a draft")?;
        Ok(())
    }

    pub async fn forget_draft(&self, writer: Writer, form: &str) -> Result<(), Failure> {
        sqlx::query("delete from draft where jurisdiction = $1 and person = $2 and form = $3")
            .bind(writer.0)
            .bind(writer.1)
            .bind(form.to_owned())
            .execute(self.writer())
            .await
            .meaning("letting a draft go")?;
        Ok(())
    }

    /// A draft and the instant it was saved.
    pub async fn draft(
        &self,
        writer: Writer,
        form: &str,
    ) -> Result<Option<(String, String)>, Failure> {
        let row = sqlx::query(
            "select body, saved_at from draft where jurisdiction = $1 and person = $2 \
             and form = $3",
        )
        .bind(writer.0)
        .bind(writer.1)
        .bind(form.to_owned())
        .fetch_optional(self.reader())
        .await?;
        row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
    }
}
