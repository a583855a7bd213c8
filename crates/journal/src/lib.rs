//! The journal's bytes: entries, the Merkle log they are leaves of, its signed checkpoints, and
//! an export that anybody can verify without a database.
//!
//! ```text
//! Entry ─to_bytes─▶ leaf ─append─▶ Log ─root─▶ Checkpoint (signed note)
//!                                      └─tiles─▶ bundle ─verify─▶ Report
//! ```
//!
//! The log follows C2SP tlog-tiles, tlog-checkpoint and signed-note; hashes are those of
//! RFC 6962. This crate reads no clock, no file and no chance: all of it is handed in.
//!
//! ```
//! use journal::{Entry, Log, Signer};
//!
//! let entry = Entry {
//!     jurisdiction: "130200".into(), number: 0, turn: 0,
//!     at: "2015-11-20T01:00:00.000000Z".into(), day: "2015-11-20".into(),
//!     person: 1, post: 1, kind: "item".into(), matter: 7, act: "Signed".into(),
//!     commitment: journal::commit("salt", "\"Signed\""),
//! };
//! let mut log = Log::default();
//! log.append(entry.leaf()?);
//! let signer = Signer::new("shigan/130200", &[7; 32])?;
//! let note = signer.checkpoint(log.size(), &log.root())?;
//! let (size, root) = journal::open_checkpoint(&note, &signer.verifier_key())?;
//! assert_eq!((size, root), (1, log.root()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bundle;
mod checkpoint;
mod entry;
mod log;
mod verify;

#[cfg(test)]
mod tests;

pub use bundle::{Files, Meta, Payload, entry_bundle, meta_file, payload_bundle, tile_file};
pub use checkpoint::{CheckpointError, Signer, open_checkpoint};
pub use entry::{Entry, EntryError, MAGIC, commit};
pub use log::{
    Hash, Log, TILE, Tile, hash_from_base64, hash_to_base64, inclusion_path, root_from_path,
};
pub use verify::{Fault, Report, verify};
