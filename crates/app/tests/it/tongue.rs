//! The command line in three languages: what is wrong with an input is said with its file, row,
//! field, what was found and what was expected, and data stays the same.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

const CHANGED: [&str; 4] = ["SHIGAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

fn run(folder: &Path, args: &[&str], variables: &[(&str, &str)], asked: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shigan"));
    for name in CHANGED {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).current_dir(folder).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn put(folder: &Path) {
    let cases = r#"{"cases":[{"id":"age","data":"answers.csv","design":{"weights":"w"},
        "statistic":{"stat":"mean","vars":["age"]}}]}"#;
    for (name, text) in [
        ("plan.csv", "uid,name,duration_min,predecessors\n1,a,x9,\n"),
        ("link.csv", "uid,name,duration_min,predecessors\n1,a,480,9:FS:0\n"),
        ("cycle.csv", "uid,name,duration_min,predecessors\n1,a,480,2:FS:0\n2,b,480,1:FS:0\n"),
        ("days.toml", "name = \"x\"\n[week]\nmon = [\"8-12\"]\n"),
        ("never.toml", "name = \"x\"\n[week]\nmon = []\n"),
        ("frame.txt", "a\nb\na\n"),
        ("answers.csv", "w,age\n2,30\n0,45\n"),
        ("cases.json", cases),
        ("absent.json", &cases.replace("answers.csv", "gone.csv")),
        ("draw.json", "{\"kind\": 7}"),
        ("items.doc", "x"),
        ("items.csv", "编号,干什么,什么时候干成\n1,修桥,2015-02-30\n"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// Arguments, stdin, what stands in every language, a piece of the Chinese, of the English.
type Bad = (&'static [&'static str], &'static str, &'static [&'static str], [&'static str; 2]);

const BAD: &[Bad] = &[
    (
        &["schedule", "plan.csv"],
        "",
        &["plan.csv", "2", "duration_min", "\"x9\""],
        ["第 2 行，字段 duration_min：写的是 \"x9\"，应为", "row 2, field duration_min: found"],
    ),
    (
        &["schedule", "link.csv"],
        "",
        &["link.csv", "2", "predecessors", "\"9\""],
        ["应为本计划中任务的编号", "expected the number of a task in this plan"],
    ),
    (
        &["schedule", "cycle.csv"],
        "",
        &["cycle.csv", "predecessors", "→"],
        ["应为没有循环的先后关系", "expected an order without a cycle"],
    ),
    (
        &["schedule", "link.csv", "--start", "2015-02-29T08:00"],
        "",
        &["--start", "\"2015-02-29T08:00\"", "YYYY-MM-DDTHH:MM"],
        ["应为时间", "expected a time"],
    ),
    (&["schedule", "gone.csv"], "", &["gone.csv"], ["没有这个文件", "found no such file"]),
    (&["schedule", "items.doc"], "", &["items.doc", "\"doc\"", ".xlsx"], ["应为", "expected"]),
    (
        &["calendar"],
        "op,a,b\nadd_after,2015-02-29,3\n",
        &["stdin", "2", "\"2015-02-29\"", "YYYY-MM-DD"],
        ["第 2 行，字段 a：写的是", "row 2, field a: found"],
    ),
    (
        &["calendar", "--calendar", "days.toml"],
        "",
        &["days.toml", "week.mon", "\"8-12\"", "08:00-12:00"],
        ["整个文件，字段 week.mon：写的是", "the file, field week.mon: found"],
    ),
    (
        &["calendar", "--calendar", "never.toml"],
        "",
        &["never.toml", "week"],
        ["一周内有工作时间", "found \"no working time\", expected some working time"],
    ),
    (
        &["draw", "--frame", "frame.txt", "--seed", "1", "--take", "1"],
        "",
        &["frame.txt", "3", "\"a\"", "1"],
        ["文本第 3 行：编号", "line 3: found the id"],
    ),
    (
        &["estimate", "cases.json"],
        "",
        &["cases.json", "\"age\"", "answers.csv", "\"w\"", "2"],
        ["权重写的是 0，应为大于 0 的权重", "found weight 0, expected a weight above 0"],
    ),
    (&["estimate", "absent.json"], "", &["gone.csv"], ["没有这个文件", "found no such file"]),
    (
        &["verify", "draw.json"],
        "",
        &["draw.json"],
        ["不是抽取结果的文件", "not a bundle of a draw"],
    ),
    (&["verify", "gone"], "", &["gone"], ["应为其中之一", "expected one of them"]),
    (&["import", "items.doc", "--dry-run"], "", &["items.doc"], ["既不是", "neither .xlsx nor"]),
    (
        &["import", "items.csv", "--dry-run", "--columns", "title"],
        "",
        &["--columns", "\"title\"", "3", "--help"],
        ["写的是", "found \"title\", expected 3 words"],
    ),
];

#[test]
fn bad_input_is_said_in_the_language_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path());
    for (args, asked, pieces, [chinese, english]) in BAD {
        let of = |lang: &str| run(folder.path(), &[*args, &["--lang", lang]].concat(), &[], asked);
        let all = ["zh-Hans", "zh-Hant", "en"].map(of);
        let words = all.each_ref().map(|done| String::from_utf8_lossy(&done.stderr).into_owned());
        for (done, words) in all.iter().zip(&words) {
            assert_eq!(done.status.code(), Some(2), "{args:?}: {words}");
            assert_eq!(done.stdout, all[2].stdout, "{args:?}: data is the same");
            for piece in *pieces {
                assert!(words.contains(piece), "{args:?}: {piece} is not in {words}");
            }
            assert!(!words.contains('⟦'), "{words}");
        }
        assert!(words[0].contains(chinese), "{}", words[0]);
        assert!(words[2].contains(english), "{}", words[2]);
        assert!(!words[1].contains("found") && words[1] != words[2], "{}", words[1]);
    }
}

#[test]
fn the_option_goes_before_the_environment_and_english_is_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path());
    let said = |more: &[&str], variables: &[(&str, &str)]| {
        let args = [&["schedule", "gone.csv"], more].concat();
        String::from_utf8(run(folder.path(), &args, variables, "").stderr).unwrap()
    };
    let (hans, hant, en) = (
        said(&["--lang", "zh-Hans"], &[]),
        said(&["--lang", "zh-Hant"], &[]),
        said(&["--lang", "en"], &[]),
    );
    assert!(hans != hant && hant != en && hans != en);
    for (variables, expected) in [
        (&[][..], &en),
        (&[("LANG", "C.UTF-8")], &en),
        (&[("LANG", "fr_FR.UTF-8")], &en),
        (&[("LANG", "zh_CN.UTF-8")], &hans),
        (&[("LANG", "zh_TW.UTF-8")], &hant),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "zh_HK")], &hant),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "POSIX")], &en),
        (&[("LC_ALL", "C"), ("SHIGAN_LANG", "zh-Hant")], &hant),
        (&[("LC_ALL", ""), ("LANG", "zh")], &hans),
    ] {
        assert_eq!(said(&[], variables), *expected, "{variables:?}");
    }
    for (tag, expected) in [("zh-CN", &hans), ("zh-TW", &hant), ("zh", &hans), ("en-US", &en)] {
        assert_eq!(said(&["--lang", tag], &[("LC_ALL", "zh_CN")]), *expected, "{tag}");
    }
    let wrong = run(folder.path(), &["--lang", "fr", "calendar"], &[], "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("zh-Hant"));
}

#[test]
fn a_trial_of_an_import_is_reported_in_the_language() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path());
    let of = |lang: &str| {
        let columns = ["--columns", "number,title,due", "--year", "2015"];
        let args =
            [&["import", "items.csv", "--dry-run"][..], &columns, &["--lang", lang]].concat();
        let done = run(folder.path(), &args, &[], "");
        String::from_utf8([done.stderr, done.stdout].concat()).unwrap()
    };
    let (english, chinese) = (of("en"), of("zh-Hans"));
    assert!(english.contains("error: row 2, column C 什么时候干成: day-wrong"), "{english}");
    assert!(english.contains("column 什么时候干成: due\n"), "{english}");
    assert!(english.contains("1 rows: "), "{english}");
    assert!(chinese.contains("错误：第 2 行 C 列 什么时候干成：“2015-02-30”不是日期"), "{chinese}");
    assert!(chinese.contains("1 行：") && of("zh-Hant").contains("錯誤："), "{chinese}");
}

#[test]
fn a_provisional_day_is_marked_in_every_language() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh-Hans", "zh-Hant", "en"] {
        let done =
            run(folder.path(), &["calendar", "--lang", lang], &[], "add_after,2026-12-31,1\n");
        assert_eq!(done.stdout, b"2027-01-01\n");
        let words = String::from_utf8(done.stderr).unwrap();
        assert!(words.contains("provisional") && words.contains("2027-01-01"), "{words}");
    }
}
