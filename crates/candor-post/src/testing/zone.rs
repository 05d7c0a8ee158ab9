//! A name server for tests: answers from a fixed zone, or not at all.
//!
//! Owns: a DNS over UDP on this computer. Must not know: whoever asks.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use mail_auth::hickory_resolver::proto::op::{Message, ResponseCode};
use mail_auth::hickory_resolver::proto::rr::rdata::{A, AAAA, MX, TXT};
use mail_auth::hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::net::UdpSocket;
use tokio::task::AbortHandle;

/// Seconds for which an answer may be remembered.
const SHORT: u32 = 1;
/// A text of the DNS holds at most so many bytes; longer ones are cut.
const LONGEST_TEXT: usize = 255;

/// What stands where.
#[derive(Clone, Debug, Default)]
pub struct Zone {
    entries: HashMap<(String, RecordType), Vec<RData>>,
}

impl Zone {
    /// A text at a name.
    #[must_use]
    pub fn text(self, name: &str, text: &str) -> Self {
        let pieces = text.as_bytes().chunks(LONGEST_TEXT);
        let pieces = pieces.map(|piece| String::from_utf8_lossy(piece).into_owned());
        self.put(
            name,
            RecordType::TXT,
            RData::TXT(TXT::new(pieces.collect())),
        )
    }

    /// A server that takes mail for a name.
    ///
    /// # Panics
    /// When `server` is no name.
    #[must_use]
    pub fn mail_server(self, name: &str, preference: u16, server: &str) -> Self {
        let server = Name::from_ascii(format!("{server}.")).expect("a name");
        self.put(name, RecordType::MX, RData::MX(MX::new(preference, server)))
    }

    /// The address of a name.
    #[must_use]
    pub fn address(self, name: &str, address: IpAddr) -> Self {
        match address {
            IpAddr::V4(v4) => self.put(name, RecordType::A, RData::A(A(v4))),
            IpAddr::V6(v6) => self.put(name, RecordType::AAAA, RData::AAAA(AAAA(v6))),
        }
    }

    fn put(mut self, name: &str, kind: RecordType, data: RData) -> Self {
        let place = (name.to_ascii_lowercase(), kind);
        self.entries.entry(place).or_default().push(data);
        self
    }

    fn answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let mut message = Message::from_vec(question).ok()?.into_response();
        let asked = message.queries.first()?.clone();
        let name = asked.name().to_ascii().to_ascii_lowercase();
        let name = name.trim_end_matches('.').to_owned();
        let is_known = self.entries.keys().any(|(known, _)| *known == name);
        let found = self.entries.get(&(name, asked.query_type()));
        for data in found.into_iter().flatten() {
            let record = Record::from_rdata(asked.name().clone(), SHORT, data.clone());
            message.add_answer(record);
        }
        if !is_known {
            message.metadata.response_code = ResponseCode::NXDomain;
        }
        message.to_vec().ok()
    }
}

/// A running name server; it stops when it is dropped.
#[derive(Debug)]
pub struct NameServer {
    address: SocketAddr,
    task: AbortHandle,
}

impl NameServer {
    /// Answers from a zone.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(zone: Zone) -> io::Result<Self> {
        Self::run(Some(Arc::new(zone))).await
    }

    /// Hears every question and answers none.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn silent() -> io::Result<Self> {
        Self::run(None).await
    }

    async fn run(zone: Option<Arc<Zone>>) -> io::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        let address = socket.local_addr()?;
        let task = tokio::spawn(async move {
            let mut question = [0; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut question).await {
                let answer = zone
                    .as_ref()
                    .and_then(|zone| zone.answer(&question[..length]));
                if let Some(answer) = answer {
                    // Whoever asked may be gone already.
                    let _ = socket.send_to(&answer, from).await;
                }
            }
        });
        Ok(Self {
            address,
            task: task.abort_handle(),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
