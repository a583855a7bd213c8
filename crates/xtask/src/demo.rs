//! The demonstration city from a clean clone: builds the program and starts `shigan demo`.
//!
//! It is built unoptimised: the workspace optimises what would be felt (password hashes, leaves,
//! signatures, the database) in every profile, and the rest compiles soonest this way.

use std::{io, os::unix::process::CommandExt};

use crate::folders::cargo;

/// Builds, then becomes the program: its address is printed by itself, and an interruption is
/// its own. Returns only when it could not be started.
pub fn run(options: &[&str]) -> io::Result<bool> {
    eprintln!("Building. The first time takes minutes: every dependency is compiled.");
    let mut command = cargo();
    command.args(["run", "--package", "app", "--bin", "shigan", "--", "demo"]);
    let options = options.iter().filter(|option| **option != "--");
    Err(command.args(options).exec())
}
