//! `shigan draw`: a draw anybody can replay, from a frame file and a public seed; and
//! `shigan verify` of a draw's bundle.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{print, tell, warn};
use crate::ui::told;
use crate::{failure::Failure, ui::words::Words};

/// What a draw is made of.
#[derive(Args, Clone, Debug)]
#[command(after_help = "Example:\n  shigan draw --frame units.txt --seed 52775263 --take 3")]
pub struct DrawArgs {
    /// The frame: one id a line.
    #[arg(long)]
    frame: PathBuf,
    /// The seed, as it was published.
    #[arg(long, allow_hyphen_values = true)]
    seed: String,
    /// How many tickets to take.
    #[arg(long)]
    take: usize,
    /// How many tickets to pass over first.
    #[arg(long, default_value_t = 0)]
    drop: usize,
    /// A drawn id gets a next ticket.
    #[arg(long)]
    with_replacement: bool,
    /// Digits printed after the leading nines.
    #[arg(long, default_value_t = 9)]
    digits: usize,
}

/// Prints the tickets drawn, smallest first.
pub fn answer(args: DrawArgs, words: &Words) -> Result<u8, Failure> {
    let shown = args.frame.display().to_string();
    let frame = match std::fs::read(&args.frame) {
        Ok(frame) => frame,
        Err(error) => {
            warn(&told::of(words, &shown, &told::unread(words, &error)));
            return Ok(2);
        }
    };
    let DrawArgs { seed, take, drop, with_replacement, digits, .. } = args;
    let plan = draw::Plan { drop, take, with_replacement };
    match draw::command(&frame, &draw::Options { seed, plan, digits }) {
        Ok(lines) => {
            for line in lines {
                print(&line);
            }
            Ok(0)
        }
        Err(trouble) => {
            warn(&told::of(words, &shown, &told::lots::trouble(words, &trouble)));
            Ok(2)
        }
    }
}

/// Recomputes the draw of a bundle and says what does not match.
pub fn verify(bundle: &Path, frame: Option<&str>, words: &Words) -> Result<u8, Failure> {
    let shown = bundle.display();
    let bytes = match std::fs::read(bundle) {
        Ok(bytes) => bytes,
        Err(error) => {
            warn(&told::of(words, &shown, &told::unread(words, &error)));
            return Ok(2);
        }
    };
    let report = match draw::verify(&bytes, frame) {
        Ok(report) => report,
        Err(trouble) => {
            warn(&told::of(words, &shown, &told::lots::no_bundle(words, &trouble)));
            return Ok(2);
        }
    };
    for fault in report.faults.iter().take(20) {
        print(&told::lots::fault(words, fault));
    }
    let counts = [
        ("round", &*report.round),
        ("units", &*report.units.to_string()),
        ("drawn", &*report.drawn.to_string()),
        ("teams", &*report.teams.to_string()),
    ];
    tell(&words.a("told-draw-counts", &counts));
    if report.holds() {
        print("holds");
        return Ok(0);
    }
    tell(&words.a("told-faults", &[("n", &report.faults.len().to_string())]));
    Ok(3)
}
