//! The journal from the shell: its export, its verification, and rows made from it anew.

use std::path::{Path, PathBuf};

use super::{body, lots, print, store, tell, warn};
use crate::ui::told;
use crate::{
    ROWS, cast,
    config::Config,
    failure::{Failure, Meaning},
    ui::words::Words,
};

/// Writes the journal of a body as a bundle.
pub async fn export(
    kind: &str,
    out: &Path,
    code: Option<String>,
    config: &Config,
    words: &Words,
) -> Result<u8, Failure> {
    if kind != "journal" {
        warn(&words.a("told-no-export", &[("kind", &format!("{kind:?}"))]));
        return Ok(2);
    }
    let store = store(config).await?;
    let body = body(&store, code, words).await?;
    let mut put = |path: String, bytes: Vec<u8>| {
        let file = out.join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).meaning("making the bundle's folder")?;
        }
        std::fs::write(&file, bytes).meaning(&format!("writing {}", file.display()))
    };
    let size = store.export(&body, &mut put).await?;
    let folder = out.display().to_string();
    tell(&words.a("told-entries", &[("n", &size.to_string()), ("folder", &folder)]));
    print(&store.verifier_key(&body)?);
    Ok(0)
}

/// The files of a bundle folder.
struct Folder(PathBuf);

impl journal::Files for Folder {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.0.join(path)).ok()
    }

    fn paths(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(inside) = path.strip_prefix(&self.0) {
                    found.push(inside.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        found.sort();
        found
    }
}

/// Verifies an exported journal or a draw, and says what does not match.
pub fn verify(bundle: &Path, key: Option<&str>, words: &Words) -> Result<u8, Failure> {
    if bundle.is_file() {
        return lots::verify(bundle, key, words);
    }
    if !bundle.is_dir() {
        warn(&told::of(words, &bundle.display(), &words.t("told-no-bundle")));
        return Ok(2);
    }
    let report = journal::verify(&Folder(bundle.to_owned()), key);
    for fault in report.faults.iter().take(20) {
        print(&told::proofs::fault(words, fault));
    }
    let counts = [
        ("entries", &*report.entries.to_string()),
        ("contents", &*report.contents.to_string()),
        ("erased", &*report.erased.len().to_string()),
    ];
    tell(&words.a("told-bundle-counts", &counts));
    if report.holds() {
        print("holds");
        return Ok(0);
    }
    tell(&words.a("told-faults", &[("n", &report.faults.len().to_string())]));
    Ok(3)
}

/// Compares every row with the journal, or makes the rows anew, and says what differs.
pub async fn rebuild(check: bool, config: &Config, words: &Words) -> Result<u8, Failure> {
    let store = store(config).await?;
    let mut code = 0;
    for body in store.jurisdictions().await? {
        let report = match check {
            true => store.check_rows(body.id, ROWS, cast).await?,
            false => store.refill_rows(body.id, ROWS, cast).await?,
        };
        let counts = [
            ("body", &*body.name),
            ("entries", &*report.entries.to_string()),
            ("matters", &*report.matters.to_string()),
            ("rows", &*report.rows.to_string()),
            ("differences", &*report.differences.to_string()),
        ];
        print(&words.a("told-rebuilt", &counts));
        for one in &report.first {
            let side = |side: &Option<String>| format!("{:?}", side.as_deref());
            let differs = [
                ("table", &*one.table.to_string()),
                ("key", &*one.key.to_string()),
                ("rows", &*side(&one.in_rows)),
                ("journal", &*side(&one.from_journal)),
            ];
            print(&format!("  {}", words.a("told-differs", &differs)));
        }
        if report.differences > 0 {
            code = 3;
        }
    }
    Ok(code)
}
