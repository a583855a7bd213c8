//! 余量在哪里: what remains of an item, unit by unit, as the items below have it.

use mechanisms::{Id, plan::item::Item};
use sqlx::{AssertSqlSafe, Row};

use crate::{access::Me, trouble::Trouble, ui::words::Words};

/// Bars shown before the others are drawn together.
const SHOWN: usize = 5;
/// Length of the longest bar.
const LONGEST: i64 = 120;

/// One bar.
pub struct Bar {
    pub name: String,
    /// The item below, where this officer may open it.
    pub href: Option<String>,
    pub left: i64,
    pub length: i64,
    pub late: bool,
}

/// Where the rest is.
pub struct Rest {
    pub left: i64,
    pub unit: String,
    pub bars: Vec<Bar>,
    /// What nobody below has taken up.
    pub own: i64,
    /// How much more the items below have left than the item says, when they disagree.
    pub over: i64,
}

impl Rest {
    /// The unit that has the most left, and how much.
    pub fn most(&self) -> Option<(&str, i64)> {
        self.bars.first().map(|bar| (bar.name.as_str(), bar.left))
    }
}

/// Reads the items below that are measured as the item is.
pub async fn of(me: &Me, id: i64, item: &Item, w: &Words) -> Result<Option<Rest>, Trouble> {
    if item.children.is_empty() || item.remaining() == 0 || item.stage.standing() != "open" {
        return Ok(None);
    }
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    let text = format!(
        "select m.id, m.lead_unit, i.target - coalesce(i.done_quantity, 0), \
         case when m.standing = 'open' and m.red_on <= $3 then 1 else 0 end, \
         case when {} then 1 else 0 end from matter m join item i \
         on i.jurisdiction = m.jurisdiction and i.id = m.id where m.jurisdiction = $1 \
         and m.kind = 'item' and i.parent = $2 and i.unit_of_measure = $4 \
         and m.standing in ('draft', 'open', 'hold') and i.target > coalesce(i.done_quantity, 0) \
         order by 3 desc, m.sort, m.id",
        me.scope.condition()
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(id)
        .bind(me.today().to_string())
        .bind(unit.to_owned())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut bars: Vec<Bar> = Vec::new();
    for row in &rows {
        let (id, lead, left): (i64, Option<i64>, i64) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let name = lead.map_or("—", |lead| me.roster.unit_name(Id::new(lead))).to_owned();
        let seen = row.try_get::<i64, _>(4)? != 0;
        let late = row.try_get::<i64, _>(3)? != 0;
        let href = seen.then(|| format!("/items/{id}"));
        bars.push(Bar { name, href, left, length: 0, late });
    }
    if bars.is_empty() {
        return Ok(None);
    }
    let below: i64 = bars.iter().map(|bar| bar.left).sum();
    let most = bars.first().map_or(1, |bar| bar.left).max(1);
    if bars.len() > SHOWN {
        let others = bars.split_off(SHOWN - 1);
        let n = i64::try_from(others.len()).unwrap_or(i64::MAX);
        let left = others.iter().map(|bar| bar.left).sum();
        let href = Some(format!("/items?above={id}&sort=number"));
        bars.push(Bar { name: w.n("rest-others", n), href, left, length: 0, late: false });
    }
    for bar in &mut bars {
        bar.length = (bar.left * LONGEST / most).clamp(2, LONGEST);
    }
    let left = item.remaining();
    let (own, over) = ((left - below).max(0), (below - left).max(0));
    Ok(Some(Rest { left, unit: unit.to_owned(), bars, own, over }))
}
