//! `shigan estimate` from the shell: answers, faults, exit codes, drawings.

use std::process::{Command, Output};

const ANSWERS: &str = "w,age,sex\n2,30,\"F\"\n1,45,\"M\"\n1,51,\"F\"\n2,38,\"M\"\n";

fn run(folder: &std::path::Path, cases: &str, more: &[&str]) -> Output {
    std::fs::write(folder.join("answers.csv"), ANSWERS).unwrap();
    std::fs::write(folder.join("cases.json"), cases).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_shigan"));
    command.current_dir(folder).args(["estimate", "cases.json", "--data", "."]).args(more);
    command.output().unwrap()
}

fn case(id: &str, design: &str, statistic: &str) -> String {
    format!(r#"{{"id":"{id}","data":"answers.csv","design":{design},"statistic":{statistic}}}"#)
}

#[test]
fn an_answer_a_line_and_a_drawing() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        case("age", r#"{"weights":"w"}"#, r#"{"stat":"mean","vars":["age"]}"#),
        case("by sex", r#"{"weights":"w"}"#, r#"{"stat":"domain_mean","vars":["age"],"by":"sex"}"#),
    ];
    let done = run(
        folder.path(),
        &format!(r#"{{"cases":[{}]}}"#, cases.join(",")),
        &["--plot", "drawing.svg"],
    );
    assert_eq!(done.status.code(), Some(0));
    assert!(done.stderr.is_empty(), "no progress but on a terminal");
    let lines: Vec<serde_json::Value> = String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["id"], "age");
    assert_eq!(lines[0]["result"]["coef"]["age"], 38.6666666666667);
    assert_eq!(lines[1]["result"]["groups"], serde_json::json!(["F", "M"]));
    let drawing = std::fs::read_to_string(folder.path().join("drawing.svg")).unwrap();
    assert!(drawing.starts_with("<svg") && drawing.contains("by sex"));
}

#[test]
fn what_cannot_be_computed_is_said_and_the_rest_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        case("bad", r#"{"weights":"weight"}"#, r#"{"stat":"mean","vars":["age"]}"#),
        case("good", r#"{"weights":"w"}"#, r#"{"stat":"mean","vars":["age"]}"#),
        r#"{"id":"odd","data":"answers.csv","design":{},"statistic":{"stat":"mood"}}"#.to_owned(),
    ];
    let done = run(folder.path(), &format!(r#"{{"cases":[{}]}}"#, cases.join(",")), &[]);
    assert_eq!(done.status.code(), Some(2));
    let lines: Vec<serde_json::Value> = String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let error = lines[0]["error"].as_str().unwrap();
    assert!(error.contains("answers.csv") && error.contains("\"weight\" is unknown"), "{error}");
    assert!(lines[1]["result"].is_object() && lines[2]["error"].is_string());
    let words = String::from_utf8(done.stderr).unwrap();
    assert!(words.contains("cases.json: \"bad\""), "{words}");
}

#[test]
fn files_that_are_not_there_or_not_json() {
    let folder = tempfile::tempdir().unwrap();
    let done = run(folder.path(), "cases", &[]);
    assert_eq!(done.status.code(), Some(2));
    let words = String::from_utf8(done.stderr).unwrap();
    assert!(words.contains("cases.json") && words.contains("expected"), "{words}");
    let case = case("a", r#"{"weights":"w"}"#, r#"{"stat":"weights"}"#);
    let case = case.replace("answers.csv", "absent.csv");
    let done = run(folder.path(), &format!(r#"{{"cases":[{case}]}}"#), &[]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8(done.stdout).unwrap().contains("absent.csv"));
}
