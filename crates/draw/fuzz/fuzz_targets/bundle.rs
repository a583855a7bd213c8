//! Any bytes as a bundle: a report or what it is not; and what holds holds after a round trip.

#![no_main]

use draw::{Bundle, verify};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(report) = verify(bytes, None) else { return };
    let bundle = Bundle::read(bytes).expect("what was verified can be read");
    let again = verify(bundle.json().as_bytes(), None).expect("what was written can be read");
    assert_eq!(report.holds(), again.holds());
});
