//! Balance, and the matrices R takes.

use super::*;

#[test]
fn rows_are_orthogonal_and_few() {
    for pairs in 1..130 {
        let rows = balanced(pairs);
        assert!(rows.len() > pairs && rows.len() <= pairs + 4 + pairs / 3, "{pairs}");
        assert!(rows[0].iter().all(|cell| *cell));
        for (one, row) in rows.iter().enumerate() {
            for other in &rows[..one] {
                let agree = row.iter().zip(other).filter(|(a, b)| a == b).count();
                assert_eq!(2 * agree, rows.len());
            }
        }
    }
}

/// `dim(survey:::hadamard(n))` and the sum of each of its cells times its place, column by column,
/// by R 4.2.2, survey 4.1-1.
#[test]
fn they_are_those_of_r() {
    for line in R.lines() {
        let numbers: Vec<usize> = line.split(' ').map(|word| word.parse().unwrap()).collect();
        let [pairs, size, sum] = numbers[..] else { panic!("{line}") };
        let rows = balanced(pairs);
        assert_eq!(rows.len(), size, "{pairs} pairs");
        let places = (0..size * size).filter(|at| rows[at % size][at / size]);
        assert_eq!(places.map(|at| at + 1).sum::<usize>(), sum, "{pairs} pairs");
    }
}

const R: &str = include_str!("r.txt");
