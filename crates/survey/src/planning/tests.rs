//! Sample sizes: the smallest that keep their margin, and known tables of them.

use super::*;

#[test]
fn quantiles_are_those_of_scipy() {
    // scipy 1.17.1, norm.ppf.
    for (chance, expected) in [
        (0.5, 0.0),
        (0.6, 0.253_347_103_135_799_7),
        (0.8, 0.841_621_233_572_914_3),
        (0.95, 1.644_853_626_951_472_2),
        (0.975, 1.959_963_984_540_054),
        (0.995, 2.575_829_303_548_900_4),
        (0.9995, 3.290_526_731_491_926),
        (0.999_999, 4.753_424_308_817_088),
        (1e-12, -7.034_483_825_301_131),
        (0.025, -1.959_963_984_540_054),
    ] {
        let found = quantile(chance);
        assert!((found - expected).abs() <= 1e-14 * expected.abs(), "{chance}: {found}");
    }
}

#[test]
fn the_sample_is_the_smallest_that_keeps_the_margin() {
    for population in [None, Some(60), Some(130), Some(5000), Some(1_000_000)] {
        for design_effect in [0.8, 1.0, 2.3] {
            for margin in [0.01, 0.03, 0.05, 0.12] {
                let wish = Wish { population, design_effect, ..Wish::share(margin, 0.95) };
                let answers = wish.sample().unwrap().answers;
                assert!(wish.margin_of(answers).unwrap() <= margin * (1.0 + 1e-9), "{wish:?}");
                if answers > 1 {
                    assert!(wish.margin_of(answers - 1).unwrap() > margin, "{wish:?}");
                }
            }
        }
    }
}

#[test]
fn sizes_that_every_textbook_prints() {
    for (margin, confidence, expected) in
        [(0.05, 0.95, 385), (0.03, 0.95, 1068), (0.01, 0.95, 9604), (0.05, 0.99, 664)]
    {
        assert_eq!(Wish::share(margin, confidence).sample().unwrap().answers, expected);
    }
    // R. V. Krejcie, D. W. Morgan (1970), with their 3.841 for the squared score.
    for (population, expected) in [(100, 80), (1000, 278), (10_000, 370), (1_000_000, 385)] {
        let wish = Wish { population: Some(population), ..Wish::share(0.05, 0.95) };
        assert!(wish.sample().unwrap().answers.abs_diff(expected) <= 1);
    }
}

#[test]
fn what_cannot_be_is_named() {
    let wish = Wish::share(0.05, 0.95);
    for (wrong, field) in [
        (Wish { margin: 0.0, ..wish }, "margin"),
        (Wish { confidence: 1.0, ..wish }, "confidence"),
        (Wish { deviation: f64::NAN, ..wish }, "deviation"),
        (Wish { population: Some(0), ..wish }, "population"),
        (Wish { design_effect: -1.0, ..wish }, "design effect"),
        (Wish { response: 1.1, ..wish }, "response"),
    ] {
        assert!(wrong.sample().unwrap_err().to_string().starts_with(field));
    }
    let few = Wish { population: Some(130), response: 0.5, ..wish };
    assert_eq!(few.sample(), Err(Unplannable::TooFew { asked: 196, population: 130 }));
    assert!(wish.margin_of(0).is_err() && few.margin_of(131).is_err());
    assert_eq!(Wish { population: Some(1), ..wish }.sample().unwrap().answers, 1);
    assert_eq!(few.margin_of(130), Ok(0.0));
}

/// Sixteen plans: people there are (0: without end), margin, confidence, design effect, response;
/// answers and people to ask by trying one size after another with scipy 1.17.1's quantiles.
#[test]
fn sixteen_plans_are_those_found_by_trying() {
    let plans = [
        (0.03, 0.95, 1.0, 1.0),
        (0.03, 0.95, 1.6, 0.62),
        (0.05, 0.9, 2.3, 0.35),
        (0.02, 0.99, 1.2, 0.8),
    ];
    let found: [(u64, [(u64, u64); 4]); 4] = [
        (0, [(1068, 1068), (1708, 2755), (623, 1780), (4977, 6222)]),
        (500_000, [(1065, 1065), (1702, 2746), (622, 1778), (4928, 6160)]),
        (21_000, [(1016, 1016), (1580, 2549), (605, 1729), (4024, 5030)]),
        (2000, [(697, 697), (922, 1488), (475, 1358), (1427, 1784)]),
    ];
    for (all, sizes) in found {
        for ((margin, confidence, design_effect, response), (answers, asked)) in
            plans.into_iter().zip(sizes)
        {
            let population = (all > 0).then_some(all);
            let share = Wish::share(margin, confidence);
            let wish = Wish { population, design_effect, response, ..share };
            assert_eq!(wish.sample(), Ok(Sample { answers, asked }), "{wish:?}");
        }
    }
}
