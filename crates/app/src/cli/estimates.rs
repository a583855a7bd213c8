//! `shigan estimate`: estimates from survey samples, an answer a line.

use std::{
    cell::RefCell,
    collections::HashMap,
    fs::File,
    io::{IsTerminal, Write},
    path::PathBuf,
    rc::Rc,
};

use clap::Args;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use survey::{Case, Cases, Table, Trouble};

use super::warn;
use crate::ui::told;
use crate::{
    failure::{Failure, Meaning},
    ui::words::Words,
};

/// What is estimated and from where.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLE)]
pub struct EstimateArgs {
    /// The analyses: {"cases": [{"id", "data", "design", "statistic"}]}.
    cases: PathBuf,
    /// The folder of the files the analyses name.
    #[arg(long, default_value = ".")]
    data: PathBuf,
    /// Draw the estimates with their intervals; those that overlap share a letter.
    #[arg(long)]
    plot: Option<PathBuf>,
}

const EXAMPLE: &str = r#"Example:
  printf 'w,age\n2,30\n1,45\n1,51\n' > answers.csv
  echo '{"cases":[{"id":"age","data":"answers.csv","design":{"weights":"w"},
    "statistic":{"stat":"mean","vars":["age"]}}]}' > cases.json
  shigan estimate cases.json --data ."#;

/// Prints the answers; 2 if an analysis could not be worked out.
pub fn answer(args: EstimateArgs, words: &Words) -> Result<u8, Failure> {
    let shown = args.cases.display().to_string();
    let text = match std::fs::read_to_string(&args.cases) {
        Ok(text) => text,
        Err(error) => {
            warn(&told::of(words, &shown, &told::unread(words, &error)));
            return Ok(2);
        }
    };
    let cases: Cases = match serde_json::from_str(&text) {
        Ok(cases) => cases,
        Err(error) => {
            let args = [("why", &*error.to_string()), ("form", "{\"cases\": […]}")];
            warn(&told::of(words, &shown, &words.a("told-cases", &args)));
            return Ok(2);
        }
    };
    let bars = Bars(std::io::stderr().is_terminal().then(MultiProgress::new));
    let (folder, mentions) = (args.data, mentions(&cases));
    let (known, unread) = (RefCell::default(), RefCell::default());
    let files = Files { folder, mentions, known, unread, bars: &bars };
    let bar = bars.bar(cases.cases.len() as u64, "{pos}/{len} {wide_bar}");
    let (mut faults, mut pictures) = (0, Vec::new());
    let mut out = std::io::stdout().lock();
    for case in cases.cases {
        let id = case["id"].clone();
        let line = match one(case, &files) {
            Ok(result) => {
                if args.plot.is_some() {
                    let title = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
                    pictures.push((title, survey::bars(&result)));
                }
                json!({"id": id, "result": result})
            }
            Err(wrong) => {
                faults += 1;
                let what = told::of(words, &id, &wrong.told(words));
                bars.aside(|| warn(&told::of(words, &shown, &what)));
                json!({"id": id, "error": wrong.to_string()})
            }
        };
        bars.aside(|| writeln!(out, "{line}")).meaning("writing an answer")?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(file) = args.plot {
        pictures.retain(|(_, bars)| !bars.is_empty());
        std::fs::write(&file, survey::plot(&pictures))
            .meaning(&format!("writing {}", file.display()))?;
    }
    Ok(if faults > 0 { 2 } else { 0 })
}

fn one(case: Value, files: &Files) -> Result<Value, Wrong> {
    let case: Case = serde_json::from_value(case).map_err(Wrong::Case)?;
    let answer = survey::answer(&case, &|name| files.table(name));
    answer.map_err(|trouble| match (trouble, files.unread.take()) {
        (Trouble::Unread { .. }, Some((file, error))) => Wrong::File(file, error),
        (trouble, _) => Wrong::Trouble(case.data, trouble),
    })
}

/// Why an analysis has no answer. What is displayed goes to stdout, in one language.
#[derive(Debug, thiserror::Error)]
enum Wrong {
    /// It is not written as an analysis is.
    #[error("{0}")]
    Case(serde_json::Error),
    /// A file cannot be opened.
    #[error("cannot be read: {0}: {1}")]
    File(String, std::io::Error),
    /// A file cannot be used.
    #[error("{}", shown(.0, .1))]
    Trouble(String, Trouble),
}

fn shown(file: &str, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unread { .. } => trouble.to_string(),
        _ => format!("{file}: {trouble}"),
    }
}

impl Wrong {
    /// The same for people, in their language.
    fn told(&self, words: &Words) -> String {
        match self {
            Self::Case(error) => words.a("told-case-form", &[("why", &error.to_string())]),
            Self::File(file, error) => told::of(words, file, &told::unread(words, error)),
            Self::Trouble(file, trouble) => {
                told::of(words, file, &told::samples::trouble(words, trouble))
            }
        }
    }
}

/// The tables met so far. Of a sample only those columns are kept that some analysis mentions.
struct Files<'a> {
    folder: PathBuf,
    mentions: HashMap<String, String>,
    known: RefCell<HashMap<String, Rc<Table>>>,
    /// The file that could not be opened, and why.
    unread: RefCell<Option<(String, std::io::Error)>>,
    bars: &'a Bars,
}

impl Files<'_> {
    fn table(&self, name: &str) -> Result<Rc<Table>, Trouble> {
        if let Some(table) = self.known.borrow().get(name) {
            return Ok(table.clone());
        }
        let unread = |error: std::io::Error| {
            let message = format!("{name}: {error}");
            self.unread.replace(Some((name.to_owned(), error)));
            Trouble::Unread { message }
        };
        let file = File::open(self.folder.join(name)).map_err(unread)?;
        let size = file.metadata().map_err(unread)?.len();
        let bar = self.bars.bar(size, "{msg} {bytes}/{total_bytes} {wide_bar}");
        bar.set_message(name.to_owned());
        let wanted = |column: &str| match self.mentions.get(name) {
            Some(text) => text.contains(column),
            None => true,
        };
        let table = Table::read(bar.wrap_read(file), wanted)?;
        bar.finish_and_clear();
        let table = Rc::new(table);
        self.known.borrow_mut().insert(name.to_owned(), table.clone());
        Ok(table)
    }
}

/// For every file of a sample the text of all analyses of it.
fn mentions(cases: &Cases) -> HashMap<String, String> {
    let mut mentions: HashMap<String, String> = HashMap::new();
    for case in &cases.cases {
        if let Some(name) = case["data"].as_str() {
            let text = mentions.entry(name.to_owned()).or_default();
            for part in [&case["design"], &case["statistic"]] {
                words(part, text);
            }
        }
    }
    // Files of replicate weights and joint probabilities are needed whole.
    let whole = |case: &Value| {
        ["joint", "replicate_weights"].map(|key| case["design"][key].as_str().map(str::to_owned))
    };
    for name in cases.cases.iter().flat_map(whole).flatten() {
        mentions.remove(&name);
    }
    mentions
}

/// All strings in a value, unescaped.
fn words(value: &Value, text: &mut String) {
    match value {
        Value::String(word) => {
            text.push_str(word);
            text.push('\n');
        }
        Value::Array(all) => all.iter().for_each(|value| words(value, text)),
        Value::Object(all) => all.values().for_each(|value| words(value, text)),
        _ => {}
    }
}

/// Progress bars on a terminal, nothing elsewhere.
struct Bars(Option<MultiProgress>);

impl Bars {
    fn bar(&self, length: u64, template: &str) -> ProgressBar {
        let Some(all) = &self.0 else { return ProgressBar::hidden() };
        let style = ProgressStyle::with_template(template);
        let bar = ProgressBar::new(length);
        all.add(bar).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// Writes while no bar is in the way.
    fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(all) => all.suspend(write),
            None => write(),
        }
    }
}
