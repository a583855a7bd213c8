//! The phrases with which the crates below the app say in English what was found and expected,
//! where that is more than a value: each with its words.

use crate::ui::words::Words;

/// A phrase and its key. `{}` stands for what the phrase is about.
#[rustfmt::skip]
pub const PHRASES: &[(&str, &str)] = &[
    ("UTF-8 text", "told-phrase-utf"),
    ("bytes that are not UTF-8", "told-phrase-not-utf"),
    ("no working time", "told-phrase-never"),
    ("more than {} days", "told-phrase-days"),
    ("fewer links to summary tasks", "told-phrase-links"),
    ("fewer exceptions in all calendars together", "told-phrase-exceptions"),
    ("Microsoft Project XML", "told-phrase-xml"),
    ("ranges that do not overlap", "told-phrase-apart"),
    ("CSV in UTF-8", "told-phrase-csv"),
    ("the columns uid,name,duration_min,predecessors", "told-phrase-columns"),
    ("a pack of years", "told-phrase-pack"),
    ("a line of a TOML calendar", "told-phrase-toml"),
    ("nothing", "told-phrase-nothing"),
    ("frame", "told-phrase-frame"),
    ("terms", "told-phrase-terms"),
    ("secret", "told-phrase-secret"),
    ("seed", "told-phrase-seed"),
    ("{} published at {}, not before the number of {}", "told-phrase-published"),
    ("secret revealed at {}, before the number of {}", "told-phrase-revealed"),
    ("found no units, expected at least one", "told-phrase-no-units"),
    ("found the id {} twice, expected each id once", "told-phrase-twice"),
    ("{}: found the size 0, expected at least 1", "told-phrase-no-size"),
    ("JK1 with strata", "told-phrase-jk-one"),
    ("JKn without strata", "told-phrase-jk-n"),
    ("JK1 or bootstrap, or strata of two units", "told-phrase-jk-or"),
    ("halves without strata", "told-phrase-halves"),
    ("replicate_weights from a file", "told-phrase-from-file"),
    ("0 up to but not including 1", "told-phrase-rho"),
    ("Fay's factor", "told-phrase-fay"),
    ("no stratum to leave units out of", "told-phrase-no-stratum"),
    ("one", "told-phrase-one"),
    ("two", "told-phrase-two"),
    ("some", "told-phrase-some"),
    ("none", "told-phrase-none"),
    ("strata of an even number", "told-phrase-even"),
    ("a seed to draw from, or replicate_weights from a file", "told-phrase-seed-or"),
    ("two or more", "told-phrase-two-more"),
    ("one or more", "told-phrase-one-more"),
    ("no row", "told-phrase-no-row"),
    ("math, school or hf7", "told-phrase-qrule"),
    ("F, Chisq, Wald or adjWald", "told-phrase-chisq"),
    ("mean, logit, xlogit, asin, beta, likelihood or wilson", "told-phrase-method"),
    ("one stage with pps", "told-phrase-pps"),
    ("the file of joint probabilities", "told-phrase-joint"),
    ("{} rows and {} columns", "told-phrase-both"),
    ("{} of both", "told-phrase-of-both"),
    ("{} columns", "told-phrase-many-columns"),
    ("{} categories", "told-phrase-many-levels"),
    ("one column or more", "told-phrase-column-more"),
    ("categories that are met", "told-phrase-met"),
    ("two numbers with logit calibration", "told-phrase-logit"),
    ("a file of replicate weights", "told-phrase-weights-file"),
    ("a factor for every replicate", "told-phrase-factor"),
    ("two or more primary units", "told-phrase-units"),
    ("two or more of each", "told-phrase-each"),
    ("fuller cells", "told-phrase-fuller"),
    ("categories with too many empty cells", "told-phrase-empty-cells"),
    ("cells whose differences are not free", "told-phrase-bound-cells"),
    ("totals that can be met, or wider bounds", "told-phrase-can-meet"),
    ("columns that follow from one another, or bounds that leave no room", "told-phrase-follow"),
    ("independent columns and wider bounds", "told-phrase-wider"),
    ("totals off after {} steps: {}", "told-phrase-off"),
    ("margins that cannot meet: after 500 passes off {}", "told-phrase-cannot-meet"),
    ("margins that can be met together; they add up to {}", "told-phrase-together"),
    ("nobody of {} in the sample", "told-phrase-nobody"),
    ("some, to stand for {}", "told-phrase-stand"),
    ("total {} for {}", "told-phrase-total"),
    ("one above 0", "told-phrase-above"),
    ("no total for {}", "told-phrase-no-total"),
    ("one for every category", "told-phrase-every"),
    ("a total for {}", "told-phrase-a-total"),
    ("totals for {}", "told-phrase-totals"),
    ("found nothing", "told-phrase-found-nothing"),
    ("found population count {}", "told-phrase-count"),
    ("the population count of its stratum in every row", "told-phrase-its-count"),
    ("a population count in every row or a share in every row", "told-phrase-or-share"),
    ("at least the {} units sampled", "told-phrase-at-least"),
    ("a number or a word in quotes", "told-phrase-literal"),
    ("the name of a column", "told-phrase-column-name"),
    ("&, | or the end", "told-phrase-joined"),
];

const NAMES: [&str; 3] = ["one", "two", "three"];

/// A phrase in another language; what is no phrase is a value, and stays.
pub fn phrase(words: &Words, text: &str) -> String {
    let same = PHRASES.iter().find_map(|(pattern, key)| Some((key, parts(pattern, text)?)));
    let Some((key, parts)) = same else { return text.to_owned() };
    if parts.is_empty() {
        return words.t(key);
    }
    let args: Vec<(&str, &str)> = NAMES.into_iter().zip(parts).collect();
    words.a(key, &args)
}

/// What stands in a text where the pattern has `{}`; nothing where the text is another.
fn parts<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut literals = pattern.split("{}");
    let mut rest = text.strip_prefix(literals.next()?)?;
    let mut parts = Vec::new();
    let mut literals = literals.peekable();
    while let Some(literal) = literals.next() {
        let at = match literals.peek() {
            Some(_) => rest.find(literal)?,
            None => rest.len().checked_sub(literal.len()).filter(|_| rest.ends_with(literal))?,
        };
        parts.push(&rest[..at]);
        rest = &rest[at + literal.len()..];
    }
    rest.is_empty().then_some(parts)
}
