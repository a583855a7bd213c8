//! Failures: what went wrong on our side, said once, with the meaning added where it is known.
//!
//! A refusal is an answer and never comes through here.

use std::{error::Error, fmt};

/// A fault meant for us: logged once, shown to the visitor as a number only.
#[derive(Debug)]
pub struct Failure {
    meaning: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    pub fn new(meaning: impl Into<String>) -> Self {
        Self { meaning: meaning.into(), source: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.meaning),
            None => f.write_str(&self.meaning),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as &(dyn Error + 'static))
    }
}

/// Adds what was being done to an error from below.
pub trait Meaning<T> {
    /// `read(path).meaning("reading the log key")?`
    fn meaning(self, meaning: &str) -> Result<T, Failure>;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> Meaning<T> for Result<T, E> {
    fn meaning(self, meaning: &str) -> Result<T, Failure> {
        self.map_err(|error| Failure { meaning: meaning.into(), source: Some(error.into()) })
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self { meaning: "the database".into(), source: Some(error.into()) }
    }
}
