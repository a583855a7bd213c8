//! A sheet holds every goal and every item, marks differ by shape, and what does not fit goes on
//! the next sheet.

use super::{Area, Goal, Item, Mark, Sheet, draw, sheets};

fn item(title: &str, mark: Mark) -> Item {
    Item { title: title.into(), mark, end: 0.9 }
}

fn goal(number: usize, items: Vec<Item>) -> Goal {
    Goal {
        number: number.to_string(),
        title: format!("目标{number}"),
        sponsor: "世园会筹备副总指挥兼执委会主任".into(),
        lead: "某局".into(),
        start: 0.0,
        through: 0.88,
        due: 0.9,
        items,
    }
}

fn sheet(areas: Vec<Area>, marks: &[Mark]) -> Sheet {
    Sheet {
        title: "运行图".into(),
        subtitle: String::new(),
        legend: marks.iter().map(|mark| (*mark, format!("{mark:?}"))).collect(),
        bars: ["已过 / 余下", "计划时限", "今天", "逐项预测完成"].map(str::to_owned),
        heads: Default::default(),
        subheads: Default::default(),
        months: (1..=12).map(|month| month.to_string()).collect(),
        today: 0.88,
        today_label: "今天".into(),
        areas,
        foot: Default::default(),
    }
}

#[test]
fn every_item_and_every_shape_is_on_the_sheet() {
    let marks = [Mark::Late, Mark::Warn, Mark::Ok, Mark::Done, Mark::Hold, Mark::Idle];
    let items = marks.iter().map(|mark| item(&format!("{mark:?} <甲>"), *mark)).collect();
    let area = Area { name: "领域".into(), goals: vec![goal(1, items)] };
    let svg = draw(&sheet(vec![area], &marks));
    for mark in marks {
        assert!(svg.contains(&format!("{mark:?} &lt;甲&gt;")), "{mark:?}");
    }
    for class in ["w-f-late", "w-f-warn", "w-f-ok", "w-tick", "w-dash", "w-hold", "w-today"] {
        assert!(svg.contains(class), "{class}");
    }
    assert!(!svg.contains("style="));
    assert!(svg.contains("主任</text>"), "a long name goes on in a second line");
}

#[test]
fn thirty_eight_goals_fit_one_sheet_and_the_rest_goes_on() {
    let goals = |n: usize, items: usize| -> Vec<Goal> {
        let items: Vec<Item> =
            (0..items).map(|one| item(&format!("具体工作第{one}项内容"), Mark::Ok)).collect();
        (1..=n).map(|number| goal(number, items.clone())).collect()
    };
    let areas = |n, items| [Area { name: "领域".into(), goals: goals(n, items) }];
    assert_eq!(sheets(&areas(38, 4)).len(), 1);
    assert_eq!(sheets(&areas(38, 10)).len(), 1, "two lines of items fit the same row");
    let two = sheets(&areas(39, 4));
    assert_eq!(two.len(), 2);
    assert_eq!((&*two[1][0].name, two[1][0].goals.len()), ("领域", 1), "its area is named again");
    let many = sheets(&areas(38, 40));
    assert!(many.len() > 1, "goals with many items are taller");
    let kept: usize = many.iter().flatten().map(|area| area.goals.len()).sum();
    assert_eq!(kept, 38);
    for part in many {
        let svg = draw(&sheet(part, &[Mark::Ok]));
        let lowest = svg.split(" y=\"").skip(1).filter_map(|part| part.split('"').next());
        let lowest = lowest.filter_map(|y| y.parse::<f64>().ok()).fold(0.0, f64::max);
        assert!(lowest < 290.0, "{lowest} mm is below the sheet");
    }
}
