//! The manual: `docs/manual.md`, made from the headers of the sources, so that it cannot drift.
//!
//! A header whose first paragraph gives the Chinese term of what the file is (运行图, 灯, 台账)
//! is a page of the manual; other headers are for readers of the code only.

use std::{fs, io, path::Path, process::Command};

use crate::folders::{answer, root};

/// Where the manual is kept.
const KEPT: &str = "docs/manual.md";
/// Its parts: heading, what it says first, and the folder whose headers it is made of.
const PARTS: &[(&str, &str, &str)] = &[
    (
        "What may happen",
        "The mechanisms: their stages, and the rules of each step.",
        "crates/mechanisms/src/",
    ),
    (
        "How it is asked and shown",
        "The pages of the program, and what keeps what they show.",
        "crates/app/src/",
    ),
];

/// Writes the manual anew.
pub fn write() -> io::Result<bool> {
    let root = root();
    let file = root.join(KEPT);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, made(&root)?)?;
    Ok(true)
}

/// Is the manual that is kept the one the sources make?
pub fn check() -> io::Result<bool> {
    let root = root();
    let kept = fs::read_to_string(root.join(KEPT)).unwrap_or_default();
    let holds = kept == made(&root)?;
    if !holds {
        println!("{KEPT} is not what the sources make: run `cargo xtask manual`");
    }
    Ok(holds)
}

fn made(root: &Path) -> io::Result<String> {
    let listed = answer(Command::new("git").args(["ls-files", "*.rs"]).current_dir(root));
    let listed = listed.ok_or_else(|| io::Error::other("git ls-files failed"))?;
    let mut text = String::from(
        "# Manual\n\nMade by `cargo xtask manual` from the headers of the sources: change those, \
         never this file.\n",
    );
    for (heading, first, folder) in PARTS {
        let mut files: Vec<&str> = listed.lines().filter(|path| path.starts_with(folder)).collect();
        // A module comes before what it is made of: plan.rs before plan/goal.rs.
        files.sort_by_key(|path| path.trim_end_matches("/mod.rs").trim_end_matches(".rs"));
        let mut pages = String::new();
        for path in files.into_iter().filter(|path| !path.ends_with("/lib.rs")) {
            let source = fs::read_to_string(root.join(path)).unwrap_or_default();
            if let Some(page) = page(&header(&source)) {
                let module = path.trim_start_matches("crates/");
                pages.push_str(&format!("{page}\n<sub>`{module}`</sub>\n"));
            }
        }
        if !pages.is_empty() {
            text.push_str(&format!("\n## {heading}\n\n{first}\n{pages}"));
        }
    }
    Ok(text)
}

/// The prose at the head of a source.
fn header(source: &str) -> String {
    let lines = source.lines().take_while(|line| line.starts_with("//!"));
    let lines = lines.map(|line| line.trim_start_matches("//!").trim_start_matches(' '));
    // Drawings are indented, and keep it.
    let mut out = String::new();
    for (kept, line) in source.lines().zip(lines) {
        let kept = kept.trim_start_matches("//!");
        out.push_str(kept.strip_prefix(' ').unwrap_or(line).trim_end());
        out.push('\n');
    }
    out
}

/// A page of the manual, where the header is one.
fn page(header: &str) -> Option<String> {
    let (first, rest) = header.split_once("\n\n").unwrap_or((header, ""));
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let opened = first.find('(')?;
    let closed = opened + first[opened..].find(')')?;
    if !first[opened..closed].contains(is_chinese) {
        return None;
    }
    let title = first[..=closed].replace('\n', " ");
    let said = first[closed + 1..].trim_start_matches([':', '.', ',', ' ']).trim();
    let mut text = format!("\n### {title}\n");
    if !said.is_empty() {
        let mut letters = said.chars();
        let upper: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        text.push_str(&format!("\n{upper}{}\n", letters.as_str()));
    }
    if !rest.trim().is_empty() {
        text.push_str(&format!("\n{}\n", rest.trim_end()));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{check, header, page};

    #[test]
    fn a_header_with_its_chinese_term_is_a_page() {
        let source = "//! Lights (灯): computed, never typed.\n//!\n//! ```text\n//!   a ─▶ b\n\
                      //! ```\n\nuse x;\n";
        let page = page(&header(source));
        let expected = "\n### Lights (灯)\n\nComputed, never typed.\n\n```text\n  a ─▶ b\n```\n";
        assert_eq!(page.as_deref(), Some(expected));
    }

    #[test]
    fn other_headers_are_none() {
        assert_eq!(page(&header("//! Rows (of a table): written flat.\n")), None);
        assert_eq!(page(&header("//! Leaves: events become entries.\n")), None);
    }

    #[test]
    fn the_committed_manual_is_the_one_made() {
        assert!(check().unwrap(), "run `cargo xtask manual`");
    }
}
