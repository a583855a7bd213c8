//! Naming owners by the dozen, in the first run: whoever comes with a plan that names nobody
//! leaves with one in which every item has somebody. One turn, an amendment an item.

use std::collections::BTreeMap;

use mechanisms::{
    Id,
    plan::item::{Command, Content, Item},
    roster::{Post, Unit},
};
use sqlx::Row;

use crate::{
    access::Me,
    failure::Failure,
    store::{Hand, Stop},
    typed,
};

/// Items without an owner whose leading unit has a head: the item and that head's post.
pub async fn led(me: &Me) -> Result<Vec<(Id<Item>, Id<Post>)>, Failure> {
    let rows = sqlx::query(
        "select id, lead_unit from matter where jurisdiction = $1 and kind = 'item' \
         and standing = 'draft' and owner is null and lead_unit is not null \
         order by plan, sort, id",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut list = Vec::new();
    for row in &rows {
        let (item, unit): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        if let Some(head) = me.roster.head_of(Id::<Unit>::new(unit)) {
            list.push((Id::new(item), head));
        }
    }
    Ok(list)
}

/// Names owners as the form says: the post typed for the items ticked, or every leading unit's
/// head; how many items got one.
pub async fn name(me: &Me, given: &BTreeMap<String, String>) -> Result<usize, Stop> {
    let named: Vec<(Id<Item>, Id<Post>)> = match given.get("heads") {
        Some(_) => led(me).await?,
        None => {
            let title = given.get("post").map(String::as_str).unwrap_or_default();
            let ticked = |key: &String| key.strip_prefix("item-")?.parse().ok().map(Id::new);
            let items: Vec<Id<Item>> = given.keys().filter_map(ticked).collect();
            if items.is_empty() {
                return Ok(0);
            }
            let missing =
                typed::Unreadable { field: "post", why: "missing-owner", found: title.to_owned() };
            let post = typed::post(&me.roster, "post", title)
                .map_err(|wrong| Stop::Refused(Box::new(wrong)))?
                .ok_or(Stop::Refused(Box::new(missing)))?;
            items.into_iter().map(|item| (item, post)).collect()
        }
    };
    let count = named.len();
    let units: BTreeMap<Id<Post>, Option<Id<Unit>>> =
        named.iter().map(|(_, post)| (*post, me.roster.unit_of(*post))).collect();
    let hand: Hand = me.hand();
    let turn = me.house.store.turn(hand, move |pen| {
        Box::pin(async move {
            for (item, post) in named {
                let state = pen.find::<Item>(item).await?;
                let unit = units.get(&post).copied().flatten();
                let content = Content {
                    owner: Some(post),
                    lead: state.content.lead.or(unit),
                    ..state.content.clone()
                };
                let amend = Command::Amend { base: state.version, content };
                pen.ask::<Item>(item, amend).await?;
            }
            Ok(())
        })
    });
    turn.await?;
    Ok(count)
}
