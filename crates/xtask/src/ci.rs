//! All of CI as named steps: prerequisites, format, manners, lints, and the tests on both
//! engines and in the browser.

use std::{env, io, process::Command};

use crate::{
    cluster::{Care, Server},
    folders::cargo,
    prerequisites,
    steps::Steps,
    tidy,
};

/// What random tests begin from. Without it CI begins at one place, so that the same tree has the
/// same verdict twice; whoever looks for more faults sets another.
const SEED: &str = "PROPTEST_RNG_SEED";

/// Runs every step, whatever fails on the way, and says at the end how it went.
pub fn run() -> io::Result<bool> {
    let mut steps = Steps::default();
    steps.step("prerequisites", prerequisites::bring);
    let format = ["fmt", "--all", "--", "--check", "--color=never"];
    steps.command("format", cargo().args(format));
    steps.step("tidy", tidy::run);
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    steps.command("clippy", &mut clippy);
    if steps.command("build", cargo().args(["test", "--quiet", "--workspace", "--no-run"])) {
        tests(&mut steps);
    }
    Ok(steps.finish())
}

/// Tests are told apart by the modules they stand in: `browser::…` needs Chromium, `postgres::…`
/// the other engine, everything else needs nothing.
fn tests(steps: &mut Steps) {
    let mut server = None;
    let mut url = env::var("SHIGAN_TEST_POSTGRES").ok();
    if url.is_none() {
        steps.step("PostgreSQL starts", || {
            let started = Server::start(Care::Tests)?;
            url = Some(started.url());
            server = Some(started);
            Ok(true)
        });
    }
    let test = |arguments: &[&str]| -> Command {
        let mut command = cargo();
        command.args(["test", "--workspace", "--no-fail-fast"]).args(arguments);
        prerequisites::told(&mut command);
        if env::var_os(SEED).is_none() {
            command.env(SEED, "20151120");
        }
        if let Some(url) = &url {
            command.env("SHIGAN_TEST_POSTGRES", url);
        }
        command
    };
    let apart = ["--", "--skip", "postgres::", "--skip", "browser::"];
    let first = steps.tests("rules, pages, SQLite", &mut test(&apart));
    let mut here = 0;
    for (name, arguments) in [
        ("PostgreSQL", &["--test", "it", "--", "postgres::", "--skip", "browser::"][..]),
        ("browser", &["--test", "it", "--", "browser::"][..]),
    ] {
        let counts = steps.tests(name, &mut test(arguments));
        let ran = counts.passed + counts.failed;
        if ran == 0 {
            steps.fail(name, "no test was run: a step without tests cannot fail");
        }
        here += ran;
    }
    if first.elsewhere != here {
        let why = format!("{} tests left to the other steps, {here} run there", first.elsewhere);
        steps.fail("every test is run", &why);
    }
    drop(server);
}
