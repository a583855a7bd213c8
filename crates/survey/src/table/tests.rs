//! What columns become, and faults of files.

use super::*;

fn read(csv: &[u8]) -> Result<Table, Trouble> {
    Table::read(csv, |_| true)
}

#[test]
fn quotes_make_words_of_numbers() {
    let table = read(b"a,b,c\n1,\"1\",x\n2.5e1,\"10\",\n,\"2\",NA\n").unwrap();
    assert_eq!(table.numbers("a").unwrap()[1], 25.0);
    assert_eq!(table.factor("b").unwrap().levels, ["1", "10", "2"]);
    assert_eq!(table.factor("c").unwrap().codes, [0, MISSING, MISSING]);
    assert_eq!(table.factor("a").unwrap().levels, ["1", "25"]);
    assert!(matches!(table.numbers("c"), Err(Trouble::NotNumbers { .. })));
}

#[test]
fn numbers_met_before_a_word_become_words() {
    let table = read(b"a\n7\n\n0.5\nx\n").unwrap();
    assert_eq!(table.factor("a").unwrap().levels, ["0.5", "7", "x"]);
    assert_eq!(table.rows(), 3);
}

#[test]
fn quoted_cells_hold_commas_lines_and_quotes() {
    let table = read("\u{feff}a,b\r\n\"x,\ny\",\"say \"\"no\"\"\"\r\n".as_bytes()).unwrap();
    assert_eq!(table.factor("a").unwrap().levels, ["x,\ny"]);
    assert_eq!(table.factor("b").unwrap().levels, ["say \"no\""]);
}

#[test]
fn faults_name_the_row() {
    assert_eq!(read(b"a,b\n1\n"), Err(Trouble::Width { row: 1, found: 1, expected: 2 }));
    assert_eq!(read(b"a,b\n1,\"2\n"), Err(Trouble::OpenQuote { row: 1 }));
    assert_eq!(read(b"a,b\n1,\"2\"3\n"), Err(Trouble::AfterQuote { row: 1, cell: 2 }));
    assert_eq!(read(b"a\n1\n\xff\n"), Err(Trouble::NotText { row: 2, cell: 1 }));
    assert_eq!(read(b"a,a\n"), Err(Trouble::RepeatedColumn { column: "a".into() }));
}

#[test]
fn blocks_cut_anywhere() {
    struct Dribble<'a>(&'a [u8]);
    impl Read for Dribble<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }
    let mut csv = b"n,w\n".to_vec();
    for row in 0..60_000 {
        csv.extend_from_slice(format!("{row},\"w{}\"\n", row % 7).as_bytes());
    }
    let table = Table::read(Dribble(&csv), |name| name == "n").unwrap();
    let numbers = table.numbers("n").unwrap();
    assert_eq!(numbers.len(), 60_000);
    assert!(numbers.iter().enumerate().all(|(row, value)| *value == row as f64));
    assert_eq!(table.names(), ["n"]);
}

/// Many stretches on several cores give what one would, faults and their rows too.
#[test]
fn long_files_keep_their_order() {
    let mut csv = b"n,w,late,q\n".to_vec();
    let rows = 400_000;
    for row in 0..rows {
        let late = if row < 350_000 { row.to_string() } else { "x".to_owned() };
        let line = format!("{row},\"w{}\",{late},\"a,\n\"\"{}\"\n", (rows - row) % 11, row % 3);
        csv.extend_from_slice(line.as_bytes());
    }
    let table = read(&csv).unwrap();
    assert_eq!(table.rows(), rows);
    let numbers = table.numbers("n").unwrap();
    assert!(numbers.iter().enumerate().all(|(row, value)| *value == row as f64));
    let words = table.factor("w").unwrap();
    assert!((0..rows).all(|row| {
        words.levels[words.codes[row] as usize] == format!("w{}", (rows - row) % 11)
    }));
    let late = table.factor("late").unwrap();
    assert_eq!(late.levels.len(), 350_001);
    assert_eq!(late.levels[late.codes[7] as usize], "7");
    assert_eq!(table.factor("q").unwrap().levels, ["a,\n\"0", "a,\n\"1", "a,\n\"2"]);
    csv.extend_from_slice(b"1,2,3\n");
    assert_eq!(read(&csv), Err(Trouble::Width { row: rows + 1, found: 3, expected: 4 }));
}
