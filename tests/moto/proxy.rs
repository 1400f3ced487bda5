//! A proxy before moto that loses what a test wants lost.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use super::scripted::request;

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is carried out and answered.
    Pass,
    /// It is carried out, and its answer is lost.
    LoseReply,
    /// It is not carried out, and its connection ends.
    Drop,
}

/// A running proxy on a free port of loopback.
pub struct Proxy {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    log: Arc<Mutex<Vec<(String, Fate)>>>,
}

impl Proxy {
    /// Stands before `target`. `fate` gets the action of each call and how many calls of this action
    /// came before.
    pub fn before(target: &str, fate: impl Fn(&str, usize) -> Fate + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let log = Arc::new(Mutex::new(Vec::new()));
        let (target, fate) = (target.trim_start_matches("http://").to_owned(), Arc::new(fate));
        let shared = Arc::clone(&log);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (target, fate, log) = (target.clone(), Arc::clone(&fate), Arc::clone(&shared));
                thread::spawn(move || serve(&stream, &target, fate.as_ref(), &log));
            }
        });
        Self { url, log }
    }

    /// How many calls of this action were carried out.
    pub fn carried_out(&self, action: &str) -> usize {
        let log = self.log.lock().expect("the proxy does not panic");
        log.iter().filter(|(name, fate)| name == action && *fate != Fate::Drop).count()
    }

    /// How many calls met this fate.
    pub fn fates(&self, fate: Fate) -> usize {
        let log = self.log.lock().expect("the proxy does not panic");
        log.iter().filter(|(_, met)| *met == fate).count()
    }
}

fn serve(
    mut stream: &TcpStream,
    target: &str,
    fate: &(impl Fn(&str, usize) -> Fate + ?Sized),
    log: &Mutex<Vec<(String, Fate)>>,
) {
    let Some(request) = request(stream) else { return };
    let action = request.body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default();
    let fate = {
        let mut log = log.lock().expect("the proxy does not panic");
        let before = log.iter().filter(|(name, _)| name == action).count();
        let fate = fate(action, before);
        log.push((action.to_owned(), fate));
        fate
    };
    let mut reply = Vec::new();
    if fate != Fate::Drop {
        let mut upstream = TcpStream::connect(target).expect("moto is there");
        upstream.write_all(&request.raw).expect("moto reads");
        // moto ends the connection after each reply.
        upstream.read_to_end(&mut reply).expect("moto answers");
    }
    if fate == Fate::Pass {
        // The client may be gone; that is its own affair.
        stream.write_all(&reply).ok();
    }
    stream.shutdown(Shutdown::Both).ok();
}
