//! `shigan import FILE`: the same trial and the same turn as the page, from the shell.

use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZone;
use mechanisms::{
    Officer,
    roster::{Power, Roster},
};
use sha2::{Digest, Sha256};

use super::{
    columns::{self, Field},
    trial::{self, Remark, Trial},
    turn,
};
use crate::{
    chance::to_hex,
    cli::{body, print, store, tell, warn},
    clock::Clock,
    config::Config,
    failure::{Failure, Meaning},
    store::{Hand, Stop},
    ui::{
        told,
        words::{Lang, Words, sentence},
    },
};

/// What an import needs to know.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// The plan: .xlsx or .csv.
    pub file: PathBuf,
    /// Read and report, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The year date phrases speak of; by default this one.
    #[arg(long)]
    pub year: Option<i16>,
    /// The name of the plan; by default the file's.
    #[arg(long)]
    pub title: Option<String>,
    /// What each column is, in order: number, area, goal, title, how, sponsor, lead, co-units,
    /// owner, start, due, target, period, own-rating, independent-rating, note, skip.
    #[arg(long)]
    pub columns: Option<String>,
    /// The code of the body, where there are several.
    #[arg(long)]
    pub body: Option<String>,
    #[command(flatten)]
    pub config: Config,
}

/// Reads, reports, and unless it is a trial brings the plan in.
pub async fn import(args: ImportArgs, words: &Words) -> Result<u8, Failure> {
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            warn(&told::of(words, &args.file.display(), &told::unread(words, &error)));
            return Ok(2);
        }
    };
    let table = match paper::sheet::read(&name, &bytes) {
        Ok(table) => table,
        Err(error) => {
            warn(&told::of(words, &name, &told::sheet(words, &error)));
            return Ok(2);
        }
    };
    let guessed = columns::guess(&table.header);
    let fields = match &args.columns {
        Some(text) => columns::parse(text, table.header.len()),
        None => Some(guessed),
    };
    let Some(fields) = fields else {
        let found = format!("{:?}", args.columns.unwrap_or_default());
        let width = table.header.len().to_string();
        let expected = words.a("told-want-columns", &[("n", &width)]);
        warn(&told::of(words, &"--columns", &told::found(words, &found, &expected)));
        return Ok(2);
    };
    let zone = TimeZone::get(&args.config.zone).meaning("the time zone")?;
    let now = Clock::system(zone).now();
    let year = args.year.unwrap_or(now.day().year());
    let (roster, base) = match args.dry_run {
        true => (Roster::default(), None),
        false => {
            let store = store(&args.config).await?;
            let body = body(&store, args.body.clone(), words).await?;
            ((*store.roster(body.id).await?).clone(), Some((store, body)))
        }
    };
    let trial = trial::run(&table, &fields, &roster, year);
    report(&table.header, &fields, &trial, args.dry_run, words);
    let Some((store, body)) = base else { return Ok(u8::from(trial.items.is_empty()) * 2) };
    let Some(by) = registrar(&roster, now.day()) else {
        warn(&words.t("told-no-registrar"));
        return Ok(2);
    };
    let hand = Hand { jurisdiction: body.id, by, day: now.day(), at: now.at.clone() };
    let into = turn::Into {
        year: i64::from(year),
        title: args.title.unwrap_or_else(|| name.clone()),
        unit: roster.root().ok_or_else(|| Failure::new("the body has no root unit"))?,
        file: name,
        hash: to_hex(&Sha256::digest(&bytes)),
    };
    match turn::bring_in(&store, hand, trial, into).await {
        Ok(intake) => {
            print(&words.a("told-imported", &[("n", &intake.to_string())]));
            Ok(0)
        }
        Err(Stop::Refused(refusal)) => {
            let why = sentence(words, refusal.key(), &refusal.facts());
            warn(&words.a("told-refused", &[("why", &why)]));
            Ok(2)
        }
        Err(Stop::Missing) => Err(Failure::new("a matter of this import is missing")),
        Err(Stop::Failed(failure)) => Err(failure),
    }
}

/// The first officer of the body who may register plans.
fn registrar(roster: &Roster, day: mechanisms::Day) -> Option<Officer> {
    roster.posts().find_map(|(post, held)| {
        let may = held.role.powers().contains(&Power::Register);
        let person = roster.holder(post, day)?;
        may.then_some(Officer { person, post })
    })
}

fn report(header: &[String], fields: &[Field], trial: &Trial, dry: bool, words: &Words) {
    for (heading, field) in header.iter().zip(fields) {
        let field = match words.lang {
            Lang::En => field.word().to_owned(),
            Lang::Hans | Lang::Hant => words.column(field.word()),
        };
        tell(&words.a("told-column", &[("heading", heading), ("field", &field)]));
    }
    for remark in &trial.remarks {
        // Without a roster no unit or post is known: a trial is about the file.
        if dry && ["import-unit-unknown", "import-post-unknown"].contains(&remark.why) {
            continue;
        }
        print(&remarked(remark, words));
    }
    for ((period, kind, rating), count) in trial.ratings() {
        let kind = words.t(&format!("told-{kind}"));
        let n = count.to_string();
        let args = [("period", &*period), ("kind", &*kind), ("rating", &*rating), ("n", &*n)];
        print(&words.a("told-rating", &args));
    }
    let counts = [
        ("rows", trial.rows),
        ("areas", trial.areas()),
        ("measures", trial.measures()),
        ("overviews", trial.overviews()),
        ("clauses", trial.items.len()),
        ("dated", trial.dated()),
        ("skipped", trial.skipped),
    ];
    let counts = counts.map(|(name, count)| (name, count.to_string()));
    print(&words.a("told-read", &counts.each_ref().map(|(name, count)| (*name, &**count))));
}

/// A remark on one line. In English the reason is its word, which programs look for.
fn remarked(remark: &Remark, words: &Words) -> String {
    let instead = remark.instead.as_deref();
    let (why, found) = match words.lang {
        Lang::En => (remark.why.trim_start_matches("import-").to_owned(), {
            let instead = instead.map(|text| format!(" -> {text}")).unwrap_or_default();
            format!("{:?}{instead}", remark.found)
        }),
        Lang::Hans | Lang::Hant => {
            let args = [("found", &*remark.found), ("instead", instead.unwrap_or_default())];
            (words.a(remark.why, &args), String::new())
        }
    };
    let level = words.t(if remark.error { "told-error" } else { "told-warning" });
    let args = [
        ("level", &*level),
        ("n", &*remark.row.to_string()),
        ("column", &*remark.column),
        ("heading", &*remark.heading),
        ("why", &*why),
        ("found", &*found),
    ];
    words.a("told-remark", &args).trim_end().to_owned()
}
