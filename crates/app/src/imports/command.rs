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
    trial::{self, Trial},
    turn,
};
use crate::{
    chance::to_hex,
    cli::{body, print, store, tell},
    clock::Clock,
    config::Config,
    failure::{Failure, Meaning},
    store::{Hand, Stop},
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
pub async fn import(args: ImportArgs) -> Result<u8, Failure> {
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            tell(&format!("shigan: {}: {error}", args.file.display()));
            return Ok(2);
        }
    };
    let table = match paper::sheet::read(&name, &bytes) {
        Ok(table) => table,
        Err(error) => {
            tell(&format!("shigan: {name}: {error}"));
            return Ok(2);
        }
    };
    let guessed = columns::guess(&table.header);
    let fields = match &args.columns {
        Some(text) => columns::parse(text, table.header.len()),
        None => Some(guessed),
    };
    let Some(fields) = fields else {
        let width = table.header.len();
        tell(&format!("shigan: --columns: {width} words of the list in --help are expected"));
        return Ok(2);
    };
    let zone = TimeZone::get(&args.config.zone).meaning("the time zone")?;
    let now = Clock::system(zone).now();
    let year = args.year.unwrap_or(now.day().year());
    let (roster, base) = match args.dry_run {
        true => (Roster::default(), None),
        false => {
            let store = store(&args.config).await?;
            let body = body(&store, args.body.clone()).await?;
            ((*store.roster(body.id).await?).clone(), Some((store, body)))
        }
    };
    let trial = trial::run(&table, &fields, &roster, year);
    report(&table.header, &fields, &trial, args.dry_run);
    let Some((store, body)) = base else { return Ok(u8::from(trial.items.is_empty()) * 2) };
    let Some(by) = registrar(&roster, now.day()) else {
        tell("shigan: nobody in this body may register plans: appoint a supervision officer");
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
            print(&format!("import {intake}"));
            Ok(0)
        }
        Err(Stop::Refused(refusal)) => {
            tell(&format!("shigan: refused: {} {:?}", refusal.key(), refusal.facts()));
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

fn report(header: &[String], fields: &[Field], trial: &Trial, dry: bool) {
    for (heading, field) in header.iter().zip(fields) {
        tell(&format!("column {heading}: {}", field.word()));
    }
    for remark in &trial.remarks {
        // Without a roster no unit or post is known: a trial is about the file.
        if dry && ["import-unit-unknown", "import-post-unknown"].contains(&remark.why) {
            continue;
        }
        let level = if remark.error { "error" } else { "warning" };
        let instead = remark.instead.as_ref().map(|text| format!(" -> {text}"));
        print(&format!(
            "{level}: row {}, column {} {}: {} {:?}{}",
            remark.row,
            remark.column,
            remark.heading,
            remark.why.trim_start_matches("import-"),
            remark.found,
            instead.unwrap_or_default()
        ));
    }
    for ((period, kind, rating), count) in trial.ratings() {
        print(&format!("{period} {kind} {rating}: {count}"));
    }
    print(&format!(
        "{} rows: {} areas, {} measures, {} overviews, {} clauses, {} dated; {} skipped",
        trial.rows,
        trial.areas(),
        trial.measures(),
        trial.overviews(),
        trial.items.len(),
        trial.dated(),
        trial.skipped
    ));
}
