//! Estimates with their intervals as a drawing (SVG).
//!
//! Estimates of one picture whose intervals all overlap share a letter: two estimates without a
//! letter in common are apart.

use std::fmt::Write;

use serde_json::Value;

/// One estimate with its interval.
///
/// ```
/// let one = survey::Bar { label: "c01".into(), value: 3.2, low: 3.0, high: 3.4 };
/// let other = survey::Bar { label: "c02".into(), value: 4.1, low: 3.9, high: 4.3 };
/// let svg = survey::plot(&[("satisfaction".to_owned(), vec![one, other])]);
/// assert!(svg.starts_with("<svg") && svg.contains("c02"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What is estimated.
    pub label: String,
    /// The estimate.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The estimates in an answer that have intervals: their own, or 1.96 standard errors to each
/// side where an answer has errors only.
///
/// ```
/// let answer = serde_json::json!({"coef": {"age": 40.0}, "ci95_t": {"age": [38.0, 42.0]}});
/// assert_eq!(survey::bars(&answer)[0].high, 42.0);
/// ```
pub fn bars(answer: &Value) -> Vec<Bar> {
    let bar = |label: &str, value: &Value, ends: [Option<f64>; 2]| {
        Some(Bar { label: label.to_owned(), value: value.as_f64()?, low: ends[0]?, high: ends[1]? })
    };
    let ends = |pair: &Value| [pair[0].as_f64(), pair[1].as_f64()];
    let around = |value: &Value, error: &Value| match (value.as_f64(), error.as_f64()) {
        (Some(value), Some(error)) => [Some(value - 1.96 * error), Some(value + 1.96 * error)],
        _ => [None, None],
    };
    if let (Some(groups), Some(names)) = (answer["groups"].as_array(), answer["names"].as_array()) {
        let mut all = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            for (column, name) in names.iter().enumerate() {
                let (value, error) = (&answer["coef"][at][column], &answer["se"][at][column]);
                let group = group.as_str().unwrap_or_default();
                let label = match names.len() {
                    1 => group.to_owned(),
                    _ => format!("{group} {}", name.as_str().unwrap_or_default()),
                };
                all.extend(bar(&label, value, around(value, error)));
            }
        }
        return all;
    }
    if let Some(values) = answer["coef"].as_object() {
        let one = |(name, value): (&String, &Value)| {
            bar(name, value, ends(&answer["ci95_t"][name]))
                .or_else(|| bar(name, value, ends(&answer["ci95_normal"][name])))
        };
        return values.iter().filter_map(one).collect();
    }
    if let Some(values) = answer["quantile"].as_array() {
        let one = |(at, value): (usize, &Value)| {
            let ends = [answer["ci_low"][at].as_f64(), answer["ci_high"][at].as_f64()];
            bar(&format!("quantile {}", at + 1), value, ends)
        };
        return values.iter().enumerate().filter_map(one).collect();
    }
    let interval = if answer["ci"].is_array() { &answer["ci"] } else { &answer["ci95_t"] };
    bar("estimate", &answer["estimate"], ends(interval)).into_iter().collect()
}

/// For every estimate the letters of the groups of overlapping intervals it is in.
///
/// ```
/// let bar = |value: f64| survey::Bar {
///     label: String::new(), value, low: value - 1.0, high: value + 1.0,
/// };
/// assert_eq!(survey::overlaps(&[bar(1.0), bar(2.0), bar(3.5)]), ["a", "ab", "b"]);
/// ```
pub fn overlaps(bars: &[Bar]) -> Vec<String> {
    let mut letters = vec![String::new(); bars.len()];
    let mut ends: Vec<f64> = bars.iter().map(|bar| bar.low).collect();
    ends.sort_by(f64::total_cmp);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // All that overlap at a point overlap one another; new groups begin at lower ends only.
    for end in ends {
        let holds = |at: &usize| bars[*at].low <= end && end <= bars[*at].high;
        let group: Vec<usize> = (0..bars.len()).filter(holds).collect();
        if let Some(last) = groups.last_mut()
            && last.iter().all(|at| group.contains(at))
        {
            *last = group;
        } else {
            groups.push(group);
        }
    }
    for (number, group) in groups.iter().enumerate() {
        let mut name = String::new();
        let mut rest = number;
        loop {
            name.insert(0, char::from(b'a' + (rest % 26) as u8));
            if rest < 26 {
                break;
            }
            rest = rest / 26 - 1;
        }
        for at in group {
            letters[*at].push_str(&name);
        }
    }
    letters
}

const WIDTH: f64 = 900.0;
const LEFT: f64 = 260.0;
const RIGHT: f64 = 720.0;
const ROW: f64 = 22.0;

/// Draws pictures below one another, each with its title and its own scale.
///
/// ```
/// let bar = survey::Bar { label: "county 1".into(), value: 4.1, low: 3.9, high: 4.3 };
/// let svg = survey::plot(&[("Satisfied".to_owned(), vec![bar])]);
/// assert!(svg.starts_with("<svg") && svg.contains("county 1"));
/// ```
pub fn plot(pictures: &[(String, Vec<Bar>)]) -> String {
    let rows: usize = pictures.iter().map(|(_, bars)| bars.len() + 3).sum();
    let height = ROW * (rows as f64 + 1.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let mut top = ROW;
    for (title, bars) in pictures {
        picture(&mut svg, top, title, bars);
        top += ROW * (bars.len() as f64 + 3.0);
    }
    svg.push_str("</svg>\n");
    svg
}

fn picture(svg: &mut String, top: f64, title: &str, bars: &[Bar]) {
    let low = bars.iter().map(|bar| bar.low).fold(f64::INFINITY, f64::min);
    let high = bars.iter().map(|bar| bar.high).fold(f64::NEG_INFINITY, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    let place = |value: f64| LEFT + (value - low) / span * (RIGHT - LEFT);
    let _ =
        writeln!(svg, "<text x=\"12\" y=\"{top}\" font-weight=\"bold\">{}</text>", escaped(title));
    for ((at, bar), letters) in bars.iter().enumerate().zip(overlaps(bars)) {
        let y = top + ROW * (at as f64 + 1.0);
        let (from, to, middle) = (place(bar.low), place(bar.high), place(bar.value));
        let label = escaped(&bar.label);
        let _ = writeln!(
            svg,
            "<g><title>{label}: {:.6} ({:.6} – {:.6})</title>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>\
             <line x1=\"{from:.1}\" y1=\"{y:.1}\" x2=\"{to:.1}\" y2=\"{y:.1}\" \
             stroke=\"#35618f\" stroke-width=\"3\"/>\
             <circle cx=\"{middle:.1}\" cy=\"{y:.1}\" r=\"4.5\" fill=\"#12304f\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>\
             <text x=\"{:.1}\" y=\"{:.1}\" fill=\"#555\">{letters}</text></g>",
            bar.value,
            bar.low,
            bar.high,
            LEFT - 14.0,
            y + 4.5,
            RIGHT + 14.0,
            y + 4.5,
            short(bar.value),
            RIGHT + 110.0,
            y + 4.5,
        );
    }
    let y = top + ROW * (bars.len() as f64 + 1.0);
    for (x, anchor, value) in [(LEFT, "start", low), (RIGHT, "end", high)] {
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"#555\">{}</text>",
            short(value)
        );
    }
}

fn short(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e15).contains(&value.abs()) {
        return format!("{value:.4e}");
    }
    let digits = 5 - (value.abs().max(1e-9).log10().floor() as i32).clamp(-5, 5);
    format!("{value:.*}", digits as usize)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
