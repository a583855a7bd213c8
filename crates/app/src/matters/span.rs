//! The years a body works in: its plans, and what a year carries over (以前年度结转) from the plans
//! of the years before it: what was still open when the year began.

use mechanisms::Day;
use sqlx::Row;

use super::Filter;
use crate::{
    access::{Me, Scope},
    failure::Failure,
};

/// A plan, as lists are bounded by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    pub id: i64,
    pub year: i64,
    pub title: String,
    /// The body's own, not one of a unit below it.
    pub own: bool,
}

/// Which items of a year are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Of a plan of an earlier year, and not ended before this one began.
    Carried,
    /// Of a plan of this year (本年新增).
    New,
}

impl Origin {
    pub const ALL: [Self; 2] = [Self::Carried, Self::New];

    pub fn word(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::New => "new",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.word() == word)
    }
}

/// The plans of one year, and the earlier ones whose open items it carries over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub year: i64,
    pub new: Vec<i64>,
    pub old: Vec<i64>,
    /// There are plans beside those of the year.
    others: bool,
}

/// Every plan of the body, newest year first, read once a request.
pub async fn plans(me: &Me) -> Result<&[PlanLine], Failure> {
    Ok(me.plans.get_or_try_init(|| read(me)).await?)
}

async fn read(me: &Me) -> Result<Vec<PlanLine>, Failure> {
    let rows = sqlx::query(
        "select id, year, title, parent from plan where jurisdiction = $1 order by year desc, id",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let line = |row: &sqlx::any::AnyRow| -> Result<PlanLine, Failure> {
        let parent: Option<i64> = row.try_get(3)?;
        let (id, year, title) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        Ok(PlanLine { id, year, title, own: parent.is_none() })
    };
    rows.iter().map(line).collect()
}

/// The year an address means: the one it names, or the newest that has begun, or where none has,
/// the first that will.
pub async fn span(me: &Me, filter: &Filter) -> Result<Span, Failure> {
    let year = filter.year;
    Ok(Span::of(plans(me).await?, year, me.today(), me.scope == Scope::All))
}

impl Span {
    /// Those who see everything count the body's own plans, so that what units below do for the
    /// same commitment is not counted twice; a unit's own officers count all they have a part in.
    pub fn of(plans: &[PlanLine], year: Option<i64>, today: Day, own: bool) -> Self {
        let counted = || plans.iter().filter(|plan| plan.own || !own);
        let begun = counted().filter(|plan| plan.own && plan.year <= i64::from(today.year()));
        let ahead = counted().filter(|plan| plan.own).map(|plan| plan.year).min();
        let year = year.or(begun.map(|plan| plan.year).max()).or(ahead);
        let year = year.unwrap_or(i64::from(today.year()));
        let ids = |wanted: fn(i64, i64) -> bool| -> Vec<i64> {
            counted().filter(|plan| wanted(plan.year, year)).map(|plan| plan.id).collect()
        };
        let new = ids(|of, year| of == year);
        let others = new.len() < plans.len();
        Self { year, old: ids(|of, year| of < year), new, others }
    }

    /// The day the year begins, as rows write days.
    pub fn begins_on(&self) -> String {
        format!("{:04}-01-01", self.year)
    }

    /// The plans of the year and of those before it.
    pub fn plans(&self) -> String {
        list(self.new.iter().chain(&self.old))
    }

    /// The plans of the year alone.
    pub fn of_year(&self) -> String {
        list(&self.new)
    }

    /// The condition on a row `m` of `matter` that the year counts it.
    pub fn rows(&self, origin: Option<Origin>) -> String {
        let new = format!("m.plan in ({})", list(&self.new));
        let old = format!(
            "m.plan in ({}) and (m.standing in ('open', 'hold') or m.done_on >= '{}')",
            list(&self.old),
            self.begins_on()
        );
        match origin {
            Some(Origin::New) => format!(" and {new}"),
            Some(Origin::Carried) => format!(" and {old}"),
            None if !self.others => String::new(),
            None if self.old.is_empty() => format!(" and {new}"),
            None => format!(" and ({new} or {old})"),
        }
    }

    /// The condition on a row `m` of the sums, which know no day of ending: what earlier years
    /// ended in this one is counted beside them.
    pub fn sums(&self) -> String {
        match (self.others, self.old.is_empty()) {
            (false, _) => String::new(),
            (true, true) => format!(" and m.plan in ({})", list(&self.new)),
            (true, false) => format!(
                " and (m.plan in ({}) or m.plan in ({}) and m.standing in ('open', 'hold'))",
                list(&self.new),
                list(&self.old)
            ),
        }
    }

    /// Does the year count an item of this plan in this state?
    pub fn counts(&self, plan: i64, standing: &str, done_on: Option<Day>) -> Option<Origin> {
        if self.new.contains(&plan) {
            return Some(Origin::New);
        }
        let ended_in_it = done_on.is_some_and(|day| day.to_string() >= self.begins_on());
        let carried = self.old.contains(&plan)
            && (matches!(standing, "open" | "hold") || standing == "done" && ended_in_it);
        carried.then_some(Origin::Carried)
    }
}

pub(super) fn list<'a>(ids: impl IntoIterator<Item = &'a i64>) -> String {
    let texts: Vec<String> = ids.into_iter().map(i64::to_string).collect();
    if texts.is_empty() { "null".to_owned() } else { texts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::{Origin, PlanLine, Span};

    fn plan(id: i64, year: i64, own: bool) -> PlanLine {
        PlanLine { id, year, title: String::new(), own }
    }

    #[test]
    fn a_year_has_its_plans_and_what_it_carries_over() {
        let plans =
            [plan(4, 2016, true), plan(3, 2015, true), plan(5, 2015, false), plan(1, 2014, true)];
        let today = jiff::civil::date(2015, 11, 20);
        let span = Span::of(&plans, None, today, true);
        assert_eq!((span.year, &*span.new, &*span.old), (2015, &[3][..], &[1][..]));
        let day = |text: &str| text.parse().ok();
        assert_eq!(span.counts(3, "draft", None), Some(Origin::New));
        assert_eq!(span.counts(1, "open", None), Some(Origin::Carried));
        assert_eq!(span.counts(1, "draft", None), None, "what was never issued is not carried");
        assert_eq!(span.counts(1, "done", day("2014-12-31")), None);
        assert_eq!(span.counts(1, "done", day("2015-01-01")), Some(Origin::Carried));
        assert_eq!(span.counts(5, "open", None), None, "what a unit does for it");
        assert_eq!(Span::of(&plans, None, today, false).new, [3, 5]);
        assert_eq!(Span::of(&plans, Some(2014), today, true).new, [1]);
        let january = jiff::civil::date(2017, 1, 1);
        assert_eq!(Span::of(&plans, None, january, true).year, 2016);
        let first = Span::of(&plans[..1], None, today, true);
        assert_eq!(
            (first.year, &*first.new),
            (2016, &[4][..]),
            "a first plan made ahead of its year"
        );
        let one = Span::of(&plans[1..2], None, today, true);
        assert_eq!((one.rows(None), one.sums()), (String::new(), String::new()));
    }
}
