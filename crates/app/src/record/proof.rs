//! What an outsider needs to check the record without us: one entry's bytes and its proof in the
//! form of C2SP tlog-proof, a few lines of Python that recompute it, and the whole log as a file.

use axum::{
    body::{Body, Bytes},
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use mechanisms::roster::Power;
use tokio::io::AsyncReadExt;

use crate::{
    access::Me,
    chance,
    failure::{Failure, Meaning},
    trouble::Trouble,
};

/// Recomputes one proof with nothing but the standard library of Python.
pub const SCRIPT: &str = include_str!("recheck.py");

/// Bytes of the bundle sent at once.
const PORTION: usize = 64 * 1024;

fn attached(name: &str, kind: &'static str, body: impl Into<Body>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (StatusCode::OK, headers, body.into()).into_response()
}

/// The bytes of one entry, as its leaf was hashed from them.
pub async fn entry(me: Me, Path(number): Path<i64>) -> Result<Response, Trouble> {
    me.needs(Power::ReadJournal)?;
    let proven = me.house.store.prove(&me.body, number).await?.ok_or(Trouble::NotFound)?;
    let bytes = proven.entry.bytes_as_kept();
    Ok(attached(&format!("entry-{number}"), "application/octet-stream", bytes))
}

/// The proof of one entry: its index, the path to the root, and the signed checkpoint.
pub async fn proof(me: Me, Path(number): Path<i64>) -> Result<Response, Trouble> {
    me.needs(Power::ReadJournal)?;
    let proven = me.house.store.prove(&me.body, number).await?.ok_or(Trouble::NotFound)?;
    let mut text = format!("c2sp.org/tlog-proof@v1\nindex {number}\n");
    for hash in &proven.path {
        text.push_str(hash);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&proven.checkpoint);
    Ok(attached(&format!("entry-{number}.tlog-proof"), "text/plain; charset=utf-8", text))
}

/// The whole log as `shigan verify` and any C2SP verifier read it, in one tar file.
pub async fn bundle(me: Me) -> Result<Response, Trouble> {
    me.needs(Power::ReadJournal)?;
    let path = std::env::temp_dir().join(format!("shigan-{}.tar", chance::hex::<8>()));
    let written = write(&me, &path).await;
    let opened = match written {
        Ok(()) => tokio::fs::File::open(&path).await.meaning("opening the bundle"),
        Err(failure) => Err(failure),
    };
    // Gone from the folder at once; it is read to its end all the same.
    let _ = std::fs::remove_file(&path);
    let file = opened?;
    let stream = futures_util::stream::unfold(file, |mut file| async move {
        let mut portion = vec![0; PORTION];
        match file.read(&mut portion).await {
            Ok(0) => None,
            Ok(n) => {
                portion.truncate(n);
                Some((Ok::<_, std::io::Error>(Bytes::from(portion)), file))
            }
            Err(error) => Some((Err(error), file)),
        }
    });
    let name = format!("shigan-{}-{}.tar", me.body.code, me.today());
    Ok(attached(&name, "application/x-tar", Body::from_stream(stream)))
}

async fn write(me: &Me, path: &std::path::Path) -> Result<(), Failure> {
    let file = std::fs::File::create(path).meaning("writing the bundle")?;
    let mut tar = tar::Builder::new(std::io::BufWriter::new(file));
    let second = u64::try_from(me.now.second).unwrap_or(0);
    let mut put = |name: String, bytes: Vec<u8>| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(second);
        tar.append_data(&mut header, &name, bytes.as_slice()).meaning("writing the bundle")
    };
    me.house.store.export(&me.body, &mut put).await?;
    let rest = tar.into_inner().meaning("writing the bundle")?;
    rest.into_inner().map_err(|error| Failure::new(format!("writing the bundle: {error}")))?;
    Ok(())
}
