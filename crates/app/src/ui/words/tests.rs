//! Every text there is in every language, and every text asked for is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use jiff::civil::date;
use mechanisms::{
    light::{Light, Pack},
    plan::item::{Level, Stage, Timeliness},
    roster::{Role, UnitKind},
};

use super::{Lang, Words, keys, sentence};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The names of the gaps in a text: `{ $n }` and `{ $n ->`.
fn gaps(text: &str) -> BTreeSet<String> {
    let after = |part: &str| part.split([' ', '}']).next().unwrap_or_default().to_owned();
    text.split("{ $").skip(1).map(after).collect()
}

/// Every key of a language with the gaps of its text.
fn shapes(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut shapes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in lang.source().lines().filter(|line| !line.starts_with('#')) {
        if let Some(found) = keys(line).next() {
            key = found.to_owned();
            assert!(!shapes.contains_key(&key), "{key} is there twice in {lang:?}");
        }
        shapes.entry(key.clone()).or_default().extend(gaps(line));
    }
    shapes
}

#[test]
fn every_language_has_every_text_with_the_same_gaps() {
    let source = shapes(Lang::Hans);
    assert!(source.len() > 500, "only {} texts were found", source.len());
    for lang in [Lang::Hant, Lang::En] {
        let other = shapes(lang);
        let missing: Vec<_> = source.keys().filter(|key| !other.contains_key(*key)).collect();
        let extra: Vec<_> = other.keys().filter(|key| !source.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{lang:?}: {missing:?} / {extra:?}");
        for (key, gaps) in &source {
            // A language may leave a year or a mark out, never ask for what is not given.
            let strange: Vec<_> = other[key].difference(gaps).collect();
            assert!(strange.is_empty() || key.starts_with("year"), "{lang:?} {key}: {strange:?}");
        }
    }
}

#[test]
fn every_text_can_be_read() {
    for lang in Lang::ALL {
        for key in keys(lang.source()) {
            let pattern = lang.book().bundle.get_message(key).and_then(|found| found.value());
            assert!(pattern.is_some(), "{key} in {lang:?} is not read");
        }
    }
}

fn files(folder: &Path, found: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, found)?;
        } else if (name.ends_with(".rs") && !name.ends_with("tests.rs")) || name.ends_with(".html")
        {
            found.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// What stands in quotes right after a mark.
fn quoted<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let inner = |part: &'t str| part.trim_start().strip_prefix('"')?.split('"').next();
    text.split(mark).skip(1).filter_map(inner).collect()
}

fn is_key(text: &str) -> bool {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.len() > 1 && text.chars().all(letters) && !text.ends_with('-')
}

#[test]
fn every_text_asked_for_is_there() -> io::Result<()> {
    let known = shapes(Lang::Hans);
    let mut found = Vec::new();
    files(&Path::new(CRATE).join("src"), &mut found)?;
    assert!(found.len() > 10, "only {} files were read", found.len());
    let mut asked = 0;
    let mut missing = BTreeSet::new();
    for (name, text) in &found {
        let marks = ["w.t(", "w.a(", "w.n(", "w.rich(", "words.t(", "words.a(", "words.n("];
        let literal = marks.iter().flat_map(|mark| quoted(text, mark));
        let prefixed = ["\"refused-", "\"error-", "\"unreadable-", "\"said-"]
            .iter()
            .flat_map(|mark| text.match_indices(mark).map(|(at, _)| &text[at..]))
            .filter_map(|rest| rest.split('"').nth(1));
        for key in literal.chain(prefixed).filter(|key| is_key(key)) {
            asked += 1;
            if !known.contains_key(key) {
                missing.insert(format!("{key} in {name}"));
            }
        }
    }
    assert!(asked > 20, "only {asked} texts are asked for");
    assert!(missing.is_empty(), "{missing:#?}");
    Ok(())
}

#[test]
fn every_word_of_the_rules_is_there() -> Result<(), Box<dyn std::error::Error>> {
    let mut wanted = Vec::new();
    let mut family = |head: &str, words: Vec<&str>| {
        wanted.extend(words.iter().map(|word| format!("{head}-{word}")));
    };
    family("light", Light::ALL.iter().map(|one| one.word()).collect());
    family("stage", Stage::ALL.iter().map(|one| one.word()).collect());
    family("standing", Stage::ALL.iter().map(|one| one.standing()).collect());
    family("level", Level::ALL.iter().map(|one| one.word()).collect());
    family("timeliness", Timeliness::ALL.iter().map(|one| one.word()).collect());
    family("role", Role::ALL.iter().map(|one| one.word()).collect());
    family("unit-kind", UnitKind::ALL.iter().map(|one| one.word()).collect());
    let powers = Role::ALL.iter().flat_map(|role| role.powers());
    family("power", powers.map(|power| power.word()).collect());
    family("rule", Pack::standard()?.rules.iter().map(|rule| rule.key.word()).collect());
    let mut found = Vec::new();
    files(&Path::new(CRATE).join("../mechanisms/src"), &mut found)?;
    for (name, text) in &found {
        for head in ["\"refused-", "\"missing-"] {
            let rests = text.match_indices(head).map(|(at, _)| &text[at..]);
            wanted.extend(rests.filter_map(|rest| rest.split('"').nth(1)).map(str::to_owned));
        }
        for act in acts(text) {
            wanted.push(format!("act-{act}"));
        }
        if name.ends_with("waiting.rs") {
            let moves = quoted(text, "owner(").into_iter().chain(quoted(text, "anyone("));
            wanted.extend(moves.map(|one| format!("todo-{one}")));
        }
    }
    assert!(wanted.len() > 150, "only {} words were looked for", wanted.len());
    let known = shapes(Lang::Hans);
    let missing: BTreeSet<_> = wanted.iter().filter(|key| !known.contains_key(*key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    Ok(())
}

/// The variants of a file's `Event`, the way pages write them: `ThreeAsked` as `three-asked`.
fn acts(text: &str) -> Vec<String> {
    let Some((_, body)) = text.split_once("pub enum Event {\n") else { return Vec::new() };
    let body = body.split("\n}").next().unwrap_or_default();
    let variant = |line: &str| {
        let name = line.strip_prefix("    ").filter(|rest| rest.starts_with(char::is_uppercase))?;
        let name = name.split(|c: char| !c.is_alphanumeric()).next()?;
        let mut out = String::new();
        for (place, letter) in name.chars().enumerate() {
            if letter.is_uppercase() && place > 0 {
                out.push('-');
            }
            out.extend(letter.to_lowercase());
        }
        Some(out)
    };
    body.lines().filter_map(variant).collect()
}

#[test]
fn days_are_written_as_each_language_writes_them() {
    let (today, due) = (date(2015, 11, 20), date(2015, 11, 24));
    let told = |lang| {
        let w = Words::of(lang);
        let days = [
            w.today(&today),
            w.day(&due, &today),
            w.day(&date(2016, 1, 6), &today),
            w.short(&due, &today),
            w.when(&due, &today),
            w.when(&date(2015, 11, 22), &today),
            w.left(&today, &today),
            w.left(&date(2015, 11, 1), &today),
            w.month_head(&today, true),
        ];
        days.chunks(5).map(|some| some.join(" | ")).collect::<Vec<_>>().join("\n")
    };
    expect_test::expect![[r#"
        11月20日 星期五 | 11月24日 | 2016年1月6日 | 11-24 | 11月24日
        还有 2 天 | 今天 | 晚 19 天 | 2015年11月
        11月20日 星期五 | 11月24日 | 2016年1月6日 | 11-24 | 11月24日
        還有 2 天 | 今天 | 晚 19 天 | 2015年11月
        Fri 20 Nov | 24 Nov | 6 Jan 2016 | 11-24 | 24 Nov
        2 days left | Today | 19 d late | Nov 2015
    "#]]
    .assert_eq(&(Lang::ALL.map(told).join("\n") + "\n"));
}

#[test]
fn numbers_and_gaps() {
    let (zh, en) = (Words::of(Lang::Hans), Words::of(Lang::En));
    assert_eq!(zh.n("count-of", &2080), "2,080 项");
    assert_eq!(zh.a("year-of", &[("year", "2015")]), "2015年度");
    assert_eq!((en.n("days", &1), en.n("days", &2)), ("1 day".to_owned(), "2 days".to_owned()));
    assert_eq!(zh.t("no-such-text"), "⟦no-such-text⟧");
    let rich = zh.rich("journal-lede", &[("n", "<9>")], &[("proof", "/x?a=1&b=2")]);
    let link = "<a class=\"figlink\" href=\"/x?a=1&amp;b=2\">最近一次签名</a>";
    assert_eq!(rich, format!("共 &lt;9&gt; 条，只增不改。看{link}。"));
}

#[test]
fn a_refusal_speaks_each_language() {
    let missing = [("missing", "@missing-how,@missing-owner".to_owned())];
    let late = [("until", "2015-11-13".to_owned())];
    let told = Lang::ALL.map(|lang| {
        let w = Words::of(lang);
        let first = sentence(&w, "refused-incomplete", &missing);
        first + "\n" + &sentence(&w, "refused-objection-late", &late)
    });
    expect_test::expect![[r#"
        还缺：怎么干、责任人。四个干写全了才能下达。
        异议期到 2015年11月13日 为止，已经过了。
        還缺：怎麼幹、責任人。四個幹寫全了才能下達。
        異議期到 2015年11月13日 為止，已經過了。
        Still missing: how, the owner. All four questions come before issue.
        Objections were possible until 13 Nov 2015.
    "#]]
    .assert_eq(&(told.join("\n") + "\n"));
}

#[test]
fn a_browser_gets_the_first_language_it_asks_for_that_is_ours() {
    assert_eq!(Lang::accepted("fr-FR,zh-HK;q=0.9,en;q=0.8"), Lang::Hant);
    assert_eq!(Lang::accepted("en-GB"), Lang::En);
    assert_eq!(Lang::accepted("de"), Lang::Hans);
}
