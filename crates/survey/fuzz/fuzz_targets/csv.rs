//! Any bytes as CSV: a table or a fault, and every column as long as the table.

#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::Table;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = Table::read(bytes, |_| true) {
        for name in table.names().to_vec() {
            let factor = table.factor(&name).expect("a name of the table");
            assert_eq!(factor.codes.len(), table.rows());
        }
    }
});
