//! The journal's bytes: entries, the Merkle log they are leaves of, its signed checkpoints, and
//! an export that anybody can verify without a database.
//!
//! ```text
//! salt, payload ─commit─▶ Entry ─leaf─▶ Log ─root─▶ checkpoint, a signed note
//!                           │            └─▶ tiles ─▶ proofs
//!                           └─▶ Export ─▶ files ─verify─▶ Report
//! ```
//!
//! The log follows C2SP tlog-tiles, tlog-checkpoint, signed-note and tlog-proof; hashes are those
//! of RFC 6962. This crate reads no clock, no file and no chance: all of it is handed in. The
//! README has the layout of every byte.
//!
//! ```
//! use journal::{Checkpoint, Entry, Log, Signer, commit};
//!
//! let entry = Entry {
//!     jurisdiction: "130200".into(),
//!     number: 0,
//!     turn: 0,
//!     at: "2015-11-20T01:00:00.000000Z".into(),
//!     day: "2015-11-20".into(),
//!     person: 1,
//!     post: 1,
//!     kind: "item".into(),
//!     matter: 7,
//!     act: "Signed".into(),
//!     commitment: commit("salt", "\"Signed\""),
//! };
//! let mut log = Log::default();
//! log.append(entry.leaf()?);
//! let signer = Signer::new("shigan/130200", &[7; 32])?;
//! let note = signer.checkpoint(log.size(), &log.root())?;
//! let checkpoint = Checkpoint::open(&note, &signer.verifier_key())?;
//! assert_eq!((checkpoint.size, checkpoint.root), (1, log.root()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bundle;
mod checkpoint;
mod entry;
mod export;
mod frontier;
mod hash;
mod log;
mod path;
mod proof;
mod tile;
mod verify;

pub use bundle::{FORMAT, Files, Meta, MetaError, Payload, meta_file, read_meta, signed_meta_file};
pub use bundle::{entry_bundle, payload_bundle, tile_file};
pub use checkpoint::{Checkpoint, CheckpointError, Signer, open_checkpoint};
pub use entry::{Entry, EntryError, FIELD_LIMIT, MAGIC, Wrong, commit};
pub use export::Export;
pub use frontier::{Frontier, FrontierError};
pub use hash::{EMPTY_ROOT, Hash, hash_from_base64, hash_to_base64, leaf_hash, node_hash};
pub use log::{Log, LogError};
pub use path::{inclusion_path, root_from_path};
pub use proof::{Consistency, Inclusion, ProofError, ProofFileError, open_proof};
pub use tile::{Place, TILE, Tile, Tiles};
pub use verify::{Fault, Report, verify};

/// The README's examples run too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
