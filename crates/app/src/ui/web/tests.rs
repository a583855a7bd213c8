//! What the pages name is carried, and nothing they carry is forbidden by their own headers.

use std::{fs, io, path::Path};

use axum::{
    extract::{Path as Wildcard, Query},
    http::{HeaderValue, header},
    response::Response,
};

use super::{HEADERS, VERSION, Wanted, Web, asset, file};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");

fn answer(path: &str, v: Option<String>) -> io::Result<Response> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(runtime.block_on(file(Wildcard(path.to_owned()), Query(Wanted { v }))))
}

#[test]
fn every_file_a_page_names_is_there() -> io::Result<()> {
    let mut named = 0;
    for entry in fs::read_dir(Path::new(CRATE).join("src/ui"))? {
        let path = entry?.path();
        if path.extension().is_none_or(|kind| kind != "html") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        for rest in text.split("asset(\"").skip(1) {
            let file = rest.split('"').next().unwrap_or_default();
            assert!(Web::get(file).is_some(), "{file} in {}", path.display());
            named += 1;
        }
    }
    assert!(named > 5, "only {named} files are named");
    Ok(())
}

#[test]
fn todays_address_is_kept_for_good_and_any_other_is_asked_again() -> io::Result<()> {
    assert_eq!(asset("js/app.js"), format!("/static/js/app.js?v={}", *VERSION));
    let kept = |v| -> io::Result<String> {
        let response = answer("js/app.js", v)?;
        let value = response.headers().get(header::CACHE_CONTROL).cloned();
        Ok(value.and_then(|v| v.to_str().map(str::to_owned).ok()).unwrap_or_default())
    };
    assert!(kept(Some(VERSION.clone()))?.contains("immutable"));
    assert_eq!(kept(Some("0".into()))?, "no-cache");
    assert_eq!(answer("../Cargo.toml", None)?.status(), 404);
    assert_eq!(answer("package.json", None)?.status(), 404);
    Ok(())
}

#[test]
fn the_policy_allows_no_inline_code() {
    let policy = HEADERS.into_iter().find(|one| one.0 == header::CONTENT_SECURITY_POLICY);
    let text = policy.map(|one| one.1).unwrap_or(HeaderValue::from_static(""));
    let text = text.to_str().unwrap_or_default();
    assert!(text.contains("default-src 'none'") && !text.contains("unsafe"), "{text}");
}

/// Both blocks of dark colours say the same: one for the choice, one for the device.
#[test]
fn the_dark_theme_is_one_theme() {
    let css = include_str!("../../../../../web/css/tokens.css");
    let block = |head: &str| {
        let rest = css.split(head).nth(1).unwrap_or_default();
        let body = rest.split('}').next().unwrap_or_default();
        body.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let chosen = block(":root[data-theme=\"dark\"] {");
    assert!(chosen.contains("--paper: #131517"), "{chosen}");
    assert_eq!(chosen, block(":root:not([data-theme]) {"));
}

/// Chromium 86 and Firefox 78 would drop the rule, and sometimes the file.
#[test]
fn styles_stay_within_what_old_browsers_read() {
    for path in Web::iter().filter(|path| path.ends_with(".css")) {
        let file = Web::get(&path).map(|file| file.data.into_owned()).unwrap_or_default();
        let css = String::from_utf8(file).unwrap_or_default();
        let css: String =
            css.split("/*").map(|part| part.rsplit("*/").next().unwrap_or("")).collect();
        for new in
            [":has(", "@container", "light-dark(", "inset:", "&:", "& .", "color-mix(", "dvh"]
        {
            assert!(!css.contains(new), "{new} in {path}");
        }
    }
}
