//! In which language the command line speaks, and its two voices: stdout and stderr.

use std::io::Write;

use crate::{
    config,
    ui::words::{Lang, Words},
};

/// Reads what `--lang` says.
pub fn read(tag: &str) -> Result<Lang, String> {
    Lang::named(tag).ok_or_else(|| "expected zh-Hans, zh-Hant or en".to_owned())
}

/// The words of the language asked for: by the option, else by the environment, else English.
pub fn words(asked: Option<Lang>) -> Words {
    let set = || config::locale().and_then(|locale| Lang::named(&locale));
    Words::of(asked.or_else(set).unwrap_or(Lang::En))
}

/// Words for people go to stderr.
pub fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// What went wrong or was refused, to stderr, under the program's name.
pub fn warn(text: &str) {
    tell(&format!("shigan: {text}"));
}

/// Answers go to stdout.
pub fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
