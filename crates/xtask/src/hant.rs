//! Traditional words: `locales/zh-Hant.ftl` made from `locales/zh-Hans.ftl`.
//!
//! OpenCC turns the characters; what it cannot know (干 is 幹 in every name of the method, 台账 is
//! 臺賬) is in the list below, applied before and after. Nobody edits the result by hand.

use std::{fs, io, path::Path};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};

/// What this vocabulary means by a character that has several, fixed before the characters are
/// turned. Longest first.
const BEFORE: &[(&str, &str)] =
    &[("编制：", "編製："), ("复核", "覆核"), ("干", "幹"), ("周", "週")];

/// Forms that readers in Hong Kong and Taiwan both write, and what the list above overdid.
/// Longest first.
const AFTER: &[(&str, &str)] = &[
    ("若幹", "若干"),
    ("幹擾", "干擾"),
    ("週邊", "周邊"),
    ("週全", "周全"),
    ("週到", "周到"),
    ("回復", "回覆"),
    ("爲", "為"),
    ("啓", "啟"),
    ("裏", "裡"),
    ("羣", "群"),
    ("衆", "眾"),
    ("祕", "秘"),
    ("覈", "核"),
    ("佈", "布"),
    ("纔", "才"),
    ("着", "著"),
];

/// What stands at the head of the made file.
const HEAD: &str = "### Made from zh-Hans.ftl by crates/xtask/src/hant.rs: change that file, or \
                    the list of words there, never this one.\n";

/// Writes the traditional file anew.
pub fn run(root: &Path) -> io::Result<()> {
    let hans = fs::read_to_string(root.join("locales/zh-Hans.ftl"))?;
    fs::write(root.join("locales/zh-Hant.ftl"), made_from(&hans)?)
}

/// The traditional file that belongs to a simplified one.
pub fn made_from(hans: &str) -> io::Result<String> {
    let turner = OpenCC::from_config(BuiltinConfig::S2t).map_err(io::Error::other)?;
    let turn = |text: &str| {
        let text = replace(text, BEFORE);
        replace(&turner.convert(&text), AFTER)
    };
    let body = hans.lines().skip_while(|line| line.starts_with("###"));
    let lines = body.map(|line| if line.starts_with('#') { line.to_owned() } else { turn(line) });
    Ok(HEAD.to_owned() + &lines.collect::<Vec<_>>().join("\n") + "\n")
}

fn replace(text: &str, list: &[(&str, &str)]) -> String {
    list.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::{fs, made_from};

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

    #[test]
    fn the_committed_file_is_the_one_made() -> std::io::Result<()> {
        let hans = fs::read_to_string(format!("{ROOT}/locales/zh-Hans.ftl"))?;
        let hant = fs::read_to_string(format!("{ROOT}/locales/zh-Hant.ftl"))?;
        assert!(hant == made_from(&hans)?, "run `cargo xtask words`");
        Ok(())
    }

    #[test]
    fn the_names_of_the_method_turn_as_the_glossary_says() -> std::io::Result<()> {
        let made = made_from(
            "a = 四个干，干什么，整改台账，复核，着力，干部，若干，群众，周协调会，未启动\n",
        )?;
        let line = made.lines().last();
        let glossary =
            "a = 四個幹，幹什麼，整改臺賬，覆核，著力，幹部，若干，群眾，週協調會，未啟動";
        assert_eq!(line, Some(glossary));
        Ok(())
    }
}
