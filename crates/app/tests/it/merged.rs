//! A ledger that went out as a workbook, was edited by hand, and comes back: only what was edited
//! changes, and a cell that was changed on both sides is told and not overwritten.

use mechanisms::problem::{Command, Content};
use reqwest::Client;

use crate::{
    both,
    engines::Fresh,
    house::day,
    ledgers::{Ledgers, ended, send},
};

both!(an_edited_workbook_changes_only_what_was_edited);

/// A sheet: its name and its rows.
type Sheet = (String, Vec<Vec<calamine::Data>>);

/// What every sheet of a workbook holds.
fn sheets(bytes: &[u8]) -> Vec<Sheet> {
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
fn saved(sheets: &[Sheet]) -> Vec<u8> {
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

/// The ledger as somebody edited it: some cells rightly, some wrongly, a row taken out, one put in,
/// and all of it sorted the other way round.
fn edited(book: &[Sheet]) -> Vec<Sheet> {
    let head: Vec<String> = book[0].1[0].iter().map(ToString::to_string).collect();
    let column = |heading: &str| head.iter().position(|one| one == heading).unwrap();
    let (cause, due, unit) = (column("原因"), column("时限"), column("责任单位"));
    let (owner, category) = (column("责任人"), column("类别"));
    let mut edited = book.to_vec();
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
    edited
}

async fn an_edited_workbook_changes_only_what_was_edited(base: Fresh) {
    let all = Ledgers::open(&base).await;
    let client = all.client("head").await;
    let path = format!("{}/problems.xlsx?show=all", all.address);
    let bytes = client.get(path).send().await.unwrap().bytes().await.unwrap().to_vec();
    let book = sheets(&bytes);
    assert_eq!(book[0].1.len(), 47, "a header and every problem");
    // The same file, saved anew, asks nothing.
    let (status, page) = bring(&all, &client, &saved(&book), false).await;
    assert!(status == 200 && page.contains("没有要改的单元格"), "{page}");

    let edited = edited(&book);
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
    again_and_back(&all, &client, &edited, &job).await;
    all.serving.abort();
}

/// The same file brought a second time, and the whole import taken back.
async fn again_and_back(
    all: &Ledgers,
    client: &Client,
    edited: &[(String, Vec<Vec<calamine::Data>>)],
    job: &str,
) {
    // A second time the same file: what was brought in agrees, the conflict stays one.
    let (_, page) = bring(all, client, &saved(edited), false).await;
    assert!(page.contains("3 格改成了系统里现在的样子") && page.contains("两边都改了"), "{page}");
    // And back: the third was changed since, and is kept.
    let third = all.state(all.found[2]).await;
    let content = Content { category: "又改了".into(), ..third.content.clone() };
    let amend = Command::Amend { base: third.version, content };
    all.ask("clerk", "2015-11-20", all.found[2], amend).await;
    send(all, client, &format!("{job}/undoing"), &[("reason", "改错了表")]).await;
    let text = ended(all, client, job).await;
    assert!(text.contains("后来又改过了"), "{text}");
    assert_eq!(all.state(all.found[0]).await.content.cause, before_cause());
    assert_eq!(all.state(all.found[2]).await.content.category, "又改了");
}

/// What the unit itself gave as cause, or nothing while measures are to be set.
fn before_cause() -> &'static str {
    ""
}
