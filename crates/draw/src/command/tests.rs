//! What the command makes of frames as people write them.

use super::*;

fn run(frame: &[u8]) -> Result<Vec<String>, Trouble> {
    command(frame, &Options { seed: "s".into(), plan: Plan::take(9), digits: 4 })
}

#[test]
fn line_ends_marks_and_empty_lines_are_no_part_of_an_id() {
    let plain = run(b"a\nb\nc\n").unwrap();
    assert_eq!(run("\u{feff}a\r\n\r\nb\nc".as_bytes()).unwrap(), plain);
    assert_ne!(run(b"a \nb\nc\n").unwrap(), plain);
}

#[test]
fn trouble_names_the_line() {
    assert_eq!(run(b"\n"), Err(Trouble::Empty));
    assert_eq!(run(b"a\n\xff"), Err(Trouble::NotText { line: 2 }));
    let again = run(b"a\n\nb\na\n").unwrap_err();
    assert_eq!(again, Trouble::Repeated { id: "a".into(), first: 1, again: 4 });
}
