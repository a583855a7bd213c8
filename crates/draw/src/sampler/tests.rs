//! Rules of the sampler beside its published tickets, which `tests/reference.rs` has.

use proptest::prelude::*;

use super::*;

#[test]
fn the_order_is_the_order_of_the_tickets() {
    let ids: Vec<String> = (0..500).map(|number| format!("id-{number}")).collect();
    let drawn = sample(&ids, "seed", &Plan::take(500)).unwrap();
    assert!(drawn.is_sorted_by(|one, other| one.number < other.number));
    assert_eq!(drawn.len(), 500);
}

#[test]
fn both_cores_give_what_one_gives() {
    let ids: Vec<String> = (0..20_001).map(|number| format!("id-{number}")).collect();
    let mut slow: Vec<_> = (0..ids.len()).collect();
    let salted = salted("seed");
    slow.sort_by_cached_key(|place| first(&salted, &ids[*place]).reversed());
    assert_eq!(order(&ids, "seed"), slow);
}

#[test]
fn a_repeated_id_is_refused_by_name_and_place() {
    let refused = sample(&["a", "b", "a"], "seed", &Plan::take(1)).unwrap_err();
    assert_eq!(refused, Repeated { id: "a".into(), first: 1, again: 3 });
}

#[test]
fn an_empty_frame_gives_an_empty_draw() {
    let again = Plan { drop: 0, take: 5, with_replacement: true };
    assert_eq!(sample::<&str>(&[], "seed", &again), Ok(vec![]));
}

#[test]
fn the_next_ticket_is_larger_and_keeps_the_nines() {
    let mut ticket = "0.5".to_owned();
    for _ in 0..200 {
        let later = next(&ticket);
        assert!(later > ticket);
        assert!(nines(&later) >= nines(&ticket));
        ticket = later;
    }
}

proptest! {
    #[test]
    fn drop_and_take_cut_one_order(count in 1_usize..40, drop in 0_usize..50, take in 0_usize..50) {
        let ids: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        for with_replacement in [false, true] {
            let whole =
                sample(&ids, "s", &Plan { drop: 0, take: 100, with_replacement }).unwrap();
            let part = sample(&ids, "s", &Plan { drop, take, with_replacement }).unwrap();
            let cut: Vec<_> = whole.into_iter().skip(drop).take(take).collect();
            prop_assert_eq!(part, cut);
        }
    }

    #[test]
    fn a_longer_frame_does_not_reorder(count in 2_usize..60) {
        let ids: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        let mut all = order(&ids, "s");
        all.retain(|place| *place < count - 1);
        prop_assert_eq!(all, order(&ids[..count - 1], "s"));
    }
}
