//! `shigan import`.

use clap::Args;

use crate::failure::Failure;

#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    pub file: std::path::PathBuf,
}

pub async fn import(_: ImportArgs) -> Result<u8, Failure> {
    Ok(1)
}
