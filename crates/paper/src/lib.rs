//! Paper: spreadsheets in, data out. Data in, bytes out; no file is opened here.

pub mod sheet;
