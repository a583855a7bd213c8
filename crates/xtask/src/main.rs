//! The house's own commands: `cargo xtask demo | test | tidy | bench | manual | words`.
//!
//! `test` is all of CI, on a laptop and on the server. Nothing here is part of the program.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "commands print, take times and read the environment; nothing here decides a rule"
)]

mod bench;
mod ci;
mod cluster;
mod demo;
mod folders;
mod hant;
mod manual;
mod prerequisites;
mod results;
mod steps;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask demo [-- OPTIONS]   build the program and open the demonstration city
cargo xtask test                all of CI, as named steps with their times
cargo xtask tidy                the manners: every tracked file, and who may depend on whom
cargo xtask bench [NAME]        benches, on SQLite and PostgreSQL; NAME is a crate or a bench
cargo xtask manual [--check]    docs/manual.md from the headers of the sources
cargo xtask words               locales/zh-Hant.ftl from locales/zh-Hans.ftl";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["demo", rest @ ..] => demo::run(rest),
        ["test"] => ci::run(),
        ["tidy"] => tidy::run(),
        ["bench"] => bench::run(None),
        ["bench", name] => bench::run(Some(name)),
        ["manual"] => manual::write(),
        ["manual", "--check"] => manual::check(),
        ["words"] => hant::run(&folders::root()).map(|()| true),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(true)
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
