//! An HTTP endpoint that answers what a test tells it to, and remembers what it was asked.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What is done with one request, once it has been read whole.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A reply with this status, content type and body.
    Reply(u16, &'static str, String),
    /// The connection ends in the middle of the body.
    Truncated(&'static str),
    /// These bytes, whatever they are, then the end.
    Bytes(&'static [u8]),
    /// The connection ends without a word.
    HangUp,
    /// The connection stays open without a word.
    Silence,
}

/// A running endpoint on a free port of loopback.
pub struct Scripted {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// Answers the requests in this order, and every further one as the last.
    pub fn new(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming().map_while(Result::ok) {
                let Some(request) = request(&stream) else { continue };
                let mut log = log.lock().expect("no test panics with the log in hand");
                let answer = answers.get(log.len()).or(answers.last()).expect("there is an answer");
                log.push(request.body);
                if carry_out(answer, &stream).is_none() {
                    open.push(stream);
                }
            }
        });
        Self { url, asked }
    }

    /// The bodies of the requests so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("the endpoint does not panic").clone()
    }
}

/// A request as it came.
pub struct Request {
    /// Head and body.
    pub raw: Vec<u8>,
    /// The body: `Action=CreateVpc&…`.
    pub body: String,
}

/// Reads one request; `None` where the client hung up.
pub fn request(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        head.push_str(&line);
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).ok()?;
    Some(Request { raw: [head.as_bytes(), body.as_bytes()].concat(), body })
}

/// Answers and ends the connection; `None` where it is to stay open.
fn carry_out(answer: &Answer, mut stream: &TcpStream) -> Option<()> {
    let head = |status: u16, kind: &str, length: usize| {
        format!(
            "HTTP/1.1 {status} Status\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nx-amzn-requestid: r-1\r\nconnection: close\r\n\r\n"
        )
    };
    let bytes = match answer {
        Answer::Reply(status, kind, body) => {
            format!("{}{body}", head(*status, kind, body.len())).into_bytes()
        }
        Answer::Truncated(body) => format!("{}{body}", head(200, "text/xml", body.len() + 100)).into_bytes(),
        Answer::Bytes(bytes) => bytes.to_vec(),
        Answer::HangUp => Vec::new(),
        Answer::Silence => return None,
    };
    // The client may be gone; that is its own affair.
    stream.write_all(&bytes).ok();
    stream.shutdown(Shutdown::Both).ok();
    Some(())
}
