//! moto as a process of this test binary.

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use super::python;

/// A running moto. It ends with the last test that holds it.
#[derive(Debug)]
pub struct Server {
    process: Child,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// A configuration file with the profile `moto`.
    pub config: PathBuf,
    /// A credentials file with made-up keys.
    pub credentials: PathBuf,
    _folder: tempfile::TempDir,
}

static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// The server that all tests that run now share.
pub fn shared() -> Arc<Server> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(server) = shared.upgrade() {
        return server;
    }
    let server = Arc::new(start());
    *shared = Arc::downgrade(&server);
    server
}

/// A server of one's own, with nothing in it but what every account has.
pub fn start() -> Server {
    let mut process = Command::new(python::interpreter())
        .arg(python::support("serve.py"))
        // moto is stricter with these, as EC2 is.
        .env("MOTO_ENABLE_AMI_VALIDATION", "1")
        .env("MOTO_ENABLE_KEYPAIR_VALIDATION", "1")
        .env("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // One line per request would bury the test's own words.
        .stderr(Stdio::null())
        .spawn()
        .expect("the environment's interpreter starts");
    let mut line = String::new();
    let output = process.stdout.take().expect("the output is piped");
    BufReader::new(output).read_line(&mut line).expect("moto says its port");
    let port: u16 = line.trim().parse().expect("moto says its port");
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let (config, credentials) = (folder.path().join("config"), folder.path().join("credentials"));
    std::fs::write(&config, "[profile moto]\nregion = us-east-2\n").expect("it can be written");
    let keys = "[moto]\naws_access_key_id = testing\naws_secret_access_key = testing\n";
    std::fs::write(&credentials, keys).expect("it can be written");
    Server { process, url: format!("http://127.0.0.1:{port}"), config, credentials, _folder: folder }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its input ends and with it the process; `kill` is for the case that it hangs.
        drop(self.process.stdin.take());
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
