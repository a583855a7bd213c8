//! What is wrong with an exported journal.

use std::fmt::Display;

use journal::{CheckpointError, EntryError, Fault, MetaError, Wrong};

use crate::ui::words::Words;

/// What is wrong, and at which entry.
pub fn fault(words: &Words, fault: &Fault) -> String {
    let say = |key: &str, args: &[(&str, &dyn Display)]| said(words, key, args);
    let of = |key: &str, number: &u64| said(words, key, &[("n", number)]);
    match fault {
        Fault::Meta(error) => say("told-bundle-meta", &[("why", &meta(words, error))]),
        Fault::OtherKey { trusted, found } => {
            say("told-bundle-key", &[("found", found), ("trusted", trusted)])
        }
        Fault::Checkpoint(error) => {
            say("told-bundle-checkpoint", &[("why", &checkpoint(words, error))])
        }
        Fault::Origin { signed, says } => {
            let (signed, says) = (format!("{signed:?}"), format!("{says:?}"));
            say("told-bundle-origin", &[("signed", &signed), ("says", &says)])
        }
        Fault::Size { signed, says } => {
            say("told-bundle-size", &[("signed", signed), ("says", says)])
        }
        Fault::FileMissing { path } => say("told-bundle-missing", &[("path", path)]),
        Fault::FileAdded { path } => say("told-bundle-added", &[("path", path)]),
        Fault::TileChanged { path, first, last } => {
            say("told-bundle-tile", &[("path", path), ("first", first), ("last", last)])
        }
        Fault::Root { first, last } => say("told-bundle-root", &[("first", first), ("last", last)]),
        Fault::EntryChanged { number } => of("told-entry-changed", number),
        Fault::EntryLength { number } => of("told-entry-length", number),
        Fault::EntryMissing { number } => of("told-entry-missing", number),
        Fault::EntryAdded { number } => of("told-entry-added", number),
        Fault::EntryUnreadable { number, error } => {
            say("told-entry-unreadable", &[("n", number), ("why", &entry(words, error))])
        }
        Fault::OutOfPlace { number, says } => {
            say("told-entry-place", &[("n", number), ("says", says)])
        }
        Fault::OutOfTurn { number, turn, before } => {
            say("told-entry-turn", &[("n", number), ("turn", turn), ("before", before)])
        }
        Fault::OtherBody { number, says } => {
            say("told-entry-body", &[("n", number), ("says", &format!("{says:?}"))])
        }
        Fault::ContentChanged { number } => of("told-content-changed", number),
        Fault::ContentUnreadable { number } => of("told-content-unreadable", number),
        Fault::ContentMissing { number } => of("told-content-missing", number),
        Fault::ContentAdded { number } => of("told-content-added", number),
    }
}

fn said(words: &Words, key: &str, args: &[(&str, &dyn Display)]) -> String {
    let args: Vec<(&str, String)> =
        args.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
    words.a(key, &args)
}

/// Why `bundle.json` is not believed.
fn meta(words: &Words, error: &MetaError) -> String {
    match error {
        MetaError::Json(why) => said(words, "told-meta-json", &[("why", why)]),
        MetaError::Format(format) => {
            said(words, "told-meta-format", &[("found", &format!("{format:?}"))])
        }
        MetaError::Form => words.t("told-meta-form"),
        MetaError::Half => words.t("told-meta-half"),
        MetaError::Signature(error) => checkpoint(words, error),
    }
}

/// Why a checkpoint is not believed.
fn checkpoint(words: &Words, error: &CheckpointError) -> String {
    match error {
        CheckpointError::Origin(name) => {
            said(words, "told-note-origin", &[("name", &format!("{name:?}"))])
        }
        CheckpointError::Key { key, why } => {
            said(words, "told-note-key", &[("key", &format!("{key:?}")), ("why", why)])
        }
        CheckpointError::NotNote(why) => said(words, "told-note-none", &[("why", why)]),
        CheckpointError::Signature(key) => said(words, "told-note-signature", &[("key", key)]),
        CheckpointError::Text => words.t("told-note-text"),
        CheckpointError::OtherOrigin { found, expected } => {
            let (found, expected) = (format!("{found:?}"), format!("{expected:?}"));
            said(words, "told-note-other", &[("expected", &expected), ("found", &found)])
        }
    }
}

/// Where an entry's bytes are wrong, and how.
fn entry(words: &Words, error: &EntryError) -> String {
    let wrong = match &error.wrong {
        Wrong::Magic => words.t("told-bytes-magic"),
        Wrong::NoLength(left) => said(words, "told-bytes-no-length", &[("n", left)]),
        Wrong::Short { announced, left } => {
            said(words, "told-bytes-short", &[("announced", announced), ("left", left)])
        }
        Wrong::Long(size) => {
            let most = journal::FIELD_LIMIT;
            said(words, "told-bytes-long", &[("n", size), ("most", &most)])
        }
        Wrong::NotText(at) => said(words, "told-bytes-text", &[("n", at)]),
        Wrong::Empty => words.t("told-bytes-empty"),
        Wrong::NotNumber(text) => quoted(words, "told-bytes-number", text),
        Wrong::NotInstant(text) => quoted(words, "told-bytes-instant", text),
        Wrong::NotDay(text) => quoted(words, "told-bytes-day", text),
        Wrong::NotCommitment(text) => quoted(words, "told-bytes-commitment", text),
        Wrong::Trailing(left) => said(words, "told-bytes-trailing", &[("n", left)]),
    };
    let (field, at) = (error.field, error.at);
    said(words, "told-bytes", &[("field", &field), ("at", &at), ("wrong", &wrong)])
}

fn quoted(words: &Words, key: &str, text: &str) -> String {
    said(words, key, &[("found", &format!("{text:?}"))])
}
