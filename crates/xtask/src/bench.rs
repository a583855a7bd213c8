//! Benches: those of the crates, and the app's load on both engines, with every commit synced.

use std::{collections::BTreeMap, io};

use crate::{
    cluster::{Care, Server},
    folders::{cargo, packages},
};

/// The crate whose benches need a server.
const APP: &str = "app";

/// Runs every bench, or those of one crate or of one name.
pub fn run(name: Option<&str>) -> io::Result<bool> {
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (package, bench) in benches()? {
        if name.is_none_or(|name| name == package || name == bench) {
            wanted.entry(package).or_default().push(bench);
        }
    }
    if wanted.is_empty() {
        let known: Vec<String> =
            benches()?.into_iter().map(|(package, bench)| format!("{package}/{bench}")).collect();
        println!("no such bench; there are: {}", known.join(" "));
        return Ok(false);
    }
    let mut holds = true;
    for (package, benches) in wanted {
        let server = (package == APP).then(|| Server::start(Care::Benches)).transpose()?;
        let mut command = cargo();
        command.args(["bench", "--package", &package]);
        for bench in &benches {
            command.args(["--bench", bench]);
        }
        if let Some(server) = &server {
            command.env("SHIGAN_TEST_POSTGRES", server.url());
        }
        println!("\n── {package}: {}", benches.join(", "));
        holds &= command.status()?.success();
    }
    Ok(holds)
}

/// Every bench of the workspace: its crate and its name.
fn benches() -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for package in packages()? {
        for target in package["targets"].as_array().into_iter().flatten() {
            let kinds = target["kind"].as_array();
            if kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "bench")) {
                let text =
                    |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
                found.push((text(&package["name"]), text(&target["name"])));
            }
        }
    }
    Ok(found)
}
