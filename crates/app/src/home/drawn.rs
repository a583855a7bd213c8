//! Closed problems this officer was drawn to look at again: the draw names people, while moves
//! belong to posts, so they stand beside the moves that wait.

use mechanisms::{
    Id,
    audit::{Audit, Stage},
};
use sqlx::Row;

use crate::{access::Me, failure::Failure};

/// One problem to look at again.
pub struct Drawn {
    pub href: String,
    pub number: String,
    pub unit: String,
    pub audit: String,
}

/// The officer's own, in the order of the draw, audit by audit.
pub async fn drawn(me: &Me) -> Result<Vec<Drawn>, Failure> {
    let rows = sqlx::query(
        "select id from matter where jurisdiction = $1 and kind = 'audit' and standing = 'open' \
         order by id limit 100",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut list = Vec::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        let found = me.house.store.state::<Audit>(me.body.id, Id::new(id)).await?;
        let Some(audit) = found.filter(|audit| audit.stage == Stage::Drawn) else { continue };
        let mine = audit.unrecorded().filter(|picked| picked.team.contains(&me.officer.person));
        for picked in mine {
            let Some(framed) = audit.framed(picked.problem) else { continue };
            list.push(Drawn {
                href: format!("/audits/{id}/result?problem={}", picked.problem),
                number: framed.number.clone(),
                unit: me.roster.unit_name(framed.unit).to_owned(),
                audit: audit.terms.title.clone(),
            });
        }
    }
    Ok(list)
}
