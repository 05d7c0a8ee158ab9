//! Signs the mail on stdin with a new key, so that another program can check it.
//!
//! `cargo run -p candor-post --example sign -- DOMAIN FOLDER < mail` writes `signed.eml` and
//! `record.txt` into the folder.

use std::error::Error;
use std::io::Read as _;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candor_post::dkim::{make_key, signed};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().ok_or("sign DOMAIN FOLDER < mail");
    let (domain, folder) = (argument()?, PathBuf::from(argument()?));
    let mut raw = Vec::new();
    std::io::stdin().read_to_end(&mut raw)?;
    let key = make_key()?;
    let mail = signed(&domain, "candor-example", &key.private_der, &raw)?;
    let public = STANDARD.encode(&key.public_der);
    std::fs::write(folder.join("signed.eml"), mail)?;
    std::fs::write(
        folder.join("record.txt"),
        format!("v=DKIM1; k=rsa; p={public}\n"),
    )?;
    Ok(())
}
