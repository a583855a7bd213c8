//! Steps: each has a name, takes a time, and passes or fails; the table at the end says which.

use std::{
    io::{self, BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::results::{self, Counts};

/// What was done so far.
#[derive(Debug, Default)]
pub struct Steps {
    done: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    time: Duration,
    counts: Counts,
}

impl Steps {
    /// A step that passes or fails as one.
    pub fn step(&mut self, name: &'static str, act: impl FnOnce() -> io::Result<bool>) -> bool {
        let begun = self.begin(name);
        let holds = act().unwrap_or_else(|error| {
            println!("{name}: {error}");
            false
        });
        let (passed, failed) = (u64::from(holds), u64::from(!holds));
        self.end(name, begun, Counts { passed, failed, elsewhere: 0 });
        holds
    }

    /// A step that is one command.
    pub fn command(&mut self, name: &'static str, command: &mut Command) -> bool {
        self.step(name, || Ok(command.stdin(Stdio::null()).status()?.success()))
    }

    /// A step that runs test binaries, and counts what they say.
    pub fn tests(&mut self, name: &'static str, command: &mut Command) -> Counts {
        let begun = self.begin(name);
        let mut counts = Counts::default();
        let holds = watched(command, |line| {
            if let Some(said) = results::of_line(line) {
                counts.add(said);
            }
        })
        .unwrap_or_else(|error| {
            println!("{name}: {error}");
            false
        });
        if !holds && counts.failed == 0 {
            // A binary that broke off says nothing about itself.
            counts.failed = 1;
        }
        self.end(name, begun, counts);
        counts
    }

    /// Adds a failure that no step of its own found.
    pub fn fail(&mut self, name: &'static str, why: &str) {
        println!("\n{name}: {why}");
        let counts = Counts { failed: 1, ..Counts::default() };
        self.done.push(Step { name, time: Duration::ZERO, counts });
    }

    /// Prints the table and the last line; true when nothing failed.
    pub fn finish(self) -> bool {
        println!("\n{:<28} {:>9} {:>8} {:>8}", "step", "seconds", "passed", "failed");
        let mut sum = Counts::default();
        for Step { name, time, counts } in &self.done {
            let seconds = time.as_secs_f64();
            println!("{name:<28} {seconds:>9.1} {:>8} {:>8}", counts.passed, counts.failed);
            sum.add(*counts);
        }
        let time: Duration = self.done.iter().map(|step| step.time).sum();
        println!("{:<28} {:>9.1}\n", "all", time.as_secs_f64());
        println!("{} passed, {} failed", sum.passed, sum.failed);
        sum.failed == 0
    }

    fn begin(&self, name: &str) -> Instant {
        println!("\n── {name}");
        Instant::now()
    }

    fn end(&mut self, name: &'static str, begun: Instant, counts: Counts) {
        self.done.push(Step { name, time: begun.elapsed(), counts });
    }
}

/// Runs a command, shows every line it prints, and lets it be read on the way.
fn watched(command: &mut Command, mut read: impl FnMut(&str)) -> io::Result<bool> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let printed = child.stdout.take().ok_or_else(|| io::Error::other("nothing to read from"))?;
    let mut printed = BufReader::new(printed);
    let mut line = Vec::new();
    while printed.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        read(&text);
        line.clear();
    }
    Ok(child.wait()?.success())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::Steps;

    fn sh(text: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", text]);
        command
    }

    #[test]
    fn binaries_are_summed_and_a_failed_step_fails_all() {
        let said = "echo 'test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 4 filtered \
                    out; finished in 0s'";
        let mut steps = Steps::default();
        let counts = steps.tests("two binaries", &mut sh(&format!("{said}; {said}")));
        assert_eq!((counts.passed, counts.failed, counts.elsewhere), (4, 0, 8));
        assert!(!steps.command("a refusal", &mut sh("exit 3")));
        assert!(!steps.finish());
    }

    #[test]
    fn a_binary_that_breaks_off_counts_as_a_failure() {
        let mut steps = Steps::default();
        assert_eq!(steps.tests("breaks off", &mut sh("exit 101")).failed, 1);
        assert!(!steps.finish());
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failed_step() {
        let mut steps = Steps::default();
        assert!(!steps.command("missing", &mut Command::new("no-such-program-of-ours")));
        assert!(!steps.finish());
    }

    #[test]
    fn what_passes_passes() {
        let mut steps = Steps::default();
        assert!(steps.command("true", &mut sh("true")));
        assert!(steps.finish());
    }
}
