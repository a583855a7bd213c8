//! The problem ledger through the front door: every number opens the list it counts, what is done
//! to many is a job that can be taken back, and a workbook that comes back changes what was edited.

use std::sync::Arc;

use app::{
    App,
    access::account,
    clock::Clock,
    jobs::Desk,
    problem::{approve_list, begin, file_list},
    store::{Stop, evidence::Evidence as Kept},
};
use jiff::tz::TimeZone;
use mechanisms::{
    Id,
    plan::item::Evidence,
    problem::{Command, Content, Horizon, Ledger, Measure, Problem, Scope, Source, ledger},
    roster::Unit,
};
use reqwest::Client;

use crate::{
    both,
    engines::Fresh,
    house::{House, day},
};

both!(
    every_number_opens_the_list_it_counts,
    many_are_urged_at_once_and_it_is_taken_back,
    an_edited_workbook_changes_only_what_was_edited,
    the_panel_closes_and_takes_it_back,
    views_are_a_persons_own,
    the_public_reads_what_may_be_shown,
);

/// Where the clock of these tests stands.
const NOW: jiff::civil::DateTime = jiff::civil::datetime(2015, 11, 20, 9, 0, 0, 0);
/// Problems the supervision office found, and those of the unit's own list.
const FOUND: usize = 40;
const OWN: usize = 6;

/// A house with a ledger, and its door.
struct Ledgers {
    house: House,
    address: String,
    serving: tokio::task::JoinHandle<()>,
    found: Vec<Id<Problem>>,
    own: Vec<Id<Problem>>,
    ledger: Id<Ledger>,
}

impl Ledgers {
    async fn open(base: &Fresh) -> Self {
        let house = House::found(base.open().await).await;
        let ledger = opened(&house).await;
        let found = found(&house, ledger).await;
        let own = own(&house, ledger).await;
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let evidence = base.folder.path().join("evidence").display().to_string();
        let app = Arc::new(App {
            store: house.store.clone(),
            clock: Clock::standing_at(NOW, zone),
            evidence: Kept::open(&evidence).unwrap(),
            https: false,
            demo: Vec::new(),
            memory: app::home::Memory::default(),
            jobs: Desk::new(app::acts()),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            axum::serve(listener, app::routes(app)).await.unwrap();
        });
        Self { house, address, serving, found, own, ledger }
    }

    /// A client that signs in as an officer.
    async fn client(&self, name: &str) -> Client {
        let moment = Clock::standing_at(NOW, TimeZone::UTC).now();
        let officer = self.house.officer(name);
        let token = account::make_token(&self.house.store, self.house.body, officer, &moment)
            .await
            .unwrap();
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
        headers.insert("accept-language", "zh-CN".parse().unwrap());
        let redirect = reqwest::redirect::Policy::none();
        Client::builder().default_headers(headers).redirect(redirect).build().unwrap()
    }

    async fn page(&self, client: &Client, path: &str) -> String {
        let answer = client.get(format!("{}{path}", self.address)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let text = answer.text().await.unwrap();
        assert!(!text.contains('⟦'), "{path} lacks a word: {}", lacking(&text));
        assert!(!text.contains("style=\""), "{path} has inline style");
        text
    }

    /// How many the list of an address has, as the page says.
    async fn total(&self, client: &Client, path: &str) -> i64 {
        let text = self.page(client, path).await;
        let shown = text.split("data-total=\"").nth(1).unwrap_or_else(|| panic!("{path}"));
        let total: i64 = shown.split('"').next().unwrap().trim().parse().unwrap();
        let foot = format!("，共 {total} 个");
        assert!(total == 0 || text.contains(&foot), "{path}: its foot says otherwise");
        total
    }

    async fn state(&self, id: Id<Problem>) -> Problem {
        self.house.store.state(self.house.body, id).await.unwrap().unwrap()
    }

    async fn ask(&self, who: &str, on: &str, id: Id<Problem>, command: Command) {
        ask(&self.house, who, on, id, command).await.unwrap();
    }
}

fn lacking(text: &str) -> String {
    let parts = text.split('⟦').skip(1).filter_map(|part| part.split('⟧').next());
    parts.collect::<Vec<_>>().join(", ")
}

async fn ask(
    house: &House,
    who: &str,
    on: &str,
    id: Id<Problem>,
    command: Command,
) -> Result<(), String> {
    let turn = house.store.turn(house.hand(who, on), move |pen| {
        Box::pin(async move { pen.ask::<Problem>(id, command).await })
    });
    turn.await.map_err(|stop| format!("{stop:?}"))
}

async fn opened(house: &House) -> Id<Ledger> {
    let turn = house.store.turn(house.hand("clerk", "2015-03-02"), |pen| {
        Box::pin(async move {
            let id = pen.fresh::<Ledger>();
            let title = "第二批问题清单".to_owned();
            let open = ledger::Command::Open { ordinal: 2, title, file_by: day("2015-03-20") };
            pen.ask::<Ledger>(id, open).await?;
            Ok(id)
        })
    });
    turn.await.unwrap()
}

fn content(house: &House, number: usize, source: Source, unit: i64) -> Content {
    let due =
        day("2015-11-02").saturating_add(jiff::Span::new().days(i64::try_from(number).unwrap()));
    Content {
        source,
        yardstick: None,
        aspect: None,
        category: if number % 3 == 0 { "行政审批".into() } else { "大气污染".into() },
        what: format!("第 {number} 个问题：窗口另收材料"),
        cause: String::new(),
        target: String::new(),
        horizon: Horizon::Middle,
        sponsor: Some(house.officer("mayor").post),
        unit: Id::<Unit>::new(unit),
        owner: Some(house.officer(if unit == 5 { "chief" } else { "li" }).post),
        watcher: Some(house.officer(if number % 2 == 0 { "second" } else { "clerk" }).post),
        criteria: vec!["到窗口看，不再收".into(), "回访办事群众".into()],
        scope: if number % 4 == 0 { Scope::Public } else { Scope::Body },
        publication_workdays: 0,
        complaint: None,
        found_on: day("2015-03-02"),
        due_on: Some(due),
        urgent: false,
    }
}

/// Problems of the supervision office, walked to every box.
async fn found(house: &House, ledger: Id<Ledger>) -> Vec<Id<Problem>> {
    let contents: Vec<Content> = (1..=FOUND)
        .map(|number| {
            let source = if number % 5 == 0 { Source::Public } else { Source::Supervision };
            content(house, number, source, 5)
        })
        .collect();
    let turn = house.store.turn(house.hand("clerk", "2015-03-03"), move |pen| {
        Box::pin(async move {
            let mut list = Vec::new();
            for content in contents {
                list.push(begin(pen, ledger, content).await?);
            }
            Ok::<_, Stop>(list)
        })
    });
    let list = turn.await.unwrap();
    for (place, id) in list.iter().enumerate().filter(|one| one.0 >= 4) {
        let measures = vec![Measure {
            number: 1,
            text: "取消材料".into(),
            due_on: day("2015-11-02"),
            done_on: None,
        }];
        let set = Command::SetMeasures {
            cause: "习惯做法".into(),
            target: "一件不收".into(),
            criteria: Vec::new(),
            measures,
        };
        let on = "2015-03-10";
        ask(house, "chief", on, *id, set).await.unwrap();
        if place < 20 {
            continue;
        }
        let done = vec![(1, day("2015-10-20"))];
        let report = Command::Report { text: "已取消".into(), evidence: Vec::new(), done };
        ask(house, "chief", "2015-10-20", *id, report).await.unwrap();
        if place < 24 {
            continue;
        }
        let apply = Command::Apply { text: "全部取消".into(), evidence: vec![evidence()] };
        ask(house, "chief", "2015-10-21", *id, apply).await.unwrap();
        if place < 27 {
            continue;
        }
        let check = Command::Check { finding: "属实".into() };
        ask(house, "second", "2015-10-22", *id, check).await.unwrap();
        if place >= 30 {
            let verify = verify();
            ask(house, "clerk", "2015-10-23", *id, verify).await.unwrap();
        }
    }
    list
}

fn verify() -> Command {
    let tick = |criterion| mechanisms::problem::Tick { criterion, note: "看过".into() };
    Command::Verify {
        finding: "到现场看过".into(),
        ticks: vec![tick(1), tick(2)],
        look_back_on: day("2015-12-20"),
        despite: String::new(),
    }
}

fn evidence() -> Evidence {
    Evidence {
        name: "取消证明材料的通知.pdf".into(),
        reference: "通知〔2015〕8号".into(),
        hash: None,
        true_for: day("2015-10-20"),
    }
}

/// The unit's own list, filed by it and approved.
async fn own(house: &House, ledger: Id<Ledger>) -> Vec<Id<Problem>> {
    let unit = Id::<Unit>::new(5);
    let contents: Vec<Content> = (50..50 + OWN)
        .map(|number| {
            let due_on = Some(day("2016-03-31"));
            let own = content(house, number, Source::SelfCheck, 5);
            Content { due_on, scope: Scope::Unit, ..own }
        })
        .collect();
    let turn = house.store.turn(house.hand("chief", "2015-03-16"), move |pen| {
        Box::pin(async move {
            file_list(pen, ledger, unit, (Vec::new(), contents), "窗口、台账".into()).await
        })
    });
    let list = turn.await.unwrap();
    let turn = house.store.turn(house.hand("clerk", "2015-03-18"), move |pen| {
        Box::pin(async move { approve_list(pen, ledger, unit).await })
    });
    assert_eq!(turn.await.unwrap(), OWN);
    list
}

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
        let plain = inner.split('<').filter_map(|piece| match piece.split_once('>') {
            Some((_, text)) => Some(text),
            None => Some(piece),
        });
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

/// Sends a form; the address it leads to, or the page that came back with its status.
async fn send(all: &Ledgers, client: &Client, path: &str, form: &[(&str, &str)]) -> (u16, String) {
    let sent = client.post(format!("{}{path}", all.address)).form(form).send().await.unwrap();
    let status = sent.status().as_u16();
    let to = sent.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    match to {
        Some(to) => (status, to),
        None => (status, sent.text().await.unwrap()),
    }
}

/// The page of a job once nothing of it is under way.
async fn ended(all: &Ledgers, client: &Client, job: &str) -> String {
    for _ in 0..2_000 {
        let text = all.page(client, job).await;
        if !text.contains("data-poll") {
            return text;
        }
        tokio::task::yield_now().await;
    }
    panic!("{job} does not end");
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

/// What every sheet of a workbook holds.
fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<calamine::Data>>)> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> =
        calamine::Xlsx::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let names = book.sheet_names();
    let rows = |range: calamine::Range<calamine::Data>| range.rows().map(<[_]>::to_vec).collect();
    names
        .into_iter()
        .map(|name| (name.clone(), rows(book.worksheet_range(&name).unwrap())))
        .collect()
}

/// The workbook saved anew by another program, as it was edited.
fn saved(sheets: &[(String, Vec<Vec<calamine::Data>>)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (line, row) in rows.iter().zip(0_u32..) {
            for (cell, place) in line.iter().zip(0_u16..) {
                match cell {
                    calamine::Data::Empty => {}
                    calamine::Data::DateTime(at) => {
                        let format = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
                        sheet.write_number_with_format(row, place, at.as_f64(), &format).unwrap();
                    }
                    other => drop(sheet.write_string(row, place, other.to_string()).unwrap()),
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

async fn bring(all: &Ledgers, client: &Client, bytes: &[u8], go: bool) -> (u16, String) {
    let file = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name("台账.xlsx");
    let mut form = reqwest::multipart::Form::new().part("file", file);
    if go {
        form = form.text("bring_in", "yes").text("reason", "按周报核对");
    }
    let sent = client.post(format!("{}/problems/import", all.address)).multipart(form);
    let sent = sent.send().await.unwrap();
    let status = sent.status().as_u16();
    let to = sent.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    (status, to.unwrap_or(sent.text().await.unwrap()))
}

async fn an_edited_workbook_changes_only_what_was_edited(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let client = all.client("head").await;
    let path = format!("{}/problems.xlsx?show=all", all.address);
    let bytes = client.get(path).send().await.unwrap().bytes().await.unwrap().to_vec();
    let book = sheets(&bytes);
    assert_eq!(book[0].1.len(), 47, "a header and every problem");
    let head: Vec<String> = book[0].1[0].iter().map(ToString::to_string).collect();
    let column = |heading: &str| head.iter().position(|one| one == heading).unwrap();
    let (cause, due, unit) = (column("原因"), column("时限"), column("责任单位"));
    let (owner, category) = (column("责任人"), column("类别"));
    // The same file, saved anew, asks nothing.
    let (status, page) = bring(&all, &client, &saved(&book), false).await;
    assert!(status == 200 && page.contains("没有要改的单元格"), "{page}");

    let mut edited = book.clone();
    let text = |text: &str| calamine::Data::String(text.to_owned());
    let rows = &mut edited[0].1;
    rows[1][cause] = text("窗口人员没有培训");
    rows[2][due] = text("2015年12月31日");
    rows[3][category] = text("政务服务");
    rows[4][category] = text("表里改的类别");
    rows[5][owner] = text("没有的岗位");
    rows[6][unit] = text("市住建局");
    rows[7][due] = text("年底");
    rows.remove(9);
    rows.push(vec![text(""), text("督导通报"), text("新类别"), text("新发现的问题")]);
    rows[1..].reverse();
    // Meanwhile the fourth changed here too.
    let before = all.state(all.found[3]).await;
    let content = Content { category: "系统里改的类别".into(), ..before.content.clone() };
    let amend = Command::Amend { base: before.version, content };
    all.ask("clerk", "2015-11-20", all.found[3], amend).await;

    let (status, page) = bring(&all, &client, &saved(&edited), false).await;
    assert_eq!(status, 200);
    for told in [
        "3 行里改了 3 格",
        "窗口人员没有培训",
        "2015-12-31",
        "系统里改的类别",
        "没有的岗位",
        "这一列不能在表里改",
        "年底",
        "新发现的问题",
        "2-009",
    ] {
        assert!(page.contains(told), "{told} is not told: {page}");
    }
    let (status, job) = bring(&all, &client, &saved(&edited), true).await;
    assert_eq!(status, 303, "{job}");
    let text = ended(&all, &client, &job).await;
    assert!(text.contains("共 3 件，办成 3 件"), "{text}");
    assert_eq!(all.state(all.found[0]).await.content.cause, "窗口人员没有培训");
    assert_eq!(all.state(all.found[1]).await.content.due_on, Some(day("2015-12-31")));
    assert_eq!(all.state(all.found[2]).await.content.category, "政务服务");
    assert_eq!(all.state(all.found[3]).await.content.category, "系统里改的类别");
    for id in &all.found[4..] {
        let touched = all.state(*id).await.touched.day;
        assert!(touched < day("2015-11-20"), "{id} was not edited");
    }
    // A second time the same file: what was brought in agrees, the conflict stays one.
    let (_, page) = bring(&all, &client, &saved(&edited), false).await;
    assert!(page.contains("3 格改成了系统里现在的样子") && page.contains("两边都改了"), "{page}");
    // And back: the third was changed since, and is kept.
    let third = all.state(all.found[2]).await;
    let content = Content { category: "又改了".into(), ..third.content.clone() };
    let amend = Command::Amend { base: third.version, content };
    all.ask("clerk", "2015-11-20", all.found[2], amend).await;
    send(&all, &client, &format!("{job}/undoing"), &[("reason", "改错了表")]).await;
    let text = ended(&all, &client, &job).await;
    assert!(text.contains("后来又改过了"), "{text}");
    assert_eq!(all.state(all.found[0]).await.content.cause, before_cause());
    assert_eq!(all.state(all.found[2]).await.content.category, "又改了");
    all.serving.abort();
}

/// What the unit itself gave as cause, or nothing while measures are to be set.
fn before_cause() -> &'static str {
    ""
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
