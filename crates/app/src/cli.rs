//! The command line: every contract of the binary, and what it answers.
//!
//! Exit 0 done, 1 failure, 2 bad input, 3 the answer is no.

mod days;
mod estimates;
mod key;
mod lots;
mod plans;
mod proofs;
mod tongue;

use std::{io::BufReader, path::PathBuf, process::ExitCode, sync::Arc};

use clap::{Parser, Subcommand};
use jiff::tz::TimeZone;

pub use self::tongue::{print, tell, warn};
use crate::{
    App, House, chance,
    clock::Clock,
    config::Config,
    demo,
    failure::{Failure, Meaning},
    routes,
    store::{Jurisdiction, Store, evidence::Evidence},
    ui::words::{Lang, Words},
};

/// Shigan makes a public body's commitments real.
#[derive(Debug, Parser)]
#[command(name = "shigan", version, about)]
struct Cli {
    /// The language of messages: zh-Hans, zh-Hant or en (zh-CN, zh-TW, en-US and the like too).
    /// Without it the first that is set of SHIGAN_LANG, LC_ALL, LC_MESSAGES and LANG decides;
    /// English where that is C, POSIX or another language, or none is set. Data on stdout is
    /// the same in every language.
    #[arg(long, global = true, value_parser = tongue::read)]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the filled demonstration city, 示范市, in a fresh folder.
    #[command(after_help = "Example:\n  shigan demo --listen 127.0.0.1:8015")]
    Demo {
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:8015")]
        listen: String,
    },
    /// Serve pages and the API.
    #[command(after_help = "Example:\n  shigan serve --database sqlite:shigan.db")]
    Serve(Config),
    /// Print one bearer token for the API.
    #[command(after_help = "Example:\n  shigan token ducha --database sqlite:shigan.db")]
    Token {
        /// The sign-in name.
        user: String,
        #[command(flatten)]
        config: Config,
    },
    /// Import a plan from .xlsx or .csv as draft goals and items.
    #[command(after_help = "Example:\n  shigan import plan.csv --dry-run")]
    Import(crate::imports::command::ImportArgs),
    /// Write the journal of a body as a bundle that anybody can verify.
    #[command(after_help = "Example:\n  shigan export journal --out bundle")]
    Export {
        /// What to export: journal.
        kind: String,
        /// The folder to write into.
        #[arg(long, default_value = "bundle")]
        out: PathBuf,
        /// The code of the body, where there are several.
        #[arg(long)]
        body: Option<String>,
        #[command(flatten)]
        config: Config,
    },
    /// Verify an exported journal (a folder) or a draw (a file). Needs no database.
    #[command(after_help = "Example:\n  shigan verify bundle")]
    Verify {
        bundle: PathBuf,
        /// What you have from elsewhere: the journal's verifier key, or the frame's fingerprint.
        #[arg(long)]
        key: Option<String>,
    },
    /// Refill every row from the journal, or only compare.
    #[command(after_help = "Example:\n  shigan rebuild --check")]
    Rebuild {
        /// Compare, and change nothing.
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        config: Config,
    },
    /// Write everything into one file, whichever engine holds it.
    #[command(after_help = "Example:\n  shigan backup shigan.backup")]
    Backup {
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Fill an empty database from a backup.
    #[command(after_help = "Example:\n  shigan restore shigan.backup --database sqlite:new.db")]
    Restore {
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Answer questions about working days: `op,a,b` lines on stdin, an answer a line.
    #[command(after_help = "Example:\n  echo add_after,2015-09-30,3 | shigan calendar")]
    Calendar {
        /// cn, cn-office, continuous, or a calendar file.
        #[arg(long, default_value = "cn")]
        calendar: String,
    },
    /// Schedule a plan: early, late and planned dates, slack, what is critical and why.
    Schedule(plans::ScheduleArgs),
    /// Draw from a frame by the consistent sampler.
    Draw(lots::DrawArgs),
    /// Estimate from survey samples: an answer a line.
    Estimate(estimates::EstimateArgs),
    /// Print the API's description (OpenAPI).
    Openapi,
}

/// Runs the command line and returns its exit code.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let words = tongue::words(cli.lang);
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("SHIGAN_LOG")
                .unwrap_or_else(|_| "warn".into()),
        )
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&words, &Failure::new(error.to_string())),
    };
    runtime.block_on(async {
        match answer(cli.command, &words).await {
            Ok(code) => ExitCode::from(code),
            Err(failure) => fail(&words, &failure),
        }
    })
}

fn fail(words: &Words, failure: &Failure) -> ExitCode {
    warn(&words.a("told-failed", &[("why", &failure.to_string())]));
    ExitCode::from(1)
}

async fn answer(command: Command, words: &Words) -> Result<u8, Failure> {
    match command {
        Command::Demo { listen } => run_demo(&listen, words).await,
        Command::Serve(config) => {
            let listen = config.listen.clone();
            serve(house(&config).await?, &listen, words).await
        }
        Command::Token { user, config } => token(&user, &config, words).await,
        Command::Import(args) => crate::imports::command::import(args, words).await,
        Command::Export { kind, out, body, config } => {
            proofs::export(&kind, &out, body, &config, words).await
        }
        Command::Verify { bundle, key } => proofs::verify(&bundle, key.as_deref(), words),
        Command::Rebuild { check, config } => proofs::rebuild(check, &config, words).await,
        Command::Backup { file, config } => {
            let mut out = std::fs::File::create(&file).meaning("making the backup file")?;
            let rows = store(&config).await?.back_up(&mut out).await?;
            out.sync_all().meaning("writing the backup file")?;
            tell(&words.a("told-rows", &[("n", &rows.to_string())]));
            Ok(0)
        }
        Command::Restore { file, config } => {
            let input = std::fs::File::open(&file).meaning("opening the backup file")?;
            let rows = store(&config).await?.restore(&mut BufReader::new(input)).await?;
            tell(&words.a("told-rows", &[("n", &rows.to_string())]));
            Ok(0)
        }
        Command::Calendar { calendar } => days::answer(&calendar, words),
        Command::Schedule(args) => plans::answer(args, words),
        Command::Draw(args) => lots::answer(args, words),
        Command::Estimate(args) => estimates::answer(args, words),
        Command::Openapi => {
            let text = crate::openapi::description().to_pretty_json();
            print(&text.meaning("writing the description")?);
            Ok(0)
        }
    }
}

/// Opens the database of a configuration.
pub async fn store(config: &Config) -> Result<Arc<Store>, Failure> {
    Ok(Arc::new(Store::open(&config.database, key::log_key(&config.log_key)?).await?))
}

async fn house(config: &Config) -> Result<House, Failure> {
    let zone = TimeZone::get(&config.zone).meaning("the time zone")?;
    Ok(Arc::new(App {
        store: store(config).await?,
        clock: Clock::system(zone),
        evidence: Evidence::open(&config.evidence)?,
        https: config.https,
        demo: Vec::new(),
        memory: crate::home::Memory::default(),
        jobs: crate::jobs::Desk::new(crate::acts()),
    }))
}

async fn run_demo(listen: &str, words: &Words) -> Result<u8, Failure> {
    let folder = std::env::temp_dir().join(format!("shigan-demo-{}", chance::hex::<4>()));
    std::fs::create_dir_all(&folder).meaning("making the demonstration's folder")?;
    let url = format!("sqlite:{}", folder.join("shigan.db").display());
    let store = Arc::new(Store::open(&url, chance::bytes::<32>()).await?);
    let doors = demo::fill(&store).await?;
    let zone = TimeZone::get("Asia/Shanghai").meaning("the time zone")?;
    let evidence = folder.join("evidence").display().to_string();
    let house = Arc::new(App {
        store,
        clock: Clock::standing_at(demo::NOW, zone),
        evidence: Evidence::open(&evidence)?,
        https: false,
        demo: doors.clone(),
        memory: crate::home::Memory::default(),
        jobs: crate::jobs::Desk::new(crate::acts()),
    });
    print(&words.a("told-demo", &[("time", "2015-11-20 09:00")]));
    for door in &doors {
        print(&format!("  {}  {}  {}", door.login, door.password, door.role));
    }
    serve(house, listen, words).await
}

async fn serve(house: House, listen: &str, words: &Words) -> Result<u8, Failure> {
    let listener =
        tokio::net::TcpListener::bind(listen).await.meaning(&format!("listening on {listen}"))?;
    let address = listener.local_addr().meaning("listening")?;
    print(&format!("http://{address}/"));
    tell(&words.t("told-serving"));
    crate::jobs::resume(&house).await?;
    axum::serve(listener, routes(house))
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await
        .meaning("serving")?;
    Ok(0)
}

async fn token(user: &str, config: &Config, words: &Words) -> Result<u8, Failure> {
    use sqlx::Row;
    let store = store(config).await?;
    let row = sqlx::query("select jurisdiction, person from account where login = $1")
        .bind(user.to_owned())
        .fetch_optional(store.reader())
        .await?;
    let Some(row) = row else {
        warn(&words.a("told-nobody", &[("user", &format!("{user:?}"))]));
        return Ok(2);
    };
    let (body, person): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let zone = TimeZone::get(&config.zone).meaning("the time zone")?;
    let now = Clock::system(zone).now();
    let person = mechanisms::Id::new(person);
    let roster = store.roster(body).await?;
    let Some(post) = roster.leading_post(person, now.day()) else {
        warn(&words.a("told-no-post", &[("user", &format!("{user:?}"))]));
        return Ok(2);
    };
    let officer = mechanisms::Officer { person, post };
    print(&crate::access::account::make_token(&store, body, officer, &now).await?);
    Ok(0)
}

/// The body a command speaks of: the only one, or the one with the code.
pub async fn body(
    store: &Store,
    code: Option<String>,
    words: &Words,
) -> Result<Jurisdiction, Failure> {
    let mut bodies = store.jurisdictions().await?;
    bodies.retain(|body| code.as_ref().is_none_or(|code| body.code == *code));
    match bodies.len() {
        1 => Ok(bodies.remove(0)),
        0 => Err(Failure::new(words.t("told-no-body"))),
        _ => Err(Failure::new(words.t("told-bodies"))),
    }
}
