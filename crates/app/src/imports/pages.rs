//! The import page: choose a file, see what every column is taken for and what every row would
//! become, change the columns, bring it in, and take it back.

use askama::Template;
use axum::{
    extract::{Multipart, Path},
    response::{Html, IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use mechanisms::{Id, roster::Power};
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{
    columns::{self, Field},
    trial::{self, Remark, Trial},
    turn,
};
use crate::{
    access::Me,
    chance::to_hex,
    store::Stop,
    trouble::Trouble,
    ui::{
        self, Shell,
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
}

/// A column as the page shows it.
struct ColumnRow {
    heading: String,
    sample: String,
    field: &'static str,
}

struct Tried {
    file: String,
    /// The file itself, carried by the form: nothing is kept before it is brought in.
    kept: String,
    title: String,
    year: i16,
    columns: Vec<ColumnRow>,
    fields: Vec<&'static str>,
    trial: Trial,
    remarks: Vec<(Remark, String)>,
}

#[derive(Template)]
#[template(path = "imports/imports.html")]
struct ImportsPage {
    shell: Shell,
    past: Vec<Past>,
    tried: Option<Tried>,
    error: Option<String>,
}

pub async fn imports_page(me: Me) -> Result<Html<String>, Trouble> {
    me.needs(Power::Register)?;
    Ok(ui::page(&view(&me, None, None).await?)?)
}

async fn view(
    me: &Me,
    tried: Option<Tried>,
    error: Option<String>,
) -> Result<ImportsPage, Trouble> {
    let rows = sqlx::query(
        "select id, file, rows_read, goals, items, plan, undone from intake \
         where jurisdiction = $1 order by id desc limit 50",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut past = Vec::new();
    for row in &rows {
        past.push(Past {
            id: row.try_get(0)?,
            file: row.try_get(1)?,
            rows: row.try_get(2)?,
            goals: row.try_get(3)?,
            items: row.try_get(4)?,
            plan: row.try_get(5)?,
            undone: row.try_get::<i64, _>(6)? != 0,
        });
    }
    Ok(ImportsPage { shell: Shell::of(me, "/imports").await?, past, tried, error })
}

/// What the form sends: the file the first time, and then the file as it was kept in the form.
#[derive(Default)]
struct Sent {
    file: String,
    bytes: Vec<u8>,
    columns: Vec<String>,
    title: String,
    year: String,
    bring_in: bool,
}

async fn read(mut form: Multipart) -> Result<Sent, Trouble> {
    let wrong = |_| Trouble::Unreadable { field: "file".into(), why: "error-unreadable-form" };
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" => {
                sent.file = field.file_name().unwrap_or_default().to_owned();
                sent.bytes = field.bytes().await.map_err(wrong)?.to_vec();
            }
            "name" => sent.file = field.text().await.map_err(wrong)?,
            "kept" => {
                let text = field.text().await.map_err(wrong)?;
                sent.bytes = STANDARD.decode(text).unwrap_or_default();
            }
            "column" => sent.columns.push(field.text().await.map_err(wrong)?),
            "title" => sent.title = field.text().await.map_err(wrong)?,
            "year" => sent.year = field.text().await.map_err(wrong)?,
            "bring_in" => sent.bring_in = field.text().await.map_err(wrong)? == "yes",
            _ => {}
        }
    }
    Ok(sent)
}

pub async fn upload(me: Me, form: Multipart) -> Result<Response, Trouble> {
    me.needs(Power::Register)?;
    let sent = read(form).await?;
    let w = Words::of(me.visit.lang);
    let table = match paper::sheet::read(&sent.file, &sent.bytes) {
        Ok(table) => table,
        Err(error) => {
            let error = w.a("import-unreadable", &[("why", &error.to_string())]);
            let page = ui::page(&view(&me, None, Some(error)).await?)?;
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let given = columns::parse(&sent.columns.join(","), table.header.len());
    let fields = given.unwrap_or_else(|| columns::guess(&table.header));
    let year = sent.year.trim().parse().unwrap_or(me.today().year());
    let trial = trial::run(&table, &fields, &me.roster, year);
    let stem = sent.file.rsplit_once('.').map_or(&*sent.file, |parts| parts.0).to_owned();
    let title = if sent.title.trim().is_empty() { stem } else { sent.title.trim().to_owned() };
    if sent.bring_in && !trial.items.is_empty() {
        let into = turn::Into {
            year: i64::from(year),
            title,
            unit: me.roster.root().ok_or(Trouble::NotFound)?,
            file: sent.file,
            hash: to_hex(&Sha256::digest(&sent.bytes)),
        };
        turn::bring_in(&me.house.store, me.hand(), trial, into).await?;
        return Ok(Redirect::to("/imports").into_response());
    }
    let sample = |column: usize| {
        let cell = table
            .rows
            .iter()
            .find_map(|row| row.cells.get(column).filter(|cell| !cell.is_empty()).cloned());
        cell.unwrap_or_default().chars().take(24).collect()
    };
    let columns = table.header.iter().zip(&fields).enumerate().map(|(column, (heading, field))| {
        ColumnRow { heading: heading.clone(), sample: sample(column), field: field.word() }
    });
    let told = |remark: &Remark| {
        let instead = remark.instead.clone().unwrap_or_default();
        w.a(remark.why, &[("found", &remark.found), ("instead", &instead)])
    };
    let tried = Tried {
        kept: STANDARD.encode(&sent.bytes),
        file: sent.file,
        title,
        year,
        columns: columns.collect(),
        fields: Field::ALL.iter().map(|field| field.word()).collect(),
        remarks: trial.remarks.iter().take(500).map(|one| (one.clone(), told(one))).collect(),
        trial,
    };
    Ok(ui::page(&view(&me, Some(tried), None).await?)?.into_response())
}

pub async fn undo(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    match turn::undo(&me.house.store, me.hand(), Id::new(id)).await {
        Ok(()) => Ok(Redirect::to("/imports").into_response()),
        Err(Stop::Refused(refusal)) => {
            let w = Words::of(me.visit.lang);
            let error = sentence(&w, refusal.key(), &refusal.facts());
            let page = ui::page(&view(&me, None, Some(error)).await?)?;
            Ok((axum::http::StatusCode::CONFLICT, page).into_response())
        }
        Err(stop) => Err(stop.into()),
    }
}
