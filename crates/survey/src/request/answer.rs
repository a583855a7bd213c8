//! Answers to analyses.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::{Case, Contrast, Statistic};
use crate::chance;
use crate::chisq::Test;
use crate::condition::judge;
use crate::design::{Design, Files};
use crate::difference::Difference;
use crate::domain::domains;
use crate::estimate::Estimate;
use crate::interval::{Open, Rule};
use crate::plan::Names;
use crate::quantile::Reading;
use crate::sums;
use crate::table::{Factor, Table};
use crate::terms::Terms;
use crate::trouble::Trouble;
use crate::view::View;

/// Where tables come from, by the name of their file.
///
/// ```
/// let read = |name: &str| match name {
///     "a.csv" => survey::Table::read(&b"y\n1\n"[..], |_| true).map(std::rc::Rc::new),
///     _ => Err(survey::Trouble::Unread { message: format!("{name}: no such file") }),
/// };
/// let source: &survey::Source = &read;
/// assert!(source("a.csv").is_ok() && source("b.csv").is_err());
/// ```
pub type Source<'a> = dyn Fn(&str) -> Result<Rc<Table>, Trouble> + 'a;

/// Works out an analysis: the values JSON shows for its statistic. What cannot be told is null.
///
/// # Errors
/// [`Trouble`] for whatever is wrong with files, design or statistic.
///
/// See [`Case`] for an example.
///
/// ```
/// let case: survey::Case = serde_json::from_value(serde_json::json!({
///     "id": 1, "data": "a.csv", "design": {"weights": "w"},
///     "statistic": {"stat": "ratio", "numerator": "y", "denominator": "w"}
/// }))
/// .unwrap();
/// let csv = b"w,y\n1,4\n1,8\n";
/// let read = |_: &str| survey::Table::read(&csv[..], |_| true).map(std::rc::Rc::new);
/// assert_eq!(survey::answer(&case, &read)?["estimate"], 6);
/// # Ok::<(), survey::Trouble>(())
/// ```
pub fn answer(case: &Case, source: &Source) -> Result<Value, Trouble> {
    let table = source(&case.data)?;
    let open = |name: &Option<String>| name.as_deref().map(source).transpose();
    let (joint, weights) = (open(&case.design.joint)?, open(&case.design.replicate_weights)?);
    let files = Files { joint: joint.as_deref(), replicate_weights: weights.as_deref() };
    let design = Design::new(&case.design, &table, files)?;
    let view = match &case.design.subset {
        Some(condition) => design.subset(&judge(condition, &table)?),
        None => design.whole(),
    };
    if view.rows().is_empty() {
        return Err(Trouble::request("subset", "no row", "some"));
    }
    // R's svyciprop takes missing values for a part of the whole sample; who asks for a subset
    // has said which part is meant.
    let open = if case.design.subset.is_some() { Open::LeftOut } else { Open::Spoils };
    told(&case.statistic, &view, &table, open)
}

fn told(statistic: &Statistic, view: &View, table: &Table, open: Open) -> Result<Value, Trouble> {
    use Statistic::*;
    let numbers = |vars: &Names| Terms::of(table, &vars.0);
    let categories = |vars: &Names| Terms::categories(table, &vars.0);
    match statistic {
        Mean { vars } => means(view, &numbers(vars)?),
        Proportions { vars } => means(view, &categories(vars)?),
        Total { vars } => totals(view, &numbers(vars)?, true),
        Counts { vars } => totals(view, &categories(vars)?, false),
        Ratio { numerator, denominator } => ratio(view, table, numerator, denominator),
        Variance { vars } => {
            let variance = view.variance(table.numbers(one(vars)?)?)?;
            let (value, error) = (variance.values[0], variance.errors()[0]);
            Ok(json!({"estimate": number(value), "se": number(error)}))
        }
        Ciprop { condition, method, level } => {
            let judged = judge(condition, table)?;
            let share = view.share(&judged, open, rule(method)?, level.unwrap_or(0.95))?;
            Ok(json!({
                "estimate": number(share.value),
                "se": number(share.error),
                "ci": share.interval.map(number),
                "df": number(share.freedom),
            }))
        }
        DomainMean { vars, by } => by_domain(view, table, by, &numbers(vars)?, true),
        DomainTotal { vars, by } => by_domain(view, table, by, &numbers(vars)?, false),
        DomainProportions { vars, by } => by_domain(view, table, by, &categories(vars)?, true),
        DomainCounts { vars, by } => by_domain(view, table, by, &categories(vars)?, false),
        Quantile { .. } => quantiles(view, table, statistic),
        Chisq { vars, statistic } => independence(view, table, vars, statistic),
        Ttest { formula } => difference(view, table, formula),
        Difference { formula: Some(formula), .. } => difference(view, table, formula),
        Difference { vars: Some(vars), by: Some(by), contrast: None, .. } => {
            difference(view, table, &format!("{}~{by}", one(vars)?))
        }
        Difference { vars: Some(vars), by: Some(by), contrast: Some(contrast), .. } => {
            contrasted(view, table.numbers(one(vars)?)?, &table.factor(by)?, contrast)
        }
        Difference { .. } => Err(Trouble::request("formula", "nothing", "number~category")),
        Weights => {
            let weights = view.frame_weights();
            let sum = number(sums::total(weights.iter().copied()));
            Ok(json!({"sum": sum, "weights": all(weights)}))
        }
        WeightsSummary => Ok(summary(&view.frame_weights())),
    }
}

fn means(view: &View, terms: &Terms) -> Result<Value, Trouble> {
    Ok(estimates(&view.mean(terms)?, terms, view, true))
}

fn totals(view: &View, terms: &Terms, effects: bool) -> Result<Value, Trouble> {
    Ok(estimates(&view.total(terms)?, terms, view, effects))
}

fn ratio(view: &View, table: &Table, above: &str, below: &str) -> Result<Value, Trouble> {
    let ratio = view.ratio(table.numbers(above)?, table.numbers(below)?)?;
    let freedom = view.freedom();
    Ok(json!({
        "estimate": number(ratio.values[0]),
        "se": number(ratio.errors()[0]),
        "ci95_normal": ratio.intervals(0.95, f64::INFINITY)[0].map(number),
        "ci95_t": ratio.intervals(0.95, freedom)[0].map(number),
        "df": number(freedom),
    }))
}

fn quantiles(view: &View, table: &Table, statistic: &Statistic) -> Result<Value, Trouble> {
    let Statistic::Quantile { vars, probs, qrule, interval, level } = statistic else {
        return Ok(Value::Null);
    };
    let reading = match qrule.as_deref().unwrap_or("math") {
        "math" | "hf1" => Reading::Math,
        "school" | "hf2" => Reading::School,
        "hf7" => Reading::Seven,
        other => return Err(Trouble::request("qrule", other, "math, school or hf7")),
    };
    let rule = rule(interval.as_deref().unwrap_or("mean"))?;
    let numbers = table.numbers(one(vars)?)?;
    let found = view.quantiles(numbers, probs, reading, rule, level.unwrap_or(0.95))?;
    Ok(json!({
        "quantile": all(found.iter().map(|quantile| quantile.value)),
        "ci_low": all(found.iter().map(|quantile| quantile.interval[0])),
        "ci_high": all(found.iter().map(|quantile| quantile.interval[1])),
        "se": all(found.iter().map(|quantile| quantile.error)),
    }))
}

fn summary(weights: &[f64]) -> Value {
    let sum = sums::total(weights.iter().copied());
    let squares = sums::total(weights.iter().map(|weight| weight * weight));
    let most = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = weights.iter().copied().fold(f64::INFINITY, f64::min);
    json!({
        "sum": number(sum),
        "sum_of_squares": number(squares),
        "min": number(least),
        "max": number(most),
        "kish_deff": number(weights.len() as f64 * squares / (sum * sum)),
        "first20": all(weights.iter().copied().take(20)),
    })
}

fn difference(view: &View, table: &Table, formula: &str) -> Result<Value, Trouble> {
    let Some((number_name, group)) = formula.split_once('~') else {
        return Err(Trouble::request("formula", formula, "number~category"));
    };
    let (name, group) = (number_name.trim(), group.trim());
    let test = match group {
        "0" | "1" => view.against_zero(&Terms::of(table, &[name])?)?,
        _ => view.difference(table.numbers(name)?, &table.factor(group)?)?,
    };
    Ok(tested(&test, view))
}

fn contrasted(
    view: &View,
    numbers: &[f64],
    groups: &Factor,
    contrast: &Contrast,
) -> Result<Value, Trouble> {
    let mut factors = vec![0.0; groups.levels.len()];
    match contrast {
        Contrast::Listed(listed) if listed.len() == factors.len() => factors.clone_from(listed),
        Contrast::Listed(listed) => {
            let expected = format!("one factor for each of {}", groups.levels.join(", "));
            return Err(Trouble::request("contrast", listed.len(), expected));
        }
        Contrast::Named(named) => {
            for (name, factor) in named {
                let Some(at) = groups.levels.iter().position(|level| level == name) else {
                    return Err(Trouble::request("contrast", name, groups.levels.join(", ")));
                };
                factors[at] = *factor;
            }
        }
    }
    Ok(tested(&view.contrast(numbers, groups, &factors)?, view))
}

/// The interval has the degrees of freedom of the design, the test one fewer.
fn tested(test: &Difference, view: &View) -> Value {
    let interval = |freedom: f64| {
        let reach = chance::student_quantile(0.975, freedom) * test.error;
        [number(test.difference - reach), number(test.difference + reach)]
    };
    json!({
        "difference": number(test.difference),
        "estimate": number(test.difference),
        "se": number(test.error),
        "ci95_normal": interval(f64::INFINITY),
        "ci95_t": interval(view.freedom()),
        "t": number(test.t),
        "df": number(test.freedom),
        "p_value": number(test.p_value),
    })
}

fn independence(
    view: &View,
    table: &Table,
    vars: &Names,
    statistic: &Option<String>,
) -> Result<Value, Trouble> {
    let [rows, columns] = &vars.0[..] else {
        return Err(Trouble::request("vars", format!("{} columns", vars.0.len()), "two"));
    };
    let test = match statistic.as_deref().unwrap_or("F") {
        "F" => Test::F,
        "Chisq" => Test::Chisq,
        "Wald" => Test::Wald,
        "adjWald" => Test::AdjustedWald,
        other => return Err(Trouble::request("statistic", other, "F, Chisq, Wald or adjWald")),
    };
    let test = view.independence(&table.factor(rows)?, &table.factor(columns)?, test)?;
    let cells: Vec<Value> = test.cells.into_iter().map(all).collect();
    Ok(json!({
        "statistic": number(test.statistic),
        "parameter": all(test.freedom),
        "p_value": number(test.p_value),
        "cell_totals": cells,
    }))
}

fn by_domain(
    view: &View,
    table: &Table,
    by: &Names,
    terms: &Terms,
    mean: bool,
) -> Result<Value, Trouble> {
    let parts = by.0.iter().flat_map(|by| by.trim_start_matches('~').split('+'));
    let names: Vec<&str> = parts.map(str::trim).collect();
    let factor = domains(table, &names)?;
    let parts = match mean {
        true => view.domain_means(&factor, terms)?,
        false => view.domain_totals(&factor, terms)?,
    };
    let groups: Vec<&String> =
        parts.iter().map(|(code, _)| &factor.levels[*code as usize]).collect();
    let values: Vec<Value> =
        parts.iter().map(|(_, part)| all(part.values.iter().copied())).collect();
    let errors: Vec<Value> = parts.iter().map(|(_, part)| all(part.errors())).collect();
    Ok(json!({"names": terms.names(), "groups": groups, "coef": values, "se": errors}))
}

fn estimates(estimate: &Estimate, terms: &Terms, view: &View, effects: bool) -> Value {
    let names = terms.names();
    let named = |values: Vec<Value>| -> Value {
        Value::Object(names.iter().cloned().zip(values).collect::<Map<_, _>>())
    };
    let interval = |freedom: f64| -> Value {
        let ends = estimate.intervals(0.95, freedom);
        named(ends.into_iter().map(|one| json!(one.map(number))).collect())
    };
    let freedom = view.freedom();
    let mut answer = json!({
        "coef": named(estimate.values.iter().map(|value| number(*value)).collect()),
        "se": named(estimate.errors().into_iter().map(number).collect()),
        "ci95_normal": interval(f64::INFINITY),
        "ci95_t": interval(freedom),
        "df": number(freedom),
    });
    if names.len() > 1 {
        let rows = estimate.covariance.rows().map(|row| all(row.iter().copied()));
        answer["vcov"] = rows.collect::<Vec<_>>().into();
    }
    if effects {
        let effects = estimate.design_effects.iter().map(|value| number(*value)).collect();
        answer["deff"] = named(effects);
    }
    answer
}

fn one(vars: &Names) -> Result<&str, Trouble> {
    match &vars.0[..] {
        [name] => Ok(name),
        names => Err(Trouble::request("vars", format!("{} columns", names.len()), "one")),
    }
}

fn rule(name: &str) -> Result<Rule, Trouble> {
    Ok(match name {
        "mean" => Rule::Mean,
        "logit" => Rule::Logit,
        "xlogit" => Rule::Xlogit,
        "asin" => Rule::Asin,
        "beta" => Rule::Beta,
        "likelihood" => Rule::Likelihood,
        "wilson" => Rule::Wilson,
        other => {
            let expected = "mean, logit, xlogit, asin, beta, likelihood or wilson";
            return Err(Trouble::request("method", other, expected));
        }
    })
}

fn all(values: impl IntoIterator<Item = f64>) -> Value {
    Value::Array(values.into_iter().map(number).collect())
}

/// A number to 15 significant digits; null if it is none.
fn number(value: f64) -> Value {
    if !value.is_finite() {
        return Value::Null;
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return Value::from(value as i64);
    }
    format!("{value:.14e}").parse::<f64>().map_or(Value::Null, Value::from)
}
