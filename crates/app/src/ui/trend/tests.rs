//! The strip of lights and the weeks, full and empty.

use expect_test::expect;
use jiff::civil::date;

use super::{columns, round_step, strip};
use crate::{
    matters::Counts,
    ui::words::{Lang, Words},
};

const WORDS: Words = Words { lang: Lang::En };

/// A shape a line; the head's sentence on its own.
fn shapes(svg: &str) -> String {
    svg.replace("><", ">\n<").replace(" role=", "\n  role=").replace("%; ", "%;\n")
}

#[test]
fn the_strip_of_a_plan() {
    let counts = Counts { late: 8, warn: 14, ok: 49, idle: 0, hold: 2, done: 52 };
    expect![[r#"
        <svg class="sbar" viewBox="0 0 248 10" preserveAspectRatio="none"
          role="img" aria-label="Done 52, On time 49, Amber 14, Red 8, On hold 2">
        <g>
        <title>Done 52</title>
        <rect x="0.0" y="0.0" width="99.8" height="10.0" class="f-done"/>
        </g>
        <g>
        <title>On time 49</title>
        <rect x="101.3" y="0.0" width="94.1" height="10.0" class="f-ok"/>
        </g>
        <g>
        <title>Amber 14</title>
        <rect x="196.9" y="0.0" width="26.9" height="10.0" class="f-warn"/>
        </g>
        <g>
        <title>Red 8</title>
        <rect x="225.3" y="0.0" width="15.4" height="10.0" class="f-late"/>
        <rect x="225.3" y="0.0" width="15.4" height="10.0" class="hatch-over"/>
        </g>
        <g>
        <title>On hold 2</title>
        <rect x="242.2" y="0.0" width="3.8" height="10.0" class="f-hold"/>
        </g>
        </svg>"#]]
    .assert_eq(&shapes(&strip(&counts, &WORDS)));
}

#[test]
fn a_plan_without_items_has_a_sentence_and_no_parts() {
    let svg = strip(&Counts::default(), &WORDS);
    assert!(svg.contains("No data") && !svg.contains("<rect"), "{svg}");
}

#[test]
fn two_weeks() {
    let weeks = [(date(2015, 11, 13), 9, 15), (date(2015, 11, 20), 8, 14)];
    expect![[r#"
        <svg class="chart" viewBox="0 -6 470 158"
          role="img" aria-label="Over 2 weeks red went from 9 to 8 and amber from 15 to 14">
        <line x1="26.0" y1="124.0" x2="406.0" y2="124.0" class="ax"/>
        <text x="20.0" y="128.0" text-anchor="end" class="ax-t">0</text>
        <line x1="26.0" y1="98.5" x2="406.0" y2="98.5" class="ax"/>
        <text x="20.0" y="102.5" text-anchor="end" class="ax-t">10</text>
        <line x1="26.0" y1="73.0" x2="406.0" y2="73.0" class="ax"/>
        <text x="20.0" y="77.0" text-anchor="end" class="ax-t">20</text>
        <line x1="26.0" y1="47.5" x2="406.0" y2="47.5" class="ax"/>
        <text x="20.0" y="51.5" text-anchor="end" class="ax-t">30</text>
        <line x1="26.0" y1="22.0" x2="406.0" y2="22.0" class="ax"/>
        <text x="20.0" y="26.0" text-anchor="end" class="ax-t">40</text>
        <g>
        <title>11-13: red 9, amber 15</title>
        <rect x="112.0" y="101.0" width="18.0" height="22.9" class="f-late"/>
        <rect x="112.0" y="101.0" width="18.0" height="22.9" class="hatch-over"/>
        <rect x="112.0" y="62.8" width="18.0" height="37.2" class="trend-a"/>
        </g>
        <g>
        <title>11-20: red 8, amber 14</title>
        <rect x="302.0" y="103.6" width="18.0" height="20.4" class="f-late"/>
        <rect x="302.0" y="103.6" width="18.0" height="20.4" class="hatch-over"/>
        <rect x="302.0" y="67.9" width="18.0" height="34.7" class="trend-a"/>
        </g>
        <text x="311.0" y="141.0" text-anchor="middle" class="ax-t">11-20</text>
        <text x="412.0" y="117.8" class="lb-b t-l">Red 8</text>
        <text x="412.0" y="89.8" class="lb-b t-w">Amber 14</text>
        </svg>"#]]
    .assert_eq(&shapes(&columns(&weeks, &WORDS)));
}

#[test]
fn weeks_without_lights_and_no_weeks_still_draw() {
    let quiet = columns(&[(date(2015, 11, 20), 0, 0)], &WORDS);
    assert!(!quiet.contains("f-late") && !quiet.contains("NaN"), "{quiet}");
    assert!(columns(&[], &WORDS).contains("No weekly data yet"));
}

#[test]
fn steps_are_round() {
    assert_eq!([0, 4, 24, 36, 41, 900].map(round_step), [1, 1, 10, 10, 20, 500]);
}
