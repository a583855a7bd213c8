//! Analyses as JSON asks for them, and their answers as JSON.

mod answer;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::plan::{Names, Plan};

pub use answer::{Source, answer};

/// One analysis: what to estimate from which file under which design.
///
/// ```
/// let case: survey::Case = serde_json::from_str(r#"{
///     "id": "mean age", "data": "answers.csv", "design": {"weights": "w"},
///     "statistic": {"stat": "mean", "vars": ["age"]}
/// }"#)?;
/// let csv = b"w,age\n2,30\n1,45\n1,51\n";
/// let source = |_: &str| survey::Table::read(&csv[..], |_| true).map(std::rc::Rc::new);
/// let answer = survey::answer(&case, &source).unwrap();
/// assert_eq!(answer["coef"]["age"], 39.0);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
pub struct Case {
    /// Its name, repeated in the answer.
    pub id: serde_json::Value,
    /// The file of the sample.
    pub data: String,
    /// How the sample was drawn and weighted.
    pub design: Plan,
    /// What to estimate.
    pub statistic: Statistic,
}

/// Factors on the means of categories.
///
/// ```
/// let it: survey::Contrast = serde_json::from_str(r#"{"urban": 1, "rural": -1}"#)?;
/// assert!(matches!(it, survey::Contrast::Named(_)));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum Contrast {
    /// By the names of categories; 0 for all others.
    Named(BTreeMap<String, f64>),
    /// In the order of categories.
    Listed(Vec<f64>),
}

/// A file of analyses.
///
/// ```
/// let cases: survey::Cases = serde_json::from_str(r#"{"cases": [{"id": 1}]}"#)?;
/// assert_eq!(cases.cases.len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
pub struct Cases {
    /// The analyses, each read on its own so that a fault in one leaves the others.
    pub cases: Vec<serde_json::Value>,
}

/// What to estimate.
///
/// ```
/// let it: survey::Statistic =
///     serde_json::from_str(r#"{"stat": "counts", "vars": ["sex"]}"#)?;
/// assert!(matches!(it, survey::Statistic::Counts { .. }));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(tag = "stat", rename_all = "snake_case")]
pub enum Statistic {
    /// Means of numbers.
    Mean {
        /// The columns.
        vars: Names,
    },
    /// Totals of numbers.
    Total {
        /// The columns.
        vars: Names,
    },
    /// Shares of categories.
    Proportions {
        /// The columns.
        vars: Names,
    },
    /// Counts of categories in the population.
    Counts {
        /// The columns.
        vars: Names,
    },
    /// The ratio of two totals.
    Ratio {
        /// The column above.
        numerator: String,
        /// The column below.
        denominator: String,
    },
    /// The variance of a number in the population.
    Variance {
        /// The column.
        vars: Names,
    },
    /// A share with an interval.
    Ciprop {
        /// The condition it is a share of.
        condition: String,
        /// mean, logit, xlogit, asin, beta, likelihood or wilson.
        method: String,
        /// The level, 0.95 if left out.
        level: Option<f64>,
    },
    /// Means of numbers by domain.
    DomainMean {
        /// The columns.
        vars: Names,
        /// The columns of domains, a list or joined by `+`.
        by: Names,
    },
    /// Totals of numbers by domain.
    DomainTotal {
        /// The columns.
        vars: Names,
        /// The columns of domains, a list or joined by `+`.
        by: Names,
    },
    /// Shares of categories by domain.
    DomainProportions {
        /// The columns.
        vars: Names,
        /// The columns of domains, a list or joined by `+`.
        by: Names,
    },
    /// Counts of categories by domain.
    DomainCounts {
        /// The columns.
        vars: Names,
        /// The columns of domains, a list or joined by `+`.
        by: Names,
    },
    /// Quantiles.
    Quantile {
        /// The column.
        vars: Names,
        /// The shares below them.
        probs: Vec<f64>,
        /// math, school or hf7.
        qrule: Option<String>,
        /// The rule of the interval: mean, beta, xlogit or asin.
        interval: Option<String>,
        /// The level, 0.95 if left out.
        level: Option<f64>,
    },
    /// A test of independence.
    Chisq {
        /// The two columns.
        vars: Names,
        /// F, Chisq, Wald or adjWald.
        statistic: Option<String>,
    },
    /// A difference of means, tested.
    Ttest {
        /// `number~category`, or `number~1` for the mean against zero.
        formula: String,
    },
    /// The same, by columns, or between any categories.
    Difference {
        /// `number~category`.
        formula: Option<String>,
        /// The number.
        vars: Option<Names>,
        /// The category.
        by: Option<String>,
        /// Factors on the means of categories, by their names or in their order; without them the
        /// second category less the first.
        contrast: Option<Contrast>,
    },
    /// The weights.
    Weights,
    /// What the weights are like.
    WeightsSummary,
}
