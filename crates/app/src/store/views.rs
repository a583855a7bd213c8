//! A person's own views: a name and the query of an address. Not facts: they are outside the
//! journal, and are written where they stand.

use sqlx::Row;

use super::Store;
use crate::failure::{Failure, Meaning};

/// A view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub id: i64,
    pub name: String,
    pub query: String,
}

/// The jurisdiction and the person.
type Whose = (i64, i64);

impl Store {
    /// A person's views of a page, oldest first.
    pub async fn views(&self, whose: Whose, page: &str) -> Result<Vec<View>, Failure> {
        let rows = sqlx::query(
            "select id, name, query from saved_view where jurisdiction = $1 and person = $2 \
             and page = $3 order by id",
        )
        .bind(whose.0)
        .bind(whose.1)
        .bind(page.to_owned())
        .fetch_all(self.reader())
        .await?;
        let view = |row: &sqlx::any::AnyRow| {
            Ok(View { id: row.try_get(0)?, name: row.try_get(1)?, query: row.try_get(2)? })
        };
        rows.iter().map(view).collect()
    }

    /// Keeps a view; one of the same name is replaced.
    pub async fn keep_view(
        &self,
        whose: Whose,
        page: &str,
        name: String,
        query: String,
    ) -> Result<(), Failure> {
        sqlx::query(
            "delete from saved_view where jurisdiction = $1 and person = $2 and page = $3 \
             and name = $4",
        )
        .bind(whose.0)
        .bind(whose.1)
        .bind(page.to_owned())
        .bind(name.clone())
        .execute(self.writer())
        .await
        .meaning("keeping a view")?;
        sqlx::query(
            "insert into saved_view (jurisdiction, person, id, page, name, query) \
             select $1, $2, coalesce(max(id), 0) + 1, $3, $4, $5 from saved_view \
             where jurisdiction = $1 and person = $2",
        )
        .bind(whose.0)
        .bind(whose.1)
        .bind(page.to_owned())
        .bind(name)
        .bind(query)
        .execute(self.writer())
        .await
        .meaning("keeping a view")?;
        Ok(())
    }

    pub async fn drop_view(&self, whose: Whose, id: i64) -> Result<(), Failure> {
        sqlx::query("delete from saved_view where jurisdiction = $1 and person = $2 and id = $3")
            .bind(whose.0)
            .bind(whose.1)
            .bind(id)
            .execute(self.writer())
            .await
            .meaning("removing a view")?;
        Ok(())
    }
}
