//! The digits of known numbers.

use super::*;

#[test]
fn digits_are_reversed_and_padded() {
    assert_eq!(Number([1203, 0, 0, 0]).reversed(), format!("3021{}", "0".repeat(60)));
    let two_to_64 = Number([0, 1, 0, 0]);
    assert_eq!(two_to_64.reversed(), format!("61615590737044764481{}", "0".repeat(44)));
    let greatest = Number([u64::MAX; 4]).reversed();
    let forward: String = greatest.chars().rev().collect();
    assert_eq!(
        forward,
        "115792089237316195423570985008687907853269984665640564039457584007913129639935"
    );
}

#[test]
fn zeros_within_a_number_stay() {
    // 10^38 + 7 has a whole chunk of zeros in the middle.
    let number = 10_u128.pow(38) + 7;
    let words = Number([number as u64, (number >> 64) as u64, 0, 0]);
    assert_eq!(words.reversed(), format!("7{}1{}", "0".repeat(37), "0".repeat(25)));
}

#[test]
fn the_key_is_the_first_nineteen_digits() {
    for text in ["", "a", "乡镇", "zero"] {
        let number = Number::of(Sha256::new_with_prefix(text));
        assert_eq!(format!("{:019}", number.key()), number.reversed()[..19]);
    }
}

#[test]
fn the_hash_of_nothing() {
    assert_eq!(hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
