//! Checkpoints: how large the log is and what its root is, signed as a C2SP note with Ed25519.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::SigningKey;
use signed_note::{Note, Signer as _, StandardSigner, StandardVerifier, VerifierList};
use thiserror::Error;

use crate::log::{Hash, hash_from_base64, hash_to_base64};

/// Why a checkpoint was not made or not believed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CheckpointError {
    #[error("{0:?} cannot name a log: no spaces, no plus signs, not empty")]
    Origin(String),
    #[error("the signing key: {0}")]
    Key(String),
    #[error("the checkpoint is not a signed note: {0}")]
    NotNote(String),
    #[error("the signature does not belong to the key {0}")]
    Signature(String),
    #[error("the checkpoint's text is not origin, size and root")]
    Text,
    #[error("the checkpoint speaks of {found:?}, the key of {expected:?}")]
    OtherOrigin { found: String, expected: String },
}

/// Signs the checkpoints of one log.
pub struct Signer {
    origin: String,
    key: StandardSigner,
    verifier_key: String,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl Signer {
    /// A signer for the log called `origin`, from 32 secret bytes.
    ///
    /// # Errors
    /// When the origin cannot name a key.
    pub fn new(origin: &str, secret: &[u8; 32]) -> Result<Self, CheckpointError> {
        if !signed_note::is_key_name_valid(origin) {
            return Err(CheckpointError::Origin(origin.to_owned()));
        }
        let public = SigningKey::from_bytes(secret).verifying_key();
        let mut known = vec![1];
        known.extend_from_slice(public.as_bytes());
        let mut kept = vec![1];
        kept.extend_from_slice(secret);
        let id = signed_note::key_id(origin, &known);
        let text = format!("PRIVATE+KEY+{origin}+{id:08x}+{}", STANDARD.encode(kept));
        let key = StandardSigner::new(&text).map_err(|e| CheckpointError::Key(e.to_string()))?;
        let verifier_key = signed_note::new_ed25519_verifier_key(origin, &public);
        Ok(Self { origin: origin.to_owned(), key, verifier_key })
    }

    /// The key with which others check this signer: `origin+id+key`.
    pub fn verifier_key(&self) -> String {
        self.verifier_key.clone()
    }

    /// The signed note for a log of `size` leaves.
    ///
    /// # Errors
    /// When the text or the signature cannot be made.
    pub fn checkpoint(&self, size: u64, root: &Hash) -> Result<String, CheckpointError> {
        let text = format!("{}\n{size}\n{}\n", self.origin, hash_to_base64(root));
        let failed = |error: &dyn std::fmt::Display| CheckpointError::NotNote(error.to_string());
        let mut note = Note::new(text.as_bytes(), &[]).map_err(|e| failed(&e))?;
        let key: &dyn signed_note::Signer = &self.key;
        note.add_sigs(&[key]).map_err(|e| failed(&e))?;
        String::from_utf8(note.to_bytes()).map_err(|e| failed(&e))
    }
}

/// Checks a signed checkpoint against a verifier key and returns size and root.
///
/// # Errors
/// When it is not a note, not signed by that key, or about another log.
pub fn open_checkpoint(note: &str, verifier_key: &str) -> Result<(u64, Hash), CheckpointError> {
    let verifier = StandardVerifier::new(verifier_key)
        .map_err(|error| CheckpointError::Key(error.to_string()))?;
    let origin = signed_note::Verifier::name(&verifier).to_owned();
    let parsed = Note::from_bytes(note.as_bytes())
        .map_err(|error| CheckpointError::NotNote(error.to_string()))?;
    parsed
        .verify(&VerifierList::new(vec![Box::new(verifier)]))
        .map_err(|_| CheckpointError::Signature(verifier_key.to_owned()))?;
    let text = std::str::from_utf8(parsed.text()).map_err(|_| CheckpointError::Text)?;
    let mut lines = text.lines();
    let found = lines.next().ok_or(CheckpointError::Text)?;
    if found != origin {
        let found = found.to_owned();
        return Err(CheckpointError::OtherOrigin { found, expected: origin });
    }
    let size = lines.next().and_then(|line| line.parse().ok()).ok_or(CheckpointError::Text)?;
    let root = lines.next().and_then(hash_from_base64).ok_or(CheckpointError::Text)?;
    Ok((size, root))
}

impl Signer {
    /// The name of the log.
    pub fn origin(&self) -> &str {
        self.key.name()
    }
}
