//! Evidence at the doors: files that come with a form or over the API are kept under their hash
//! before the turn that names them; a file is shown to those who may see a matter that names it.

use axum::{
    Form, Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use mechanisms::{Day, plan::item::Evidence};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::{AssertSqlSafe, Row};
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};

use crate::{
    House,
    access::Me,
    failure::Meaning,
    store::{
        evidence::{NotTaken, SIZE_LIMIT, content_type},
        rows::{Rows, Table},
    },
    trouble::Trouble,
};

/// Files one form may bring.
const FILES: usize = 5;

/// Evidence by matter: what was named, and the file behind it where there is one.
pub static EVIDENCE: Table = Table {
    name: "evidence",
    keys: &["kind", "matter", "place"],
    columns: &["name", "reference", "hash", "true_for", "received_on"],
};

/// Casts the evidence of a matter: each with the day it was received.
pub fn cast<'e>(
    kind: &'static str,
    matter: i64,
    all: impl Iterator<Item = (&'e Evidence, Day)>,
    rows: &mut Rows,
) {
    for ((one, received), place) in all.zip(1_i64..) {
        let (name, reference, hash) = (&*one.name, &*one.reference, one.hash.clone());
        let cells =
            crate::cells![kind, matter, place, name, reference, hash, one.true_for, received];
        rows.put(&EVIDENCE, cells);
    }
}

pub fn routes() -> Router<House> {
    Router::new().route("/evidence/{hash}/{name}", get(file))
}

/// The API's door of this slice.
pub fn api() -> OpenApiRouter<House> {
    let keep = utoipa_axum::routes!(keep).layer(DefaultBodyLimit::max(SIZE_LIMIT + 1024));
    OpenApiRouter::new().routes(keep)
}

/// Room for every file a form may bring.
pub fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(FILES * SIZE_LIMIT + 1024 * 1024)
}

/// A file that was kept: its name and its hash.
pub type Kept = (String, String);

/// A form with the files it brought, already kept. What was kept for an earlier try comes back in
/// the field `kept`, so that a refused form loses nothing.
#[derive(Debug)]
pub struct Filled<T> {
    pub form: T,
    pub files: Vec<Kept>,
    /// Why a file was not taken.
    pub refused: Option<NotTaken>,
}

impl<T: DeserializeOwned> FromRequest<House> for Filled<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, house: &House) -> Result<Self, Trouble> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let unreadable = || Trouble::Unreadable { field: String::new(), why: "unreadable-form" };
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut brought = Vec::new();
        if kind.starts_with("multipart/form-data") {
            let mut parts =
                Multipart::from_request(request, house).await.map_err(|_| unreadable())?;
            while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
                let name = part.name().unwrap_or_default().to_owned();
                let file = part.file_name().map(str::to_owned);
                let bytes = part.bytes().await.map_err(|_| unreadable())?;
                match file {
                    None => pairs.push((name, String::from_utf8_lossy(&bytes).into_owned())),
                    Some(file) if file.is_empty() => {}
                    Some(file) => brought.push((file, bytes)),
                }
            }
        } else {
            let form = Form::<Vec<(String, String)>>::from_request(request, house).await;
            pairs = form.map_err(|_| unreadable())?.0;
        }
        let mut files = Vec::new();
        for (_, value) in pairs.iter().filter(|pair| pair.0 == "kept") {
            if let Some((hash, name)) = value.split_once(' ')
                && house.evidence.holds(hash).await?
            {
                files.push((name.to_owned(), hash.to_owned()));
            }
        }
        let mut refused = None;
        for (name, bytes) in brought.into_iter().take(FILES) {
            match house.evidence.keep(&name, bytes.to_vec()).await? {
                Ok(hash) => files.push((name, hash)),
                Err(reason) => refused = Some(reason),
            }
        }
        pairs.retain(|pair| pair.0 != "kept");
        let text = serde_urlencoded::to_string(&pairs).map_err(|_| unreadable())?;
        let form = serde_urlencoded::from_str(&text).map_err(|_| unreadable())?;
        Ok(Self { form, files, refused })
    }
}

/// Files as evidence that shows how things stood on a day.
pub fn of_files(files: &[Kept], true_for: Day) -> impl Iterator<Item = Evidence> + '_ {
    files.iter().map(move |(name, hash)| Evidence {
        name: name.clone(),
        reference: name.clone(),
        hash: Some(hash.clone()),
        true_for,
    })
}

/// A file, for those who may see a matter that names it.
async fn file(me: Me, Path((hash, name)): Path<(String, String)>) -> Result<Response, Trouble> {
    let text = format!(
        "select e.name from evidence e join matter m on m.jurisdiction = e.jurisdiction \
         and m.kind = e.kind and m.id = e.matter where e.jurisdiction = $1 and e.hash = $2 \
         and {} limit 1",
        me.scope.condition()
    );
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(hash.clone())
        .fetch_optional(me.house.store.reader())
        .await?;
    let kept: String = row.ok_or(Trouble::NotFound)?.try_get(0)?;
    let bytes = me.house.evidence.fetch(&hash).await?.ok_or(Trouble::NotFound)?;
    let kind = content_type(&kept).or(content_type(&name)).unwrap_or("application/octet-stream");
    let disposition = format!("attachment; filename*=UTF-8''{}", crate::ui::encode(&kept));
    let disposition = HeaderValue::from_str(&disposition).meaning("naming a file")?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, bytes).into_response())
}

/// The name of a file that is sent.
#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

/// A file that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptFile {
    pub name: String,
    /// SHA-256 of the bytes, to be named as the `hash` of a piece of evidence.
    pub hash: String,
    pub bytes: usize,
}

/// Keeps a file, sent as it is, for a step that names its hash.
#[utoipa::path(post, path = "/api/evidence", tag = "evidence",
    params(("name" = String, Query, description = "the file's name with its ending")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = KeptFile), (status = 409)))]
async fn keep(me: Me, Query(named): Query<Named>, body: Bytes) -> Result<Json<KeptFile>, Trouble> {
    let bytes = body.len();
    match me.house.evidence.keep(&named.name, body.to_vec()).await? {
        Ok(hash) => Ok(Json(KeptFile { name: named.name, hash, bytes })),
        Err(reason) => Err(Trouble::Refused(Box::new(reason))),
    }
}

/// A hash was named under which nothing was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKept {
    pub hash: String,
}

impl mechanisms::Refuses for NotKept {
    fn key(&self) -> &'static str {
        "refused-file-not-kept"
    }
    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("hash", self.hash.clone())]
    }
    fn field(&self) -> Option<&'static str> {
        Some("evidence")
    }
}

/// Refuses evidence that names a file nobody has kept.
pub async fn must_be_kept(house: &House, all: &[Evidence]) -> Result<(), Trouble> {
    for hash in all.iter().filter_map(|one| one.hash.as_ref()) {
        if !house.evidence.holds(hash).await? {
            return Err(Trouble::Refused(Box::new(NotKept { hash: hash.clone() })));
        }
    }
    Ok(())
}
