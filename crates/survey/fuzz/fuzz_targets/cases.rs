//! Any text as analyses of a small sample: an answer or a fault.

#![no_main]

use std::rc::Rc;

use libfuzzer_sys::fuzz_target;
use survey::{Case, Cases, Table, answer, bars, plot};

const CSV: &str = "h,u,n,w,g,b,y,x\n\
    \"a\",1,9,2,\"p\",0,3,1\n\"a\",2,9,2,\"q\",1,5,2\n\"a\",2,9,1,\"p\",,4,4\n\
    \"b\",1,7,3,\"q\",1,,8\n\"b\",3,7,3,\"\",0,6,3\n\"b\",3,7,2,\"p\",1,2,9\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok(cases) = serde_json::from_slice::<Cases>(bytes) else { return };
    let source = |_: &str| Table::read(CSV.as_bytes(), |_| true).map(Rc::new);
    for case in cases.cases.into_iter().take(4) {
        let Ok(mut case) = serde_json::from_value::<Case>(case) else { continue };
        // As many as are asked for are made; a fuzzer asks for too many.
        case.design.n_replicates = case.design.n_replicates.map(|many| many % 16);
        if let Ok(value) = answer(&case, &source) {
            plot(&[("all".to_owned(), bars(&value))]);
        }
    }
});
