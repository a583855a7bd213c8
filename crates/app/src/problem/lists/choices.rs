//! What the ledger may be narrowed by: the fields of the filter form, and a chip with a cross for
//! every filter that is set.

use mechanisms::{
    Id,
    plan::item::Timeliness,
    problem::{Horizon, Source, Step},
    roster::Role,
};
use sqlx::Row;

use crate::{
    access::Me,
    failure::Failure,
    matters::problems::{Filter, NARROWING, categories},
    ui::words::Words,
};

/// A field of the filter form.
pub struct Field {
    pub name: &'static str,
    pub title: String,
    /// Value, name, and whether it is chosen.
    pub choices: Vec<(String, String, bool)>,
}

/// A filter that is set, and where it is taken away.
pub struct Chip {
    pub text: String,
    pub without: String,
}

pub struct Choices {
    pub fields: Vec<Field>,
    pub chips: Vec<Chip>,
    /// What the form keeps beside its fields.
    pub kept: Vec<(&'static str, String)>,
}

/// `here`: the filters the heading already says, as a tab or a unit's own ledger does.
pub async fn choices(me: &Me, filter: &Filter, here: &[&str]) -> Result<Choices, Failure> {
    let w = Words::of(me.visit.lang);
    let worded = |prefix: &str, words: Vec<&'static str>| -> Vec<(String, String)> {
        let name = |word: &str| (word.to_owned(), w.t(&format!("{prefix}{word}")));
        words.into_iter().map(name).collect()
    };
    let each = [
        ("step", worded("problem-step-", Step::ALL.iter().map(|one| one.word()).collect())),
        ("source", worded("problem-source-", Source::ALL.iter().map(|one| one.word()).collect())),
        ("category", categories(me).await?.into_iter().map(|one| (one.clone(), one)).collect()),
        ("horizon", worded("problem-horizon-", Horizon::ALL.iter().map(|h| h.word()).collect())),
        ("unit", units(me)),
        ("sponsor", leaders(me)),
        ("ledger", ledgers(me).await?),
        (
            "timeliness",
            worded("timeliness-", Timeliness::ALL.iter().map(|one| one.word()).collect()),
        ),
    ];
    let fields: Vec<Field> = each
        .into_iter()
        .filter(|(_, choices)| !choices.is_empty())
        .map(|(name, choices)| {
            let set = filter.value(name);
            let choice = |(value, name): (String, String)| {
                let chosen = set == Some(&*value);
                (value, name, chosen)
            };
            let title = w.t(&format!("problems-by-{name}"));
            Field { name, title, choices: choices.into_iter().map(choice).collect() }
        })
        .collect();
    let mut chips = Vec::new();
    for name in NARROWING.into_iter().filter(|name| !here.contains(name)) {
        let Some(value) = filter.value(name) else { continue };
        let text = said(me, name, value, &w).await?;
        chips.push(Chip { text, without: filter.with(name, "") });
    }
    let in_form = |name: &str| name == "q" || fields.iter().any(|field| field.name == name);
    let kept = NARROWING.into_iter().chain(["sort"]).filter(|name| !in_form(name));
    let kept = kept.filter_map(|name| Some((name, filter.value(name)?.to_owned())));
    let kept = kept.collect();
    Ok(Choices { fields, chips, kept })
}

fn units(me: &Me) -> Vec<(String, String)> {
    let units = me.roster.units();
    let open = units.filter(|(_, unit)| unit.kind.is_counted() && unit.to.is_none());
    open.map(|(id, unit)| (id.0.to_string(), unit.name.clone())).collect()
}

fn leaders(me: &Me) -> Vec<(String, String)> {
    let posts = me.roster.posts();
    let led = posts.filter(|(_, post)| post.role == Role::Leader && post.closed.is_none());
    led.map(|(id, post)| (id.0.to_string(), post.title.clone())).collect()
}

/// The batches, newest first.
pub async fn ledgers(me: &Me) -> Result<Vec<(String, String)>, Failure> {
    me.remember("batch ledgers", async {
        let rows = sqlx::query(
            "select id, title from matter where jurisdiction = $1 and kind = 'ledger' \
             and standing <> 'gone' order by sort desc, id desc limit 50",
        )
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
        let one =
            |row: &sqlx::any::AnyRow| Ok((row.try_get::<i64, _>(0)?.to_string(), row.try_get(1)?));
        rows.iter().map(one).collect()
    })
    .await
}

/// A filter in words.
async fn said(me: &Me, name: &str, value: &str, w: &Words) -> Result<String, Failure> {
    let id = value.parse::<i64>().unwrap_or(0);
    let told = match name {
        "source" | "step" | "horizon" | "stage" => w.t(&format!("problem-{name}-{value}")),
        "timeliness" => w.t(&format!("timeliness-{value}")),
        "due" | "reached" | "relapsed" => return Ok(w.t(&format!("problems-{name}-{value}"))),
        "origin" => return Ok(w.t(&format!("origin-{value}"))),
        "watcher" if value == "me" => return Ok(w.t("problems-mine")),
        "watcher" | "sponsor" | "owner" => me.roster.post_title(Id::new(id)).to_owned(),
        "unit" => me.roster.unit_name(Id::new(id)).to_owned(),
        "ledger" => {
            let all = ledgers(me).await?;
            all.into_iter().find(|one| one.0 == value).map_or(value.to_owned(), |one| one.1)
        }
        _ => value.to_owned(),
    };
    Ok(format!("{}{}{told}", w.t(&format!("problems-by-{name}")), w.t("colon")))
}
