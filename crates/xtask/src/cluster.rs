//! A PostgreSQL server of our own: fresh, on loopback, in a temporary folder, gone at the end.
//!
//! The server refuses to run as root, so root runs it as `postgres` or `nobody`. A small shell
//! watches over it and reads from us: when we end, however we end, its input ends, and it stops
//! the server and removes the folder.

use std::{
    env, fs, io,
    net::TcpListener,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::folders::{answer, is_root, program};

/// The oldest major version we promise to work with.
const OLDEST: u32 = 15;
/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the server may save on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Its data need not outlive the machine: nothing is synced.
    Tests,
    /// Every commit is synced, as in an office.
    Benches,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    port: u16,
    watch: Child,
}

/// Who runs the server, when we may not.
struct Account {
    user: u32,
    group: u32,
}

impl Server {
    /// Makes a cluster and starts it.
    pub fn start(care: Care) -> io::Result<Self> {
        let programs = programs().ok_or_else(|| io::Error::other(MISSING))?;
        let account = if is_root() { Some(account()?) } else { None };
        // A port is free when we look and may be taken a moment later; then another is tried.
        for _ in 0..3 {
            let folder = fresh_folder(account.as_ref())?;
            let begun = begin(&programs, &folder, account.as_ref(), care);
            if let Ok(Some(server)) = begun {
                return Ok(server);
            }
            let _ = fs::remove_dir_all(&folder);
            begun?;
        }
        Err(io::Error::other("PostgreSQL did not start"))
    }

    /// `postgres://…` without a database's name.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        let _ = self.watch.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What to do without one.
pub const MISSING: &str = "PostgreSQL 15 or newer is not here: install its server (Debian: \
    apt-get install postgresql; macOS: brew install postgresql@17), so that initdb and postgres \
    are on the path or under /usr/lib/postgresql";

/// The folder that holds `initdb` and `postgres`, new enough.
pub fn programs() -> Option<PathBuf> {
    let on_path = program("initdb").and_then(|file| {
        let file = fs::canonicalize(file).ok()?;
        file.parent().map(Path::to_path_buf)
    });
    let listed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = listed.map(|one| one.path().join("bin")).collect();
    folders.sort();
    folders.extend(on_path);
    folders.into_iter().rev().find(|folder| {
        folder.join("initdb").is_file() && version(folder).is_some_and(|major| major >= OLDEST)
    })
}

fn version(folder: &Path) -> Option<u32> {
    major(&answer(Command::new(folder.join("postgres")).arg("--version"))?)
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15.
fn major(said: &str) -> Option<u32> {
    let number = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_numeric()))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn account() -> io::Result<Account> {
    for name in ["postgres", "nobody"] {
        let id = |what| answer(Command::new("id").args([what, name]))?.parse().ok();
        if let (Some(user), Some(group)) = (id("-u"), id("-g")) {
            return Ok(Account { user, group });
        }
    }
    Err(io::Error::other("PostgreSQL refuses root, and there is no account postgres or nobody"))
}

fn fresh_folder(account: Option<&Account>) -> io::Result<PathBuf> {
    let at = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    let folder = env::temp_dir().join(format!("shigan-pg-{}-{at}", std::process::id()));
    fs::create_dir(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    if let Some(account) = account {
        std::os::unix::fs::chown(&folder, Some(account.user), Some(account.group))?;
    }
    Ok(folder)
}

fn as_account(mut command: Command, folder: &Path, account: Option<&Account>) -> Command {
    command.current_dir(folder);
    if let Some(account) = account {
        command.uid(account.user).gid(account.group).env("HOME", folder);
    }
    command
}

fn initialise(programs: &Path, folder: &Path, account: Option<&Account>) -> io::Result<()> {
    let mut command = Command::new(programs.join("initdb"));
    command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]);
    command.args(["--no-sync", "--pgdata=data"]);
    let output = as_account(command, folder, account).stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("initdb: {}", String::from_utf8_lossy(&output.stderr).trim())))
}

/// None where the server gave up, which may be for want of the port.
fn begin(
    programs: &Path,
    folder: &Path,
    account: Option<&Account>,
    care: Care,
) -> io::Result<Option<Server>> {
    initialise(programs, folder, account)?;
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let mut watch = watch(programs, folder, account, care, port)?;
    if answers(programs, folder, port)? {
        return Ok(Some(Server { folder: folder.to_owned(), port, watch }));
    }
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    println!("PostgreSQL did not start on port {port}:\n{log}");
    drop(watch.stdin.take());
    watch.wait()?;
    Ok(None)
}

/// Waits until it takes connections; false when it has given up.
fn answers(programs: &Path, folder: &Path, port: u16) -> io::Result<bool> {
    let port = port.to_string();
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let mut ready = Command::new(programs.join("pg_isready"));
        ready.args(["--quiet", "--host=127.0.0.1", "--port", &port]);
        if ready.status()?.success() {
            return Ok(true);
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        if log.contains("FATAL") {
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(false)
}

fn watch(
    programs: &Path,
    folder: &Path,
    account: Option<&Account>,
    care: Care,
    port: u16,
) -> io::Result<Child> {
    let mut server = vec![
        programs.join("postgres").display().to_string(),
        "-D".into(),
        folder.join("data").display().to_string(),
    ];
    let synced = if care == Care::Tests { "off" } else { "on" };
    for setting in [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={}", folder.display()),
        "max_connections=300".into(),
        "shared_buffers=256MB".into(),
        "max_wal_size=4GB".into(),
        format!("fsync={synced}"),
        format!("full_page_writes={synced}"),
    ] {
        server.extend(["-c".into(), setting]);
    }
    // Interrupted, the server ends its clients' connections and shuts down at once. The watch
    // itself does not heed an interruption of the terminal: it waits for our end.
    let script = "trap '' INT TERM\n\
                  \"$@\" >log 2>&1 </dev/null & server=$!\n\
                  cat >/dev/null\n\
                  kill -INT $server 2>/dev/null\n\
                  wait $server\n\
                  rm -rf \"$PWD\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]).args(server);
    as_account(command, folder, account).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()
}

#[cfg(test)]
mod tests {
    use std::{net::TcpStream, path::PathBuf};

    use super::{Care, Server, major};

    #[test]
    fn versions_are_read() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        let server = Server::start(Care::Tests).unwrap();
        let (port, folder): (u16, PathBuf) = (server.port, server.folder.clone());
        assert_eq!(server.url(), format!("postgres://postgres@127.0.0.1:{port}"));
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
        assert!(folder.exists());
        drop(server);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!folder.exists());
    }
}
