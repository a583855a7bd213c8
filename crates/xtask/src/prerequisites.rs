//! What CI needs beside Rust: PostgreSQL, Chromium, Chinese fonts, axe-core, another program
//! that verifies logs. What is missing is installed where that is ours to do (root on Debian;
//! npm and pip in folders of their own), and named with the way to get it where it is not.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    cluster,
    folders::{answer, is_root, program, root, target},
};

/// The independent verifier, in the version its test was written against.
const VERIFIER: &str = "aics-tlog==0.2.1";
/// It asks for Python 3.12; its code runs on this one too.
const PYTHON: &str = "import sys; sys.exit(sys.version_info < (3, 11))";

/// One thing needed: is it here, the Debian packages that bring it, and what to say otherwise.
struct Need {
    here: fn() -> bool,
    packages: &'static [&'static str],
    otherwise: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        here: || cluster::programs().is_some(),
        packages: &["postgresql"],
        otherwise: cluster::MISSING,
    },
    Need {
        here: || chromium().is_some(),
        packages: &["chromium"],
        otherwise: "Chromium is not here: install it (Debian: apt-get install chromium), or name \
                    one in SHIGAN_TEST_CHROMIUM",
    },
    Need {
        here: has_chinese_fonts,
        packages: &["fontconfig", "fonts-noto-cjk"],
        otherwise: "no font has Chinese characters: install Noto CJK (Debian: apt-get install \
                    fontconfig fonts-noto-cjk)",
    },
    Need {
        here: || program("npm").is_some(),
        packages: &["npm"],
        otherwise: "npm is not here: install Node.js with npm",
    },
    Need {
        here: || python().is_some(),
        packages: &["python3-venv"],
        otherwise: "Python 3.11 or newer with venv is not here (Debian: apt-get install \
                    python3-venv)",
    },
];

/// Brings what is missing; false when something stays missing, which is then named.
pub fn bring() -> io::Result<bool> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.here)()).collect();
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if !packages.is_empty() && is_root() && Path::new("/etc/debian_version").exists() {
        install(&packages)?;
    }
    let mut holds = components();
    for need in missing.iter().filter(|need| !(need.here)()) {
        println!("{}", need.otherwise);
        holds = false;
    }
    holds &= front_end()?;
    holds &= verifier()?;
    Ok(holds)
}

/// The variables that tell tests where things are.
pub fn told(command: &mut Command) {
    if let Some(chromium) = chromium() {
        command.env("SHIGAN_TEST_CHROMIUM", chromium);
    }
    // First on the path, so that the tests' `python3` is the one with the verifier.
    let own = environment().join("bin");
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [own].into_iter().chain(env::split_paths(&path));
    if let Ok(path) = env::join_paths(folders) {
        command.env("PATH", path);
    }
}

fn install(packages: &[&str]) -> io::Result<()> {
    println!("installing {}", packages.join(" "));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(["-qq", "-y"]).args(arguments);
        command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).status()
    };
    apt(&["update"])?;
    let mut arguments = vec!["install", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)?;
    Ok(())
}

fn components() -> bool {
    let mut holds = true;
    for (name, part) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if answer(crate::folders::cargo().args([part, "--version"])).is_none() {
            println!("cargo {part} is not here: rustup component add {name}");
            holds = false;
        }
    }
    holds
}

fn chromium() -> Option<PathBuf> {
    let named = env::var_os("SHIGAN_TEST_CHROMIUM").map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    named.filter(|file| file.is_file()).or_else(|| names.iter().find_map(|name| program(name)))
}

fn has_chinese_fonts() -> bool {
    let listed = answer(Command::new("fc-list").args([":lang=zh-cn", "family"]));
    listed.is_some_and(|families| !families.is_empty())
}

/// axe-core and what else `web/package.json` names, from its lock file.
fn front_end() -> io::Result<bool> {
    let web = root().join("web");
    let lock = fs::read(web.join("package-lock.json"))?;
    let installed = web.join("node_modules/.installed-from");
    if fs::read(&installed).is_ok_and(|before| before == lock) {
        return Ok(true);
    }
    let Some(npm) = program("npm") else { return Ok(false) };
    let mut command = Command::new(npm);
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&web);
    let holds = command.stdin(Stdio::null()).status()?.success();
    if holds {
        fs::write(installed, lock)?;
    }
    Ok(holds)
}

/// The Python environment of our own that has the verifier.
fn environment() -> PathBuf {
    target().join("independent-verifier")
}

fn verifier() -> io::Result<bool> {
    let own = environment().join("bin/python3");
    let has_it = || answer(Command::new(&own).args(["-c", "import aics_tlog"])).is_some();
    if has_it() {
        return Ok(true);
    }
    let Some(python) = python() else { return Ok(false) };
    let made = Command::new(python).args(["-m", "venv"]).arg(environment()).status()?;
    if !made.success() {
        return Ok(false);
    }
    let mut pip = Command::new(&own);
    pip.args(["-m", "pip", "install", "--quiet", "--ignore-requires-python", VERIFIER]);
    let status = pip.stdin(Stdio::null()).status()?;
    Ok(status.success() && has_it())
}

/// A Python that is new enough and can make environments.
fn python() -> Option<PathBuf> {
    let names = ["python3", "python3.13", "python3.12", "python3.11"];
    names.iter().filter_map(|name| program(name)).find(|python| {
        let works = |code: &str| answer(Command::new(python).args(["-c", code])).is_some();
        works(PYTHON) && works("import ensurepip")
    })
}
