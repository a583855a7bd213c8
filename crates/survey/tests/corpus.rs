//! What fuzzing begins with and found is worked through again: an answer or a fault, no panic.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{fs, rc::Rc};

use survey::{Case, Cases, Table, answer, bars, plot};

/// The sample of the fuzz target `cases`.
const CSV: &str = "h,u,n,w,g,b,y,x\n\
    \"a\",1,9,2,\"p\",0,3,1\n\"a\",2,9,2,\"q\",1,5,2\n\"a\",2,9,1,\"p\",,4,4\n\
    \"b\",1,7,3,\"q\",1,,8\n\"b\",3,7,3,\"\",0,6,3\n\"b\",3,7,2,\"p\",1,2,9\n";

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn files() {
    let (mut tables, mut faults) = (0, 0);
    for bytes in corpus("csv") {
        let Ok(table) = Table::read(&bytes[..], |_| true) else {
            faults += 1;
            continue;
        };
        tables += 1;
        for name in table.names().to_vec() {
            assert_eq!(table.factor(&name).unwrap().codes.len(), table.rows());
        }
    }
    assert!(tables > 1 && faults > 1, "{tables} tables, {faults} faults");
}

#[test]
fn analyses() {
    let mut answers = 0;
    for bytes in corpus("cases") {
        let Ok(cases) = serde_json::from_slice::<Cases>(&bytes) else { continue };
        let source = |_: &str| Table::read(CSV.as_bytes(), |_| true).map(Rc::new);
        for case in cases.cases.into_iter().take(4) {
            let Ok(mut case) = serde_json::from_value::<Case>(case) else { continue };
            case.design.n_replicates = case.design.n_replicates.map(|many| many % 16);
            if let Ok(value) = answer(&case, &source) {
                plot(&[("all".to_owned(), bars(&value))]);
                answers += 1;
            }
        }
    }
    assert!(answers > 5, "{answers}");
}
