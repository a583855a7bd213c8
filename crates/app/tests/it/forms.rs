//! The life of an item through its pages, as officers fill in its forms: what is wrong is said
//! beside its field and nothing typed is lost; drafts come back; what arrives twice is once on
//! record; and whoever downloads a proof checks it without us.

use app::{ROWS, cast};
use reqwest::Client;

use crate::{
    both,
    doors::{open, sign_in},
    engines::Fresh,
    story::{get, item, page, send},
};

both!(
    an_item_lives_through_its_forms,
    what_is_typed_is_kept_and_sent_once,
    a_proof_is_checked_without_us,
    owners_are_named_by_the_dozen,
);

/// One step of the story: who, which form, what is typed.
struct Step<'s> {
    who: &'s Client,
    noun: &'static str,
    form: Vec<(&'static str, &'static str)>,
}

/// What a refused form answers with: the sentence, and every word that was typed.
async fn refused(address: &str, id: i64, step: &Step<'_>, sentence: &str) {
    let place = format!("{address}/items/{id}/{}", step.noun);
    let (status, _, text) = send(step.who, &place, &step.form).await;
    assert_eq!(status, 422, "{} was not refused: {text}", step.noun);
    assert!(text.contains(sentence), "{} does not say “{sentence}”: {text}", step.noun);
    for (name, value) in &step.form {
        let shown = value.is_empty() || text.contains(value);
        assert!(shown, "{}: what was typed into {name} is lost: {text}", step.noun);
    }
}

async fn done(address: &str, id: i64, step: &Step<'_>) {
    let place = format!("{address}/items/{id}/{}", step.noun);
    let (status, to, text) = send(step.who, &place, &step.form).await;
    assert_eq!((status, to), (303, format!("/items/{id}")), "{}: {text}", step.noun);
}

async fn an_item_lives_through_its_forms(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    let head = sign_in(&address, "ducha").await;
    let owner = sign_in(&address, "daqi").await;
    let verifier = sign_in(&address, "heyan").await;
    let goal =
        get(&clerk, &format!("{address}/api/items?q=27-1")).await["items"][0]["goal"].clone();
    let goal = goal.to_string();
    let new = format!("{address}/items/new");
    // A day the month does not have, in three languages; what was typed stays.
    let mut draft = vec![
        ("goal", goal.as_str()),
        ("title", "拆除城郊锅炉"),
        ("what", "城郊四十台全部拆除"),
        ("target", "40"),
        ("unit", "台"),
        ("how", "先通热后拆炉"),
        ("due_on", "2015-11-31"),
    ];
    for (lang, sentence) in [
        ("zh-Hans", "11月只有 30 天"),
        ("zh-Hant", "11月只有 30 天"),
        ("en", "Month 11 has only 30 days"),
    ] {
        let settings = format!("{address}/settings");
        assert_eq!(send(&clerk, &settings, &[("lang", lang)]).await.0, 303);
        let (status, _, text) = send(&clerk, &new, &draft).await;
        assert_eq!(status, 422, "{lang}: {text}");
        assert!(text.contains(sentence) && text.contains("id=\"e-due_on\""), "{lang}: {text}");
        assert!(text.contains("城郊四十台全部拆除") && text.contains("2015-11-31"), "{lang}");
    }
    send(&clerk, &format!("{address}/settings"), &[("lang", "zh-Hans")]).await;
    draft.pop();
    draft.push(("due_on", "2016-01-29"));
    let (status, place, text) = send(&clerk, &new, &draft).await;
    assert_eq!(status, 303, "{text}");
    let id: i64 = place.trim_start_matches("/items/").parse().unwrap();
    let step =
        |who, noun, form: &[(&'static str, &'static str)]| Step { who, noun, form: form.to_vec() };
    done(&address, id, &step(&clerk, "submission", &[])).await;
    let place = format!("{address}/items/{id}/approval");
    let (status, _, text) = send(&clerk, &place, &[]).await;
    assert!(status == 422 && text.contains("没有这项权限"), "{text}");
    done(&address, id, &step(&head, "approval", &[])).await;
    // Nobody is named: what is missing is said, with the way to fill it in.
    refused(&address, id, &step(&clerk, "issue", &[]), "还缺：牵头单位、责任人").await;
    let form = page(&clerk, &format!("{address}/items/{id}/edit")).await;
    assert!(form.contains("name=\"lead\""));
    let mut named = draft.clone();
    named.extend([("base", "0"), ("lead", "市环保局"), ("owner", "大气科科长")]);
    named.push(("sponsor", "分管环保副市长"));
    let (status, _, text) = send(&clerk, &format!("{address}/items/{id}/edit"), &named).await;
    assert_eq!(status, 303, "{text}");
    done(&address, id, &step(&clerk, "issue", &[])).await;
    refused(&address, id, &step(&owner, "objection", &[("reason", " ")]), "没有写理由").await;
    done(&address, id, &step(&owner, "objection", &[("reason", "职责在市城管局")])).await;
    done(&address, id, &step(&clerk, "issue", &[])).await;
    done(&address, id, &step(&owner, "signature", &[])).await;
    plan_and_life(&address, id, [&clerk, &head, &owner, &verifier]).await;
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}

async fn plan_and_life(address: &str, id: i64, officers: [&Client; 4]) {
    let [clerk, _, owner, _] = officers;
    let step =
        |who, noun, form: &[(&'static str, &'static str)]| Step { who, noun, form: form.to_vec() };
    let late = [("milestones", "2016-02-29 全部拆除 40"), ("best_pace", "10")];
    refused(address, id, &step(owner, "plan", &late), "第 1 个节点晚于完成时限").await;
    let plan =
        [("milestones", "2015-12-31 拆一半 20\n2016-01-29 全部拆除 40"), ("best_pace", "10")];
    done(address, id, &step(owner, "plan", &plan)).await;
    done(address, id, &step(clerk, "plan-approval", &[])).await;
    let shown = page(owner, &format!("{address}/items/{id}")).await;
    assert!(shown.contains("与基线一致"), "the baseline was set with the plan: {shown}");
    life_under_way(address, id, officers).await;
}

async fn life_under_way(address: &str, id: i64, [clerk, head, owner, verifier]: [&Client; 4]) {
    let step =
        |who, noun, form: &[(&'static str, &'static str)]| Step { who, noun, form: form.to_vec() };
    let nothing = [("since", ""), ("text", "拆了八台")];
    refused(address, id, &step(owner, "report", &nothing), "要填数字").await;
    done(address, id, &step(owner, "report", &[("since", "8"), ("text", "拆了八台")])).await;
    // Sent back: what was said too much does not stand, and less may be said after it.
    let back = [("report", "1"), ("sound", "no"), ("reason", "")];
    refused(address, id, &step(verifier, "check", &back), "没有写理由").await;
    let back = [("report", "1"), ("sound", "no"), ("reason", "现场只见六台")];
    done(address, id, &step(verifier, "check", &back)).await;
    let six =
        [("since", "6"), ("text", "拆了六台"), ("stuck", "燃气未通"), ("needs", "市热力总公司")];
    done(address, id, &step(owner, "report", &six)).await;
    let kept = get(clerk, &format!("{address}/api/items/{id}")).await;
    assert_eq!(kept["amount"], 6, "{kept}");
    let urge = [("level", "urge"), ("text", "加快"), ("answer_due", "2015-11-24")];
    refused(address, id, &step(clerk, "reminder", &urge), "要写明急在哪里").await;
    let why = ("reason", "供暖在即");
    let urge = [("level", "urge"), ("text", "加快"), ("answer_due", "2015-11-19"), why];
    refused(address, id, &step(clerk, "reminder", &urge), "回复期限已经过了").await;
    let urge = [("level", "urge"), ("text", "加快"), ("answer_due", "2015-11-24"), why];
    done(address, id, &step(clerk, "reminder", &urge)).await;
    let shown = page(owner, &format!("{address}/items/{id}")).await;
    assert!(shown.contains("11月24日前不回复，下一步：重点催办"), "{shown}");
    done(address, id, &step(owner, "reminder-signature", &[])).await;
    done(address, id, &step(owner, "reminder-answer", &[("text", "本周增加两支队伍")])).await;
    // No extension without a backward schedule that works.
    let bare = [("due_on", "2016-03-31"), ("reason", "燃气未通"), ("milestones", "")];
    refused(address, id, &step(owner, "extension", &bare), "没有节点").await;
    let early = [
        ("due_on", "2016-01-15"),
        ("reason", "燃气未通"),
        ("milestones", "2016-01-15 全部拆除 40"),
    ];
    refused(address, id, &step(owner, "extension", &early), "新时限要晚于").await;
    let later = [
        ("due_on", "2016-03-31"),
        ("reason", "燃气未通"),
        ("milestones", "2016-03-31 全部拆除 40"),
        ("best_pace", "10"),
    ];
    done(address, id, &step(owner, "extension", &later)).await;
    let granted = [("granted", "yes"), ("reason", "情况属实")];
    done(address, id, &step(head, "extension-decision", &granted)).await;
    let shown = page(owner, &format!("{address}/items/{id}")).await;
    assert!(shown.contains("2016年1月29日") && shown.contains("2016年3月31日"), "baseline and now");
    done(address, id, &step(head, "suspension", &[("reason", "重污染天气停工")])).await;
    let shown = page(owner, &format!("{address}/items/{id}")).await;
    assert!(shown.contains("11月20日起暂缓：重污染天气停工"), "{shown}");
    done(address, id, &step(head, "resumption", &[("due_on", ""), ("reason", "解除停工")])).await;
    let close = [("text", "拆完了"), ("evidence", "验收单 1 号")];
    refused(address, id, &step(owner, "closing", &close), "个节点还没有完成").await;
    let all = [("since", "34"), ("text", "全部拆完"), ("reached-1", "yes")];
    done(address, id, &step(owner, "report", &all)).await;
    let none = [("text", "全部拆完"), ("evidence", "")];
    refused(address, id, &step(owner, "closing", &none), "没有附依据").await;
    done(address, id, &step(owner, "closing", &close)).await;
    done(address, id, &step(verifier, "closing-return", &[("reason", "缺验收照片以外的单据")]))
        .await;
    done(address, id, &step(owner, "closing", &close)).await;
    done(address, id, &step(verifier, "verification", &[("text", "到场逐台核对，属实")])).await;
    refused(address, id, &step(clerk, "archive", &[]), "没有这项权限").await;
    done(address, id, &step(head, "archive", &[])).await;
    let kept = get(clerk, &format!("{address}/api/items/{id}")).await;
    assert_eq!(kept["stage"], "archived");
}

async fn what_is_typed_is_kept_and_sent_once(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let owner = sign_in(&address, "daqi").await;
    let clerk = sign_in(&address, "ducha-01").await;
    let id = item(&owner, &address, "27-1").await;
    let form = format!("{address}/items/{id}/report");
    let draft = format!("{address}/drafts/report-{id}");
    let typed = [("since", "4"), ("text", "城西四台已拆"), ("stuck", "管线未通")];
    let (status, ..) = send(&owner, &draft, &typed).await;
    assert_eq!(status, 204);
    let (status, place, _) =
        send(&owner, &format!("{draft}?then=/items/{id}/report"), &typed).await;
    assert_eq!((status, place), (303, format!("/items/{id}/report")), "a form without script");
    let again = page(&owner, &form).await;
    for text in ["城西四台已拆", "管线未通", "value=\"4\""] {
        assert!(again.contains(text), "the draft does not come back: {text}");
    }
    assert!(!page(&clerk, &form).await.contains("城西四台已拆"), "a draft is its writer's own");
    let strange = format!("{address}/drafts/Other%2FName");
    assert_eq!(send(&owner, &strange, &typed).await.0, 404);
    let before =
        get(&owner, &format!("{address}/api/items/{id}")).await["amount"].as_i64().unwrap();
    let all = format!("{address}/items/{id}?reports=all");
    let reports = async || page(&owner, &all).await.matches("class=\"rep\" id=\"report-").count();
    let told = reports().await;
    let amount = (before + 4).to_string();
    for _ in 0..2 {
        let account =
            [("amount", amount.as_str()), ("text", "城西四台已拆"), ("stuck", "管线未通")];
        assert_eq!(send(&owner, &form, &account).await.0, 303);
    }
    let after = get(&owner, &format!("{address}/api/items/{id}")).await;
    assert_eq!(after["amount"].as_i64().unwrap(), before + 4);
    assert_eq!(reports().await, told + 1, "the same report twice is one report");
    assert!(!page(&owner, &form).await.contains("城西四台已拆"), "a draft that was sent is let go");
    send(&owner, &draft, &typed).await;
    assert_eq!(send(&owner, &format!("{draft}/dropping"), &[]).await.0, 204);
    assert!(!page(&owner, &form).await.contains("城西四台已拆"));
    serving.abort();
}

async fn a_proof_is_checked_without_us(base: Fresh) {
    let (address, serving, _) = open(&base).await;
    let clerk = sign_in(&address, "shenji").await;
    let folder = tempfile::tempdir().expect("a folder");
    let shown = page(&clerk, &format!("{address}/journal/400")).await;
    let script =
        shown.split("# python3 recheck.py").nth(1).expect("the script").split("</pre>").next();
    let script = script.unwrap().replace("&#34;", "\"").replace("&#39;", "'").replace("&lt;", "<");
    let script = script.replace("&quot;", "\"").replace("&gt;", ">").replace("&amp;", "&");
    std::fs::write(folder.path().join("recheck.py"), format!("# python3 recheck.py{script}"))
        .unwrap();
    let bytes = async |path: &str| {
        let answer = clerk.get(format!("{address}{path}")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.bytes().await.unwrap().to_vec()
    };
    let told = |entry: &[u8], proof: &[u8]| {
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("entry"), entry).unwrap();
        std::fs::write(path("proof"), proof).unwrap();
        let mut command = std::process::Command::new("python3");
        let asked = command.arg(path("recheck.py")).arg(path("entry")).arg(path("proof")).output();
        String::from_utf8(asked.expect("a Python").stdout).unwrap().trim().to_owned()
    };
    for number in [0, 1, 255, 256, 400, 5000] {
        let mut entry = bytes(&format!("/journal/{number}/entry")).await;
        let proof = bytes(&format!("/journal/{number}/proof")).await;
        assert_eq!(told(&entry, &proof), "same", "entry {number}");
        let middle = entry.len() / 2;
        entry[middle] ^= 1;
        assert_eq!(told(&entry, &proof), "NOT the same", "entry {number}, one bit changed");
    }
    // The whole log, unpacked, holds for the verifier that needs no database.
    let tar = bytes("/journal/bundle.tar").await;
    let bundle = folder.path().join("bundle");
    tar::Archive::new(tar.as_slice()).unpack(&bundle).expect("a tar");
    let asked = std::process::Command::new(env!("CARGO_BIN_EXE_shigan"))
        .arg("verify")
        .arg(&bundle)
        .output()
        .expect("shigan verify");
    let said = String::from_utf8_lossy(&asked.stdout).into_owned();
    assert!(asked.status.success(), "{said}{}", String::from_utf8_lossy(&asked.stderr));
    serving.abort();
}

async fn owners_are_named_by_the_dozen(base: Fresh) {
    let (address, serving, store) = open(&base).await;
    let clerk = sign_in(&address, "ducha-01").await;
    let csv = "具体工作内容,牵头单位,完成时限\n修路一条,市环保局,2015-12-30\n建桥一座,,2015-12-31\n\
               立规一件,,年底前\n";
    let import = |csv: &'static str, more: &'static [(&'static str, &'static str)]| {
        let mut form = reqwest::multipart::Form::new()
            .part("file", reqwest::multipart::Part::bytes(csv.as_bytes()).file_name("三件.csv"))
            .text("from", "setup");
        for (name, value) in more {
            form = form.text(*name, *value);
        }
        let request =
            clerk.post(format!("{address}/imports")).header("sec-fetch-site", "same-origin");
        crate::story::answered(request.multipart(form))
    };
    let (status, place, text) = import(csv, &[("bring_in", "yes"), ("year", "2015")]).await;
    assert_eq!((status, place.as_str()), (303, "/setup/chain"), "{text}");
    let chain = format!("{address}/setup/chain");
    let shown = page(&clerk, &chain).await;
    let items: Vec<String> = shown
        .split("name=\"item-")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(items.len(), 3, "{shown}");
    let (status, _, text) = send(&clerk, &chain, &[("post", "大气科科长")]).await;
    assert!(
        status == 422 && text.contains("没有勾选工作") && text.contains("大气科科长"),
        "{text}"
    );
    let name = format!("item-{}", items[1]);
    let wrong = [(name.as_str(), "yes"), ("post", "没有这个人")];
    let (status, _, text) = send(&clerk, &chain, &wrong).await;
    assert!(status == 422 && text.contains("没有这个人"), "{text}");
    let right = [(name.as_str(), "yes"), ("post", "大气科科长")];
    let (status, _, text) = send(&clerk, &chain, &right).await;
    assert!(status == 200 && text.contains("已给 1 项工作定了责任人"), "{text}");
    let (status, _, text) = send(&clerk, &chain, &[("heads", "yes")]).await;
    assert!(status == 200 && text.contains("已给 1 项工作定了责任人"), "{text}");
    serving.abort();
    let report = store.check_rows(1, ROWS, cast).await.unwrap();
    assert_eq!(report.differences, 0, "{:#?}", report.first);
}
