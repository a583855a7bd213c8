//! Conditions, their missing values and their faults.

use super::*;

fn table() -> Table {
    let csv = b"stratum,psu,y\n\"A\",1,54.5\n\"B\",2,\n\"B\",1,3\n,2,4\n";
    Table::read(&csv[..], |_| true).unwrap()
}

fn says(condition: &str) -> String {
    let sign = |row: Option<bool>| row.map_or('?', |row| if row { '1' } else { '0' });
    judge(condition, &table()).unwrap().into_iter().map(sign).collect()
}

#[test]
fn comparisons_and_their_joining() {
    assert_eq!(says("stratum != 'B' | psu == 1"), "101?");
    assert_eq!(says("stratum == 'B' & psu == 2"), "010?");
    assert_eq!(says("!(y >= 4)"), "0?10");
    assert_eq!(says("y < 4 | psu == 2"), "0111");
    assert_eq!(says("stratum %in% c('A', \"B\")"), "1110");
    assert_eq!(says("psu %in% 1"), "1010");
}

#[test]
fn missing_cells_can_be_asked_for() {
    assert_eq!(says("is.na(y) | is.na(stratum)"), "0101");
    assert_eq!(says("!is.na(y) & psu == 1"), "1010");
    assert!(judge("is.na(y", &table()).is_err());
}

#[test]
fn and_binds_closer_than_or() {
    assert_eq!(says("psu == 1 | psu == 2 & y == 4"), "1?11");
    assert_eq!(says("(psu == 1 | psu == 2) & y == 4"), "0?01");
}

#[test]
fn faults_show_the_place() {
    for (condition, place) in [
        ("psu = 1", "= 1"),
        ("psu == ", "\"\""),
        ("psu == 1 psu", "psu"),
        ("(psu == 1", "\"\""),
        ("psu %in% c(1", "\"\""),
    ] {
        let trouble = judge(condition, &table()).unwrap_err().to_string();
        assert!(trouble.contains(place), "{trouble}");
    }
    let trouble = judge("unknown == 1", &table()).unwrap_err();
    assert!(matches!(trouble, Trouble::UnknownColumn { .. }));
}
