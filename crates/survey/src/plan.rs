//! How a sample was drawn and weighted: what an analysis says of its design.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A design as it is asked for: names of columns and rules.
///
/// ```
/// let plan: survey::Plan = serde_json::from_str(
///     r#"{"ids": ["school"], "strata": "district", "weights": "w", "nest": true}"#,
/// )?;
/// assert_eq!(plan.lonely_psu, survey::Lonely::Fail);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Cluster columns, a stage each, the primary units first; none (or R's `1`) if elements were
    /// drawn.
    pub ids: Names,
    /// The column of strata of the first stage; further ones are strata of further stages.
    pub strata: Names,
    /// The column of weights, or `equal 1`. Without it weights follow from `fpc`.
    pub weights: Option<String>,
    /// A column a stage: the count of units in the population of the stratum (above 1) or the
    /// share of them sampled (at most 1).
    pub fpc: Names,
    /// Clusters are numbered anew in every stratum.
    #[serde(deserialize_with = "or_default")]
    pub nest: bool,
    /// What a stratum with a single primary unit adds.
    #[serde(deserialize_with = "or_default")]
    pub lonely_psu: Lonely,
    /// Treat a stratum of which the subset holds a single unit as lonely.
    #[serde(deserialize_with = "or_default")]
    pub adjust_domain_lonely: bool,
    /// Unequal probabilities without replacement; `fpc` then holds the probabilities.
    pub pps: Option<Pps>,
    /// The form of the variance from joint probabilities.
    #[serde(deserialize_with = "or_default")]
    pub variance: Form,
    /// The file of joint probabilities, a square table in the order of the rows.
    pub joint: Option<String>,
    /// Weights are brought to known totals.
    pub calibration: Option<Calibration>,
    /// Replicate weights, made from the design or read from `replicate_weights`.
    pub replicates: Option<Method>,
    /// The file of replicate weights, a column a replicate.
    pub replicate_weights: Option<String>,
    /// The replicate weights of the file hold the weights already.
    pub combined: Option<bool>,
    /// The factor of the sum of squares over replicates; follows from the method if left out.
    pub scale: Option<f64>,
    /// A further factor for every replicate, or one for all.
    pub rscales: Option<Scales>,
    /// Squares are taken from the estimate rather than from the replicates' mean.
    #[serde(deserialize_with = "or_default")]
    pub mse: bool,
    /// How many bootstrap replicates to make, 500 if left out.
    pub n_replicates: Option<usize>,
    /// What the bootstrap draws from: the same seed gives the same replicates.
    pub seed: Option<u64>,
    /// Fay's factor, from 0 up to but not including 1.
    pub rho: Option<f64>,
    /// The rows to keep, after weights are made.
    pub subset: Option<String>,
}

/// A null counts as left out.
fn or_default<'de, T: Default + Deserialize<'de>, D: serde::Deserializer<'de>>(
    value: D,
) -> Result<T, D::Error> {
    Option::deserialize(value).map(Option::unwrap_or_default)
}

/// Names of columns: JSON takes one or a list.
///
/// ```
/// let it: survey::Names = serde_json::from_value(serde_json::json!("county"))?;
/// assert_eq!(it.0, ["county"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(from = "OneOrMany")]
pub struct Names(
    /// The names, in order.
    pub Vec<String>,
);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    None(()),
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Names {
    fn from(names: OneOrMany) -> Self {
        Self(match names {
            OneOrMany::None(()) => vec![],
            OneOrMany::One(name) => vec![name],
            OneOrMany::Many(names) => names,
        })
    }
}

/// What a stratum of one primary unit adds to a variance.
///
/// ```
/// let it: survey::Lonely = serde_json::from_value(serde_json::json!("adjust"))?;
/// assert_eq!(it, survey::Lonely::Adjust);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Lonely {
    /// It is an error.
    #[default]
    Fail,
    /// Nothing.
    Remove,
    /// Nothing: the unit was certain to be drawn.
    Certainty,
    /// The square of its distance from the mean of the whole sample.
    Adjust,
    /// The average of the other strata.
    Average,
}

/// Variance under unequal probabilities without replacement.
///
/// ```
/// let it: survey::Pps = serde_json::from_value(serde_json::json!("joint_probabilities"))?;
/// assert_eq!(it, survey::Pps::Joint);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Pps {
    /// Brewer's: as with replacement, each unit with its own correction.
    #[serde(rename = "brewer")]
    Brewer,
    /// Overton's approximation of the joint probabilities.
    #[serde(rename = "overton")]
    Overton,
    /// Hartley and Rao's approximation of them.
    #[serde(rename = "hartley_rao", alias = "hr", alias = "HR")]
    HartleyRao,
    /// The joint probabilities themselves.
    #[serde(rename = "joint_probabilities", alias = "joint")]
    Joint,
}

/// The form of a variance from joint probabilities.
///
/// ```
/// let it: survey::Form = serde_json::from_value(serde_json::json!("YG"))?;
/// assert_eq!(it, survey::Form::YG);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub enum Form {
    /// Horvitz and Thompson's.
    #[default]
    HT,
    /// Yates and Grundy's.
    YG,
}

/// How replicates stand for samples.
///
/// ```
/// let it: survey::Method = serde_json::from_value(serde_json::json!("bootstrap"))?;
/// assert_eq!(it, survey::Method::Bootstrap);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Method {
    /// Each primary unit is left out in turn.
    JK1,
    /// The same within strata.
    JKn,
    /// Balanced halves of strata of two units.
    BRR,
    /// Balanced halves in which the other half keeps a share of its weight.
    Fay,
    /// In every stratum one unit fewer than sampled is drawn again with replacement and weights
    /// are scaled up (Rao and Wu 1988).
    #[serde(rename = "bootstrap")]
    Bootstrap,
    /// Whatever; the scales must be given.
    #[serde(rename = "other")]
    Other,
}

/// One factor for all replicates or one each.
///
/// ```
/// let it: survey::Scales = serde_json::from_value(serde_json::json!([0.5, 1.0]))?;
/// assert_eq!(it, survey::Scales::Each(vec![0.5, 1.0]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum Scales {
    /// For all.
    One(f64),
    /// One each.
    Each(Vec<f64>),
}

/// Known totals and how weights are brought to them.
///
/// ```
/// let csv = b"w,sex\n1,F\n1,F\n1,M\n";
/// let table = survey::Table::read(&csv[..], |_| true)?;
/// let totals = [("F".to_owned(), 10.0), ("M".to_owned(), 12.0)].into_iter().collect();
/// let calibration = survey::Calibration::Poststratify { margin: "sex".to_owned(), totals };
/// let plan = survey::Plan {
///     weights: Some("w".into()), calibration: Some(calibration), ..Default::default()
/// };
/// let design = survey::Design::new(&plan, &table, survey::Files::default())?;
/// assert_eq!(design.weights(), [5.0, 5.0, 12.0]);
/// # Ok::<(), survey::Trouble>(())
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(tag = "method", rename_all = "lowercase")]
pub enum Calibration {
    /// Each category of one variable gets its known count.
    Poststratify {
        /// The column; several joined by `+` are crossed and their categories joined by `|`.
        margin: String,
        /// The count of every category.
        totals: BTreeMap<String, f64>,
    },
    /// Post-stratification to one margin after another until the weights stay.
    Rake {
        /// The columns.
        margins: Vec<String>,
        /// The counts of the categories of each.
        totals: Vec<BTreeMap<String, f64>>,
        /// How much no cell may change any more; below 1 as a share of the sum of weights.
        epsilon: Option<f64>,
        /// Passes over the margins, 10 if left out.
        maxit: Option<usize>,
    },
    /// Weights as near as can be to the old ones that give known totals.
    Calibrate {
        /// What has known totals: `~sex+age`.
        formula: String,
        /// The totals by name: `(Intercept)`, numbers as the column is called, categories but
        /// the first as column and category.
        totals: BTreeMap<String, f64>,
        /// The measure of nearness.
        #[serde(default)]
        calfun: Nearness,
        /// The least and the greatest factor on a weight.
        bounds: Option<(Option<f64>, Option<f64>)>,
        /// How far totals may be off, as a share of them, 1e-7 if left out.
        epsilon: Option<f64>,
        /// Steps, 50 if left out.
        maxit: Option<usize>,
    },
}

/// The measure of nearness of weights (Deville and Särndal 1992).
///
/// ```
/// let it: survey::Nearness = serde_json::from_value(serde_json::json!("logit"))?;
/// assert_eq!(it, survey::Nearness::Logit);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Nearness {
    /// Squared distance: the regression estimator.
    #[default]
    Linear,
    /// Multiplicative: factors stay positive.
    Raking,
    /// Factors stay between the bounds.
    Logit,
}
