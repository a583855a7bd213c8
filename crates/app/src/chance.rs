//! The one source of chance: salts, session names, tokens. Everything that must be recomputed by
//! others (draws) takes its seed from outside instead.

use rand::RngCore;

/// `N` bytes nobody can guess.
#[expect(clippy::disallowed_methods, reason = "the door itself: the only source of chance")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    rand::rng().fill_bytes(&mut out);
    out
}

/// `N` such bytes in hexadecimal.
pub fn hex<const N: usize>() -> String {
    to_hex(&bytes::<N>())
}

/// Bytes in lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
