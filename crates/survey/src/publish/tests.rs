//! The attacker beside brute force, and a thousand random publications.

use super::*;

/// A small generator (Steele, Lea and Flood 2014): the same tables in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(word ^ word >> 31) * u128::from(end)) >> 64) as u64
    }

    /// Rows of three variables, and one to three tables of them that share margins.
    fn tables(&mut self) -> Tables {
        let kinds: Vec<u64> = (0..3).map(|_| 2 + self.below(2)).collect();
        let skew = 1 + self.below(3);
        let value = |chance: &mut Self, kinds: u64| {
            let drawn: Vec<u64> = (0..skew).map(|_| chance.below(kinds)).collect();
            drawn.into_iter().min().unwrap_or(0).to_string()
        };
        let count = 10 + self.below(150);
        let rows: Vec<Vec<String>> =
            (0..count).map(|_| kinds.iter().map(|kinds| value(self, *kinds)).collect()).collect();
        let all = [vec![0, 1], vec![1, 2], vec![0, 2], vec![0, 1, 2], vec![2]];
        let some = 1 + self.below(3);
        let chosen: Vec<Vec<usize>> =
            (0..some).map(|_| all[self.below(all.len() as u64) as usize].clone()).collect();
        Tables::count(&["a", "b", "c"], &rows, &chosen).unwrap()
    }
}

#[test]
fn nothing_is_recovered_from_a_thousand_random_publications() {
    let mut chance = Chance(7);
    let (mut hidden, mut small) = (0, 0);
    for nth in 0..1000 {
        let tables = chance.tables();
        let least = 2 + chance.below(5);
        let publication = suppress(&tables, least).unwrap();
        assert_eq!(leaks(&tables, &publication, least), Ok(vec![]), "publication {nth}");
        for range in attack(&tables, &publication).unwrap() {
            let count = tables.counts()[range.cell];
            assert!(range.low <= count && count <= range.high && range.low < range.high);
            hidden += 1;
        }
        small += (0..publication.len()).filter(|cell| tables.is_small(*cell, least)).count();
    }
    assert!(small > 1000 && hidden < 4 * small, "{small} small, {hidden} left out");
}

#[test]
fn a_seeded_leak_is_found() {
    let mut chance = Chance(11);
    let mut seeded = 0;
    for _ in 0..100 {
        let tables = chance.tables();
        let mut publication = suppress(&tables, 5).unwrap();
        let other = (0..publication.len())
            .find(|cell| publication[*cell].is_none() && !tables.is_small(*cell, 5));
        // No complement is left out in vain: giving one back exposes a small cell.
        if let Some(other) = other {
            publication[other] = Some(tables.counts()[other]);
            assert!(!leaks(&tables, &publication, 5).unwrap().is_empty());
            seeded += 1;
        }
    }
    assert!(seeded > 50, "{seeded}");
}

/// The least and most of each hidden cell by trying every count.
fn tried(tables: &Tables, publication: &Publication, greatest: u64) -> Vec<(u64, u64)> {
    let cells: Vec<usize> =
        (0..publication.len()).filter(|cell| publication[*cell].is_none()).collect();
    let mut found = vec![(u64::MAX, 0); cells.len()];
    let ways = (greatest + 1).pow(cells.len() as u32);
    for way in 0..ways {
        let mut guess: Vec<u64> = publication.iter().map(|count| count.unwrap_or(0)).collect();
        let mut left = way;
        for cell in &cells {
            guess[*cell] = left % (greatest + 1);
            left /= greatest + 1;
        }
        let fits =
            |sum: &Sum| guess[sum.total] == sum.parts.iter().map(|part| guess[*part]).sum::<u64>();
        if tables.sums.iter().all(fits) {
            for (range, cell) in found.iter_mut().zip(&cells) {
                *range = (range.0.min(guess[*cell]), range.1.max(guess[*cell]));
            }
        }
    }
    found
}

#[test]
fn the_attacker_finds_what_trying_every_count_finds() {
    let mut chance = Chance(3);
    let mut tested = 0;
    while tested < 40 {
        let rows: Vec<Vec<String>> = (0..4 + chance.below(4))
            .map(|_| vec![chance.below(2).to_string(), chance.below(3).to_string()])
            .collect();
        let tables = Tables::count(&["a", "b"], &rows, &[vec![0, 1]]).unwrap();
        let mut publication: Publication = tables.counts.iter().copied().map(Some).collect();
        for _ in 0..5 {
            // The number of all rows stays: every other cell is at most that.
            publication[1 + chance.below(tables.counts.len() as u64 - 1) as usize] = None;
        }
        let found = attack(&tables, &publication).unwrap();
        let ranges: Vec<(u64, u64)> = found.iter().map(|one| (one.low, one.high)).collect();
        assert_eq!(ranges, tried(&tables, &publication, rows.len() as u64));
        tested += 1;
    }
}

#[test]
fn what_contradicts_itself_is_said() {
    let rows = [vec!["a".to_owned()], vec!["b".to_owned()]];
    let tables = Tables::count(&["group"], &rows, &[vec![0]]).unwrap();
    assert_eq!(attack(&tables, &vec![Some(1), None, Some(2)]), Err(Unpublished::Contradiction));
    assert_eq!(attack(&tables, &vec![Some(1)]), Err(Unpublished::Cells { found: 1, expected: 3 }));
    let all = attack(&tables, &vec![None, None, None]).unwrap();
    assert!(all.iter().all(|range| (range.low, range.high) == (0, u64::MAX)));
    assert_eq!(Tables::count(&["group"], &rows, &[vec![1]]), Err(Unpublished::Variable(1)));
    let short = [vec![]];
    assert_eq!(
        Tables::count(&["group"], &short, &[]),
        Err(Unpublished::Row { row: 0, found: 0, expected: 1 })
    );
}
