//! Checkpoints: how large a log is and what its root is (C2SP tlog-checkpoint), signed as a note
//! (C2SP signed-note) with Ed25519.
//!
//! ```text
//! shigan/130200                                     the log's name, its origin
//! 1234                                              leaves
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=      root
//!
//! — shigan/130200 Az3grlgtzPICa5OS8npVmf1Myq/5IZni…  who signed, key id and signature
//! ```

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use signed_note::{Note, StandardVerifier, Verifier as _, VerifierList};
use thiserror::Error;

use crate::hash::{Hash, hash_to_base64};

#[cfg(test)]
mod tests;

/// How large a log was at some time, and what its root was.
///
/// ```
/// let checkpoint = journal::Checkpoint {
///     origin: "shigan/130200".into(), size: 0, root: journal::EMPTY_ROOT,
/// };
/// let text = checkpoint.to_string();
/// assert_eq!(text, "shigan/130200\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name: the first line, and the name of the key.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// The text that is signed, without its signatures.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, hash_to_base64(&self.root))
    }
}

/// Why a checkpoint was not made or not believed.
///
/// ```
/// let error = journal::Signer::new("two words", &[7; 32]).unwrap_err();
/// assert!(error.to_string().contains("cannot name a log"));
/// ```
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CheckpointError {
    /// The origin cannot be the name of a key (C2SP signed-note, "Format").
    #[error("{0:?} cannot name a log: it must not be empty nor have spaces, plus or control signs")]
    Origin(String),
    /// The verifier key is not one.
    #[error("{key:?} is not a verifier key: {why}")]
    Key {
        /// The text.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// The text is not a signed note.
    #[error("not a signed note: {0}")]
    NotNote(String),
    /// No signature of that key, or one that does not fit the text.
    #[error("the signature is not that of the key {0}")]
    Signature(String),
    /// Signed, but not a checkpoint.
    #[error("the signed text is not origin, size and root")]
    Text,
    /// Signed, but about another log.
    #[error("signed by {expected:?}, but about the log {found:?}")]
    OtherOrigin {
        /// The log the text is about.
        found: String,
        /// The log the key belongs to.
        expected: String,
    },
}

/// Signs the checkpoints of one log. One signature costs some 20 µs.
///
/// ```
/// use journal::{Checkpoint, EMPTY_ROOT, Signer};
/// let signer = Signer::new("shigan/130200", &[7; 32])?;
/// let note = signer.checkpoint(0, &EMPTY_ROOT)?;
/// assert!(note.starts_with("shigan/130200\n0\n47DEQpj8"));
/// assert_eq!(Checkpoint::open(&note, &signer.verifier_key())?.root, EMPTY_ROOT);
/// # Ok::<(), journal::CheckpointError>(())
/// ```
pub struct Signer {
    origin: String,
    key: SigningKey,
    id: u32,
    verifier_key: String,
}

/// Says whose signer it is, and never the key.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl Signer {
    /// A signer for the log called `origin`, from 32 secret random bytes. C2SP asks that an
    /// origin be a URL without scheme, unique to the log.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`] when the origin cannot name a key.
    ///
    /// ```
    /// assert!(journal::Signer::new("shigan/130200", &[7; 32]).is_ok());
    /// assert!(journal::Signer::new("a+b", &[7; 32]).is_err());
    /// ```
    pub fn new(origin: &str, secret: &[u8; 32]) -> Result<Self, CheckpointError> {
        if !signed_note::is_key_name_valid(origin) || origin.chars().any(char::is_control) {
            return Err(CheckpointError::Origin(origin.to_owned()));
        }
        let key = SigningKey::from_bytes(secret);
        let verifier_key = signed_note::new_ed25519_verifier_key(origin, &key.verifying_key());
        let mut public = vec![ED25519];
        public.extend_from_slice(key.verifying_key().as_bytes());
        let id = signed_note::key_id(origin, &public);
        Ok(Self { origin: origin.to_owned(), key, id, verifier_key })
    }

    /// The name of the log.
    ///
    /// ```
    /// let signer = journal::Signer::new("shigan/130200", &[7; 32])?;
    /// assert_eq!(signer.origin(), "shigan/130200");
    /// # Ok::<(), journal::CheckpointError>(())
    /// ```
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The key with which others check this signer, as `origin+id+key` (C2SP signed-note,
    /// "Verifier keys"). Publish it where the log's keeper cannot quietly change it.
    ///
    /// ```
    /// let signer = journal::Signer::new("shigan/130200", &[7; 32])?;
    /// assert!(signer.verifier_key().starts_with("shigan/130200+"));
    /// # Ok::<(), journal::CheckpointError>(())
    /// ```
    pub fn verifier_key(&self) -> String {
        self.verifier_key.clone()
    }

    /// The signed note for a log of `size` leaves.
    ///
    /// # Errors
    /// [`CheckpointError::NotNote`] when the note library refuses what was written; an origin
    /// that [`Signer::new`] took does not let this happen.
    ///
    /// ```
    /// let signer = journal::Signer::new("shigan/130200", &[7; 32])?;
    /// let note = signer.checkpoint(1, &journal::leaf_hash(b"one"))?;
    /// assert_eq!(note.lines().count(), 5);
    /// # Ok::<(), journal::CheckpointError>(())
    /// ```
    pub fn checkpoint(&self, size: u64, root: &Hash) -> Result<String, CheckpointError> {
        let (origin, root) = (self.origin.clone(), *root);
        self.sign(&Checkpoint { origin, size, root }.to_string())
    }

    /// Signs any text that ends in a newline.
    pub(crate) fn sign(&self, text: &str) -> Result<String, CheckpointError> {
        let refused = |error: signed_note::NoteError| CheckpointError::NotNote(error.to_string());
        let bytes = self.key.sign(text.as_bytes()).to_vec();
        let signature =
            signed_note::Signature::new(self.origin.clone(), self.id, bytes).map_err(refused)?;
        let note = Note::new(text.as_bytes(), &[signature]).map_err(refused)?;
        String::from_utf8(note.to_bytes())
            .map_err(|error| CheckpointError::NotNote(error.to_string()))
    }
}

/// The kind of signature that signed-note gives Ed25519.
const ED25519: u8 = 1;

impl Checkpoint {
    /// Checks a signed checkpoint against a verifier key. Signatures of other keys, such as those
    /// of witnesses, are left alone.
    ///
    /// # Errors
    /// When the key is none, the text is not a note, not signed by that key, or about another
    /// log.
    ///
    /// ```
    /// use journal::{Checkpoint, CheckpointError, EMPTY_ROOT, Signer};
    /// let (one, other) = (Signer::new("one", &[1; 32])?, Signer::new("one", &[2; 32])?);
    /// let note = one.checkpoint(0, &EMPTY_ROOT)?;
    /// assert_eq!(Checkpoint::open(&note, &one.verifier_key())?.size, 0);
    /// let error = Checkpoint::open(&note, &other.verifier_key()).unwrap_err();
    /// assert_eq!(error, CheckpointError::Signature(other.verifier_key()));
    /// # Ok::<(), CheckpointError>(())
    /// ```
    pub fn open(note: &str, verifier_key: &str) -> Result<Self, CheckpointError> {
        let (text, origin) = open_note(note, verifier_key)?;
        let read = tlog_tiles::Checkpoint::from_bytes(text.as_bytes());
        let read = read.map_err(|_| CheckpointError::Text)?;
        if read.origin() != origin {
            let found = read.origin().to_owned();
            return Err(CheckpointError::OtherOrigin { found, expected: origin });
        }
        Ok(Self { origin, size: read.size(), root: read.hash().0 })
    }
}

/// Checks a signed checkpoint as [`Checkpoint::open`] does and returns size and root alone.
///
/// # Errors
/// As [`Checkpoint::open`].
///
/// ```
/// use journal::{EMPTY_ROOT, Signer, open_checkpoint};
/// let signer = Signer::new("shigan/130200", &[7; 32])?;
/// let note = signer.checkpoint(0, &EMPTY_ROOT)?;
/// assert_eq!(open_checkpoint(&note, &signer.verifier_key())?, (0, EMPTY_ROOT));
/// # Ok::<(), journal::CheckpointError>(())
/// ```
pub fn open_checkpoint(note: &str, verifier_key: &str) -> Result<(u64, Hash), CheckpointError> {
    Checkpoint::open(note, verifier_key).map(|checkpoint| (checkpoint.size, checkpoint.root))
}

/// Checks a signed note and returns its text and the name of the key.
pub(crate) fn open_note(
    note: &str,
    verifier_key: &str,
) -> Result<(String, String), CheckpointError> {
    let verifier = read_key(verifier_key)?;
    let origin = verifier.name().to_owned();
    let refused = |error: signed_note::NoteError| CheckpointError::NotNote(error.to_string());
    let note = Note::from_bytes(note.as_bytes()).map_err(refused)?;
    note.verify(&VerifierList::new(vec![Box::new(verifier)]))
        .map_err(|_| CheckpointError::Signature(verifier_key.to_owned()))?;
    let text = std::str::from_utf8(note.text()).map_err(|_| CheckpointError::Text)?;
    Ok((text.to_owned(), origin))
}

/// Reads a verifier key, in the one way of writing it.
fn read_key(text: &str) -> Result<StandardVerifier, CheckpointError> {
    let wrong = |why: &str| CheckpointError::Key { key: text.to_owned(), why: why.to_owned() };
    let verifier = StandardVerifier::new(text).map_err(|error| wrong(&error.to_string()))?;
    let id = format!("+{:08x}+", verifier.key_id());
    // What follows the id is base64, which may hold a `+` of its own.
    let key = text.strip_prefix(verifier.name()).and_then(|rest| rest.strip_prefix(&id));
    let key = key.ok_or_else(|| wrong("its id must be eight lower-case hexadecimal digits"))?;
    let public = STANDARD.decode(key).ok();
    let public = public.as_deref().and_then(|key| key.get(1..)?.try_into().ok());
    let public = public.and_then(|key| ed25519_dalek::VerifyingKey::from_bytes(key).ok());
    match public {
        Some(key) if !key.is_weak() => Ok(verifier),
        _ => Err(wrong("anybody can sign for this public key")),
    }
}
