//! Words: every key in every language with the same arguments, and the traditional file made.

use std::collections::{BTreeMap, BTreeSet};

fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.contains(' ')) {
            key = name.to_owned();
            assert!(found.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
        }
        for part in line.split("{ $").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_lowercase()).collect();
            found.entry(key.clone()).or_default().insert(name);
        }
    }
    found
}

#[test]
fn the_languages_say_the_same() {
    let hans = messages(include_str!("../../../../locales/zh-Hans.ftl"));
    for (name, text) in [
        ("en", include_str!("../../../../locales/en.ftl")),
        ("zh-Hant", include_str!("../../../../locales/zh-Hant.ftl")),
    ] {
        let other = messages(text);
        for (key, args) in &hans {
            assert_eq!(other.get(key), Some(args), "{name}: {key}");
        }
        assert_eq!(other.len(), hans.len(), "{name}");
    }
}
