//! A sheet holds every goal and every item, and marks differ by shape.

use super::{Area, Goal, Item, Mark, Sheet, draw};

#[test]
fn every_item_and_every_shape_is_on_the_sheet() {
    let marks = [Mark::Late, Mark::Warn, Mark::Ok, Mark::Done, Mark::Hold, Mark::Idle];
    let items: Vec<Item> = marks
        .iter()
        .map(|mark| Item { title: format!("{mark:?} <甲>"), mark: *mark, end: 0.9 })
        .collect();
    let goal = Goal {
        number: "1".into(),
        title: "目标".into(),
        sponsor: "市长".into(),
        lead: "某局".into(),
        start: 0.0,
        due: 0.9,
        items,
    };
    let sheet = Sheet {
        title: "运行图".into(),
        subtitle: String::new(),
        legend: marks.iter().map(|mark| (*mark, format!("{mark:?}"))).collect(),
        heads: Default::default(),
        months: (1..=12).map(|month| month.to_string()).collect(),
        today: 0.88,
        today_label: "今天".into(),
        areas: vec![Area { name: "领域".into(), goals: vec![goal] }],
        foot: Default::default(),
    };
    let svg = draw(&sheet);
    for mark in marks {
        assert!(svg.contains(&format!("{mark:?} &lt;甲&gt;")), "{mark:?}");
    }
    for class in ["w-f-late", "w-f-warn", "w-f-ok", "w-tick", "w-dash", "w-today"] {
        assert!(svg.contains(class), "{class}");
    }
    assert!(!svg.contains("style="));
}
