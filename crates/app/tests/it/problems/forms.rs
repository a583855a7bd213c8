//! One problem through the forms of its pages: written down, listed, put right, struck off, found
//! again, objected to.

use super::city::City;
use crate::{engines::Fresh, house::day};

pub async fn a_problem_is_put_right_through_its_forms(base: Fresh) {
    let city = City::open(&base, "2015-09-01").await;
    let batch = [("ordinal", "2"), ("title", "第二批"), ("file_by", "2015-09-30")];
    let (status, told) = city.form("clerk", "/ledgers", &[("ordinal", "x")]).await;
    assert!(status == 422 && told.contains("要填数字"), "{status} {told}");
    let ledger = city.filled("clerk", "/ledgers", &batch).await;
    let id = ledger.trim_start_matches("/ledgers/");
    // The unit writes down what it found, and files it; the office sends it back once.
    let (owner, unit) = ("head-10岗", "第10单位");
    let mut found = vec![
        ("ledger", id),
        ("source", "self-check"),
        ("horizon", "middle"),
        ("scope", "unit"),
        ("what", "窗口另收材料"),
        ("category", ""),
        ("unit", unit),
        ("owner", owner),
        ("watcher", "clerk岗"),
        ("found_on", "2015-09-01"),
        ("due_on", "2015-10-30"),
        ("criteria", "三个窗口都不收"),
        ("complaint", "信访 2015-0311"),
    ];
    let problem = city.filled("head-10", "/problems/new", &found).await;
    let number = problem.trim_start_matches("/problems/").to_owned();
    let (status, told) = city.form("head-11", "/problems/new", &found).await;
    assert!(status == 422 && told.contains("没有这项权限"), "another unit's problem: {told}");
    assert_eq!(city.page("head-11", &problem).await.0, 404, "another unit does not find it");
    let tick = format!("problem-{number}");
    let lists = format!("{ledger}/lists");
    let none: [(&str, &str); 0] = [];
    let (status, told) = city.form("head-10", &lists, &none).await;
    assert!(status == 422 && told.contains("要写明查了什么"), "{told}");
    city.filled("head-10", &lists, &[(&tick, "1")]).await;
    let approval = format!("{lists}/10/approval");
    let (status, told) = city.form("clerk", &approval, &none).await;
    assert!(status == 422 && told.contains("类别"), "what is missing is named: {told}");
    city.filled("clerk", &format!("{lists}/10/return"), &[("reason", "没有类别")]).await;
    // It is mended, filed again, and gets its number. Who mends an older version is told.
    found[5].1 = "行政审批";
    let mended: Vec<(&str, &str)> = found.iter().copied().chain([("base", "0")]).collect();
    city.filled("head-10", &format!("{problem}/edit"), &mended).await;
    let (status, told) = city.form("head-10", &format!("{problem}/edit"), &mended).await;
    assert!(status == 422 && told.contains("别人改过"), "{told}");
    city.filled("head-10", &lists, &[(&tick, "1")]).await;
    city.filled("clerk", &approval, &none).await;
    assert!(city.page("clerk", &problem).await.1.contains("2-001"));
    // What supervision found is on the ledger at once.
    found[1].1 = "supervision";
    let other = city.filled("clerk", "/problems/new", &found).await;
    assert!(city.page("clerk", &other).await.1.contains("2-002"));
    let merge = [("number", "2-001"), ("reason", "同一件事")];
    let (status, told) = city.form("clerk", &format!("{other}/merge"), &[("number", "9-9")]).await;
    assert!(status == 422 && told.contains("没有编号“9-9”的问题"), "{told}");
    city.filled("clerk", &format!("{other}/merge"), &merge).await;
    assert!(city.page("clerk", &problem).await.1.contains("2-002"), "linked both ways");
    closed_by_forms(&city, &problem).await;
    city.close().await;
}

async fn closed_by_forms(city: &City, problem: &str) {
    let at = |noun: &str| format!("{problem}/{noun}");
    let (status, told) =
        city.form("head-10", &at("measures"), &[("cause", "旧"), ("measures", "换单")]).await;
    assert!(status == 422 && told.contains("换单"), "what was typed is still there: {told}");
    let measures = "2015-10-15 换告知单\n2015-10-30 培训窗口";
    let plan = [("cause", "旧单"), ("target", "不另收"), ("measures", measures)];
    city.filled("head-10", &at("measures"), &plan).await;
    // The next step of the ladder is written beforehand.
    let shown = city.page("clerk", problem).await.1;
    assert!(shown.contains("下一步：11月2日起可发“提醒”"), "{shown}");
    city.on(day("2015-10-20"));
    let done = [("text", "都做完了"), ("done-1", "1"), ("done-2", "1")];
    city.filled("head-10", &at("report"), &done).await;
    let apply = [("text", "不再另收"), ("evidence", "政务〔2015〕7号"), ("true_for", "2015-10-20")];
    city.filled("head-10", &at("application"), &apply).await;
    // The page offers the check to those who may check, and to nobody of the unit.
    let offers = async |who: &str, noun: &str| {
        city.page(who, problem).await.1.contains(&format!("href=\"{}\"", at(noun)))
    };
    assert!(offers("clerk", "first-check").await && !offers("head-10", "first-check").await);
    let asked = [("answer", "satisfied"), ("text", "不收了"), ("asked_on", "2015-10-20")];
    city.filled("clerk", &at("consultation"), &asked).await;
    city.filled("clerk", &at("first-check"), &[("text", "材料齐")]).await;
    assert!(offers("second", "verification").await && !offers("clerk", "verification").await);
    let verify = [("text", "看过"), ("look_back_on", "2015-12-20")];
    let (status, told) = city.form("second", &at("verification"), &verify).await;
    assert!(status == 422 && told.contains("第 1 条还没有逐条核对"), "{told}");
    let verify = [("text", "看过"), ("look_back_on", "2015-12-20"), ("tick-1", "都不收")];
    city.filled("second", &at("verification"), &verify).await;
    assert!(offers("second", "verification-undo").await);
    let shown = city.page("head-10", problem).await.1;
    assert!(shown.contains("已销号") && shown.contains("都不收"), "{shown}");
    city.on(day("2015-12-18"));
    let look = [("held", "no"), ("text", "又收"), ("due_on", "2016-01-15")];
    city.filled("second", &at("look-back"), &look).await;
    let shown = city.page("clerk", problem).await.1;
    assert!(shown.contains("2-001") && shown.contains("反弹过 1 次"), "{shown}");
    // The unit objects to the finding; whoever found it does not decide on it.
    city.filled("head-10", &at("objection"), &[("against", "relapse"), ("reason", "误会")]).await;
    assert!(!offers("second", "objection-decision").await);
    let decide = [("upheld", "yes"), ("reason", "查明是误会")];
    city.filled("head", &at("objection-decision"), &decide).await;
    assert!(city.page("clerk", problem).await.1.contains("已销号"));
}
