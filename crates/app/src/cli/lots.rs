//! `shigan draw`: a draw anybody can replay, from a frame file and a public seed; and
//! `shigan verify` of a draw's bundle.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{print, tell};
use crate::failure::Failure;

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
pub fn answer(args: DrawArgs) -> Result<u8, Failure> {
    let shown = args.frame.display().to_string();
    let frame = match std::fs::read(&args.frame) {
        Ok(frame) => frame,
        Err(error) => {
            tell(&format!("shigan: {shown}: {error}"));
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
            tell(&format!("shigan: {shown}: {trouble}"));
            Ok(2)
        }
    }
}

/// Recomputes the draw of a bundle and says what does not match.
pub fn verify(bundle: &Path, frame: Option<&str>) -> Result<u8, Failure> {
    let shown = bundle.display();
    let bytes = match std::fs::read(bundle) {
        Ok(bytes) => bytes,
        Err(error) => {
            tell(&format!("shigan: {shown}: {error}"));
            return Ok(2);
        }
    };
    let report = match draw::verify(&bytes, frame) {
        Ok(report) => report,
        Err(trouble) => {
            tell(&format!("shigan: {shown}: {trouble}"));
            return Ok(2);
        }
    };
    for fault in report.faults.iter().take(20) {
        print(&fault.to_string());
    }
    let draw::Report { round, units, drawn, teams, .. } = &report;
    tell(&format!("{round}: {units} units, {drawn} drawn, {teams} teams"));
    if report.holds() {
        print("holds");
        return Ok(0);
    }
    tell(&format!("{} faults", report.faults.len()));
    Ok(3)
}
