//! Paper (纸面): spreadsheets and wall charts. Data in, bytes out.
//!
//! ```text
//! .xlsx, .csv ──▶ sheet::read ──▶ Table ──▶ whoever imports
//! rows ─────────▶ sheet::write_xlsx, write_csv ──▶ bytes
//! Chart ────────▶ wall_chart::pages ──▶ one SVG a sheet of A3
//! ```
//!
//! Nothing here knows a file, a clock, a database or the mechanisms: what is on the paper is
//! handed in as plain data, words included, so that three languages share one drawing.

pub mod sheet;
