//! The log agrees with another implementation, and is taken up where it was left.

use std::collections::BTreeMap;

use super::{Log, LogError};
use crate::{Frontier, Hash, Place, Tile, Tiles, leaf_hash};

/// Every stored hash of a log, for the other implementation.
struct Stored(Vec<tlog_tiles::Hash>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

fn leaf(number: u64) -> Hash {
    leaf_hash(&number.to_be_bytes())
}

#[test]
fn roots_and_tiles_agree_with_another_implementation() {
    let (mut log, mut stored, mut tiles) = (Log::default(), Stored(Vec::new()), Vec::new());
    for number in 0..66_200_u64 {
        let more = tlog_tiles::stored_hashes(number, &number.to_be_bytes(), &stored).unwrap();
        stored.0.extend(more);
        tiles.extend(log.append(leaf(number)));
        if number < 600 || number % 4_999 == 0 {
            let expected = tlog_tiles::tree_hash(number + 1, &stored).unwrap();
            assert_eq!(log.root(), expected.0, "{number}");
        }
    }
    tiles.extend(log.partial_tiles());
    let mut places: Vec<Place> = tiles.iter().map(Tile::place).collect();
    places.sort_unstable();
    assert_eq!(places, Place::all(66_200).collect::<Vec<_>>());
    for tile in tiles {
        let Place { level, number, width } = tile.place();
        let other = tlog_tiles::Tile::new(8, level, number, width.into(), false);
        assert_eq!(other.read_data(&stored).unwrap(), tile.hashes.concat());
        assert_eq!(other.path().replace("tile/8/", "tile/"), tile.place().path());
    }
}

#[test]
fn paths_are_those_of_tlog_tiles() {
    for number in [0, 7, 999, 1_000, 1_234_067, u64::from(u32::MAX)] {
        for (level, width) in [(0, 256), (1, 1), (7, 255)] {
            let place = Place { level, number, width };
            let other = tlog_tiles::Tile::new(8, level, number, width.into(), false);
            assert_eq!(other.path(), place.path().replacen("tile/", "tile/8/", 1));
            let other = tlog_tiles::Tile::new(8, 0, number, width.into(), true);
            let entries = place.entries_path().replace("tile/entries/", "tile/8/data/");
            assert_eq!(other.path(), entries);
        }
    }
    let place = Place { level: 0, number: 1_234_067, width: 9 };
    assert_eq!(place.payloads_path(), "payloads/x001/x234/067.jsonl");
}

#[test]
fn a_log_is_taken_up_where_it_was_left() {
    let (mut log, mut full) = (Log::default(), BTreeMap::new());
    let mut leaves = Vec::new();
    for number in 0..=66_000_u64 {
        if number < 600 || number % 9_973 == 0 || number.abs_diff(65_536) < 3 {
            assert_eq!(Log::resume(log.size(), log.open().to_vec()).unwrap(), log);
            assert_eq!(log.to_string().parse::<Log>().unwrap(), log, "{number}");
            let open = &leaves[leaves.len() / 256 * 256..];
            assert_eq!(Log::rebuild(number, open, &full).unwrap(), log, "{number}");
            let frontier = log.frontier().to_string();
            assert_eq!(&frontier.parse::<Frontier>().unwrap(), log.frontier());
        }
        leaves.push(leaf(number));
        full.extend(log.append(leaf(number)).into_iter().map(|tile| (tile.place(), tile.hashes)));
    }
}

#[test]
fn a_log_is_not_taken_up_from_another_ones_parts() {
    let mut log = Log::default();
    let leaves: Vec<Hash> = (0..600).map(leaf).collect();
    leaves.iter().for_each(|leaf| drop(log.append(*leaf)));
    let nothing = BTreeMap::new();
    let missing = Place { level: 0, number: 0, width: 256 };
    assert_eq!(Log::rebuild(600, &leaves[512..], &nothing), Err(LogError::Missing(missing)));
    let short = BTreeMap::from([(missing, leaves[..255].to_vec())]);
    assert_eq!(Log::rebuild(600, &leaves[512..], &short), Err(LogError::Missing(missing)));
    let error = Log::rebuild(3, &leaves[..2], &nothing).unwrap_err();
    assert_eq!(error, LogError::Width { size: 3, level: 0, expected: 3, found: 2 });
    let text = log.to_string();
    for (wrong, error) in [
        (String::new(), "\"\" is not the size of a log"),
        (text.replacen("600", "0600", 1), "\"0600\" is not the size of a log"),
        (
            text.replacen("600", "601", 1),
            "level 0 of a log of 601 leaves has 89 open hashes, not 88",
        ),
        (text.clone() + " -", "a log of 600 leaves has 2 levels, not 3"),
        (text.clone() + " ", "level 2 of a log is not written as hashes in base64"),
        (text[..text.len() - 1].to_owned(), "level 1 of a log is not written as hashes in base64"),
    ] {
        assert_eq!(wrong.parse::<Log>().unwrap_err().to_string(), error);
    }
    assert!("3 AAAA".parse::<Frontier>().is_err());
    assert!("0".parse::<Frontier>().is_ok_and(|frontier| frontier == Frontier::default()));
    assert!("1".parse::<Frontier>().is_err());
}

#[test]
fn the_open_ends_answer_for_smaller_logs_too() {
    let mut log = Log::default();
    (0..300).for_each(|number| drop(log.append(leaf(number))));
    let place = |width| Place { level: 0, number: 1, width };
    assert_eq!(log.tile(place(44)).unwrap().len(), 44);
    assert_eq!(log.tile(place(43)).unwrap(), (256..299).map(leaf).collect::<Vec<_>>());
    assert_eq!(log.tile(place(45)), None);
    assert_eq!(log.tile(Place { level: 0, number: 0, width: 44 }), None);
}

#[test]
fn places_end_with_the_log() {
    assert_eq!(Place::all(0).count(), 0);
    assert_eq!(
        Place::all(256).map(|p| p.path()).collect::<Vec<_>>(),
        ["tile/0/000", "tile/1/000.p/1"]
    );
    assert_eq!(Place::of(u64::MAX, 7, 0), Some(Place { level: 7, number: 0, width: 255 }));
    assert_eq!(Place::of(u64::MAX, 0, u64::MAX), None);
}
