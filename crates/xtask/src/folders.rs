//! Where things are: the workspace, the folder for what is compiled, programs on the path.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// The workspace's root: two folders above this crate, as Cargo says it while it runs us.
pub fn root() -> PathBuf {
    let own = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.ancestors().nth(2).map(Path::to_path_buf).unwrap_or(own)
}

/// A folder for what is compiled, outside the clone, where one is kept or CI asks for one; `None`
/// leaves Cargo its own choice.
pub fn kept_target() -> Option<PathBuf> {
    if env::var_os("CARGO_TARGET_DIR").is_some() {
        return None;
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache")))?;
    let kept = cache.join("shigan/target");
    let wanted = env::var("CI").is_ok_and(|value| value == "true");
    (kept.is_dir() || (wanted && fs::create_dir_all(&kept).is_ok())).then_some(kept)
}

/// The folder Cargo compiles into.
pub fn target() -> PathBuf {
    let given = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    given.or_else(kept_target).unwrap_or_else(|| root().join("target"))
}

/// Cargo in the workspace, as if called by hand: what Cargo told us about ourselves is not
/// handed on, since build scripts would take it for a change.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    for (name, _) in env::vars_os() {
        let told = name.to_string_lossy();
        if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    if let Some(kept) = kept_target() {
        command.env("CARGO_TARGET_DIR", kept);
    }
    command
}

/// The workspace's own crates, as `cargo metadata` describes them.
pub fn packages() -> io::Result<Vec<serde_json::Value>> {
    let mut command = cargo();
    command.args(["metadata", "--no-deps", "--format-version=1"]);
    let said = answer(&mut command).ok_or_else(|| io::Error::other("cargo metadata failed"))?;
    let mut said: serde_json::Value = serde_json::from_str(&said)?;
    Ok(said["packages"].as_array_mut().map(std::mem::take).unwrap_or_default())
}

/// A program on the path.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// What a command prints, where it succeeds.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Are we the administrator of this machine?
pub fn is_root() -> bool {
    answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}
