//! What is wrong with a frame, and what does not match in the bundle of a draw.

use std::fmt::Display;

use draw::{Fault, NoBundle, Trouble};

use super::phrase;
use crate::ui::words::Words;

/// Why a frame cannot be drawn from.
pub fn trouble(words: &Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::NotText { line } => words.a("told-frame-bytes", &[("n", &line.to_string())]),
        Trouble::Empty => words.t("told-frame-empty"),
        Trouble::Repeated { id, first, again } => words.a(
            "told-frame-again",
            &[
                ("again", &again.to_string()),
                ("id", &format!("{id:?}")),
                ("first", &first.to_string()),
            ],
        ),
    }
}

/// Why a file is no bundle of a draw.
pub fn no_bundle(words: &Words, error: &NoBundle) -> String {
    match error {
        NoBundle::Unreadable(why) => words.a("told-draw-unreadable", &[("why", why)]),
        NoBundle::OtherKind(kind) => words.a(
            "told-draw-kind",
            &[("kind", &format!("{kind:?}")), ("known", &format!("{:?}", draw::KIND))],
        ),
    }
}

/// What does not match.
pub fn fault(words: &Words, fault: &Fault) -> String {
    let because = |key: &str, why: &str| words.a(key, &[("why", &phrase(words, why))]);
    match fault {
        Fault::Frame(why) => because("told-draw-frame", why),
        Fault::Fingerprint { what, stated, found } => {
            let what = phrase(words, what);
            let args = [("what", &*what), ("stated", stated), ("found", found)];
            words.a("told-draw-fingerprint", &args)
        }
        Fault::OtherFrame { trusted, stated } => {
            words.a("told-draw-other", &[("trusted", trusted), ("stated", stated)])
        }
        Fault::Order(why) => because("told-draw-order", why),
        Fault::ShortSecret(length) => words.a(
            "told-draw-secret",
            &[("n", &length.to_string()), ("least", &draw::LEAST_SECRET.to_string())],
        ),
        Fault::Unplayable(why) => because("told-draw-terms", why),
        Fault::Drawn { place, stated, found } => {
            let one = |one: &Option<draw::Drawn>| {
                let Some(draw::Drawn { ticket, id, generation, chance }) = one else {
                    return phrase(words, "nothing");
                };
                let args = [
                    ("id", &*format!("{id:?}")),
                    ("ticket", &*ticket.to_string()),
                    ("time", &*generation.to_string()),
                    ("chance", &*chance.to_string()),
                ];
                words.a("told-draw-one", &args)
            };
            differs(words, "told-draw-drawn", place, &one(stated), &one(found))
        }
        Fault::Team { place, stated, found } => {
            let one = |one: &Option<draw::Team>| match one {
                Some((id, team)) => {
                    let args = [("id", &*format!("{id:?}")), ("team", &*format!("{team:?}"))];
                    words.a("told-draw-members", &args)
                }
                None => phrase(words, "nothing"),
            };
            differs(words, "told-draw-team", place, &one(stated), &one(found))
        }
    }
}

fn differs(words: &Words, key: &str, place: &dyn Display, stated: &str, found: &str) -> String {
    words.a(key, &[("n", &place.to_string()), ("stated", stated), ("found", found)])
}
