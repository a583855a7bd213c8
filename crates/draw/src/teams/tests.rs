//! What no draw of teams may do, and chances beside enumeration and replays.

use proptest::prelude::*;

use super::*;

fn recusals(pairs: &[(usize, usize)]) -> Vec<Recusal> {
    pairs
        .iter()
        .map(|(inspector, object)| Recusal { inspector: *inspector, object: *object })
        .collect()
}

#[test]
fn replays_keep_every_chance() {
    let recusals = recusals(&[(0, 0), (0, 1), (0, 2), (1, 0), (4, 3), (3, 3)]);
    let duty = Duty { inspectors: 5, objects: 4, recusals: &recusals, per_object: 2, most: None };
    let chances = duty.chances().unwrap();
    let replays = 100_000;
    let mut drawn = [[0_u32; 4]; 5];
    for replay in 0..replays {
        for (object, team) in chances.draw(&replay.to_string()).into_iter().enumerate() {
            team.into_iter().for_each(|who| drawn[who][object] += 1);
        }
    }
    for (who, row) in drawn.iter().enumerate() {
        for (object, times) in row.iter().enumerate() {
            let (share, chance) = (f64::from(*times) / f64::from(replays), chances.of(who, object));
            let error = (chance * (1.0 - chance) / f64::from(replays)).sqrt();
            assert!(
                (share - chance).abs() <= 4.5 * error + 1e-9,
                "{who} {object}: {share} {chance}"
            );
        }
    }
}

#[test]
fn without_recusals_all_chances_are_equal_as_enumeration_has_them() {
    // By symmetry each of the 4 inspectors stands in 3 of the 6 pairs: 2 places of 4.
    let duty = Duty { inspectors: 4, objects: 6, recusals: &[], per_object: 2, most: None };
    let chances = duty.chances().unwrap();
    for who in 0..4 {
        for object in 0..6 {
            assert_eq!(chances.of(who, object), 0.5);
        }
    }
    assert_eq!(chances.limit(), 3);
}

#[test]
fn a_limit_that_recusals_make_hard_is_kept() {
    // Only 0 and 1 may go to objects 0 and 1; the rest must take everything else.
    let pairs: Vec<(usize, usize)> = (2..5).flat_map(|who| [(who, 0), (who, 1)]).collect();
    let recusals = recusals(&pairs);
    let duty =
        Duty { inspectors: 5, objects: 5, recusals: &recusals, per_object: 2, most: Some(2) };
    let chances = duty.chances().unwrap();
    assert_eq!((chances.limit(), chances.of(0, 0)), (2, 1.0));
    for seed in 0..50 {
        let teams = chances.draw(&seed.to_string());
        for who in 0..5 {
            assert_eq!(teams.iter().filter(|team| team.contains(&who)).count(), 2);
        }
    }
}

#[test]
fn an_impossible_draw_names_its_recusals() {
    let all = recusals(&[(0, 2), (1, 2), (2, 2), (0, 0), (1, 1)]);
    let duty = Duty { inspectors: 4, objects: 3, recusals: &all, per_object: 2, most: None };
    let Err(Impossible::Recused(why)) = duty.chances() else { panic!("possible") };
    assert_eq!(why.objects, [2]);
    assert_eq!((why.needed, why.places), (2, 1));
    assert_eq!(why.recusals, recusals(&[(0, 2), (1, 2), (2, 2)]));
    // Each of two objects could be filled alone; both together cannot.
    let both = recusals(&[(2, 0), (3, 0), (2, 1), (3, 1), (0, 2)]);
    let duty = Duty { recusals: &both, most: Some(1), inspectors: 8, ..duty };
    let Ok(_) = duty.chances() else { panic!("eight are enough") };
    let wider: Vec<Recusal> = (2..8).flat_map(|who| recusals(&[(who, 0), (who, 1)])).collect();
    let duty = Duty { recusals: &wider, ..duty };
    let Err(Impossible::Recused(why)) = duty.chances() else { panic!("possible") };
    assert_eq!((why.objects, why.needed, why.places), (vec![0, 1], 4, 2));
    assert_eq!(why.recusals.len(), 12);
}

#[test]
fn nonsense_is_refused() {
    let duty = Duty { inspectors: 3, objects: 1, recusals: &[], per_object: 1, most: None };
    assert_eq!(duty.chances(), Err(Impossible::TooSmallTeams(1)));
    let unknown = recusals(&[(3, 0)]);
    let duty = Duty { per_object: 2, recusals: &unknown, ..duty };
    assert_eq!(duty.chances(), Err(Impossible::UnknownRecusal { inspector: 3, object: 0 }));
    let duty = Duty { per_object: 4, recusals: &[], ..duty };
    assert_eq!(duty.chances(), Err(Impossible::TooFewInspectors { needed: 4, places: 3 }));
    let nothing = Duty { inspectors: 0, objects: 0, per_object: 2, ..duty };
    assert!(nothing.chances().unwrap().draw("s").is_empty());
}

fn can_be_filled(duty: &Duty<'_>, object: usize, loads: &mut Vec<usize>) -> bool {
    if object == duty.objects {
        return true;
    }
    let may = |who: usize| !duty.recusals.contains(&Recusal { inspector: who, object });
    let most = duty.most.unwrap_or(duty.objects);
    (0_u32..1 << duty.inspectors).any(|team| {
        let team: Vec<usize> = (0..duty.inspectors).filter(|who| team >> who & 1 == 1).collect();
        let fits =
            team.len() == duty.per_object && team.iter().all(|who| may(*who) && loads[*who] < most);
        if !fits {
            return false;
        }
        team.iter().for_each(|who| loads[*who] += 1);
        let filled = can_be_filled(duty, object + 1, loads);
        team.iter().for_each(|who| loads[*who] -= 1);
        filled
    })
}

proptest! {
    #[test]
    fn recusal_is_never_violated(
        inspectors in 2_usize..14,
        objects in 1_usize..14,
        pairs in prop::collection::vec((0_usize..14, 0_usize..14), 0..60),
        per_object in 2_usize..4,
        seed in 0_u32..1000,
    ) {
        let pairs: Vec<_> =
            pairs.into_iter().filter(|(who, at)| *who < inspectors && *at < objects).collect();
        let recusals = recusals(&pairs);
        let duty = Duty { inspectors, objects, recusals: &recusals, per_object, most: None };
        let Ok(chances) = duty.chances() else { return Ok(()) };
        let teams = chances.draw(&seed.to_string());
        prop_assert_eq!(teams.len(), objects);
        for (object, team) in teams.iter().enumerate() {
            prop_assert_eq!(team.len(), per_object);
            for who in team {
                let recused = recusals.contains(&Recusal { inspector: *who, object });
                prop_assert!(!recused);
            }
        }
        for who in 0..inspectors {
            let load = teams.iter().filter(|team| team.contains(&who)).count();
            prop_assert!(load <= chances.limit());
            prop_assert!((load as f64 - chances.load(who)).abs() < 1.0 + 1e-6);
        }
    }

    #[test]
    fn impossible_is_said_exactly_when_it_is(
        pairs in prop::collection::btree_set((0_usize..4, 0_usize..3), 0..9),
        most in 1_usize..4,
    ) {
        let recusals = recusals(&pairs.into_iter().collect::<Vec<_>>());
        let recusals = &recusals[..];
        let duty =
            Duty { inspectors: 4, objects: 3, recusals, per_object: 2, most: Some(most) };
        let possible = can_be_filled(&duty, 0, &mut vec![0; 4]);
        match duty.chances() {
            Ok(chances) => {
                prop_assert!(possible);
                // The limit is the least: one less, and no assignment is left.
                let less = Duty { most: Some(chances.limit() - 1), ..duty };
                let is_filled = can_be_filled(&less, 0, &mut vec![0; 4]);
                prop_assert!(!is_filled);
            }
            Err(Impossible::Recused(why)) => {
                prop_assert!(!possible);
                prop_assert!(why.places < why.needed);
                // Without these recusals it is another matter, or nothing would be named.
                prop_assert!(!why.recusals.is_empty());
            }
            Err(Impossible::TooFewInspectors { .. }) => prop_assert!(!possible),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
