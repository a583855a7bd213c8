//! Rules about lines: how long they are, and words that do not belong into a source.

use super::{Fault, Tree};

/// The most columns of a line, counted in characters.
const COLUMNS: usize = 100;
/// What people read and write here, besides words and data.
const WRITTEN: &[&str] = &[".rs", ".html", ".css", ".js", ".md", ".sql", ".py", ".sh"];
/// As many of these in a row are a banner.
const BANNER: usize = 5;

/// No line is longer than [`COLUMNS`], but for tables, links and the data of a drawing.
pub fn columns(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, file) in tree.with(WRITTEN) {
        for (number, line) in (1..).zip(file.text.lines()) {
            let columns = line.chars().count();
            let is_table = path.ends_with(".md") && line.trim_start().starts_with('|');
            let is_link = path.ends_with(".md") && (line.contains("](") || line.contains("://"));
            let is_drawing = path.ends_with(".html") && line.contains(" d=\"");
            if columns > COLUMNS && !is_table && !is_link && !is_drawing {
                let said = format!("{columns} columns, {COLUMNS} are the most");
                faults.push(Fault::new(path, number, said));
            }
        }
    }
    faults
}

/// Lines end where their words end, and files end with a line.
pub fn ends(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, file) in tree.with(&[".rs", ".html", ".css", ".js", ".md", ".sql", ".toml", ".ftl"])
    {
        for (number, line) in (1..).zip(file.text.lines()) {
            if line.ends_with([' ', '\t']) {
                faults.push(Fault::new(path, number, "spaces at the end of the line"));
            }
        }
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            faults.push(Fault::new(path, 0, "the last line does not end"));
        }
    }
    faults
}

/// No marks of unfinished work, and no test that is left out.
pub fn marks(tree: &Tree) -> Vec<Fault> {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let acts = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("#[", "ignore")];
    let mut faults = Vec::new();
    for (path, source) in tree.sources() {
        for (line, comment) in &source.comments {
            if words.iter().any(|word| comment.contains(word)) {
                faults.push(Fault::new(path, *line, "a mark of unfinished work"));
            }
        }
        for act in acts {
            for (at, _) in source.code.match_indices(act) {
                let said = format!("{act}: what is not finished is not here");
                faults.push(Fault::new(path, source.line(at), said));
            }
        }
    }
    for (path, file) in tree.with(&[".html", ".css", ".js", ".md", ".sql", ".toml", ".ftl"]) {
        for (number, line) in (1..).zip(file.text.lines()) {
            if words.iter().any(|word| line.contains(word)) {
                faults.push(Fault::new(path, number, "a mark of unfinished work"));
            }
        }
    }
    faults
}

/// No path of somebody's machine.
pub fn machine_paths(tree: &Tree) -> Vec<Fault> {
    let folders = ["root", "home", "work", "tmp", "Users", "private"].map(|one| format!("/{one}/"));
    let mut faults = Vec::new();
    for (path, file) in tree.with(&[""]) {
        for (number, line) in (1..).zip(file.text.lines()) {
            let begins = |at: usize| !line[..at].ends_with(is_within_path);
            let mut hits = folders.iter().flat_map(|one| line.match_indices(one.as_str()));
            if let Some((_, folder)) = hits.find(|(at, _)| begins(*at)) {
                let said = format!("a path of one machine: {folder}…");
                faults.push(Fault::new(path, number, said));
            }
        }
    }
    faults
}

/// A slash after one of these goes on with a path that begins elsewhere.
fn is_within_path(before: char) -> bool {
    before.is_alphanumeric() || "._-/}>*$".contains(before)
}

/// No registry's host: where packages come from is the business of each machine.
pub fn registries(tree: &Tree) -> Vec<Fault> {
    let hosts = [
        concat!("crates", ".io"),
        concat!("registry.", "npmjs"),
        concat!("npmjs", ".org"),
        concat!("npmmirror", ".com"),
        concat!("pypi", ".org"),
        concat!("pythonhosted", ".org"),
        concat!("debian", ".org"),
        concat!("tuna.", "tsinghua"),
    ];
    let mut faults = Vec::new();
    for (path, file) in tree.with(&[""]) {
        // Cargo writes into its lock file which index a version is from.
        if path == "Cargo.lock" {
            continue;
        }
        for (number, line) in (1..).zip(file.text.lines()) {
            if let Some(host) = hosts.iter().find(|host| line.contains(*host)) {
                faults.push(Fault::new(path, number, format!("the registry's host {host}")));
            }
        }
    }
    faults
}

/// Comments of any file: line and text.
fn comments<'t>(tree: &'t Tree) -> impl Iterator<Item = (&'t str, usize, &'t str)> + 't {
    let rust = tree.sources().flat_map(|(path, source)| {
        source.comments.iter().map(move |(line, text)| (path, *line, text.as_str()))
    });
    let other = tree.with(&[".css", ".js", ".sql", ".toml", ".ftl", ".sh", ".py"]);
    let other = other.flat_map(|(path, file)| {
        (1..).zip(file.text.lines()).filter_map(move |(number, line)| {
            let line = line.trim_start();
            let begins = ["/*", "*", "//", "#", "--"].iter().any(|mark| line.starts_with(mark));
            begins.then_some((path, number, line))
        })
    });
    rust.chain(other)
}

/// No banners: a heading that needs a rule under it is a file of its own.
pub fn banners(tree: &Tree) -> Vec<Fault> {
    comments(tree)
        .filter(|(_, _, text)| is_banner(text))
        .map(|(path, line, _)| Fault::new(path, line, "a banner"))
        .collect()
}

fn is_banner(comment: &str) -> bool {
    let is_doc = comment.starts_with("//!") || comment.starts_with("///");
    let inside = comment.trim_start_matches(['/', '!']).trim();
    // Drawings and tables of documentation have lines of their own.
    let marks = if is_doc { "=*#~_" } else { "=*#~_-─━═" };
    let run = |mark: char| inside.contains(&mark.to_string().repeat(BANNER));
    !inside.starts_with('|') && (marks.chars().any(run) || comment.starts_with("//////"))
}

/// Comments and documents say what is, not what was; CHANGELOG.md alone says what changed.
pub fn history(tree: &Tree) -> Vec<Fault> {
    let words = [
        "previously",
        "formerly",
        "refactor",
        "legacy",
        "renamed from",
        "moved from",
        "moved here",
        "changed from",
        "used to be",
        "old code",
        "new code",
        "old implementation",
        "new implementation",
        "for now,",
    ];
    let documents = tree.with(&[".md"]).filter(|(path, _)| *path != "CHANGELOG.md");
    let documents = documents.flat_map(|(path, file)| {
        (1..).zip(file.text.lines()).map(move |(n, line)| (path, n, line))
    });
    let mut faults = Vec::new();
    for (path, line, text) in comments(tree).chain(documents) {
        let lower = text.to_lowercase();
        if let Some(word) = words.iter().find(|word| lower.contains(*word)) {
            faults.push(Fault::new(path, line, format!("history ({word}): say what is")));
        }
    }
    // The list of the words itself is not a comment, and so is not found.
    faults
}
