//! Another program accepts the untouched export, and refuses a changed one: PyPI `aics-tlog`,
//! run by `independent.py`.
//!
//! The package is used where a Python has it. Otherwise it is installed, once, into an
//! environment of its own under the target folder; that needs Python 3.11 or newer and pip's
//! package index. A test that cannot have the other program fails: it never passes untried.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Mutex, PoisonError},
};

use journal::{Entry, Export, Log, Meta, Payload, Signer, commit, verify};

type Done = Result<(), Box<dyn Error>>;
type Bundle = BTreeMap<String, Vec<u8>>;

/// The version this was written against.
const PACKAGE: &str = "aics-tlog==0.2.1";

/// Under the target folder, and left there: the environment is made once.
fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("independent")
}

fn run(program: &Path, arguments: &[&str]) -> Option<Output> {
    Command::new(program).args(arguments).output().ok().filter(|output| output.status.success())
}

/// Pythons by name, then those that pyenv keeps beside the active one.
#[expect(clippy::disallowed_methods, reason = "where a newer Python may stand")]
fn pythons() -> Vec<PathBuf> {
    let names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"];
    let mut found: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
    let root = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let kept = root.and_then(|root| fs::read_dir(root.join("versions")).ok());
    found.extend(kept.into_iter().flatten().flatten().map(|one| one.path().join("bin/python3")));
    found
}

fn is_at_least(python: &Path, minor: u8) -> bool {
    let line = format!("import sys; sys.exit(sys.version_info < (3, {minor}))");
    run(python, &["-c", &line]).is_some()
}

/// A Python that has the package.
fn python() -> Result<PathBuf, Box<dyn Error>> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _held = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let own = scratch().join("python/bin/python");
    let has_it = |python: &PathBuf| run(python, &["-c", "import aics_tlog"]).is_some();
    let mut candidates = pythons();
    candidates.insert(0, own.clone());
    if let Some(python) = candidates.iter().find(|python| has_it(python)) {
        return Ok(python.clone());
    }
    // The package asks for 3.12; its code runs on 3.11 too.
    let newest = [12, 11]
        .into_iter()
        .find_map(|minor| candidates.iter().find(|python| is_at_least(python, minor)))
        .ok_or("aics-tlog checks this test's exports: it needs Python 3.11 or newer")?;
    let folder = scratch().join("python");
    let folder = folder.to_str().ok_or("the target folder's name is not UTF-8")?;
    let made = Command::new(newest).args(["-m", "venv", "--clear", folder]).output()?;
    let install = ["-m", "pip", "install", "--quiet", "--ignore-requires-python", PACKAGE];
    let installed = Command::new(&own).args(install).output();
    if has_it(&own) {
        return Ok(own);
    }
    let words = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let pip = installed.map_or_else(|error| error.to_string(), |output| words(&output));
    Err(format!(
        "aics-tlog checks this test's exports, and cannot be had: `pip install {PACKAGE}` into a \
         Python 3.11 or newer on the path by hand.\n{}{pip}",
        words(&made)
    )
    .into())
}

fn signer() -> Result<Signer, Box<dyn Error>> {
    Ok(Signer::new("shigan/130200", &[9; 32])?)
}

fn payload(number: i64) -> String {
    format!("{{\"Reported\":{{\"amount\":{number},\"text\":\"累计拆除\"}}}}")
}

fn entry(number: i64) -> Entry {
    Entry {
        jurisdiction: "130200".into(),
        number,
        turn: number / 3,
        at: "2015-11-20T01:00:00.000000Z".into(),
        day: "2015-11-20".into(),
        person: 11,
        post: 12,
        kind: "item".into(),
        matter: number % 40,
        act: "Reported".into(),
        commitment: commit("5c1e", &payload(number)),
    }
}

/// The export of `size` entries, one of them erased, and the checkpoint at half the size.
fn bundle(size: i64) -> Result<(Bundle, String), Box<dyn Error>> {
    let (mut log, mut halfway) = (Log::default(), String::new());
    for number in 0..size {
        if number == size / 2 {
            halfway = signer()?.checkpoint(log.size(), &log.root())?;
        }
        log.append(entry(number).leaf()?);
    }
    let note = signer()?.checkpoint(log.size(), &log.root())?;
    let meta = Meta::new(&signer()?, "130200", log.size());
    let mut export = Export::new(meta, note).named("示范市", &signer()?)?;
    let mut files = Bundle::new();
    for number in 0..size {
        let content = match number {
            7 => Payload::erased(number),
            _ => Payload::kept(number, "5c1e", &payload(number)),
        };
        files.extend(export.push(&entry(number), &content));
    }
    files.extend(export.finish());
    Ok((files, halfway))
}

fn write(files: &Bundle, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let folder = scratch().join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        fs::write(path, bytes)?;
    }
    Ok(folder)
}

/// What the other program says of a bundle: whether it accepts it, and its words.
fn asked(folder: &Path, earlier: Option<&Path>) -> Result<(bool, String), Box<dyn Error>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/independent.py");
    let mut command = Command::new(python()?);
    command.arg(script).arg(folder).arg(signer()?.verifier_key()).args(earlier);
    let output = command.env("PYTHONUTF8", "1").output()?;
    let words = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8_lossy(&words).into_owned()))
}

#[test]
fn another_program_accepts_the_untouched_export() -> Done {
    for (size, expected) in [
        (1, "1 entries, 1 contents, 1 tiles, 1 bundles"),
        (256, "256 entries, 255 contents, 2 tiles, 1 bundles"),
        (600, "600 entries, 599 contents, 4 tiles, 3 bundles"),
        (66_000, "66000 entries, 65999 contents, 261 tiles, 258 bundles"),
    ] {
        let (files, halfway) = bundle(size)?;
        assert!(verify(&files, None).holds());
        let folder = write(&files, &format!("untouched-{size}"))?;
        let earlier = folder.with_extension("earlier");
        fs::write(&earlier, halfway)?;
        let (accepted, words) = asked(&folder, Some(&earlier).filter(|_| size > 1).map(|p| &**p))?;
        assert!(accepted && words.contains(expected), "{size}: {words}");
    }
    Ok(())
}

#[test]
fn another_program_refuses_what_we_refuse() -> Done {
    let (whole, _) = bundle(300)?;
    for (path, byte) in [
        ("tile/entries/000", 2_000),
        ("tile/entries/001.p/44", 200),
        ("tile/0/000", 2_000),
        ("tile/0/001.p/44", 0),
        ("tile/1/000.p/1", 31),
        ("payloads/001.jsonl", 40),
        ("checkpoint", 15),
    ] {
        let mut files = whole.clone();
        files.get_mut(path).ok_or("no such file")?[byte] ^= 1;
        assert!(!verify(&files, None).holds(), "{path}");
        let (accepted, words) = asked(&write(&files, "changed")?, None)?;
        assert!(!accepted && words.contains("refuses"), "{path}: {words}");
    }
    Ok(())
}

#[test]
fn the_command_line_of_another_program_reads_the_export() -> Done {
    let (files, _) = bundle(600)?;
    let folder = write(&files, "command-line")?;
    let key = signer()?.verifier_key();
    let tiles = folder.to_str().ok_or("the target folder's name is not UTF-8")?;
    for arguments in [
        vec!["verify-checkpoint"],
        vec!["verify-inclusion", "--index", "0"],
        vec!["verify-inclusion", "--index", "599"],
    ] {
        let mut command = Command::new(python()?);
        command.args(["-m", "aics_tlog"]).args(&arguments);
        let output = command.args(["--tiles", tiles, "--log-key", &key]).output()?;
        let words = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?}: {words}");
        assert!(words.contains("600"), "{arguments:?}: {words}");
    }
    Ok(())
}
