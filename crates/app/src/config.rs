//! Every setting: its default, its meaning, where it is read. Settings are read once, at start.

use std::path::PathBuf;

use clap::Args;

/// What a serving process needs to know. Each is an option or a `SHIGAN_*` variable.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Where the journal and the rows live: sqlite:PATH or postgres://…
    #[arg(long, env = "SHIGAN_DATABASE", default_value = "sqlite:shigan.db")]
    pub database: String,
    /// The address to listen on.
    #[arg(long, env = "SHIGAN_LISTEN", default_value = "127.0.0.1:8015")]
    pub listen: String,
    /// Where evidence files lie: a folder, or s3://bucket/prefix.
    #[arg(long, env = "SHIGAN_EVIDENCE", default_value = "shigan-evidence")]
    pub evidence: String,
    /// The secret key that signs checkpoints of the log; made on first start. Keep a copy.
    #[arg(long, env = "SHIGAN_LOG_KEY", default_value = "shigan-log.key")]
    pub log_key: PathBuf,
    /// The time zone in which a day begins.
    #[arg(long, env = "SHIGAN_ZONE", default_value = "Asia/Shanghai")]
    pub zone: String,
    /// Say that visitors come through HTTPS, so that cookies travel only there.
    #[arg(long, env = "SHIGAN_HTTPS")]
    pub https: bool,
}

/// The locale the environment asks messages in: the first variable that is set decides, as with
/// every program of a POSIX shell.
#[expect(clippy::disallowed_methods, reason = "settings are read here, and only here")]
pub fn locale() -> Option<String> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["SHIGAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set)
}

/// What the S3 client reads of the environment: `AWS_*`.
#[expect(clippy::disallowed_methods, reason = "settings are read here, and only here")]
pub fn object_settings() -> Vec<(String, String)> {
    std::env::vars().filter(|(name, _)| name.starts_with("AWS_")).collect()
}
