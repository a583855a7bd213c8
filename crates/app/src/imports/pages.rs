//! The import page: choose a file, see what every column is taken for and what every row would
//! become, change the columns, mend cells, bring it in, and take it back. The first run shows the
//! same in its own frame.

use askama::Template;
use axum::{
    extract::{Multipart, Path, Query},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use mechanisms::{
    Id,
    intake::UNDO_HOURS,
    roster::{Post, Power},
};
use paper::sheet::Table;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{
    columns::{self, Field},
    shown::{self, ColumnRow, Group, Mend, Tally},
    trial::{self, Trial},
    turn,
};
use crate::{
    access::{Me, Visit},
    chance::to_hex,
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
        rail::{self, Step},
        words::{Words, sentence},
    },
};

struct Past {
    id: i64,
    file: String,
    rows: i64,
    goals: i64,
    items: i64,
    plan: i64,
    undone: bool,
    when: String,
    by: String,
    /// Until when it can be taken back; none when that time has passed.
    until: Option<String>,
}

struct Tried {
    file: String,
    sheet: String,
    /// The file itself, carried by the form: nothing is kept before it is brought in.
    kept: String,
    title: String,
    year: i16,
    columns: Vec<ColumnRow>,
    matched: usize,
    fields: Vec<&'static str>,
    trial: Trial,
    groups: Vec<Group>,
    tally: Tally,
    bar: [usize; 3],
    leads: usize,
    mends: Vec<Mend>,
    /// Rows with errors are passed over.
    skips: bool,
}

#[derive(Template)]
#[template(path = "imports/imports.html")]
struct ImportsPage {
    shell: Shell,
    w: Words,
    csrf: String,
    past: Vec<Past>,
    tried: Option<Tried>,
    error: Option<String>,
    frame: &'static str,
}

/// The same in the frame of the first run.
#[derive(Template)]
#[template(path = "imports/first_run.html")]
struct FirstRunPage {
    w: Words,
    visit: Visit,
    csrf: String,
    steps: Vec<Step>,
    tried: Option<Tried>,
    error: Option<String>,
    frame: &'static str,
    items: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Frame {
    from: String,
}

pub async fn imports_page(me: Me, Query(frame): Query<Frame>) -> Result<Html<String>, Trouble> {
    me.needs(Power::Register)?;
    draw(&me, &frame.from, None, None).await
}

/// The page, in the frame it was opened in.
async fn draw(
    me: &Me,
    frame: &str,
    tried: Option<Tried>,
    error: Option<String>,
) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let csrf = me.csrf.clone();
    if frame != "setup" {
        let (shell, past) = (Shell::of(me, "/imports").await?, past(me, &w).await?);
        let frame = "";
        return Ok(ui::page(&ImportsPage { shell, w, csrf, past, tried, error, frame })?);
    }
    let counts = rail::counts(me).await?;
    Ok(ui::page(&FirstRunPage {
        w,
        visit: me.visit.clone(),
        csrf,
        steps: rail::steps(counts, "plan", &w),
        tried,
        error,
        frame: "setup",
        items: counts.items,
    })?)
}

async fn past(me: &Me, w: &Words) -> Result<Vec<Past>, Trouble> {
    let rows = sqlx::query(
        "select i.id, i.file, i.rows_read, i.goals, i.items, i.plan, i.undone, i.at, e.post \
         from intake i left join entry e on e.jurisdiction = i.jurisdiction \
         and e.kind = 'intake' and e.matter = i.id and e.act = 'Recorded' \
         where i.jurisdiction = $1 order by i.id desc limit 50",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut past = Vec::new();
    for row in &rows {
        let at: String = row.try_get(7)?;
        let post: Option<i64> = row.try_get(8)?;
        let local = me.house.clock.local(&at);
        let told = |at: jiff::civil::DateTime| {
            format!("{} {}", w.short(&at.date(), &me.today()), at.strftime("%H:%M"))
        };
        let end = local.and_then(|at| at.checked_add(jiff::Span::new().hours(UNDO_HOURS)).ok());
        past.push(Past {
            id: row.try_get(0)?,
            file: row.try_get(1)?,
            rows: row.try_get(2)?,
            goals: row.try_get(3)?,
            items: row.try_get(4)?,
            plan: row.try_get(5)?,
            undone: row.try_get::<i64, _>(6)? != 0,
            when: local.map(told).unwrap_or_default(),
            by: post
                .map(|post| me.roster.post_title(Id::<Post>::new(post)).to_owned())
                .unwrap_or_default(),
            until: end.filter(|end| *end >= me.now.local).map(told),
        });
    }
    Ok(past)
}

/// What the form sends: the file the first time, and then the file as it was kept in the form.
#[derive(Default)]
struct Sent {
    file: String,
    bytes: Vec<u8>,
    columns: Vec<String>,
    title: String,
    year: String,
    /// `yes` brings it in, `marked` gives the file back with remarks.
    bring_in: String,
    from: String,
    skips: bool,
    /// Cells to be read as something else: column, what was found, what is meant.
    at: Vec<usize>,
    found: Vec<String>,
    meant: Vec<String>,
}

impl Sent {
    fn mends(&self) -> Vec<Mend> {
        let cells = self.at.iter().zip(&self.found).zip(&self.meant);
        let meant = |((at, found), meant): ((&usize, &String), &String)| {
            let meant = meant.trim();
            (!meant.is_empty() && meant != found).then(|| (*at, found.clone(), meant.to_owned()))
        };
        cells.filter_map(meant).collect()
    }
}

async fn read(mut form: Multipart) -> Result<Sent, Trouble> {
    let wrong = |_| Trouble::Unreadable { field: "file".into(), why: "error-unreadable-form" };
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.file = field.file_name().unwrap_or_default().to_owned();
            sent.bytes = field.bytes().await.map_err(wrong)?.to_vec();
            continue;
        }
        let text = field.text().await.map_err(wrong)?;
        match name.as_str() {
            "name" => sent.file = text,
            "kept" => sent.bytes = STANDARD.decode(text).unwrap_or_default(),
            "column" => sent.columns.push(text),
            "title" => sent.title = text,
            "year" => sent.year = text,
            "bring_in" => sent.bring_in = text,
            "from" => sent.from = text,
            "skips" => sent.skips = text == "yes",
            "at" => sent.at.push(text.parse().unwrap_or(usize::MAX)),
            "found" => sent.found.push(text),
            "meant" => sent.meant.push(text),
            _ => {}
        }
    }
    Ok(sent)
}

pub async fn upload(me: Me, form: Multipart) -> Result<Response, Trouble> {
    me.needs(Power::Register)?;
    let sent = read(form).await?;
    let w = Words::of(me.visit.lang);
    let mut table = match paper::sheet::read(&sent.file, &sent.bytes) {
        Ok(table) => table,
        Err(error) => {
            let error = w.a("import-unreadable", &[("why", &ui::told::sheet(&w, &error))]);
            let page = draw(&me, &sent.from, None, Some(error)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mends = sent.mends();
    shown::mended(&mut table, &mends);
    let given = columns::parse(&sent.columns.join(","), table.header.len());
    let first = given.is_none();
    let fields = given.unwrap_or_else(|| columns::guess(&table.header));
    let named = year_in(&sent.file).unwrap_or(me.today().year());
    let year = sent.year.trim().parse().unwrap_or(named);
    let trial = trial::run(&table, &fields, &me.roster, year);
    let error = match sent.bring_in.as_str() {
        "marked" => return Ok(marked(&sent.file, &table, &trial, &w)),
        "yes" => match refused(&sent, first, &trial, &w) {
            None => return bring_in(&me, sent, trial, year).await,
            error => error,
        },
        _ => None,
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let from = sent.from.clone();
    let tried = tried(sent, mends, (&table, &fields), (trial, year), &me, &w, first);
    Ok((status, draw(&me, &from, Some(tried), error).await?).into_response())
}

/// The year a file is named after: `2015年四个干运行图.xlsx`.
fn year_in(name: &str) -> Option<i16> {
    let numbers = name.split(|c: char| !c.is_ascii_digit());
    numbers
        .filter(|number| number.len() == 4)
        .filter_map(|number| number.parse().ok())
        .find(|year| (1949..=2100).contains(year))
}

/// Why a trial is not brought in.
fn refused(sent: &Sent, first: bool, trial: &Trial, w: &Words) -> Option<String> {
    if trial.items.is_empty() {
        return Some(w.t("import-nothing"));
    }
    let wrong = shown::tally(trial).wrong;
    let stops = wrong > 0 && !sent.skips && !first;
    stops.then(|| w.n("import-wrong-left", i64::try_from(wrong).unwrap_or(i64::MAX)))
}

async fn bring_in(me: &Me, sent: Sent, trial: Trial, year: i16) -> Result<Response, Trouble> {
    let into = turn::Into {
        year: i64::from(year),
        title: title_of(&sent),
        unit: me.roster.root().ok_or(Trouble::NotFound)?,
        hash: to_hex(&Sha256::digest(&sent.bytes)),
        file: sent.file,
    };
    turn::bring_in(&me.house.store, me.hand(), trial, into).await?;
    let place = if sent.from == "setup" { "/setup/chain" } else { "/imports" };
    Ok(Redirect::to(place).into_response())
}

fn title_of(sent: &Sent) -> String {
    let stem = sent.file.rsplit_once('.').map_or(&*sent.file, |parts| parts.0);
    let title = sent.title.trim();
    if title.is_empty() { stem.to_owned() } else { title.to_owned() }
}

fn tried(
    sent: Sent,
    mends: Vec<Mend>,
    (table, fields): (&Table, &[Field]),
    (trial, year): (Trial, i16),
    me: &Me,
    w: &Words,
    first: bool,
) -> Tried {
    let tally = shown::tally(&trial);
    Tried {
        kept: STANDARD.encode(&sent.bytes),
        title: title_of(&sent),
        file: sent.file,
        sheet: table.sheet.clone(),
        year,
        columns: shown::columns(table, fields, &trial),
        matched: fields.iter().filter(|field| **field != Field::Skip).count(),
        fields: Field::ALL.iter().map(|field| field.word()).collect(),
        groups: shown::groups(&trial, w),
        bar: tally.bar(),
        tally,
        leads: shown::leads(&trial, &me.roster),
        mends,
        skips: sent.skips || first,
        trial,
    }
}

/// The file again, with what is remarked on each row in a column of its own.
fn marked(name: &str, table: &Table, trial: &Trial, w: &Words) -> Response {
    let stem = name.rsplit_once('.').map_or(name, |parts| parts.0);
    let bytes = shown::annotated(table, trial, &w.t("import-report"), w);
    attached(&format!("{stem}-{}.csv", w.t("import-report")), bytes)
}

fn attached(name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", ui::encode(name));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

/// A table to begin with: the headings that are matched by themselves, and a row that shows how.
pub async fn template(me: Me) -> Result<Response, Trouble> {
    me.needs(Power::Register)?;
    let text = "\u{feff}编号,领域,重点目标,具体工作内容,目标值,推进措施,分包领导,牵头单位,配合单位,\
                责任人,开工日,完成时限\r\n1-1,生态环境,治理大气污染,淘汰燃煤锅炉,1026台,\
                改电、改气或并入集中供热,分管环保副市长,市环保局,市财政局、市质监局,\
                大气科科长,2015-03-02,2015-11-30\r\n";
    Ok(attached("运行图模板.csv", text.as_bytes().to_vec()))
}

pub async fn undo(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    match turn::undo(&me.house.store, me.hand(), Id::new(id)).await {
        Ok(()) => Ok(Redirect::to("/imports").into_response()),
        Err(Stop::Refused(refusal)) => {
            let w = Words::of(me.visit.lang);
            let error = sentence(&w, refusal.key(), &refusal.facts());
            let page = draw(&me, "", None, Some(error)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(stop) => Err(stop.into()),
    }
}
