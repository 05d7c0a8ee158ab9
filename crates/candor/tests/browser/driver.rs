//! Chromium, steered over WebDriver.
//!
//! Owns: the driver's process, its protocol, the few steps a walk needs. Must not know: our pages.
//! Every look-up waits inside the driver until the page shows what is asked for, so that a walk
//! reads as a story and never sleeps. Used by `cargo xtask screenshots` too.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How long a page may take to show what is asked for.
const PATIENCE_MS: u64 = 30_000;
/// The member in which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Ctrl and Enter, pressed together.
pub(crate) const CTRL_ENTER: &str = "\u{E009}\u{E007}";

/// A running driver; it ends with this value, and its browsers with it.
pub(crate) struct Driver {
    child: Child,
    port: u16,
    chromium: PathBuf,
}

/// One browser, with cookies of its own.
pub(crate) struct Browser<'driver> {
    driver: &'driver Driver,
    session: String,
}

/// One element, as long as the page keeps it.
#[derive(Debug, Clone)]
pub(crate) struct Element(String);

fn program(variable: &str, usual: &str) -> Result<PathBuf> {
    if let Some(given) = std::env::var_os(variable) {
        return Ok(given.into());
    }
    let usual = Path::new(usual);
    if usual.is_file() {
        return Ok(usual.to_owned());
    }
    bail!("no browser to walk with: set {variable}, or run `cargo xtask test`, which sees to it")
}

impl Driver {
    /// Starts the driver on a free port.
    pub(crate) fn start() -> Result<Self> {
        let chromium = program("CANDOR_TEST_CHROMIUM", "/usr/bin/chromium")?;
        let path = program("CANDOR_TEST_CHROMEDRIVER", "/usr/bin/chromedriver")?;
        let mut child = Command::new(&path)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} does not start", path.display()))?;
        let output = child.stdout.take().context("the driver's output is ours")?;
        let mut lines = BufReader::new(output).lines();
        let port = loop {
            let line = lines.next().context("the driver ended at once")??;
            if let Some(rest) = line.split("successfully on port ").nth(1) {
                break rest.trim_end_matches('.').parse()?;
            }
        };
        // Whatever it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self {
            child,
            port,
            chromium,
        })
    }

    /// Opens a fresh browser.
    pub(crate) fn browser(&self) -> Result<Browser<'_>> {
        let mut flags = vec![
            "--headless=new",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-background-timer-throttling",
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
            "--no-first-run",
            "--hide-scrollbars",
            "--lang=en",
        ];
        if is_root() {
            // Chromium's own sandbox refuses to run as root.
            flags.push("--no-sandbox");
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "timeouts": { "implicit": PATIENCE_MS, "script": PATIENCE_MS },
            "goog:chromeOptions": { "binary": self.chromium, "args": flags,
                "prefs": { "intl.accept_languages": "en" } },
        } } });
        let made = self.send("POST", "/session", Some(&wanted))?;
        let session = made["sessionId"].as_str().context("a session has an id")?;
        let browser = Browser {
            driver: self,
            session: session.to_owned(),
        };
        browser.size(1480, 900)?;
        Ok(browser)
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        )?;
        // The driver keeps its connections, whatever one asks; only the length ends an answer.
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body)?;
        let mut value: Value = serde_json::from_slice(&body)?;
        let value = value["value"].take();
        match value["error"].as_str() {
            Some(error) => bail!("{error}: {}", value["message"].as_str().unwrap_or("")),
            None => Ok(value),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Browser<'_> {
    fn drop(&mut self) {
        // The driver may be gone already; then the browser is too.
        let _ = self.call("DELETE", "", None);
    }
}

fn is_root() -> bool {
    std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("Uid:\t0\t")))
}

impl Browser<'_> {
    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let path = format!("/session/{}{path}", self.session);
        self.driver.send(method, &path, body)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.call("POST", path, Some(body))
    }

    /// Opens an address.
    pub(crate) fn go(&self, url: &str) -> Result<()> {
        self.post("/url", &json!({ "url": url })).map(drop)
    }

    /// Loads the page again.
    pub(crate) fn reload(&self) -> Result<()> {
        self.post("/refresh", &json!({})).map(drop)
    }

    /// The address of the page.
    pub(crate) fn url(&self) -> Result<String> {
        let url = self.call("GET", "/url", None)?;
        Ok(url.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page holds an element at this XPath.
    pub(crate) fn find(&self, path: &str) -> Result<Element> {
        let wanted = json!({ "using": "xpath", "value": path });
        let found = self
            .post("/element", &wanted)
            .with_context(|| format!("at {}", self.url().unwrap_or_default()))?;
        let id = found[ELEMENT].as_str().context("an element has an id")?;
        Ok(Element(id.to_owned()))
    }

    /// Clicks what stands at this XPath; looks again when a refresh replaced it meanwhile.
    pub(crate) fn click(&self, path: &str) -> Result<()> {
        self.with(path, |element| {
            self.post(&format!("/element/{}/click", element.0), &json!({}))
        })
    }

    /// Types into what stands at this XPath.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<()> {
        self.with(path, |element| {
            let typed = json!({ "text": text });
            self.post(&format!("/element/{}/value", element.0), &typed)
        })
    }

    /// Types over what a field holds.
    pub(crate) fn fill(&self, path: &str, text: &str) -> Result<()> {
        self.with(path, |element| {
            self.post(&format!("/element/{}/clear", element.0), &json!({}))
        })?;
        self.write(path, text)
    }

    fn with(&self, path: &str, step: impl Fn(&Element) -> Result<Value>) -> Result<()> {
        for _ in 0..5 {
            let element = self.find(path)?;
            match step(&element) {
                Err(error) if error.to_string().starts_with("stale element") => {}
                Err(error) => return Err(error.context(format!("at {path}"))),
                Ok(_) => return Ok(()),
            }
        }
        bail!("{path} is replaced again and again")
    }

    /// Presses keys together, wherever the focus is. They go to the page and not to an element,
    /// which a refresh may replace in between.
    pub(crate) fn press(&self, keys: &str) -> Result<()> {
        let step = |kind: &str, key: char| json!({ "type": kind, "value": key });
        let mut steps: Vec<Value> = keys.chars().map(|key| step("keyDown", key)).collect();
        steps.extend(keys.chars().rev().map(|key| step("keyUp", key)));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": steps });
        self.post("/actions", &json!({ "actions": [keyboard] }))
            .map(drop)
    }

    /// Runs a script's body in the page; gives what it returns.
    pub(crate) fn run(&self, script: &str) -> Result<Value> {
        let call = json!({ "script": script, "args": [] });
        self.post("/execute/sync", &call)
    }

    /// Runs a script's body that hands its result to `done`.
    pub(crate) fn run_until_done(&self, script: &str) -> Result<Value> {
        let script = format!("const done = arguments[0]; {script}");
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Speaks to Chromium's own protocol.
    fn tell(&self, command: &str, parameters: &Value) -> Result<()> {
        let call = json!({ "cmd": command, "params": parameters });
        self.post("/goog/cdp/execute", &call).map(drop)
    }

    /// Gives the page this size, however small a window may be.
    pub(crate) fn size(&self, width: u32, height: u32) -> Result<()> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", &size)
    }

    /// Prefers dark or light pages, and none that move.
    pub(crate) fn dark(&self, dark: bool) -> Result<()> {
        let value = if dark { "dark" } else { "light" };
        // A colour on its way from one to the other is nobody's.
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": value },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.tell("Emulation.setEmulatedMedia", &features)
    }

    /// Asks for pages in a language from now on.
    pub(crate) fn speaks(&self, language: &str) -> Result<()> {
        self.tell("Network.enable", &json!({}))?;
        let headers = json!({ "headers": { "Accept-Language": language } });
        self.tell("Network.setExtraHTTPHeaders", &headers)
    }

    /// Runs no script of any page from now on.
    pub(crate) fn without_scripts(&self) -> Result<()> {
        self.tell(
            "Emulation.setScriptExecutionDisabled",
            &json!({ "value": true }),
        )
    }

    /// The visible part of the page as PNG, in base64.
    pub(crate) fn picture(&self) -> Result<String> {
        let picture = self.call("GET", "/screenshot", None)?;
        Ok(picture.as_str().context("a picture")?.to_owned())
    }
}
