//! A look into a workbook before it is opened: does it unpack to what may be taken?
//!
//! A zip bomb declares what it likes, so every part is unpacked once and only counted. The reader
//! of workbooks trusts one number in the file for the memory it sets aside; it is checked here.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Fault, Limits};

/// Parts of a workbook; a real one has a few dozen.
const PARTS: usize = 2_000;

/// # Errors
/// When it is no workbook, unpacks past the limit, or declares more texts than it can hold.
pub(super) fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), Fault> {
    let damaged = |why: &dyn ToString| Fault::Damaged { why: why.to_string() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    if archive.len() > PARTS {
        return Err(Fault::UnpacksTooLarge { limit: limits.unpacked_bytes });
    }
    let mut left = limits.unpacked_bytes;
    let mut is_workbook = false;
    let mut part = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|why| damaged(&why))?;
        let name = entry.name().to_ascii_lowercase();
        is_workbook |= name.ends_with("workbook.xml");
        part.clear();
        entry.take(left + 1).read_to_end(&mut part).map_err(|why| damaged(&why))?;
        let length = part.len() as u64;
        if length > left {
            return Err(Fault::UnpacksTooLarge { limit: limits.unpacked_bytes });
        }
        left -= length;
        if name.ends_with("sharedstrings.xml") && declares_too_many(&part) {
            return Err(damaged(&"it declares more texts than it holds"));
        }
    }
    if is_workbook { Ok(()) } else { Err(Fault::NotATable) }
}

/// Does a list of texts declare more of them than it has room for (`<si/>` is five bytes), or
/// hide what it declares in an encoding of two bytes a letter?
fn declares_too_many(part: &[u8]) -> bool {
    const DECLARED: &[u8] = b"uniqueCount";
    if part.contains(&0) {
        return true;
    }
    let mut rest = part;
    while let Some(place) = rest.windows(DECLARED.len()).position(|window| window == DECLARED) {
        rest = &rest[place + DECLARED.len()..];
        let after = rest.iter().skip_while(|byte| !byte.is_ascii_digit()).take(20);
        let digits: Vec<u8> =
            after.copied().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').collect();
        let number = std::str::from_utf8(&digits).ok().and_then(|text| text.parse::<u64>().ok());
        if number.is_none_or(|number| number > part.len() as u64 / 5 + 1) {
            return true;
        }
    }
    false
}
