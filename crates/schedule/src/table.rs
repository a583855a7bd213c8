//! Plans as tables: CSV in, and rows from a spreadsheet.
//!
//! ```csv
//! uid,name,duration_min,predecessors,constraint,constraint_date
//! 1,survey,480,,,
//! 2,build,960,1:FS:0,SNET,2015-12-01T08:00
//! ```

use calendar::{BadInput, Calendar, Expected, Moment, Place};

use crate::{Constraint, Kind, Lag, Link, Plan, Task, network::LONGEST, numbers::Numbers};

const COLUMNS: [&str; 10] = [
    "uid",
    "name",
    "duration_min",
    "predecessors",
    "parent",
    "calendar",
    "constraint",
    "constraint_date",
    "deadline",
    "elapsed",
];

/// The columns a table must have.
const NEEDED: usize = 4;

const CONSTRAINTS: &str = "ASAP, ALAP, MSO, MFO, SNET, SNLT, FNET, FNLT";

/// A plan read from a table, and the rows its tasks stand in.
///
/// ```
/// use calendar::Calendar;
/// use schedule::Table;
///
/// let csv = b"uid,name,duration_min,predecessors\n7,survey,480,\n8,build,960,7:FS:0\n";
/// let table = Table::from_csv(csv, &Calendar::china())?;
/// assert_eq!(table.plan.links.len(), 1);
/// assert_eq!(table.rows[1], 3);
/// # Ok::<(), calendar::BadInput>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    /// The plan; its start and its deadline are not in the table.
    pub plan: Plan,
    /// The row each task stands in: the line of a CSV file, the header being row 1.
    pub rows: Vec<u64>,
}

/// What one row says of others, whose numbers are looked up when all rows are read.
#[derive(Debug, Default)]
struct Pending {
    links: Vec<(i64, usize, Kind, Lag)>,
    parents: Vec<(usize, i64)>,
}

impl Table {
    /// Reads CSV with a header line. The columns `uid`, `name`, `duration_min` and
    /// `predecessors` must be there; `parent`, `calendar`, `constraint`, `constraint_date`,
    /// `deadline` and `elapsed` may be; others are passed over. `calendar` is the plan's own.
    ///
    /// # Errors
    /// The first row that cannot be read, with its field.
    ///
    /// ```
    /// use calendar::Calendar;
    /// use schedule::Table;
    /// let csv = b"uid,name,duration_min,predecessors\n7,survey,480,7:FS:0\n";
    /// let wrong = Table::from_csv(csv, &Calendar::china()).unwrap_err();
    /// assert_eq!(
    ///     wrong.to_string(),
    ///     "row 2, field predecessors: found \"7:FS:0\", expected another task than itself",
    /// );
    /// ```
    pub fn from_csv(csv: &[u8], calendar: &Calendar) -> Result<Self, BadInput> {
        let csv = csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv);
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv);
        let mut record = csv::StringRecord::new();
        let mut sheet: Option<Sheet> = None;
        loop {
            let row = line_of(reader.position(), csv);
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    let text = Expected::Format("CSV in UTF-8");
                    return Err(BadInput::new(Place::Row(row), "", error.to_string(), text));
                }
            }
            match &mut sheet {
                None => sheet = Some(Sheet::headed(record.iter(), calendar)?),
                Some(sheet) => sheet.row(row, |cell| record.get(cell).unwrap_or_default())?,
            }
        }
        match sheet {
            Some(sheet) => sheet.finish(),
            None => Sheet::headed(std::iter::empty(), calendar)?.finish(),
        }
    }

    /// Reads the rows of a spreadsheet, each with its number, the header first, as
    /// [`Table::from_csv`] does.
    ///
    /// # Errors
    /// Those of [`Table::from_csv`].
    ///
    /// ```
    /// use calendar::Calendar;
    /// use schedule::Table;
    /// let header = ["uid", "name", "duration_min", "predecessors"];
    /// let rows = [(1, header), (4, ["7", "survey", "480", ""])];
    /// assert_eq!(Table::from_rows(rows, &Calendar::china())?.rows, [4]);
    /// # Ok::<(), calendar::BadInput>(())
    /// ```
    pub fn from_rows<R, A, C>(rows: R, calendar: &Calendar) -> Result<Self, BadInput>
    where
        R: IntoIterator<Item = (u64, A)>,
        A: AsRef<[C]>,
        C: AsRef<str>,
    {
        let mut rows = rows.into_iter();
        let header = rows.next();
        let header = header.as_ref().map(|(_, cells)| cells.as_ref()).unwrap_or_default();
        let mut sheet = Sheet::headed(header.iter().map(AsRef::as_ref), calendar)?;
        for (number, row) in rows {
            let cells = row.as_ref();
            sheet.row(number, |cell| cells.get(cell).map(AsRef::as_ref).unwrap_or_default())?;
        }
        sheet.finish()
    }
}

/// The line the next record begins on, empty lines passed over.
fn line_of(at: &csv::Position, csv: &[u8]) -> u64 {
    let rest = csv.get(at.byte() as usize..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    at.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}

/// A table being read.
struct Sheet {
    /// Where each of the columns stands.
    places: [Option<usize>; COLUMNS.len()],
    plan: Plan,
    rows: Vec<u64>,
    of_uid: Numbers,
    pending: Pending,
}

/// One row, by the names of its columns.
struct Cells<'a, F: Fn(usize) -> &'a str> {
    places: [Option<usize>; COLUMNS.len()],
    row: u64,
    cell: F,
}

impl<'a, F: Fn(usize) -> &'a str> Cells<'a, F> {
    fn get(&self, column: usize) -> &'a str {
        self.places[column].map_or("", |place| (self.cell)(place)).trim()
    }

    fn wrong(&self, column: usize, expected: Expected) -> BadInput {
        BadInput::new(Place::Row(self.row), COLUMNS[column], self.get(column), expected)
    }

    fn number(&self, column: usize) -> Result<i64, BadInput> {
        self.get(column).parse().map_err(|_| self.wrong(column, Expected::Number))
    }

    /// A date, where the cell holds one.
    fn moment(&self, column: usize) -> Result<Option<Moment>, BadInput> {
        let text = self.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        let moment = if text.len() >= 16 { text.parse().ok() } else { None };
        moment.map(Some).ok_or_else(|| self.wrong(column, Expected::Moment))
    }

    fn constraint(&self) -> Result<Constraint, BadInput> {
        let (code, date) = (self.get(6), self.moment(7)?);
        let dated = || date.ok_or_else(|| self.wrong(7, Expected::Moment));
        Ok(match code.to_ascii_uppercase().as_str() {
            "" | "ASAP" => Constraint::AsSoonAsPossible,
            "ALAP" => Constraint::AsLateAsPossible,
            "MSO" => Constraint::MustStart(dated()?),
            "MFO" => Constraint::MustFinish(dated()?),
            "SNET" => Constraint::StartNoEarlier(dated()?),
            "SNLT" => Constraint::StartNoLater(dated()?),
            "FNET" => Constraint::FinishNoEarlier(dated()?),
            "FNLT" => Constraint::FinishNoLater(dated()?),
            _ => return Err(self.wrong(6, Expected::OneOf(CONSTRAINTS))),
        })
    }
}

impl Sheet {
    fn headed<'a>(
        header: impl Iterator<Item = &'a str>,
        calendar: &Calendar,
    ) -> Result<Self, BadInput> {
        let mut places = [None; COLUMNS.len()];
        let mut found = Vec::new();
        for (place, name) in header.map(str::trim).enumerate() {
            found.push(name.to_owned());
            if let Some(column) = COLUMNS.iter().position(|column| *column == name) {
                places[column] = places[column].or(Some(place));
            }
        }
        if let Some(missing) = (0..NEEDED).find(|column| places[*column].is_none()) {
            let expected = Expected::Format("the columns uid,name,duration_min,predecessors");
            let found = found.join(",");
            return Err(BadInput::new(Place::Row(1), COLUMNS[missing], found, expected));
        }
        let mut plan = Plan::starting(Moment::default());
        plan.start = None;
        plan.calendars = vec![calendar.clone()];
        let (rows, of_uid, pending) = (Vec::new(), Numbers::default(), Pending::default());
        Ok(Self { places, plan, rows, of_uid, pending })
    }

    fn row<'a>(&mut self, row: u64, cell: impl Fn(usize) -> &'a str) -> Result<(), BadInput> {
        let cells = Cells { places: self.places, row, cell };
        if (0..COLUMNS.len()).all(|column| cells.get(column).is_empty()) {
            return Ok(());
        }
        let uid = cells.number(0)?;
        let place = self.plan.tasks.len();
        if !self.of_uid.insert(uid, place) {
            return Err(cells.wrong(0, Expected::Unique));
        }
        let most = LONGEST / 60;
        let duration = minutes(cells.get(2)).filter(|seconds| (0..=LONGEST).contains(seconds));
        let duration = duration.ok_or_else(|| cells.wrong(2, Expected::Amount(most)))?;
        let mut task = Task::new(uid, cells.get(1), duration);
        task.constraint = cells.constraint()?;
        task.deadline = cells.moment(8)?;
        task.is_elapsed = match cells.get(9) {
            "" | "0" | "false" => false,
            "1" | "true" => true,
            _ => return Err(cells.wrong(9, Expected::OneOf("0, 1"))),
        };
        if !cells.get(5).is_empty() {
            task.calendar = Some(
                self.calendar(cells.get(5))
                    .ok_or_else(|| cells.wrong(5, Expected::KnownCalendar))?,
            );
        }
        if !cells.get(4).is_empty() {
            self.pending.parents.push((place, cells.number(4)?));
        }
        for text in cells.get(3).split_whitespace() {
            let (from, kind, lag) = link(text).ok_or_else(|| cells.wrong(3, Expected::Link))?;
            if from == uid {
                return Err(cells.wrong(3, Expected::Other));
            }
            self.pending.links.push((from, place, kind, lag));
        }
        self.plan.tasks.push(task);
        self.rows.push(row);
        Ok(())
    }

    /// The place of a calendar: the plan's own by its name, or one that is always there.
    fn calendar(&mut self, name: &str) -> Option<usize> {
        let known = |calendar: &Calendar| {
            calendar.name() == name || (name == "cn-office" && calendar.name() == "cn")
        };
        if let Some(place) = self.plan.calendars.iter().position(known) {
            return Some(place);
        }
        let calendar = match name {
            "cn" | "cn-office" => Calendar::china(),
            "office" => Calendar::office(),
            "continuous" => Calendar::continuous(),
            _ => return None,
        };
        self.plan.calendars.push(calendar);
        Some(self.plan.calendars.len() - 1)
    }

    fn finish(mut self) -> Result<Table, BadInput> {
        let rows = &self.rows;
        let unknown = |task: usize, field: &str, uid: i64| {
            BadInput::new(Place::Row(rows[task]), field, uid.to_string(), Expected::KnownTask)
        };
        for (task, uid) in &self.pending.parents {
            let parent = self.of_uid.get(*uid).ok_or_else(|| unknown(*task, "parent", *uid))?;
            if parent == *task {
                let (place, found) = (Place::Row(rows[*task]), uid.to_string());
                return Err(BadInput::new(place, "parent", found, Expected::Other));
            }
            self.plan.tasks[*task].parent = Some(parent);
        }
        self.plan.links.reserve_exact(self.pending.links.len());
        for (uid, to, kind, lag) in std::mem::take(&mut self.pending.links) {
            let from = self.of_uid.get(uid).ok_or_else(|| unknown(to, "predecessors", uid))?;
            self.plan.links.push(Link { from, to, kind, lag });
        }
        Ok(Table { plan: self.plan, rows: self.rows })
    }
}

/// `7`, `7:FS` or `7:FS:120`, the lag in minutes, with `e`, `%` or `e%` after it.
pub(crate) fn link(text: &str) -> Option<(i64, Kind, Lag)> {
    let mut parts = text.split(':');
    let from = parts.next()?.parse().ok()?;
    let kind = parts.next().map_or(Some(Kind::FinishStart), |kind| kind.parse().ok())?;
    let lag = parts.next().map_or(Some(Lag::NONE), lag)?;
    if parts.next().is_some() { None } else { Some((from, kind, lag)) }
}

fn lag(text: &str) -> Option<Lag> {
    let within = |seconds: &i64| (-LONGEST..=LONGEST).contains(seconds);
    if let Some(share) = text.strip_suffix('%') {
        let (share, is_elapsed) = match share.strip_suffix('e') {
            Some(share) => (share, true),
            None => (share, false),
        };
        let share = decimal(share).filter(|share| share.abs() <= 1e6)?;
        return Some(if is_elapsed { Lag::ElapsedPercent(share) } else { Lag::Percent(share) });
    }
    match text.strip_suffix('e') {
        Some(elapsed) => minutes(elapsed).filter(within).map(Lag::Elapsed),
        None => minutes(text).filter(within).map(Lag::Working),
    }
}

/// Minutes, whole or with a fraction, in seconds.
fn minutes(text: &str) -> Option<i64> {
    if let Ok(whole) = text.parse::<i64>() {
        return whole.checked_mul(60);
    }
    decimal(text)
        .filter(|minutes| minutes.abs() < 1e12)
        .map(|minutes| (minutes * 60.0).round() as i64)
}

/// A plain decimal number: neither `1e9` nor `inf`.
fn decimal(text: &str) -> Option<f64> {
    let is_plain =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    if is_plain { text.parse().ok() } else { None }
}
