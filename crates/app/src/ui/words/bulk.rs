//! Words of what is done to many matters at once, and of the lists units file.

use super::Words;

impl Words {
    /// The sentence of a bulk job in a stage, what became of its matters, and the stage's name.
    pub fn job_lede(&self, stage: &str) -> String {
        format!("job-lede-{stage}")
    }

    pub fn job_count(&self, word: &str) -> String {
        self.t(&format!("job-count-{word}"))
    }

    pub fn job_stage(&self, stage: &str) -> String {
        self.t(&format!("job-stage-{stage}"))
    }

    /// What is done to many problems at once, and what comes of it.
    pub fn bulk(&self, act: &str) -> String {
        self.t(&format!("problems-bulk-{act}"))
    }

    pub fn bulk_hint(&self, act: &str) -> String {
        self.t(&format!("problems-bulk-hint-{act}"))
    }

    /// What a unit's lists amount to.
    pub fn filing(&self, word: &str) -> String {
        self.t(&format!("filing-{word}"))
    }
}
