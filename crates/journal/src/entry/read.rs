//! Reading an entry: every byte has one meaning, and what has none is refused where it stands.

use super::{Entry, EntryError, FIELD_LIMIT, FIELDS, MAGIC, Wrong};

impl Entry {
    /// Reads canonical bytes back.
    ///
    /// # Errors
    /// Names the first field that is wrong, where it begins, and what is wrong with it.
    ///
    /// ```
    /// use journal::{Entry, EntryError, Wrong};
    /// assert_eq!(
    ///     Entry::from_bytes(b"shigan-entry/v1\n\0\0\0"),
    ///     Err(EntryError { field: "jurisdiction", at: 16, wrong: Wrong::NoLength(3) }),
    /// );
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        let mut fields = Fields { bytes, at: 0, next: 0 };
        let magic = EntryError { field: "magic", at: 0, wrong: Wrong::Magic };
        if !bytes.starts_with(MAGIC) {
            return Err(magic);
        }
        fields.at = MAGIC.len();
        let entry = Self {
            jurisdiction: fields.words()?,
            number: fields.count()?,
            turn: fields.count()?,
            at: fields.kept(is_instant, Wrong::NotInstant)?,
            day: fields.kept(is_day, Wrong::NotDay)?,
            person: fields.number()?,
            post: fields.number()?,
            kind: fields.words()?,
            matter: fields.number()?,
            act: fields.words()?,
            commitment: fields.kept(is_commitment, Wrong::NotCommitment)?,
        };
        match bytes.len() - fields.at {
            0 => Ok(entry),
            left => {
                let wrong = Wrong::Trailing(left);
                Err(EntryError { field: "end", at: fields.at, wrong })
            }
        }
    }
}

/// The fields of an entry, read one after another.
struct Fields<'b> {
    bytes: &'b [u8],
    /// Where the next field begins.
    at: usize,
    /// Which field that is.
    next: usize,
}

impl<'b> Fields<'b> {
    /// The next field's text, and an error that names the field.
    fn text(&mut self) -> Result<(&'b str, impl Fn(Wrong) -> EntryError + use<>), EntryError> {
        let (field, at) = (FIELDS.get(self.next).copied().unwrap_or("end"), self.at);
        let wrong = move |wrong| EntryError { field, at, wrong };
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let (length, rest) =
            rest.split_first_chunk::<4>().ok_or_else(|| wrong(Wrong::NoLength(rest.len())))?;
        let announced = u64::from(u32::from_be_bytes(*length));
        if announced > FIELD_LIMIT as u64 {
            return Err(wrong(Wrong::Long(announced)));
        }
        let short = || wrong(Wrong::Short { announced, left: rest.len() });
        let text = usize::try_from(announced).ok().and_then(|length| rest.get(..length));
        let text = text.ok_or_else(short)?;
        self.at += 4 + text.len();
        self.next += 1;
        let text =
            str::from_utf8(text).map_err(|error| wrong(Wrong::NotText(error.valid_up_to())))?;
        Ok((text, wrong))
    }

    fn words(&mut self) -> Result<String, EntryError> {
        let (text, wrong) = self.text()?;
        if text.is_empty() { Err(wrong(Wrong::Empty)) } else { Ok(text.to_owned()) }
    }

    fn number(&mut self) -> Result<i64, EntryError> {
        let (text, wrong) = self.text()?;
        let plain = |number: &i64| number.to_string() == text;
        text.parse().ok().filter(plain).ok_or_else(|| wrong(Wrong::NotNumber(text.to_owned())))
    }

    /// A number from 0.
    fn count(&mut self) -> Result<i64, EntryError> {
        let (field, at) = (FIELDS.get(self.next).copied().unwrap_or("end"), self.at);
        let number = self.number()?;
        let negative = || Wrong::NotNumber(number.to_string());
        if number < 0 { Err(EntryError { field, at, wrong: negative() }) } else { Ok(number) }
    }

    fn kept(
        &mut self,
        is_right: fn(&str) -> bool,
        otherwise: fn(String) -> Wrong,
    ) -> Result<String, EntryError> {
        let (text, wrong) = self.text()?;
        if is_right(text) { Ok(text.to_owned()) } else { Err(wrong(otherwise(text.to_owned()))) }
    }
}

/// `2015-11-20T01:00:00.000000Z`: the form of RFC 3339 that sorts as text. No leap second.
fn is_instant(text: &str) -> bool {
    let (Some(day), Some(time)) = (text.get(..10), text.get(10..)) else { return false };
    fits(time, b"T00:00:00.000000Z")
        && is_day(day)
        && decimal(&time[1..3]) < 24
        && decimal(&time[4..6]) < 60
        && decimal(&time[7..9]) < 60
}

/// `2015-11-20`, a day there is in the Gregorian calendar.
fn is_day(text: &str) -> bool {
    if !fits(text, b"0000-00-00") {
        return false;
    }
    let (year, month, day) = (decimal(&text[..4]), decimal(&text[5..7]), decimal(&text[8..]));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_commitment(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a text has digits where the pattern has zeroes, and is the same everywhere else.
fn fits(text: &str, pattern: &[u8]) -> bool {
    let alike = |(byte, other): (u8, &u8)| match other {
        b'0' => byte.is_ascii_digit(),
        other => byte == *other,
    };
    text.len() == pattern.len() && text.bytes().zip(pattern).all(alike)
}

fn decimal(digits: &str) -> u32 {
    digits.bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}
