//! The drawing on small charts and at its edges.

use expect_test::{Expect, expect};
use jiff::civil::date;
use mechanisms::light::Light;

use super::{Bar, GOAL, HEAD, ITEM, Row, WIDTH, Window, draw};
use crate::ui::words::{Lang, Words};

const WORDS: Words = Words { lang: Lang::Hans };

fn window() -> Window {
    Window::around(date(2015, 11, 20), "half")
}

/// Boilers: due on 30 November, forecast nineteen days later, latest start nine days ago.
fn boilers() -> Bar {
    Bar {
        href: "/items/1".into(),
        title: "27-1 <淘汰>".into(),
        light: Light::Late,
        start: Some(date(2015, 3, 1)),
        due: Some(date(2015, 11, 30)),
        baseline: (Some(date(2015, 3, 1)), Some(date(2015, 11, 30))),
        forecast: Some(date(2015, 12, 19)),
        done: None,
        latest_start: Some(date(2015, 11, 11)),
        milestones: vec![(date(2015, 9, 10), true), (date(2015, 6, 1), true)],
    }
}

/// What is drawn inside the row's link, a shape a line.
fn row(bar: Bar, expected: Expect) {
    let svg = draw(&[Row::Item(Box::new(bar))], &window(), &WORDS);
    let inside = svg.split("<a ").nth(1).and_then(|rest| rest.split("</a>").next());
    let lines = format!("<a {}", inside.unwrap_or_default()).replace("><", ">\n<");
    expected.assert_eq(&lines);
}

#[test]
fn a_late_item() {
    row(
        boilers(),
        expect![[r##"
            <a href="/items/1" tabindex="-1">
            <title>27-1 &lt;淘汰&gt;</title>
            <rect x="0.0" y="44.0" width="640.0" height="30.0" class="gt-hit"/>
            <rect x="0.0" y="65.0" width="496.3" height="3.0" class="gt-base"/>
            <path d="M496.3 62.0v9" class="gt-cap"/>
            <rect x="0.0" y="53.0" width="463.7" height="10.0" rx="2" class="gt-act"/>
            <rect x="463.7" y="53.5" width="32.7" height="9.0" class="gt-f gt-f-late"/>
            <rect x="496.3" y="53.5" width="62.0" height="9.0" fill="url(#hatch)" class="gt-over"/>
            <use href="#g-late" x="562.4" y="51.0" width="13" height="13" class="g-late"/>
            <text x="578.4" y="62.0" class="gt-late">+19</text>
            <path d="M231.8 53.0l5 5-5 5-5-5z" class="gt-ms"/>
            <path d="M430.3 46.0h8l-4 6z" class="gt-lsm gt-lsm-x"/>"##]],
    );
}

#[test]
fn past_the_deadline_the_bar_is_red_from_the_deadline_on() {
    let due = Some(date(2015, 10, 31));
    let bar = Bar { due, forecast: Some(date(2015, 12, 1)), milestones: Vec::new(), ..boilers() };
    row(
        bar,
        expect![[r##"
            <a href="/items/1" tabindex="-1">
            <title>27-1 &lt;淘汰&gt;</title>
            <rect x="0.0" y="44.0" width="640.0" height="30.0" class="gt-hit"/>
            <rect x="0.0" y="65.0" width="496.3" height="3.0" class="gt-base"/>
            <path d="M496.3 62.0v9" class="gt-cap"/>
            <rect x="0.0" y="53.0" width="398.4" height="10.0" rx="2" class="gt-act"/>
            <rect x="398.4" y="53.0" width="65.3" height="10.0" class="f-late"/>
            <rect x="463.7" y="53.5" width="35.9" height="9.0" fill="url(#hatch)" class="gt-over"/>
            <use href="#g-late" x="503.6" y="51.0" width="13" height="13" class="g-late"/>
            <text x="519.6" y="62.0" class="gt-late">+31</text>
            <path d="M430.3 46.0h8l-4 6z" class="gt-lsm gt-lsm-x"/>"##]],
    );
}

#[test]
fn an_item_without_deadline_or_forecast_shows_only_the_time_spent() {
    let bar = Bar {
        light: Light::Ok,
        due: None,
        baseline: (None, None),
        forecast: None,
        latest_start: None,
        milestones: Vec::new(),
        ..boilers()
    };
    row(
        bar,
        expect![[r#"
            <a href="/items/1" tabindex="-1">
            <title>27-1 &lt;淘汰&gt;</title>
            <rect x="0.0" y="44.0" width="640.0" height="30.0" class="gt-hit"/>
            <rect x="0.0" y="53.0" width="463.7" height="10.0" rx="2" class="gt-act"/>"#]],
    );
}

#[test]
fn a_finished_item_ends_on_its_day() {
    let bar = Bar { light: Light::Done, done: Some(date(2015, 10, 10)), ..boilers() };
    row(
        bar,
        expect![[r##"
            <a href="/items/1" tabindex="-1">
            <title>27-1 &lt;淘汰&gt;</title>
            <rect x="0.0" y="44.0" width="640.0" height="30.0" class="gt-hit"/>
            <rect x="0.0" y="65.0" width="496.3" height="3.0" class="gt-base"/>
            <path d="M496.3 62.0v9" class="gt-cap"/>
            <rect x="0.0" y="53.0" width="329.8" height="10.0" rx="2" class="gt-fin"/>
            <use href="#g-done" x="334.8" y="51.0" width="14" height="14" class="g-done"/>
            <path d="M231.8 53.0l5 5-5 5-5-5z" class="gt-ms"/>"##]],
    );
}

#[test]
fn what_lies_outside_the_window_is_cut_at_its_edges() {
    let outside = Bar {
        start: Some(date(2014, 1, 1)),
        due: Some(date(2017, 1, 1)),
        baseline: (Some(date(2014, 1, 1)), Some(date(2017, 1, 1))),
        forecast: Some(date(2018, 1, 1)),
        latest_start: Some(date(2016, 12, 1)),
        milestones: vec![(date(2016, 6, 1), false)],
        ..boilers()
    };
    let before = Bar {
        start: Some(date(2014, 1, 1)),
        done: Some(date(2014, 5, 1)),
        light: Light::Done,
        ..boilers()
    };
    for bar in [outside, before] {
        let svg = draw(&[Row::Item(Box::new(bar))], &window(), &WORDS);
        let numbers = svg.split(" x=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for x in numbers.filter_map(|text| text.parse::<f64>().ok()) {
            assert!((-0.1..=WIDTH + 0.1).contains(&x), "{x} is outside: {svg}");
        }
        assert!(!svg.contains("NaN"));
    }
}

#[test]
fn rows_are_as_high_as_the_tables() {
    let rows = [
        Row::Goal { start: None, end: None },
        Row::Item(Box::new(boilers())),
        Row::Item(Box::new(boilers())),
    ];
    let svg = draw(&rows, &window(), &WORDS);
    let height = HEAD + GOAL + 2.0 * ITEM;
    assert!(svg.contains(&format!("height=\"{height}\"")), "{svg}");
    let css = include_str!("../../../../../web/css/pages.css");
    for (rule, height) in [(".gtb thead th", HEAD), (".gtb tr.gr td", GOAL), (".gtb td", ITEM)] {
        let at = css.find(rule).map(|at| &css[at..]).unwrap_or_default();
        let body = at.split('}').next().unwrap_or_default();
        assert!(body.contains(&format!("height: {height}px")), "{rule}: {body}");
    }
}

#[test]
fn no_rows_say_so() {
    let svg = draw(&[], &window(), &WORDS);
    assert!(svg.contains("没有工作") && svg.contains("height=\"44\""), "{svg}");
}

#[test]
fn windows_begin_with_a_month() {
    let told = ["month", "quarter", "half", "year"].map(|zoom| {
        let window = Window::around(date(2015, 11, 20), zoom);
        format!("{zoom}: {} to {}", window.from, window.to)
    });
    expect![[r#"
        month: 2015-11-06 to 2015-12-11
        quarter: 2015-10-01 to 2016-01-04
        half: 2015-07-01 to 2016-01-13
        year: 2015-01-01 to 2016-01-15
    "#]]
    .assert_eq(&(told.join("\n") + "\n"));
}

#[test]
fn nothing_in_it_needs_a_style() {
    let svg = draw(&[Row::Item(Box::new(boilers()))], &window(), &WORDS);
    assert!(!svg.contains(" style") && svg.contains("27-1 &lt;淘汰&gt;"), "{svg}");
}
