//! A proxy before moto: it does to calls what networks and busy clouds do, and what moto leaves out.
//!
//! `DryRun` is answered here and never reaches moto, which would carry many of these calls out. A
//! second call with the same client token gets the reply of the first, as in EC2.

use std::{
    collections::HashMap,
    io::{Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use super::scripted::{Request, request};

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is carried out and answered.
    Pass,
    /// It is carried out, and its answer is lost.
    LoseReply,
    /// It is not carried out, and its connection ends.
    Drop,
    /// It is not carried out: an error of EC2 with this status and code.
    Error(u16, &'static str),
    /// It is not carried out: a page of some web server with this status.
    Page(u16),
    /// It is carried out, and its answer breaks off in the middle.
    Truncate,
    /// It is not carried out, and nothing is ever said.
    Hang,
    /// It is carried out and answered so many milliseconds later.
    Delay(u64),
    /// It is carried out, and in the answer the first text is the second one.
    Rewrite(&'static str, &'static str),
}

/// A running proxy on a free port of loopback.
pub struct Proxy {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    shared: Arc<Shared>,
}

type Decide = dyn Fn(&str, usize, &str) -> Fate + Send + Sync;
type Seen = dyn Fn(&str) + Send + Sync;

struct Shared {
    target: String,
    fate: Box<Decide>,
    /// Called when a call was carried out and before it is answered.
    done: Box<Seen>,
    /// How many items a describing call answers at once; all where it is 0.
    page: usize,
    log: Mutex<Vec<(String, Fate)>>,
    dry_runs: Mutex<Vec<String>>,
    /// The call and the reply of each action and token.
    tokens: Mutex<HashMap<String, (String, Vec<u8>)>>,
}

impl Proxy {
    /// Stands before `target`. `fate` gets the action of each call and how many calls of this action
    /// came before.
    pub fn before(target: &str, fate: impl Fn(&str, usize) -> Fate + Send + Sync + 'static) -> Self {
        Self::watching(target, fate, |_| {}, 0)
    }

    /// The same; `fate` gets the body of each call too.
    pub fn reading(target: &str, fate: impl Fn(&str, usize, &str) -> Fate + Send + Sync + 'static) -> Self {
        Self::with(target, Box::new(fate), Box::new(|_: &str| {}), 0)
    }

    /// The same as `before`; `done` hears of each call that was carried out before its answer leaves, and
    /// describing calls answer `page` items at a time.
    pub fn watching(
        target: &str,
        fate: impl Fn(&str, usize) -> Fate + Send + Sync + 'static,
        done: impl Fn(&str) + Send + Sync + 'static,
        page: usize,
    ) -> Self {
        Self::with(
            target,
            Box::new(move |action: &str, nth, _: &str| fate(action, nth)),
            Box::new(done),
            page,
        )
    }

    fn with(target: &str, fate: Box<Decide>, done: Box<Seen>, page: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let shared = Arc::new(Shared {
            target: target.trim_start_matches("http://").to_owned(),
            fate,
            done,
            page,
            log: Mutex::default(),
            dry_runs: Mutex::default(),
            tokens: Mutex::default(),
        });
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&of_thread);
                thread::spawn(move || shared.serve(&stream));
            }
        });
        Self { url, shared }
    }

    /// How many calls of this action were carried out.
    pub fn carried_out(&self, action: &str) -> usize {
        let log = self.shared.log.lock().unwrap_or_else(PoisonError::into_inner);
        let arrives =
            |fate: &Fate| !matches!(fate, Fate::Drop | Fate::Error(..) | Fate::Page(_) | Fate::Hang);
        log.iter().filter(|(name, fate)| name == action && arrives(fate)).count()
    }

    /// How many calls met this fate.
    pub fn fates(&self, fate: Fate) -> usize {
        let log = self.shared.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.iter().filter(|(_, met)| *met == fate).count()
    }

    /// The actions that were asked for with `DryRun`.
    pub fn dry_runs(&self) -> Vec<String> {
        self.shared.dry_runs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether an action only asks.
pub fn reads(action: &str) -> bool {
    action.starts_with("Describe") || action.starts_with("Get") || action.is_empty()
}

fn parameter<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

impl Shared {
    fn serve(&self, mut stream: &TcpStream) {
        let Some(request) = request(stream) else { return };
        let action = parameter(&request.body, "Action").unwrap_or_default().to_owned();
        if parameter(&request.body, "DryRun") == Some("true") {
            self.dry_runs.lock().unwrap_or_else(PoisonError::into_inner).push(action.clone());
            stream.write_all(&error(&action, 412, "DryRunOperation")).ok();
            stream.shutdown(Shutdown::Both).ok();
            return;
        }
        let fate = {
            let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
            let before = log.iter().filter(|(name, _)| *name == action).count();
            let fate = (self.fate)(&action, before, &request.body);
            log.push((action.clone(), fate));
            fate
        };
        let answer = match fate {
            Fate::Drop => Vec::new(),
            Fate::Error(status, code) => error(&action, status, code),
            Fate::Page(status) => http(status, "text/html", "<html><body>Busy</body></html>"),
            Fate::Hang => {
                // Until the client gives up.
                let _count = stream.read(&mut [0]);
                Vec::new()
            }
            Fate::Pass | Fate::LoseReply | Fate::Truncate | Fate::Delay(_) | Fate::Rewrite(..) => {
                self.carried_out(&action, &request)
            }
        };
        if let Fate::Delay(ms) = fate {
            pause(ms);
        }
        let answer = match fate {
            Fate::LoseReply => Vec::new(),
            Fate::Truncate => answer[..answer.len() - answer.len().min(40)].to_vec(),
            Fate::Rewrite(from, to) => with_body(&answer, |body| body.replace(from, to)),
            _ => answer,
        };
        // The client may be gone; that is its own affair.
        stream.write_all(&answer).ok();
        stream.shutdown(Shutdown::Both).ok();
    }

    /// Sends a call on, unless its token was seen; answers what moto says.
    fn carried_out(&self, action: &str, request: &Request) -> Vec<u8> {
        let token = parameter(&request.body, "ClientToken").map(|token| format!("{action} {token}"));
        if let Some(token) = &token {
            let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            match tokens.get(token) {
                Some((body, reply)) if *body == request.body => return reply.clone(),
                Some(_) => return error(action, 400, "IdempotentParameterMismatch"),
                None => {}
            }
        }
        let offset =
            parameter(&request.body, "NextToken").and_then(|it| it.strip_prefix("page-")?.parse().ok());
        let paged = self.page > 0 && action.starts_with("Describe");
        let mut reply = self.forward(&if paged { without_token(request) } else { request.raw.clone() });
        if paged {
            reply = with_body(&reply, |body| page(body, offset.unwrap_or(0), self.page));
        }
        if let Some(token) = token.filter(|_| reply.starts_with(b"HTTP/1.1 200")) {
            let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            tokens.insert(token, (request.body.clone(), reply.clone()));
        }
        (self.done)(action);
        reply
    }

    fn forward(&self, raw: &[u8]) -> Vec<u8> {
        let mut upstream = TcpStream::connect(&self.target).expect("moto is there");
        upstream.write_all(raw).expect("moto reads");
        let mut reply = Vec::new();
        // moto ends the connection after each reply.
        upstream.read_to_end(&mut reply).expect("moto answers");
        reply
    }
}

fn pause(ms: u64) {
    // A slow answer is what the test is about; nobody ever sends.
    let (sender, never) = std::sync::mpsc::sync_channel::<()>(1);
    never.recv_timeout(Duration::from_millis(ms)).ok();
    drop(sender);
}

fn http(status: u16, kind: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// An error as EC2 words it, or as STS does, or as the Systems Manager does, whose calls name no action.
fn error(action: &str, status: u16, code: &str) -> Vec<u8> {
    if action.is_empty() {
        let body = format!("{{\"__type\":\"{code}\",\"message\":\"of the proxy\"}}");
        return http(status, "application/x-amz-json-1.1", &body);
    }
    let what = format!("<Error><Code>{code}</Code><Message>of the proxy</Message></Error>");
    let body = if action == "GetCallerIdentity" {
        format!("<ErrorResponse>{what}<RequestId>r-1</RequestId></ErrorResponse>")
    } else {
        format!("<Response><Errors>{what}</Errors><RequestID>r-1</RequestID></Response>")
    };
    http(status, "text/xml", &body)
}

/// The same reply with another body.
fn with_body(reply: &[u8], change: impl FnOnce(&str) -> String) -> Vec<u8> {
    let text = String::from_utf8_lossy(reply);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return reply.to_vec() };
    if !head.starts_with("HTTP/1.1 200") {
        return reply.to_vec();
    }
    http(200, "text/xml", &change(body))
}

/// The request without the token of a page that only this proxy knows.
fn without_token(request: &Request) -> Vec<u8> {
    let pairs = request.body.split('&');
    let own = |pair: &&str| !pair.starts_with("NextToken=") && !pair.starts_with("MaxResults=");
    let body = pairs.filter(own).collect::<Vec<_>>().join("&");
    let head = String::from_utf8_lossy(&request.raw[..request.raw.len() - request.body.len()]).into_owned();
    let lines = head.split("\r\n").map(|line| {
        let is_length = line.to_ascii_lowercase().starts_with("content-length:");
        if is_length { format!("content-length: {}", body.len()) } else { line.to_owned() }
    });
    [lines.collect::<Vec<_>>().join("\r\n").as_bytes(), body.as_bytes()].concat()
}

/// One page of a list, with the token of the next one.
fn page(body: &str, offset: usize, size: usize) -> String {
    let (head, items, tail) = items(body);
    if items.len() <= size {
        return body.to_owned();
    }
    let end = (offset + size).min(items.len());
    let shown = items.get(offset..end).unwrap_or_default().concat();
    let next = if end < items.len() { format!("<nextToken>page-{end}</nextToken>") } else { String::new() };
    // The token stands beside the list.
    let (list_end, rest) = tail.split_at(tail.find('>').map_or(0, |at| at + 1));
    format!("{head}{shown}{list_end}{next}{rest}")
}

/// The first list of a reply: what stands before its items, the items, what stands after.
fn items(body: &str) -> (&str, Vec<&str>, &str) {
    let Some(first) = body.find("<item>") else { return (body, Vec::new(), "") };
    let (head, mut rest) = body.split_at(first);
    let mut items = Vec::new();
    while rest.starts_with("<item>") {
        let (item, after) = rest.split_at(item_length(rest));
        items.push(item);
        rest = after.trim_start();
    }
    (head, items, rest)
}

/// The length of the item at the start of a text, with what is nested in it.
fn item_length(text: &str) -> usize {
    for (closed, (at, close)) in text.match_indices("</item>").enumerate() {
        let (before, _) = text.split_at(at);
        if before.matches("<item>").count() == closed + 1 {
            return at + close.len();
        }
    }
    text.len()
}

#[test]
fn a_list_comes_in_pages() {
    let body = "<r><set><item>1<in><item>x</item></in></item> <item>2</item><item>3</item></set></r>";
    let first = page(body, 0, 2);
    assert!(first.contains("<item>2</item></set><nextToken>page-2</nextToken></r>"), "{first}");
    let last = page(body, 2, 2);
    assert_eq!(last, "<r><set><item>3</item></set></r>");
}
