//! Tidy: reads every tracked file and the crate graph, and says where the manners are not kept.
//!
//! Each rule is a function from the tree to its faults, and has a test that seeds a fault and
//! sees it caught. What STYLE.md and ARCHITECTURE.md state as absences is checked here.

mod floors;
mod lines;
mod pages;
mod shape;
mod source;
mod sql;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, fs, io, path::Path, process::Command};

use self::source::Source;
use crate::folders::{answer, packages, root};

/// Where a manner is not kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub path: String,
    /// From 1; 0 for the file as a whole.
    pub line: usize,
    pub said: String,
}

impl Fault {
    fn new(path: &str, line: usize, said: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, said: said.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "{}: {}", self.path, self.said);
        }
        write!(f, "{}:{}: {}", self.path, self.line, self.said)
    }
}

/// Every tracked file that is text.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, File>,
}

/// A file, and what it is taken apart into when it is Rust.
#[derive(Debug)]
struct File {
    text: String,
    source: Option<Source>,
}

impl Tree {
    fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let file = |(path, text): (String, String)| {
            let source = path.ends_with(".rs").then(|| Source::of(&text));
            (path, File { text, source })
        };
        Self { files: files.into_iter().map(file).collect() }
    }

    /// What Git tracks and the folder still holds.
    fn read(root: &Path) -> io::Result<Self> {
        let listed = answer(Command::new("git").args(["ls-files", "-z"]).current_dir(root))
            .ok_or_else(|| {
                io::Error::other("tidy reads what Git tracks, and git ls-files failed")
            })?;
        let mut files = Vec::new();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            if let Ok(Ok(text)) = fs::read(root.join(path)).map(String::from_utf8) {
                files.push((path.to_owned(), text));
            }
        }
        Ok(Self::of(files))
    }

    /// Files with one of these endings, but for what others wrote.
    fn with<'t>(
        &'t self,
        endings: &'t [&'t str],
    ) -> impl Iterator<Item = (&'t str, &'t File)> + 't {
        self.files
            .iter()
            .map(|(path, file)| (path.as_str(), file))
            .filter(|(path, _)| !path.contains("/vendor/"))
            .filter(|(path, _)| endings.iter().any(|ending| path.ends_with(ending)))
    }

    fn sources(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.with(&[".rs"]).filter_map(|(path, file)| Some((path, file.source.as_ref()?)))
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|file| file.text.as_str())
    }
}

/// A rule over the files.
type Rule = fn(&Tree) -> Vec<Fault>;

const RULES: &[Rule] = &[
    lines::columns,
    lines::ends,
    lines::marks,
    lines::machine_paths,
    lines::registries,
    lines::banners,
    lines::history,
    shape::headers,
    shape::functions,
    shape::files,
    shape::names,
    shape::migrations,
    pages::inline,
    sql::orders,
    sql::changes,
    floors::slices,
];

/// Reads everything and prints what it finds.
pub fn run() -> io::Result<bool> {
    let tree = Tree::read(&root())?;
    let mut faults: Vec<Fault> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    faults.extend(floors::crates(&packages()?, floors::grown));
    faults.sort();
    for fault in &faults {
        println!("{fault}");
    }
    println!("tidy: {} files, {} faults", tree.files.len(), faults.len());
    Ok(faults.is_empty())
}
