//! The curve of the boilers, and curves with little to show.

use expect_test::expect;
use jiff::civil::date;

use super::{Curve, draw, round_step};
use crate::ui::words::{Lang, Words};

const WORDS: Words = Words { lang: Lang::Hans };

fn boilers() -> Curve {
    Curve {
        plan: vec![
            (date(2015, 4, 20), 0),
            (date(2015, 7, 31), 400),
            (date(2015, 9, 30), 800),
            (date(2015, 10, 31), 1026),
        ],
        actual: vec![
            (date(2015, 4, 20), 0),
            (date(2015, 8, 6), 400),
            (date(2015, 10, 22), 701),
            (date(2015, 11, 19), 861),
        ],
        forecast: Some(date(2015, 12, 19)),
        target: 1026,
        due: Some(date(2015, 11, 30)),
        today: date(2015, 11, 20),
        late: true,
    }
}

/// The shapes after the head, a line each, without the long lists of points.
fn shapes(svg: &str) -> String {
    let lines = svg.replace("><", ">\n<");
    let short = lines.lines().skip(1).filter(|line| !line.contains("points="));
    short.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_boilers() {
    let svg = draw(&boilers(), &WORDS).unwrap_or_default();
    let label = "累计：计划 10月31日 达到 1,026，实际到 11月20日 为 861，预测 12月19日 完成";
    assert!(svg.contains(label), "{svg}");
    for line in ["pl", "al", "fl", "gapf"] {
        assert!(svg.contains(&format!("class=\"{line}\"")), "no {line} in {svg}");
    }
    expect![[r##"
        <line x1="44.0" y1="180.0" x2="668.0" y2="180.0" class="ax"/>
        <text x="36.0" y="184.0" text-anchor="end" class="ax-t">0</text>
        <line x1="44.0" y1="120.4" x2="668.0" y2="120.4" class="ax"/>
        <text x="36.0" y="124.4" text-anchor="end" class="ax-t">400</text>
        <line x1="44.0" y1="60.7" x2="668.0" y2="60.7" class="ax"/>
        <text x="36.0" y="64.7" text-anchor="end" class="ax-t">800</text>
        <line x1="44.0" y1="27.0" x2="668.0" y2="27.0" class="tgt"/>
        <text x="36.0" y="31.0" text-anchor="end" class="lb-b">1,026</text>
        <line x1="44.0" y1="180.0" x2="44.0" y2="184.0" class="gt-wk"/>
        <text x="48.0" y="197.0" class="ax-t">4月</text>
        <line x1="112.8" y1="180.0" x2="112.8" y2="184.0" class="gt-wk"/>
        <text x="116.8" y="197.0" class="ax-t">5月</text>
        <line x1="183.9" y1="180.0" x2="183.9" y2="184.0" class="gt-wk"/>
        <text x="187.9" y="197.0" class="ax-t">6月</text>
        <line x1="252.8" y1="180.0" x2="252.8" y2="184.0" class="gt-wk"/>
        <text x="256.8" y="197.0" class="ax-t">7月</text>
        <line x1="323.9" y1="180.0" x2="323.9" y2="184.0" class="gt-wk"/>
        <text x="327.9" y="197.0" class="ax-t">8月</text>
        <line x1="395.0" y1="180.0" x2="395.0" y2="184.0" class="gt-wk"/>
        <text x="399.0" y="197.0" class="ax-t">9月</text>
        <line x1="463.8" y1="180.0" x2="463.8" y2="184.0" class="gt-wk"/>
        <text x="467.8" y="197.0" class="ax-t">10月</text>
        <line x1="534.9" y1="180.0" x2="534.9" y2="184.0" class="gt-wk"/>
        <text x="538.9" y="197.0" class="ax-t">11月</text>
        <line x1="603.8" y1="180.0" x2="603.8" y2="184.0" class="gt-wk"/>
        <text x="607.8" y="197.0" class="ax-t">12月</text>
        <path d="M321.6 115.4l5 5-5 5-5-5z" class="gt-ms"/>
        <path d="M461.5 55.7l5 5-5 5-5-5z" class="gt-ms"/>
        <path d="M532.6 22.0l5 5-5 5-5-5z" class="gt-ms"/>
        <text x="452.5" y="56.7" text-anchor="end" class="lb-t">计划</text>
        <text x="518.0" y="90.5" class="lb-t">实际</text>
        <line x1="578.5" y1="4.0" x2="578.5" y2="180.0" class="gt-today"/>
        <text x="573.5" y="12.0" text-anchor="end" class="lb-t">今天</text>
        <line x1="601.5" y1="4.0" x2="601.5" y2="180.0" class="mk"/>
        <text x="606.5" y="12.0" class="lb-t">时限 11-30</text>
        <use href="#g-late" x="638.1" y="20.0" width="14" height="14" class="g-late"/>
        <text x="674.0" y="47.0" class="lb-b t-l">预测 12-19</text>
        <circle cx="576.2" cy="51.6" r="4" class="f-accent"/>
        <text x="568.2" y="93.6" text-anchor="end" class="lb-b">已完成 861</text>
        </svg>"##]]
    .assert_eq(&shapes(&svg));
}

#[test]
fn nothing_reported_and_nothing_planned_draws_nothing() {
    let empty = Curve { plan: Vec::new(), actual: Vec::new(), ..boilers() };
    assert_eq!(draw(&empty, &WORDS), None);
}

#[test]
fn without_a_forecast_the_sentence_says_so() {
    let curve = Curve { forecast: None, late: false, ..boilers() };
    let svg = draw(&curve, &WORDS).unwrap_or_default();
    assert!(svg.contains("还不能预测") && !svg.contains("class=\"fl"), "{svg}");
}

#[test]
fn without_a_plan_only_the_target_is_named() {
    let curve = Curve { plan: Vec::new(), due: None, ..boilers() };
    let svg = draw(&curve, &WORDS).unwrap_or_default();
    assert!(svg.contains("累计：目标 1,026，实际到 11月20日 为 861"), "{svg}");
}

#[test]
fn a_report_above_the_target_stays_inside() {
    let mut curve = boilers();
    curve.actual.push((date(2015, 11, 20), 2000));
    let svg = draw(&curve, &WORDS).unwrap_or_default();
    assert!(!svg.contains(",-") && !svg.contains("NaN"), "{svg}");
}

#[test]
fn steps_are_round() {
    assert_eq!([1, 12, 100, 1026, 99_999].map(round_step), [1, 4, 40, 400, 40_000]);
}
