//! The problem ledger through the front door: every number opens the list it counts, what is done
//! to many is a job that can be taken back, and a workbook that comes back changes what was edited.

use mechanisms::problem::Command;
use reqwest::Client;

use crate::{
    both,
    engines::Fresh,
    ledgers::{FOUND, Ledgers, OWN, ended, send},
};

both!(
    every_number_opens_the_list_it_counts,
    many_are_urged_at_once_and_it_is_taken_back,
    the_panel_closes_and_takes_it_back,
    views_are_a_persons_own,
    the_public_reads_what_may_be_shown,
    programs_ask_and_carry_out_the_same,
);

/// The addresses of links whose text is a number, with the number.
fn numbers(text: &str) -> Vec<(String, i64)> {
    let text = text.replace('\n', " ");
    let mut found = Vec::new();
    for part in text.split("<a ").skip(1) {
        let Some(href) = part.split("href=\"").nth(1).and_then(|rest| rest.split('"').next())
        else {
            continue;
        };
        let Some(inner) = part.split_once('>').and_then(|rest| rest.1.split("</a>").next()) else {
            continue;
        };
        let plain = inner.split('<').map(|piece| piece.split_once('>').map_or(piece, |two| two.1));
        let texts: Vec<&str> = plain.map(str::trim).filter(|text| !text.is_empty()).collect();
        let n = texts.iter().find_map(|text| text.parse::<i64>().ok());
        if let Some(n) = n.filter(|_| href.starts_with("/problems?")) {
            found.push((href.replace("&#38;", "&").replace("&amp;", "&"), n));
        }
    }
    found
}

async fn every_number_opens_the_list_it_counts(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let client = all.client("second").await;
    // Who watches something begins with that; the others with everything.
    let mine = all.total(&client, "/problems").await;
    assert_eq!(mine, all.total(&client, "/problems?watcher=me").await);
    assert_eq!(mine, i64::try_from((FOUND + OWN) / 2).unwrap());
    assert_eq!(all.total(&client, "/problems?show=all").await, 46);
    let head = all.client("head").await;
    assert_eq!(all.total(&head, "/problems").await, 46);
    // 2 to 20 November: those due before today and not closed.
    assert_eq!(all.total(&client, "/problems?due=overdue").await, 17);
    assert_eq!(all.total(&client, "/problems?step=to-verify").await, 6);
    assert_eq!(all.total(&client, "/problems?step=closed").await, 10);
    assert_eq!(all.total(&client, "/problems?source=public").await, 8);
    assert_eq!(all.total(&client, "/problems?category=行政审批").await, 15);
    assert_eq!(all.total(&client, "/problems?q=窗口另收").await, 46);
    let page = all.page(&client, "/problems?show=all").await;
    assert!(page.contains("2-001") && page.contains("逾期 17 天"), "the most overdue is first");
    let mut opened = 0;
    let unit = format!("/problems/units/{}", 5);
    let leader = format!("/problems/leaders/{}", all.house.officer("mayor").post);
    for path in [
        "/problems?show=all",
        "/problems/statistics",
        "/problems/units",
        "/problems/leaders",
        "/",
        &unit,
        &leader,
    ] {
        let text = all.page(&client, path).await;
        let links = numbers(&text);
        assert!(links.len() > 3, "{path}: {} numbers", links.len());
        for (href, n) in links {
            assert_eq!(all.total(&client, &href).await, n, "{path} says {n} of {href}");
            opened += 1;
        }
    }
    assert!(opened > 70, "{opened} numbers");
    // Coverage names who has not filed: one department of two has.
    let text = all.page(&client, "/problems/coverage").await;
    assert!(text.contains("3 家单位里 1 家的清单已经审定"), "{text}");
    let missing = all.page(&client, "/problems/coverage?show=missing").await;
    assert!(missing.contains("市住建局") && !missing.contains("窗口、台账"));
    // A unit sees its own only.
    let li = all.client("li").await;
    assert_eq!(all.total(&li, "/problems?show=all").await, 0);
    let chief = all.client("chief").await;
    assert_eq!(all.total(&chief, "/problems?show=all").await, 46);
    let rows = all.house.store.check_rows(all.house.body, app::ROWS, app::cast).await.unwrap();
    assert_eq!(rows.differences, 0, "{:#?}", rows.first);
    all.serving.abort();
}

async fn many_are_urged_at_once_and_it_is_taken_back(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let client = all.client("second").await;
    let chosen = [("act", "urge"), ("all", "yes"), ("query", "?due=overdue")];
    let (status, page) = send(&all, &client, "/problems/bulk", &chosen).await;
    assert_eq!(status, 200);
    assert!(page.contains("17 个问题") && page.contains("name=\"all\""), "{page}");
    let (status, page) = send(&all, &client, "/problems/bulk/urge", &chosen).await;
    assert!(status == 422 && page.contains("写明理由"), "{page}");
    let mut form = chosen.to_vec();
    form.push(("reason", "时限已过，请说明"));
    let (status, job) = send(&all, &client, "/problems/bulk/urge", &form).await;
    assert_eq!(status, 303);
    let text = ended(&all, &client, &job).await;
    assert!(text.contains("共 17 件，办成 17 件"), "{text}");
    let first = all.state(all.found[0]).await;
    assert_eq!(first.reminders.len(), 1);
    assert_eq!(first.reminders[0].text, "时限已过，请说明");
    // Once more at once: the ladder says no to each, with the rule's words.
    let (_, again) = send(&all, &client, "/problems/bulk/urge", &form).await;
    let text = ended(&all, &client, &again).await;
    assert!(text.contains("办成 0 件") && text.contains("一事一单"), "{text}");
    // One signs; the rest is taken back.
    all.ask("chief", "2015-11-20", all.found[0], Command::SignReminder { number: 1 }).await;
    let (_, page) = send(&all, &client, &format!("{job}/undoing"), &[("reason", " ")]).await;
    assert!(page.contains("写明理由"));
    let (status, to) =
        send(&all, &client, &format!("{job}/undoing"), &[("reason", "发错了")]).await;
    assert_eq!((status, to.as_str()), (303, job.as_str()));
    let text = ended(&all, &client, &job).await;
    assert!(text.contains("撤回 16 件") && text.contains("已经签收"), "{text}");
    assert!(all.state(all.found[1]).await.reminders[0].revoked.is_some());
    assert!(all.state(all.found[0]).await.reminders[0].revoked.is_none());
    // Another watcher for three that were ticked.
    let ids: Vec<String> = all.found[..3].iter().map(|id| id.to_string()).collect();
    let head = all.house.officer("head").post.to_string();
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    form.extend([("post", head.as_str()), ("reason", "分工调整")]);
    let (_, job) = send(&all, &client, "/problems/bulk/watch", &form).await;
    ended(&all, &client, &job).await;
    assert_eq!(all.state(all.found[2]).await.content.watcher, Some(all.house.officer("head").post));
    send(&all, &client, &format!("{job}/undoing"), &[("reason", "分工没变")]).await;
    ended(&all, &client, &job).await;
    let clerk = all.house.officer("clerk").post;
    assert_eq!(all.state(all.found[2]).await.content.watcher, Some(clerk));
    // Deadlines are moved by the one who decides, and by nobody else.
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    form.extend([("due_on", "2015-12-31"), ("reason", "供暖期")]);
    assert_eq!(send(&all, &client, "/problems/bulk/due", &form).await.0, 403);
    let head = all.client("head").await;
    let (_, job) = send(&all, &head, "/problems/bulk/due", &form).await;
    ended(&all, &head, &job).await;
    assert_eq!(all.total(&head, "/problems?due=overdue").await, 14);
    // The unit's officials find no bar, no act and no job of others.
    let chief = all.client("chief").await;
    assert!(!all.page(&chief, "/problems?show=all").await.contains("class=\"bulk\""));
    assert_eq!(send(&all, &chief, "/problems/bulk/urge", &form).await.0, 403);
    let seen = chief.get(format!("{}{job}", all.address)).send().await.unwrap();
    assert_eq!(seen.status(), 404);
    all.serving.abort();
}

async fn the_panel_closes_and_takes_it_back(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let (checked, applied) = (all.found[28], all.found[25]);
    let clerk = all.client("clerk").await;
    let list = format!("/problems?step=to-verify&open={checked}");
    let page = all.page(&clerk, &list).await;
    for told in
        ["取消证明材料的通知.pdf", "到窗口看，不再收", "同意销号", "退回整改", "盯办人初核，同意"]
    {
        assert!(page.contains(told), "{told}");
    }
    // The first checker does not verify, and is offered nothing.
    let second = all.client("second").await;
    let page = all.page(&second, &list).await;
    assert!(!page.contains("同意销号") && page.contains("打开问题页"), "{page}");
    let path = format!("/problems/{checked}/verdict");
    let back = format!("?step=to-verify&open={checked}");
    let refused = [
        ("verdict", "verify"),
        ("back", &*back),
        ("text", "看过了"),
        ("look_back_on", "2015-12-20"),
        ("tick", "1"),
    ];
    let (status, _) = send(&all, &second, &path, &refused).await;
    assert_eq!(status, 422, "the same person");
    let (status, page) = send(&all, &clerk, &path, &refused).await;
    assert!(status == 422 && page.contains("第 2 条还没有逐条核对"), "{page}");
    assert!(page.contains("看过了") && page.contains("2015-12-20"), "what was typed stays");
    let mut form = refused.to_vec();
    form.push(("tick", "2"));
    let (status, to) = send(&all, &clerk, &path, &form).await;
    assert_eq!((status, &*to), (303, &*format!("/problems{back}")));
    assert_eq!(all.total(&clerk, "/problems?step=closed").await, 11);
    let page = all.page(&clerk, &to).await;
    assert!(page.contains("value=\"undo\""), "it can be taken back: {page}");
    send(&all, &clerk, &path, &[("verdict", "undo"), ("back", &back)]).await;
    assert_eq!(all.total(&clerk, "/problems?step=closed").await, 10);
    // The first check and a return, from the same panel.
    let path = format!("/problems/{applied}/verdict");
    let check = [("verdict", "check"), ("text", "材料齐全"), ("back", "")];
    assert_eq!(send(&all, &clerk, &path, &check).await.0, 303);
    let (_, _) = send(&all, &second, &path, &[("verdict", "return"), ("text", "补照片")]).await;
    let state = all.state(applied).await;
    assert!(state.applications[0].returned.as_ref().is_some_and(|one| one.0 == "补照片"));
    // Another unit's official is told nothing of it.
    let li = all.client("li").await;
    assert_eq!(send(&all, &li, &path, &check).await.0, 404);
    assert!(!all.page(&li, &list).await.contains("id=\"panel\""));
    all.serving.abort();
}

async fn views_are_a_persons_own(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let client = all.client("second").await;
    let query = "?category=%E8%A1%8C%E6%94%BF%E5%AE%A1%E6%89%B9&due=overdue&page=3";
    let form = [("name", "审批逾期"), ("query", query)];
    let (status, to) = send(&all, &client, "/problems/views", &form).await;
    assert_eq!(status, 303);
    assert!(!to.contains("page"), "{to}");
    let page = all.page(&client, &to).await;
    let n = all.total(&client, &to).await;
    assert!(n == 5 && page.contains(&format!("审批逾期<span>{n}</span")), "{n} {page}");
    let others = all.client("clerk").await;
    assert!(!all.page(&others, "/problems").await.contains("审批逾期"));
    assert_eq!(send(&all, &client, "/problems/views", &[("name", ""), ("query", "")]).await.0, 422);
    send(&all, &client, "/problems/views/1/removal", &[]).await;
    assert!(!all.page(&client, "/problems").await.contains("审批逾期"));
    all.serving.abort();
}

async fn the_public_reads_what_may_be_shown(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let stranger = Client::new();
    let page = all.page(&stranger, "/problems/public").await;
    assert!(page.contains("2-004") && page.contains("市环保局"), "{page}");
    assert!(page.contains("公开的问题 10 个"), "{page}");
    for hidden in ["2-001", "市环保局局长", "督办二科科长", "到现场看过", "习惯做法", "2-041"]
    {
        assert!(!page.contains(hidden), "{hidden} is shown to everybody");
    }
    let closed = stranger.get(format!("{}/problems", all.address)).send().await.unwrap();
    assert!(closed.url().path().starts_with("/sign-in") || closed.url().path() == "/first-run");
    assert_eq!(all.ledger.0, all.state(all.own[0]).await.ledger.0);
    all.serving.abort();
}

async fn programs_ask_and_carry_out_the_same(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let client = all.client("second").await;
    let get = async |path: &str| -> serde_json::Value {
        let answer = client.get(format!("{}{path}", all.address)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    };
    let list = get("/api/problems?due=overdue").await;
    assert_eq!(list["total"], 17);
    assert_eq!(list["problems"][0]["number"], "2-001");
    assert_eq!(
        (&list["problems"][0]["overdue_days"], &list["problems"][0]["step"]),
        (&17.into(), &"to-plan".into())
    );
    let counts = get("/api/problems/counts").await;
    assert_eq!(counts["funnel"], serde_json::json!([46, 36, 20, 16, 10]));
    assert_eq!((&counts["all"], &counts["overdue"]), (&46.into(), &17.into()));
    let post = async |path: &str, body: serde_json::Value| {
        client.post(format!("{}{path}", all.address)).json(&body).send().await.unwrap()
    };
    let urge = serde_json::json!({ "act": "urge", "query": "due=overdue", "reason": "请说明" });
    let begun: serde_json::Value = post("/api/problems/bulk", urge).await.json().await.unwrap();
    let job = format!("/api/jobs/{}", begun["job"]);
    let mut state = get(&job).await;
    for _ in 0..2_000 {
        if state["stage"] != "running" {
            break;
        }
        state = get(&job).await;
    }
    assert_eq!((&state["stage"], &state["done"]), (&"done".into(), &17.into()));
    let none = post(&format!("{job}/undoing"), serde_json::json!({ "reason": "" })).await;
    assert_eq!(none.status(), 422);
    let undone = post(&format!("{job}/undoing"), serde_json::json!({ "reason": "发错" })).await;
    assert_eq!(undone.status(), 204);
    let empty = serde_json::json!({ "act": "urge", "reason": "请说明" });
    assert_eq!(post("/api/problems/bulk", empty).await.status(), 422);
    let due =
        serde_json::json!({ "act": "due", "ids": [1], "reason": "x", "due_on": "2016-01-01" });
    assert_eq!(post("/api/problems/bulk", due).await.status(), 403);
    all.serving.abort();
}
