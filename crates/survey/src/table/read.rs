//! CSV to columns, a stretch of whole records at a time and several stretches at once.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError, mpsc};

use foldhash::fast::FixedState;

use super::{Column, Factor, MISSING};
use crate::csv::{Cell, Records};
use crate::trouble::Trouble;

/// Bytes of a stretch.
const STRETCH: usize = 1 << 21;

/// What a table is made of: names, columns, rows.
type Parts = (Vec<String>, Vec<Column>, usize);

/// Some records as columns while they are read.
type Stretch = Result<(Vec<Option<Building>>, usize), Trouble>;

/// Reads a header and all columns wanted.
pub(super) fn read(mut reader: impl Read, wanted: impl Fn(&str) -> bool) -> Result<Parts, Trouble> {
    let mut cutter = Cutter { rest: Vec::new(), ended: false };
    let first = cutter.next(&mut reader)?.unwrap_or_default();
    let mut records = Records::new(&first);
    let mut names: Vec<String> = Vec::new();
    records.next(|_, cell| {
        names.push(cell.text.to_owned());
        Ok(())
    })?;
    if let Some((_, twice)) =
        names.iter().enumerate().find(|(at, name)| names[..*at].contains(name))
    {
        return Err(Trouble::RepeatedColumn { column: twice.clone() });
    }
    let keep: Vec<bool> = names.iter().map(|name| wanted(name)).collect();
    let (mut columns, mut rows) = columns(records, &keep)?;
    if !cutter.ended || !cutter.rest.is_empty() {
        all(&mut reader, &mut cutter, &keep, &mut columns, &mut rows)?;
    }
    let (names, columns) = names
        .into_iter()
        .zip(columns)
        .filter_map(|(name, column)| Some((name, column?.finish())))
        .unzip();
    Ok((names, columns, rows))
}

/// Reads the further stretches on all cores and puts them together in order.
fn all(
    reader: &mut impl Read,
    cutter: &mut Cutter,
    keep: &[bool],
    columns: &mut [Option<Building>],
    rows: &mut usize,
) -> Result<(), Trouble> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let (give, take) = mpsc::sync_channel::<(usize, Vec<u8>)>(cores);
    let (tell, hear) = mpsc::channel::<(usize, Stretch)>();
    let take = Mutex::new(take);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            let (tell, take) = (tell.clone(), &take);
            scope.spawn(move || {
                loop {
                    let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, bytes)) = next else { return };
                    let done = self::columns(Records::after_header(&bytes), keep);
                    if tell.send((number, done)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(tell);
        let mut order = Order { waiting: BTreeMap::new(), next: 0 };
        let mut given = 0;
        let mut read = Ok(());
        loop {
            match cutter.next(reader) {
                Ok(Some(bytes)) => {
                    if give.send((given, bytes)).is_err() {
                        break;
                    }
                    given += 1;
                }
                Ok(None) => break,
                Err(trouble) => {
                    read = Err(trouble);
                    break;
                }
            }
            while let Ok((number, done)) = hear.try_recv() {
                order.add(number, done, columns, rows)?;
            }
        }
        drop(give);
        while let Ok((number, done)) = hear.recv() {
            order.add(number, done, columns, rows)?;
        }
        read
    })
}

/// Stretches done out of turn.
struct Order {
    waiting: BTreeMap<usize, Stretch>,
    next: usize,
}

impl Order {
    fn add(
        &mut self,
        number: usize,
        done: Stretch,
        columns: &mut [Option<Building>],
        rows: &mut usize,
    ) -> Result<(), Trouble> {
        self.waiting.insert(number, done);
        while let Some(done) = self.waiting.remove(&self.next) {
            let (more, count) = done.map_err(|trouble| trouble.after(*rows))?;
            for (column, more) in columns.iter_mut().zip(more) {
                if let (Some(column), Some(more)) = (column, more) {
                    column.append(more);
                }
            }
            *rows += count;
            self.next += 1;
        }
        Ok(())
    }
}

fn columns(mut records: Records, keep: &[bool]) -> Stretch {
    let mut columns: Vec<Option<Building>> =
        keep.iter().map(|keep| keep.then(Building::default)).collect();
    let mut rows = 0;
    while let Some(width) = records.next(|at, cell| {
        if let Some(Some(column)) = columns.get_mut(at) {
            column.push(cell);
        }
        Ok(())
    })? {
        rows += 1;
        if width != keep.len() {
            return Err(Trouble::Width { row: rows, found: width, expected: keep.len() });
        }
    }
    Ok((columns, rows))
}

/// Cuts a reader into stretches of whole records.
struct Cutter {
    rest: Vec<u8>,
    ended: bool,
}

impl Cutter {
    fn next(&mut self, reader: &mut impl Read) -> Result<Option<Vec<u8>>, Trouble> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let read = reader.take(STRETCH as u64).read_to_end(&mut bytes);
            let count = read.map_err(|error| Trouble::Unread { message: error.to_string() })?;
            self.ended = count < STRETCH;
            if self.ended {
                return Ok((!bytes.is_empty()).then_some(bytes));
            }
            if let Some(end) = last_end(&bytes) {
                self.rest = bytes.split_off(end);
                return Ok(Some(bytes));
            }
        }
    }
}

/// Just after the last line end outside quotes.
fn last_end(bytes: &[u8]) -> Option<usize> {
    let mut open = bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
    for (at, byte) in bytes.iter().enumerate().rev() {
        match byte {
            b'"' => open = !open,
            b'\n' if !open => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Words met so far and their codes in order of meeting.
#[derive(Default)]
pub(super) struct Naming {
    codes: Vec<u32>,
    known: HashMap<String, u32, FixedState>,
}

impl Naming {
    /// Numbers as words.
    fn of(values: &[f64]) -> Self {
        let mut naming = Self::default();
        for value in values {
            match value.is_nan() {
                true => naming.codes.push(MISSING),
                false => naming.push(&value.to_string()),
            }
        }
        naming
    }

    fn append(&mut self, more: Self) {
        let mut ours = vec![MISSING; more.known.len()];
        for (word, code) in more.known {
            let next = self.known.len() as u32;
            ours[code as usize] = *self.known.entry(word).or_insert(next);
        }
        let code = |code: u32| if code == MISSING { MISSING } else { ours[code as usize] };
        self.codes.extend(more.codes.into_iter().map(code));
    }

    pub(super) fn push(&mut self, word: &str) {
        let next = self.known.len() as u32;
        let code = match self.known.get(word) {
            Some(code) => *code,
            None => *self.known.entry(word.to_owned()).or_insert(next),
        };
        self.codes.push(code);
    }

    pub(super) fn finish(self) -> Factor {
        let mut named: Vec<(String, u32)> = self.known.into_iter().collect();
        named.sort();
        let mut place = vec![0; named.len()];
        for (at, (_, code)) in named.iter().enumerate() {
            place[*code as usize] = at as u32;
        }
        let at = |code: u32| if code == MISSING { MISSING } else { place[code as usize] };
        Factor {
            codes: self.codes.into_iter().map(at).collect(),
            levels: named.into_iter().map(|(name, _)| name).collect(),
        }
    }
}

/// A column while it is read: numbers until the first cell that is none.
enum Building {
    Numbers(Vec<f64>),
    Words(Naming),
}

impl Default for Building {
    fn default() -> Self {
        Self::Numbers(Vec::new())
    }
}

impl Building {
    fn push(&mut self, cell: Cell) {
        let missing = cell.text.is_empty() || (!cell.quoted && cell.text == "NA");
        match self {
            Self::Numbers(values) if missing => values.push(f64::NAN),
            Self::Numbers(values) => match number(cell) {
                Some(value) => values.push(value),
                None => {
                    let mut naming = Naming::of(values);
                    naming.push(cell.text);
                    *self = Self::Words(naming);
                }
            },
            Self::Words(naming) if missing => naming.codes.push(MISSING),
            Self::Words(naming) => naming.push(cell.text),
        }
    }

    /// Adds the rows of a later stretch.
    fn append(&mut self, more: Self) {
        match (&mut *self, more) {
            (Self::Numbers(values), Self::Numbers(more)) => values.extend(more),
            (Self::Words(naming), Self::Words(more)) => naming.append(more),
            (Self::Words(naming), Self::Numbers(more)) => naming.append(Naming::of(&more)),
            (Self::Numbers(values), Self::Words(more)) => {
                let mut naming = Naming::of(values);
                naming.append(more);
                *self = Self::Words(naming);
            }
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Numbers(values) => Column::Numbers(values),
            Self::Words(naming) => Column::Words(naming.finish()),
        }
    }
}

/// A finite or infinite number that was not written as a word.
fn number(cell: Cell) -> Option<f64> {
    let text = cell.text.trim_matches(' ');
    let numeric =
        text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) || text == "Inf";
    if cell.quoted || !numeric {
        return None;
    }
    text.parse().ok().filter(|value: &f64| !value.is_nan())
}
