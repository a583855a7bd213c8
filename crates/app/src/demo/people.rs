//! The units, posts and people of the small world.

use std::{collections::BTreeMap, sync::Arc};

use mechanisms::{
    Id, Officer,
    roster::{self, Person, Post, Role, Roster, UnitKind},
};

use super::{FIRST, PostLine, UnitLine, World, read, told};
use crate::{failure::Failure, roster::ROSTER, store::Store};

pub(super) async fn people_world(store: &Arc<Store>, posts: &[PostLine]) -> Result<World, Failure> {
    let body = store.found("139900", "示范市", true).await?;
    let units: Vec<UnitLine> = read(include_str!("../../../../demo/units.csv"))?;
    let mut world = World { body, units: BTreeMap::new(), posts: BTreeMap::new() };
    let root = Id::new(2);
    world.units.insert("示范市".into(), root);
    let mut commands =
        vec![roster::Command::Found {
            unit: root, name: "示范市".into(), code: "139900".into()
        }];
    for (line, number) in units.iter().zip(3_i64..) {
        let kind = UnitKind::ALL.iter().copied().find(|kind| kind.word() == line.kind);
        let parent = world.units.get(&line.parent).copied().unwrap_or(root);
        world.units.insert(line.name.clone(), Id::new(number));
        commands.push(roster::Command::OpenUnit {
            unit: Id::new(number),
            name: line.name.clone(),
            code: line.code.clone(),
            kind: kind.ok_or_else(|| Failure::new(format!("demo: kind {:?}", line.kind)))?,
            parent,
            from: FIRST,
        });
    }
    for (line, number) in posts.iter().zip(1_000_i64..) {
        let role = Role::ALL.iter().copied().find(|role| role.word() == line.role);
        let unit = world.units.get(&line.unit).copied();
        let (post, person): (Id<Post>, Id<Person>) = (Id::new(number), Id::new(number + 1_000));
        commands.push(roster::Command::OpenPost {
            post,
            title: line.title.clone(),
            unit: unit.ok_or_else(|| Failure::new(format!("demo: unit {:?}", line.unit)))?,
            role: role.ok_or_else(|| Failure::new(format!("demo: role {:?}", line.role)))?,
            head: line.head == "yes",
        });
        commands.push(roster::Command::RegisterPerson { person, name: name(number) });
        commands.push(roster::Command::Appoint { person, post, from: FIRST });
        world.posts.insert(line.title.clone(), Officer { person, post });
    }
    let hand = world.hand("系统管理员", FIRST)?;
    let turn = store.turn(hand, move |pen| {
        Box::pin(async move {
            for _ in 0..3_000 {
                pen.fresh::<Roster>();
            }
            for command in commands {
                pen.ask::<Roster>(ROSTER, command).await?;
            }
            Ok(())
        })
    });
    turn.await.map_err(told)?;
    Ok(world)
}

/// An invented name: a stem and a number-like given name, of two characters once those of one are
/// used up.
fn name(number: i64) -> String {
    const SURNAMES: [&str; 20] = [
        "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑", "寅", "卯", "辰",
        "巳", "午", "未", "申", "酉",
    ];
    let place = usize::try_from(number).unwrap_or(0);
    let given = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (surname, turn) = (SURNAMES[place % SURNAMES.len()], place / SURNAMES.len());
    // The first 180 numbers of the city have one character, whatever number it begins with.
    let second = if number < 1_180 { "" } else { given[turn / given.len() % given.len()] };
    format!("{surname}{}{second}", given[turn % given.len()])
}
