//! The one binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    app::cli::run()
}
