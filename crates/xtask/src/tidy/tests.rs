//! Every rule sees the fault it is there for, and lets pass what is right.

use serde_json::{Value, json};

use super::{Fault, Rule, Tree, floors, lines, pages, shape, sql};

fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}

/// What a rule says of these files, `path:line: said`, each on its line.
fn said(rule: Rule, files: &[(&str, &str)]) -> String {
    let mut faults = rule(&tree(files));
    faults.sort();
    shown(&faults)
}

fn shown(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
    lines.join("\n")
}

#[test]
fn lines_have_100_columns() {
    let (right, wrong) = ("x".repeat(100), "x".repeat(101));
    let fault = "a.rs:2: 101 columns, 100 are the most";
    assert_eq!(said(lines::columns, &[("a.rs", &format!("{right}\n{wrong}\n"))]), fault);
    // Characters are counted, not bytes.
    assert_eq!(said(lines::columns, &[("a.rs", &"字".repeat(100))]), "");
    assert!(!said(lines::columns, &[("a.css", &wrong)]).is_empty());
    assert!(!said(lines::columns, &[("a.html", &wrong)]).is_empty());
    assert!(!said(lines::columns, &[("a.md", &wrong)]).is_empty());
    assert_eq!(said(lines::columns, &[("a.md", &format!("| {wrong} |"))]), "");
    assert_eq!(said(lines::columns, &[("a.md", &format!("[{wrong}](x)"))]), "");
    assert_eq!(said(lines::columns, &[("a.html", &format!("<path d=\"{wrong}\"/>"))]), "");
    assert_eq!(said(lines::columns, &[("web/vendor/a.js", &wrong)]), "");
}

#[test]
fn lines_end_with_their_words() {
    let fault = "a.rs:1: spaces at the end of the line";
    assert_eq!(said(lines::ends, &[("a.rs", "let a; \nb\n")]), fault);
    assert_eq!(said(lines::ends, &[("a.css", "a {}")]), "a.css: the last line does not end");
    assert_eq!(said(lines::ends, &[("a.rs", "a\n")]), "");
}

#[test]
fn nothing_is_marked_as_unfinished() {
    let comment = concat!("// TO", "DO later\nlet a = \"TO", "DO\";\n");
    assert_eq!(said(lines::marks, &[("a.rs", comment)]), "a.rs:1: a mark of unfinished work");
    let act = concat!("fn f() {\n    todo", "!()\n}\n");
    assert!(said(lines::marks, &[("a.rs", act)]).starts_with("a.rs:2: todo"));
    let act = concat!("fn f() { unimplemented", "!() }\n");
    assert!(!said(lines::marks, &[("a.rs", act)]).is_empty());
    let left_out = concat!("#[", "ignore]\nfn f() {}\n");
    assert!(!said(lines::marks, &[("a.rs", left_out)]).is_empty());
    let mark = concat!("<!-- FIX", "ME -->\n");
    assert!(!said(lines::marks, &[("a.html", mark)]).is_empty());
    assert_eq!(said(lines::marks, &[("a.rs", "pub struct Todo;\n")]), "");
}

#[test]
fn no_machine_is_named() {
    let path = |folder: &str| format!("let a = \"/{folder}/somebody/x\";\n");
    let fault = concat!("a.rs:1: a path of one machine: /", "home/…");
    assert_eq!(said(lines::machine_paths, &[("a.rs", &path("home"))]), fault);
    for folder in ["root", "work", "tmp"] {
        assert!(!said(lines::machine_paths, &[("a.toml", &path(folder))]).is_empty());
    }
    let right =
        format!("include!(\"..{0}\"); template(\"x{0}\");\n", concat!("/", "home/page.html"));
    assert_eq!(said(lines::machine_paths, &[("a.rs", &right)]), "");
}

#[test]
fn no_registry_is_named() {
    let text = concat!("from https://registry.", "npmjs.", "org/htmx\n");
    assert!(said(lines::registries, &[("web/package-lock.json", text)]).starts_with("web/"));
    let text = concat!("source = \"crates", ".io\"\n");
    assert!(!said(lines::registries, &[("Cargo.toml", text)]).is_empty());
    assert_eq!(said(lines::registries, &[("Cargo.lock", text)]), "");
}

#[test]
fn there_are_no_banners() {
    let text = "// ===== rows =====\n// ─────\nlet a = \"=====\";\n";
    assert_eq!(said(lines::banners, &[("a.rs", text)]), "a.rs:1: a banner\na.rs:2: a banner");
    assert!(!said(lines::banners, &[("a.css", "/* ----- wall ----- */\n")]).is_empty());
    assert!(!said(lines::banners, &[("a.rs", "////////////\n")]).is_empty());
    let drawing = "//! Draft ──────▶ Done\n//! | a | b |\n//! |-----|-----|\n";
    assert_eq!(said(lines::banners, &[("a.rs", drawing)]), "");
}

#[test]
fn comments_say_what_is() {
    let text = "// This was refactored.\nlet a = \"previously\";\n";
    let fault = "a.rs:1: history (refactor): say what is";
    assert_eq!(said(lines::history, &[("a.rs", text)]), fault);
    assert!(!said(lines::history, &[("README.md", "The list used to be longer.\n")]).is_empty());
    assert_eq!(said(lines::history, &[("CHANGELOG.md", "Previously shorter.\n")]), "");
}

#[test]
fn files_begin_with_what_they_are() {
    let fault = "a.rs:1: does not begin with what it is";
    assert_eq!(said(shape::headers, &[("a.rs", "use std::fs;\n")]), fault);
    assert_eq!(said(shape::headers, &[("a.rs", "//! Rows\n")]), fault);
    assert!(!said(shape::headers, &[("a.css", "body {}\n")]).is_empty());
    assert!(!said(shape::headers, &[("a.js", "'use strict';\n")]).is_empty());
    let right = [
        ("a.rs", "//! Rows, written flat.\n"),
        ("a.css", "/* The wall chart on paper. */\n"),
        ("a.js", "// Keeps what is typed.\n"),
    ];
    assert_eq!(said(shape::headers, &right), "");
}

#[test]
fn functions_have_70_lines() {
    let function = |lines: usize| format!("fn long() {{\n{}}}\n", "    a();\n".repeat(lines - 2));
    assert_eq!(said(shape::functions, &[("a.rs", &function(70))]), "");
    let fault = "a.rs:1: fn long has 71 lines, 70 are the most";
    assert_eq!(said(shape::functions, &[("a.rs", &function(71))]), fault);
}

#[test]
fn files_have_400_lines_but_for_the_list() {
    let (right, wrong) = ("a\n".repeat(400), "a\n".repeat(401));
    let list = |text| (shape::EXEMPT, text);
    assert_eq!(said(shape::files, &[("a.rs", &right), list("entries 0\n")]), "");
    let fault = "a.rs: 401 lines, 400 are the most";
    assert_eq!(said(shape::files, &[("a.rs", &wrong), list("entries 0\n")]), fault);
    let named = list("# why\nentries 1\na.rs 401\n");
    assert_eq!(said(shape::files, &[("a.rs", &wrong), named]), "");
    let grown = "a\n".repeat(402);
    assert_eq!(said(shape::files, &[("a.rs", &grown), named]), "a.rs: 402 lines, 401 are the most");
}

#[test]
fn the_list_only_shrinks() {
    let list = |text| (shape::EXEMPT, text);
    let wrong = "a\n".repeat(401);
    let added = said(shape::files, &[("a.rs", &wrong), list("entries 0\na.rs 401\n")]);
    assert!(added.contains("1 entries, 0 recorded"), "{added}");
    let idle = said(shape::files, &[("a.rs", "a\n"), list("entries 1\na.rs 401\n")]);
    assert!(idle.contains("need not be named"), "{idle}");
    let gone = said(shape::files, &[list("entries 1\na.rs 401\n")]);
    assert!(gone.contains("a.rs is not there"), "{gone}");
}

#[test]
fn names_say_what_things_are() {
    let text = "pub struct PlanManager;\nmod page_helper;\nenum Database { Base }\n";
    let faults = "a.rs:1: PlanManager: manager says nothing about a thing\n\
                  a.rs:2: page_helper: helper says nothing about a thing";
    assert_eq!(said(shape::names, &[("a.rs", text)]), faults);
    assert!(!said(shape::names, &[("crates/app/src/utils.rs", "\n")]).is_empty());
    assert_eq!(said(shape::names, &[("a.rs", "impl Mechanism for Item {}\n")]), "");
}

#[test]
fn migrations_are_numbered_applied_and_recorded() {
    let folder = "crates/app/src/store/migrations";
    let (one, two) = (format!("{folder}/0001_house.sql"), format!("{folder}/0002_plan.sql"));
    let (three, head) = (format!("{folder}/0003_plan.sql"), format!("{folder}/HEAD"));
    let steps = ("crates/app/src/store/migrate.rs", "\"0001_house.sql\" \"0002_plan.sql\"\n");
    let right = [(one.as_str(), "\n"), (two.as_str(), "\n"), (head.as_str(), "0002\n"), steps];
    assert_eq!(said(shape::migrations, &right), "");
    let behind = [(one.as_str(), "\n"), (two.as_str(), "\n"), (head.as_str(), "0001\n"), steps];
    assert!(said(shape::migrations, &behind).contains("HEAD records 0001, the newest is 0002"));
    let gap = said(shape::migrations, &[(&one, "\n"), (&three, "\n"), (&head, "0002\n"), steps]);
    assert!(gap.contains("0003_plan.sql stands where 0002 should"), "{gap}");
    assert!(gap.contains("0003_plan.sql is not applied"), "{gap}");
}

#[test]
fn pages_have_no_style_and_no_script_of_their_own() {
    let page = "<p style=\"color: red\">\n<a onclick=\"x()\">\n<script>x()</script>\n<style>\n\
                <a href=\"javascript:x()\" hx-on:click=\"x()\">\n";
    let faults = said(pages::inline, &[("a.html", page)]);
    for (line, what) in [
        (1, "an inline style"),
        (2, "the inline script onclick="),
        (3, "an inline script"),
        (4, "an inline style sheet"),
        (5, "an inline script"),
        (5, "the inline script hx-on"),
    ] {
        assert!(faults.contains(&format!("a.html:{line}: {what}")), "{what}: {faults}");
    }
    let drawn = ("crates/app/src/ui/gantt.rs", "let a = \"<rect style='x'/>\";\n");
    assert!(!said(pages::inline, &[drawn]).is_empty());
    let right = "<script src=\"/app.js\" defer></script><p class=\"style\" data-on=\"load\">\n";
    assert_eq!(said(pages::inline, &[("a.html", right)]), "");
}

/// A function of the app that asks this of the database.
fn asking(query: &str, call: &str) -> String {
    format!("fn f() {{\n    let rows = sqlx::query(\"{query}\").bind(1).{call}(pool).await;\n}}\n")
}

#[test]
fn every_list_has_an_order() {
    let path = "crates/app/src/plan/chart.rs";
    let without = asking("select id from item", "fetch_all");
    let fault = format!("{path}:2: a list without an order: add order by");
    assert_eq!(said(sql::orders, &[(path, &without)]), fault);
    for right in [
        asking("select id from item order by id", "fetch_all"),
        asking("select id from item", "fetch_one"),
        asking("select id from item", "fetch_optional"),
    ] {
        assert_eq!(said(sql::orders, &[(path, &right)]), "", "{right}");
    }
    // Each query is judged by its own call, not by the last one of the function.
    let two = asking("select id from item", "fetch_all").replace(
        "}\n",
        "    one(\"select n from \
        head\").fetch_one(pool);\n}\n",
    );
    assert_eq!(said(sql::orders, &[(path, &two)]), fault);
    let held = "const LIST: &str = \"select id from item\";\n";
    assert_eq!(
        said(sql::orders, &[(path, held)]),
        format!(
            "{path}:1: a list without an order: \
        add order by"
        )
    );
    let added = "fn f() {\n    let mut t = format!(\"select id from item\");\n    \
                 t.push_str(\" order by id\");\n    query(t).fetch_all(pool);\n}\n";
    assert_eq!(said(sql::orders, &[(path, added)]), "");
}

#[test]
fn only_rows_and_the_store_change_anything() {
    for change in ["insert into item (id) values (1)", "update item set a = 1", "delete from item"]
    {
        let text = asking(change, "execute");
        let page = "crates/app/src/plan/chart.rs";
        assert!(said(sql::changes, &[(page, &text)]).starts_with(page), "{change}");
        assert_eq!(said(sql::changes, &[("crates/app/src/plan/rows.rs", &text)]), "");
        assert_eq!(said(sql::changes, &[("crates/app/src/store/group.rs", &text)]), "");
    }
    let words = asking("update your plan", "execute");
    assert_eq!(said(sql::changes, &[("crates/app/src/plan/chart.rs", &words)]), "");
}

fn package(name: &str, knows: &[&str]) -> Value {
    let knows: Vec<Value> = knows.iter().map(|name| json!({ "name": name })).collect();
    json!({ "name": name, "dependencies": knows })
}

#[test]
fn crates_know_what_their_floor_allows() {
    let packages =
        [package("journal", &["sha2", "mechanisms"]), package("mechanisms", &["calendar"])];
    let nothing = |_: &str| Some(Vec::new());
    let fault = "crates/journal/Cargo.toml: journal may not know mechanisms";
    assert_eq!(shown(&floors::crates(&packages, nothing)), fault);
    let packages = [package("mechanisms", &["journal"]), package("journal", &[])];
    let fault = "crates/mechanisms/Cargo.toml: mechanisms may not know journal";
    assert_eq!(shown(&floors::crates(&packages, nothing)), fault);
    let fault = "crates/lottery/Cargo.toml: has no floor: give it one in tidy's floors";
    assert_eq!(shown(&floors::crates(&[package("lottery", &[])], nothing)), fault);
}

#[test]
fn no_world_lies_below_a_pure_crate() {
    let below = |_: &str| Some(vec!["calendar".to_owned(), "jiff".to_owned(), "tokio".to_owned()]);
    let fault = "crates/calendar/Cargo.toml: tokio is below calendar, which knows no world";
    assert_eq!(shown(&floors::crates(&[package("calendar", &[])], below)), fault);
    let unknown = |_: &str| None;
    assert!(!floors::crates(&[package("calendar", &[])], unknown).is_empty());
    assert!(floors::crates(&[package("app", &["tokio"])], below).is_empty());
}

#[test]
fn the_tree_below_a_crate_is_what_cargo_says() {
    let below = floors::grown("calendar").unwrap();
    assert!(below.iter().any(|name| name == "calendar") && below.iter().any(|name| name == "jiff"));
}

#[test]
fn slices_do_not_name_each_other() {
    let other = |text: &str| {
        said(
            floors::slices,
            &[
                ("crates/app/src/plan/chart.rs", text),
                ("crates/app/src/roster/mod.rs", "//! The roster.\n"),
                ("crates/app/src/lib.rs", "use crate::{plan, roster};\n"),
            ],
        )
    };
    let fault = "crates/app/src/plan/chart.rs:1: plan names the slice roster";
    assert_eq!(other("use crate::roster::page;\n"), fault);
    assert_eq!(other("use crate::{store::{Pen, roster}, roster::page};\n"), fault);
    assert_eq!(other("use crate::{\n    store::{Pen, roster},\n    plan::rows,\n};\n"), "");
    assert_eq!(other("// use crate::roster::page;\n"), "");
    let shared = [
        ("crates/app/src/ui/mod.rs", "use crate::plan::chart;\n"),
        ("crates/app/src/plan/mod.rs", "//! The plan.\n"),
    ];
    assert_eq!(
        said(floors::slices, &shared),
        "crates/app/src/ui/mod.rs:1: ui names the slice plan"
    );
}
