//! The bytes of an entry are a published contract: pinned, the only ones that are read, and
//! refused in the right place.

use proptest::prelude::*;

use super::{Entry, FIELD_LIMIT, FIELDS, MAGIC, Wrong, commit};

pub(crate) fn entry(number: i64, payload: &str) -> Entry {
    Entry {
        jurisdiction: "130200".into(),
        number,
        turn: number / 2,
        at: "2015-11-20T01:00:00.000000Z".into(),
        day: "2015-11-20".into(),
        person: 11,
        post: 12,
        kind: "item".into(),
        matter: 7,
        act: "Signed".into(),
        commitment: commit("a1", payload),
    }
}

#[test]
fn the_bytes_of_an_entry_are_pinned() {
    let bytes = entry(3, "\"Signed\"").to_bytes().unwrap();
    let shown: String =
        bytes.iter().flat_map(|byte| std::ascii::escape_default(*byte)).map(char::from).collect();
    // The commitment was computed with another program's SHA-256.
    assert_eq!(
        shown,
        "shigan-entry/v1\\n\\x00\\x00\\x00\\x06130200\\x00\\x00\\x00\\x013\\x00\\x00\\x00\\x011\
         \\x00\\x00\\x00\\x1b2015-11-20T01:00:00.000000Z\\x00\\x00\\x00\\n2015-11-20\
         \\x00\\x00\\x00\\x0211\\x00\\x00\\x00\\x0212\\x00\\x00\\x00\\x04item\
         \\x00\\x00\\x00\\x017\\x00\\x00\\x00\\x06Signed\\x00\\x00\\x00@\
         f077e7c178bd0c38fd7a8f81de32ec7174dd5e28f11a86c97739b4514704a8ce",
    );
    assert_eq!(Entry::from_bytes(&bytes).unwrap(), entry(3, "\"Signed\""));
    let leaf = crate::hash_to_base64(&entry(3, "\"Signed\"").leaf().unwrap());
    // Python: b64encode(sha256(b"\0" + bytes).digest())
    assert_eq!(leaf, "ivJtncnWGd8Tgf4SBm5vOZLzjWBZmf/+jOIyeFiBfMQ=");
}

#[test]
fn a_commitment_is_pinned() {
    // Python: sha256(b"shigan-content/v1\n" + pack(">Q", 2) + b"a1" + pack(">Q", 9) + …)
    assert_eq!(
        commit("a1", "示范市"),
        "544bdf40e9b21ffb42cd7f48e1cb71df343c36677da6835e0909d6fdfb7c2787"
    );
    assert_eq!(commit("", ""), "4ddfe374a416d5f22342319cb1f60aa37147d25c3ebc289d53f396b4bb4ca299");
}

/// An entry's bytes from eleven texts.
fn bytes_of(fields: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for field in fields {
        bytes.extend_from_slice(&u32::try_from(field.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

fn fields() -> Vec<Vec<u8>> {
    let commitment = commit("", "");
    let texts = [
        "130200",
        "7",
        "3",
        "2015-11-20T01:00:00.000000Z",
        "2015-11-20",
        "11",
        "12",
        "item",
        "41",
        "Signed",
        &commitment,
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let text = |field: &str| field.to_owned();
    let cases: [(&str, &[u8], Wrong); 27] = [
        ("jurisdiction", b"", Wrong::Empty),
        ("jurisdiction", b"1302\xff", Wrong::NotText(4)),
        ("number", b"", Wrong::NotNumber(text(""))),
        ("number", b"-1", Wrong::NotNumber(text("-1"))),
        ("number", b"+7", Wrong::NotNumber(text("+7"))),
        ("number", b"07", Wrong::NotNumber(text("07"))),
        ("number", b"9223372036854775808", Wrong::NotNumber(text("9223372036854775808"))),
        ("turn", b"-3", Wrong::NotNumber(text("-3"))),
        ("at", b"2015-11-20T01:00:00Z", Wrong::NotInstant(text("2015-11-20T01:00:00Z"))),
        (
            "at",
            b"2015-11-20T24:00:00.000000Z",
            Wrong::NotInstant(text("2015-11-20T24:00:00.000000Z")),
        ),
        (
            "at",
            b"2015-11-20T01:60:00.000000Z",
            Wrong::NotInstant(text("2015-11-20T01:60:00.000000Z")),
        ),
        (
            "at",
            b"2015-11-20T01:00:60.000000Z",
            Wrong::NotInstant(text("2015-11-20T01:00:60.000000Z")),
        ),
        (
            "at",
            b"2015-11-31T01:00:00.000000Z",
            Wrong::NotInstant(text("2015-11-31T01:00:00.000000Z")),
        ),
        (
            "at",
            b"2015-11-20 01:00:00.000000Z",
            Wrong::NotInstant(text("2015-11-20 01:00:00.000000Z")),
        ),
        ("day", b"2015-02-29", Wrong::NotDay(text("2015-02-29"))),
        ("day", b"1900-02-29", Wrong::NotDay(text("1900-02-29"))),
        ("day", b"2015-13-01", Wrong::NotDay(text("2015-13-01"))),
        ("day", b"2015-04-31", Wrong::NotDay(text("2015-04-31"))),
        ("day", b"2015-04-00", Wrong::NotDay(text("2015-04-00"))),
        ("day", b"15-04-01", Wrong::NotDay(text("15-04-01"))),
        ("person", b"-0", Wrong::NotNumber(text("-0"))),
        ("post", b"1.0", Wrong::NotNumber(text("1.0"))),
        ("kind", b"", Wrong::Empty),
        ("matter", b"a", Wrong::NotNumber(text("a"))),
        ("act", b"", Wrong::Empty),
        ("commitment", b"abc", Wrong::NotCommitment(text("abc"))),
        ("act", &[b'a'; FIELD_LIMIT + 1], Wrong::Long(1025)),
    ];
    for (field, value, wrong) in cases {
        let mut fields = fields();
        let place = FIELDS.iter().position(|name| *name == field).unwrap();
        fields[place] = value.to_vec();
        let at = MAGIC.len() + fields[..place].iter().map(|field| 4 + field.len()).sum::<usize>();
        let error = Entry::from_bytes(&bytes_of(&fields)).unwrap_err();
        assert_eq!((error.field, error.at, error.wrong), (field, at, wrong));
    }
    let upper = commit("", "").to_uppercase();
    let mut fields = fields();
    fields[10] = upper.clone().into_bytes();
    let error = Entry::from_bytes(&bytes_of(&fields)).unwrap_err();
    assert_eq!(error.wrong, Wrong::NotCommitment(upper));
}

#[test]
fn days_there_are_are_read() {
    for day in ["2016-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2015-04-30"] {
        let entry = Entry { day: day.into(), ..entry(0, "") };
        assert_eq!(Entry::from_bytes(&entry.to_bytes().unwrap()).unwrap().day, day);
    }
}

#[test]
fn an_entry_that_breaks_off_is_refused_at_every_byte() {
    let bytes = bytes_of(&fields());
    for length in 0..bytes.len() {
        assert!(Entry::from_bytes(&bytes[..length]).is_err(), "{length}");
    }
    let error = Entry::from_bytes(&[bytes.as_slice(), b"\0"].concat()).unwrap_err();
    assert_eq!((error.field, error.wrong), ("end", Wrong::Trailing(1)));
    // An announced length of four gigabytes is refused, not waited for.
    let error = Entry::from_bytes(&[MAGIC, b"\xff\xff\xff\xff"].concat()).unwrap_err();
    assert_eq!(error.wrong, Wrong::Long(u64::from(u32::MAX)));
}

#[test]
fn a_field_too_long_is_refused_and_never_read_back_cut() {
    let long = Entry { act: "事".repeat(400), ..entry(0, "") };
    assert_eq!(long.to_bytes().unwrap_err().wrong, Wrong::Long(1025));
    assert!(Entry::from_bytes(&long.bytes_as_kept()).is_err());
    let most = Entry { act: "a".repeat(FIELD_LIMIT), ..entry(0, "") };
    assert!(most.to_bytes().is_ok());
}

prop_compose! {
    fn any_entry()(
        jurisdiction in "\\PC{1,40}", number in 0..=i64::MAX, turn in 0..=i64::MAX,
        person in any::<i64>(), post in any::<i64>(), kind in "[a-z]{1,12}",
        matter in any::<i64>(), act in "\\PC{1,60}", payload in ".*",
        (month, day) in (1..=12, 1..=28), micros in 0..1_000_000,
    ) -> Entry {
        Entry {
            jurisdiction, number, turn, person, post, kind, matter, act,
            at: format!("2015-{month:02}-{day:02}T23:59:59.{micros:06}Z"),
            day: format!("2015-{month:02}-{day:02}"),
            commitment: commit("a1", &payload),
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(entry in any_entry()) {
        let bytes = entry.to_bytes().unwrap();
        prop_assert!(bytes.len() < 65_536);
        prop_assert_eq!(Entry::from_bytes(&bytes).unwrap(), entry);
    }

    #[test]
    fn what_is_read_is_written_the_same(
        entry in any_entry(), place in any::<prop::sample::Index>(), change in 1_u8..,
    ) {
        let mut bytes = entry.to_bytes().unwrap();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        if let Ok(read) = Entry::from_bytes(&bytes) {
            prop_assert_eq!(read.to_bytes().unwrap(), bytes);
        }
    }
}
