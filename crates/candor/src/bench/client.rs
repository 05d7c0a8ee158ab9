//! A plain HTTP/1.1 client that keeps its connection.
//!
//! Owns: requests and answers as bytes, nothing that costs time of its own.

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// An open connection.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    /// Lines that go with every request, each with its line end.
    pub headers: String,
}

/// An answer.
pub(crate) struct Answer {
    /// The status.
    pub status: u16,
    /// The session that was begun with it.
    pub cookie: Option<String>,
}

impl Client {
    /// Connects.
    pub(crate) async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            host: format!("127.0.0.1:{port}"),
            headers: String::new(),
        })
    }

    /// Sends a request and reads its answer to the end.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: &str,
    ) -> Result<Answer> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            self.headers,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        self.read()
            .await
            .with_context(|| format!("{method} {path}"))
    }

    async fn read(&mut self) -> Result<Answer> {
        let status = self.line().await?;
        let status: u16 = status.get(9..12).context("no status")?.parse()?;
        let (mut length, mut chunked, mut cookie) = (0, false, None);
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse()?,
                "transfer-encoding" => chunked = value.trim() == "chunked",
                "set-cookie" if value.trim().starts_with("sid=") => {
                    cookie = value.trim().split(';').next().map(str::to_owned);
                }
                _ => {}
            }
        }
        if chunked {
            self.read_chunks().await?;
        } else {
            self.skip(length).await?;
        }
        Ok(Answer { status, cookie })
    }

    async fn read_chunks(&mut self) -> Result<()> {
        loop {
            let size = usize::from_str_radix(self.line().await?.trim(), 16)?;
            self.skip(size + 2).await?;
            if size == 0 {
                return Ok(());
            }
        }
    }

    async fn skip(&mut self, length: usize) -> Result<()> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await?;
        Ok(())
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            bail!("the connection was closed");
        }
        Ok(line.trim_end().to_owned())
    }
}
