//! Evidence files: kept outside the database under the hash of their bytes, in a folder or an
//! S3 bucket. The journal keeps the hash, the name, and the day the evidence was true for.

use std::sync::Arc;

use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};
use sha2::{Digest, Sha256};

use crate::{
    chance::to_hex,
    failure::{Failure, Meaning},
};

/// Larger files are refused: 20 MiB.
pub const SIZE_LIMIT: usize = 20 * 1024 * 1024;

/// Kinds of file that are taken, by ending, with the type they are served as.
pub const TYPES: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("ofd", "application/ofd"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
];

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    TooLarge { bytes: usize },
    UnknownType { ending: String },
    Empty,
}

impl mechanisms::Refuses for NotTaken {
    fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "refused-file-too-large",
            Self::UnknownType { .. } => "refused-file-type",
            Self::Empty => "refused-file-empty",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { bytes } => vec![
                ("mebibytes", bytes.div_ceil(1024 * 1024).to_string()),
                ("limit", (SIZE_LIMIT / 1024 / 1024).to_string()),
            ],
            Self::UnknownType { ending } => vec![
                ("ending", ending.clone()),
                ("known", TYPES.iter().map(|kind| kind.0).collect::<Vec<_>>().join(" ")),
            ],
            Self::Empty => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some("evidence")
    }
}

/// Where evidence files lie.
#[derive(Clone, Debug)]
pub struct Evidence {
    files: Arc<dyn ObjectStore>,
}

impl Evidence {
    /// Opens a folder (made when missing) or an `s3://bucket/prefix` address.
    pub fn open(place: &str) -> Result<Self, Failure> {
        let files: Arc<dyn ObjectStore> = if place.contains("://") {
            let address = place.parse().meaning(&format!("reading the address {place:?}"))?;
            let settings = crate::config::object_settings();
            let (store, prefix) = object_store::parse_url_opts(&address, settings)
                .meaning(&format!("opening {place}"))?;
            Arc::new(object_store::prefix::PrefixStore::new(store, prefix))
        } else {
            std::fs::create_dir_all(place).meaning(&format!("making the folder {place}"))?;
            let folder = object_store::local::LocalFileSystem::new_with_prefix(place)
                .meaning(&format!("opening the folder {place}"))?;
            Arc::new(folder.with_fsync(true))
        };
        Ok(Self { files })
    }

    /// Keeps a file and returns its SHA-256. The same bytes are kept once.
    pub async fn keep(
        &self,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Result<String, NotTaken>, Failure> {
        if bytes.is_empty() {
            return Ok(Err(NotTaken::Empty));
        }
        if bytes.len() > SIZE_LIMIT {
            return Ok(Err(NotTaken::TooLarge { bytes: bytes.len() }));
        }
        if content_type(name).is_none() {
            return Ok(Err(NotTaken::UnknownType { ending: ending(name) }));
        }
        let hash = to_hex(&Sha256::digest(&bytes));
        self.files
            .put(&place(&hash), PutPayload::from(bytes))
            .await
            .meaning("keeping an evidence file")?;
        Ok(Ok(hash))
    }

    /// Whether a file was kept under this hash.
    pub async fn holds(&self, hash: &str) -> Result<bool, Failure> {
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(false);
        }
        match self.files.head(&place(hash)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error).meaning("looking for an evidence file"),
        }
    }

    /// The bytes behind a hash, checked against it.
    pub async fn fetch(&self, hash: &str) -> Result<Option<Vec<u8>>, Failure> {
        let found = match self.files.get(&place(hash)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error).meaning("fetching an evidence file"),
        };
        let bytes = found.bytes().await.meaning("reading an evidence file")?.to_vec();
        if to_hex(&Sha256::digest(&bytes)) != hash {
            return Err(Failure::new(format!("the evidence file {hash} was changed on disk")));
        }
        Ok(Some(bytes))
    }
}

/// How a file of this name is served; nothing for kinds that are not taken.
pub fn content_type(name: &str) -> Option<&'static str> {
    let ending = ending(name);
    TYPES.iter().find(|kind| kind.0 == ending).map(|kind| kind.1)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn place(hash: &str) -> Path {
    let fold = hash.get(..2).unwrap_or("00");
    Path::from(format!("{fold}/{hash}"))
}
