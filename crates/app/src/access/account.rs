//! Accounts: how a person of the roster proves who they are. Passwords are kept as argon2id
//! hashes outside the journal; five wrong ones lock the account for a quarter of an hour.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use mechanisms::{Id, roster::Person};
use sha2::{Digest, Sha256};
use sqlx::Row;

use crate::{
    chance::{self, to_hex},
    clock::Moment,
    failure::{Failure, Meaning},
    store::Store,
};

/// Wrong passwords in a row before an account is locked.
pub const FAILURES: i64 = 5;
/// How long it stays locked, in seconds.
pub const LOCKED: i64 = 15 * 60;
/// The shortest password that is taken.
pub const SHORTEST: usize = 8;

/// What came of trying to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    Welcome {
        jurisdiction: i64,
        person: Id<Person>,
    },
    /// How many more tries there are before the account is locked.
    Wrong {
        left: i64,
    },
    Locked {
        minutes: i64,
    },
}

/// Sets a person's sign-in name and password.
pub async fn set_password(
    store: &Store,
    jurisdiction: i64,
    person: Id<Person>,
    login: &str,
    password: String,
) -> Result<(), Failure> {
    let hash = hash(password).await?;
    set_hash(store, jurisdiction, person, login, &hash).await
}

/// The same, with the hash made before: one hash may serve a whole demonstration.
pub async fn set_hash(
    store: &Store,
    jurisdiction: i64,
    person: Id<Person>,
    login: &str,
    hash: &str,
) -> Result<(), Failure> {
    sqlx::query(
        "insert into account (jurisdiction, person, login, password, failures, locked_until) \
         values ($1, $2, $3, $4, 0, null) on conflict (jurisdiction, person) do update \
         set login = excluded.login, password = excluded.password, failures = 0, \
         locked_until = null",
    )
    .bind(jurisdiction)
    .bind(person.0)
    .bind(login.to_owned())
    .bind(hash.to_owned())
    .execute(store.writer())
    .await
    .meaning("keeping a password")?;
    Ok(())
}

/// Hashes a password with argon2id, away from the asynchronous threads.
pub async fn hash(password: String) -> Result<String, Failure> {
    let salt = chance::bytes::<16>();
    tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|error| Failure::new(format!("hashing a password: {error}")))
    })
    .await
    .meaning("hashing a password")?
}

/// Tries a sign-in name and a password. Unknown names take as long as wrong passwords.
pub async fn sign_in(
    store: &Store,
    login: &str,
    password: String,
    now: &Moment,
) -> Result<SignIn, Failure> {
    let row = sqlx::query(
        "select jurisdiction, person, password, failures, locked_until from account \
         where login = $1",
    )
    .bind(login.to_owned())
    .fetch_optional(store.reader())
    .await?;
    let Some(row) = row else {
        hash(password).await?;
        return Ok(strange(login, now));
    };
    let (jurisdiction, person): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let locked: Option<String> = row.try_get(4)?;
    if let Some(until) = locked.and_then(|text| text.parse::<i64>().ok())
        && until > now.second
    {
        return Ok(SignIn::Locked { minutes: (until - now.second + 59) / 60 });
    }
    let kept: String = row.try_get(2)?;
    let matches = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&kept)
            .is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
    })
    .await
    .meaning("checking a password")?;
    let failures = count_failure(store, jurisdiction, person, matches, now).await?;
    Ok(if matches {
        SignIn::Welcome { jurisdiction, person: Id::new(person) }
    } else {
        wrong(failures)
    })
}

/// What a wrong password is answered, after so many in a row; none are left when they are full,
/// and counting begins again.
fn wrong(failures: i64) -> SignIn {
    match failures {
        0 => SignIn::Locked { minutes: LOCKED / 60 },
        failures => SignIn::Wrong { left: FAILURES - failures },
    }
}

/// Names nobody has, with their tries and until when they are locked. They are answered like the
/// others, so that nobody learns from the answer which names there are.
static STRANGE: Mutex<BTreeMap<String, (i64, i64)>> = Mutex::new(BTreeMap::new());
/// Names remembered at most.
const STRANGERS: usize = 10_000;

fn strange(login: &str, now: &Moment) -> SignIn {
    let mut names = STRANGE.lock().unwrap_or_else(PoisonError::into_inner);
    if names.len() >= STRANGERS {
        names.clear();
    }
    let (failures, until) = names.entry(login.to_owned()).or_default();
    if *until > now.second {
        return SignIn::Locked { minutes: (*until - now.second + 59) / 60 };
    }
    *failures = (*failures + 1) % FAILURES;
    if *failures == 0 {
        *until = now.second + LOCKED;
    }
    wrong(*failures)
}

/// Counts in the database, so that tries at the same moment are all counted.
async fn count_failure(
    store: &Store,
    jurisdiction: i64,
    person: i64,
    matches: bool,
    now: &Moment,
) -> Result<i64, Failure> {
    let text = if matches {
        "update account set failures = 0, locked_until = null \
         where jurisdiction = $1 and person = $2 and failures <> $3 and $4 <> '' \
         returning failures"
    } else {
        "update account set \
         failures = case when failures + 1 >= $3 then 0 else failures + 1 end, \
         locked_until = case when failures + 1 >= $3 then $4 else locked_until end \
         where jurisdiction = $1 and person = $2 returning failures"
    };
    let row = sqlx::query(text)
        .bind(jurisdiction)
        .bind(person)
        .bind(if matches { 0 } else { FAILURES })
        .bind((now.second + LOCKED).to_string())
        .fetch_optional(store.writer())
        .await
        .meaning("counting wrong passwords")?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or(0))
}

/// The person's sign-in name, where they have an account.
pub async fn login_of(
    store: &Store,
    jurisdiction: i64,
    person: Id<Person>,
) -> Result<Option<String>, Failure> {
    let row = sqlx::query("select login from account where jurisdiction = $1 and person = $2")
        .bind(jurisdiction)
        .bind(person.0)
        .fetch_optional(store.reader())
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Makes a bearer token for the API and keeps only its hash.
pub async fn make_token(
    store: &Store,
    jurisdiction: i64,
    officer: mechanisms::Officer,
    now: &Moment,
) -> Result<String, Failure> {
    let token = format!("shigan_{}", chance::hex::<24>());
    sqlx::query(
        "insert into token (hash, jurisdiction, person, post, made_at) \
         values ($1, $2, $3, $4, $5)",
    )
    .bind(hash_of(&token))
    .bind(jurisdiction)
    .bind(officer.person.0)
    .bind(officer.post.0)
    .bind(now.at.clone())
    .execute(store.writer())
    .await
    .meaning("keeping a token")?;
    Ok(token)
}

/// Who a bearer token belongs to.
pub async fn bearer(
    store: &Store,
    token: &str,
) -> Result<Option<(i64, mechanisms::Officer)>, Failure> {
    let row = sqlx::query("select jurisdiction, person, post from token where hash = $1")
        .bind(hash_of(token))
        .fetch_optional(store.reader())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let officer =
        mechanisms::Officer { person: Id::new(row.try_get(1)?), post: Id::new(row.try_get(2)?) };
    Ok(Some((row.try_get(0)?, officer)))
}

fn hash_of(token: &str) -> String {
    to_hex(&Sha256::digest(token))
}
