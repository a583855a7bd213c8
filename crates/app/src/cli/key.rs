//! The secret that signs checkpoints.

use std::{io::Write, path::Path};

use crate::{
    chance,
    failure::{Failure, Meaning},
};

/// Reads the secret that signs checkpoints; makes it on first use, readable by its owner only.
pub fn log_key(path: &Path) -> Result<[u8; 32], Failure> {
    if path.exists() {
        let text = std::fs::read_to_string(path).meaning("reading the log key")?;
        let bytes: Vec<u8> = (0..text.trim().len() / 2)
            .filter_map(|at| u8::from_str_radix(text.trim().get(at * 2..at * 2 + 2)?, 16).ok())
            .collect();
        let wrong = || Failure::new(format!("{} is not a log key", path.display()));
        return bytes.try_into().map_err(|_| wrong());
    }
    let key = chance::bytes::<32>();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).meaning("making the log key")?;
    file.write_all(chance::to_hex(&key).as_bytes()).meaning("writing the log key")?;
    file.sync_all().meaning("writing the log key")?;
    Ok(key)
}
