//! A small tree of XML elements: names, text, children. What no plan needs is passed over.

use calendar::{BadInput, Expected, Place};
use quick_xml::{Reader, events::Event};

/// An element with its text and its children, namespace prefixes taken off.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

/// Elements deeper than this are no plan.
const DEEPEST: usize = 40;

/// Subtrees a schedule has no use for; they are most of a file.
const PASSED_OVER: [&str; 9] = [
    "Assignments",
    "Resources",
    "ExtendedAttributes",
    "ExtendedAttribute",
    "OutlineCodes",
    "OutlineCode",
    "Baseline",
    "TimephasedData",
    "WBSMasks",
];

impl Element {
    /// Reads a whole document and gives its root.
    pub(crate) fn read(xml: &[u8]) -> Result<Self, BadInput> {
        let text =
            std::str::from_utf8(xml).map_err(|_| wrong("bytes that are not UTF-8".into()))?;
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            let at = reader.buffer_position();
            let event = reader.read_event().map_err(|error| wrong(format!("{error} at {at}")))?;
            match event {
                Event::Start(tag) => {
                    let name = local(tag.name().as_ref());
                    if PASSED_OVER.contains(&name.as_str()) {
                        let skipped = reader.read_to_end(tag.name());
                        skipped.map_err(|error| wrong(format!("{error} at {at}")))?;
                        continue;
                    }
                    if open.len() > DEEPEST {
                        return Err(wrong(format!("elements {DEEPEST} deep")));
                    }
                    open.push(Self { name, ..Self::default() });
                }
                Event::Empty(tag) => {
                    let name = local(tag.name().as_ref());
                    last(&mut open).children.push(Self { name, ..Self::default() });
                }
                Event::End(_) if open.len() > 1 => {
                    let done = open.pop().unwrap_or_default();
                    last(&mut open).children.push(done);
                }
                Event::Text(found) => {
                    let found = found.decode().map_err(|error| wrong(error.to_string()))?;
                    last(&mut open).text.push_str(&found);
                }
                Event::CData(found) => {
                    let found = found.decode().map_err(|error| wrong(error.to_string()))?;
                    last(&mut open).text.push_str(&found);
                }
                Event::GeneralRef(entity) => {
                    let named = entity.decode().map_err(|error| wrong(error.to_string()))?;
                    let meant = entity.resolve_char_ref().ok().flatten().or(match &*named {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    });
                    let meant = meant.ok_or_else(|| wrong(format!("&{named};")))?;
                    last(&mut open).text.push(meant);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let whole = open.len() == 1;
        let root = open.pop().and_then(|outside| outside.children.into_iter().next());
        root.filter(|_| whole).ok_or_else(|| wrong("a document that ends too soon".into()))
    }

    /// The first child of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of a name within the first child of another: `all("Tasks", "Task")`.
    pub(crate) fn all<'a>(&'a self, within: &str, name: &'a str) -> impl Iterator<Item = &'a Self> {
        let inside = self.child(within).into_iter().flat_map(|within| &within.children);
        inside.filter(move |child| child.name == name)
    }

    /// The text of the first child of a name, trimmed; empty text is none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }
}

/// The innermost open element; the outermost is never closed.
fn last(open: &mut [Element]) -> &mut Element {
    let place = open.len() - 1;
    &mut open[place]
}

fn local(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn wrong(found: String) -> BadInput {
    BadInput::new(Place::File, "", found, Expected::Format("Microsoft Project XML"))
}
