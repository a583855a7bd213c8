//! Counting: what test binaries print about themselves, summed.

/// How many tests passed, failed, and were left to another step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub elsewhere: u64,
}

impl Counts {
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.elsewhere += other.elsewhere;
    }
}

/// The counts of one line, where it is a binary's last word:
/// `test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.1s`.
pub fn of_line(line: &str) -> Option<Counts> {
    let said = line.trim().strip_prefix("test result: ")?;
    let (_, numbers) = said.split_once(". ")?;
    let mut counts = Counts::default();
    for part in numbers.split("; ") {
        let Some((number, word)) = part.split_once(' ') else { continue };
        let Ok(number) = number.parse() else { continue };
        match word {
            "passed" => counts.passed = number,
            "failed" => counts.failed = number,
            "filtered out" => counts.elsewhere = number,
            _ => {}
        }
    }
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::{Counts, of_line};

    #[test]
    fn a_binary_says_its_counts() {
        let line = "test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 3 filtered \
                    out; finished in 0.10s";
        assert_eq!(of_line(line), Some(Counts { passed: 5, failed: 2, elsewhere: 3 }));
    }

    #[test]
    fn other_lines_say_nothing() {
        assert_eq!(of_line("test journal::it_holds ... ok"), None);
        assert_eq!(of_line("running 5 tests"), None);
        assert_eq!(of_line("test result: "), None);
    }
}
