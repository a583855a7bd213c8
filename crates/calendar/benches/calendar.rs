//! How long one question takes, over a spread of days.

use calendar::{Calendar, Moment};
use divan::{Bencher, black_box};
use jiff::{ToSpan, civil::date};

fn main() {
    divan::main();
}

#[divan::bench]
fn add_workdays(bencher: Bencher<'_, '_>) {
    let china = Calendar::china();
    let day = date(2015, 1, 1);
    let mut n = 0;
    bencher.bench_local(|| {
        n = (n + 37) % 4000;
        black_box(china.add_workdays(day, n))
    });
}

#[divan::bench]
fn count_workdays(bencher: Bencher<'_, '_>) {
    let china = Calendar::china();
    let (from, to) = (date(2004, 1, 1), date(2015, 1, 1));
    let mut n = 0;
    bencher.bench_local(|| {
        n = (n + 37) % 4000;
        black_box(china.count_workdays(from, to + n.days()))
    });
}

#[divan::bench]
fn add_time(bencher: Bencher<'_, '_>) {
    let china = Calendar::china();
    let start = Moment::at(date(2015, 1, 1), 8 * 3600);
    let mut n = 0;
    bencher.bench_local(|| {
        n = (n + 37_000) % 40_000_000;
        black_box(china.add_time(start, n))
    });
}
