//! The command line.
//!
//! Owns: its words, help texts and exit codes. Must not know: how a command does its work.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line prints"
)]

use crate::command;
use crate::config::{Config, KEYS};
use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

/// A customer-service desk in one binary.
#[derive(Parser)]
#[command(name = "candor", version, about, disable_help_subcommand = true)]
struct Cli {
    /// The configuration file. Default: candor.toml in the data folder.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a seeded shop in a temporary folder and prints the logins.
    Demo(Demo),
    /// Makes a new desk with its owner.
    Init(Init),
    /// Runs the desk.
    Serve,
    /// Mail that comes in by a pipe.
    #[command(subcommand)]
    Mail(Mail),
    /// People of the team.
    #[command(subcommand)]
    User(User),
    /// Tokens for the API.
    #[command(subcommand)]
    Token(Token),
    /// Checks the history, and what people see against it. Exits 1 when something is wrong.
    Verify,
    /// Checks the configuration and the database.
    Check,
    /// Counts time in a business calendar.
    #[command(subcommand)]
    Calendar(command::CalendarCommand),
    /// How many people it takes, which ticket comes next, which promise can be kept. Answers JSON.
    #[command(subcommand)]
    Staffing(command::Staffing),

    /// How messages sound: JSON lines in, JSON lines out. Needs no desk.
    #[command(subcommand)]
    Tone(Tone),
    /// Loads a desk through the verbs and measures it over loopback.
    Bench(Bench),
    /// Prints the OpenAPI document of the API.
    #[command(hide = true)]
    Openapi,
    /// Explains the commands, or the keys of the configuration with `help config`.
    Help {
        /// `config`, or nothing.
        topic: Option<String>,
    },
}

/// What the demo shop is like.
#[derive(Args, Clone)]
pub(crate) struct Demo {
    /// How many tickets its eight weeks hold.
    #[arg(long, default_value_t = 600)]
    pub tickets: usize,
    /// Port of the pages.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Keeps the shop in this folder instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Another number gives another shop.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Port where the demo takes mail in by SMTP.
    #[arg(long, default_value_t = 2525)]
    pub smtp_port: u16,
}

/// How much is measured.
#[derive(Args, Clone)]
pub(crate) struct Bench {
    /// How many tickets are loaded into an empty desk.
    #[arg(long, default_value_t = 100_000)]
    pub tickets: usize,
    /// Requests measured for each row.
    #[arg(long, default_value_t = 1_000)]
    pub requests: usize,
    /// Mails sent by SMTP.
    #[arg(long, default_value_t = 12_800)]
    pub mails: usize,
    /// A folder whose `.eml` files are read, beside the shop's own mails; may be given again.
    #[arg(long, value_name = "DIR")]
    pub mails_from: Vec<PathBuf>,
    /// Measures the queue, the promise studio and the simulation alone; with few tickets that takes
    /// seconds.
    #[arg(long)]
    pub only_queue: bool,
}

/// The first owner of a desk.
#[derive(Args, Clone)]
pub(crate) struct Init {
    /// The owner's address; they log in with it.
    #[arg(long, value_name = "ADDRESS")]
    pub owner_email: String,
    /// A file with the owner's password on its first line.
    #[arg(long, value_name = "FILE")]
    pub password_file: PathBuf,
    /// The owner's name. Default: the part of the address before the @.
    #[arg(long, value_name = "NAME")]
    pub owner_name: Option<String>,
    /// The shop's name.
    #[arg(long, value_name = "NAME", default_value = "Our shop")]
    pub brand: String,
    /// The first mailbox. Default: help@ at the owner's domain.
    #[arg(long, value_name = "ADDRESS")]
    pub mailbox: Option<String>,
    /// `en` or `de`.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub language: String,
    /// Time zone by IANA name.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub zone: String,
}

#[derive(Subcommand)]
enum Mail {
    /// Takes one raw message on standard input. Exit codes are those of sysexits: 75 when the
    /// caller should try again.
    Receive(Receive),
    /// Reads one message on standard input and prints what is understood of it as JSON. Needs no
    /// desk.
    Parse {
        /// Adds why: each rule behind the verdict, and each stretch that was cut from the reply.
        #[arg(long)]
        explain: bool,
    },
}

/// The envelope of a piped message.
#[derive(Args, Clone)]
pub(crate) struct Receive {
    /// Where it was delivered to; may be given more than once. Default: its To and Cc headers.
    #[arg(long = "to", value_name = "ADDRESS")]
    pub recipients: Vec<String>,
    /// The envelope sender.
    #[arg(long = "from", value_name = "ADDRESS", default_value = "")]
    pub sender: String,
}

#[derive(Subcommand)]
enum User {
    /// Adds somebody and prints their invitation link.
    Add(AddUser),
    /// Prints a link by which somebody sets a new password.
    ResetLink {
        /// Their address.
        email: String,
    },
}

/// Somebody new.
#[derive(Args, Clone)]
pub(crate) struct AddUser {
    /// The address they log in with.
    pub email: String,
    /// As they are called.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub name: String,
    /// Their role: owner, lead, agent, collaborator or one of your own.
    #[arg(long, value_name = "ROLE", default_value = "agent")]
    pub role: String,
}

#[derive(Subcommand)]
enum Token {
    /// Makes a token and prints only it.
    Create(CreateToken),
}

/// A token for the API.
#[derive(Args, Clone)]
pub(crate) struct CreateToken {
    /// Whose rights it has: their address.
    #[arg(long, value_name = "ADDRESS")]
    pub person: String,
    /// Narrows it, such as tickets.read; may be given more than once. Default: all their rights.
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// What it is for.
    #[arg(long, value_name = "TEXT", default_value = "command line")]
    pub name: String,
}

#[derive(Subcommand, Clone, Copy)]
enum Tone {
    /// Reads messages: `{"text": "..."}` a line, with `"role"` and `"conversation"` for dialogs.
    Read,
    /// Reads messages and names the words that moved each reading.
    Explain,
    /// Checks drafts: `{"text": "...", "context": {...}, "voice": "..."}` a line.
    Check,
}

/// Reads the command line and does what it says.
pub(crate) async fn run() -> ExitCode {
    let cli = Cli::parse();
    if let Command::Help { topic } = &cli.command {
        return help(topic.as_deref());
    }
    match dispatch(cli).await {
        Ok(code) => code,
        Err(error) => complain(&error),
    }
}

/// Runs what needs neither a desk nor a configuration; gives back what needs them.
fn without_desk(command: Command) -> Result<ControlFlow<ExitCode, Command>> {
    match command {
        Command::Openapi => println!("{}", command::openapi()?),
        Command::Calendar(question) => println!("{}", command::calendar(&question)?),
        Command::Staffing(question) => return Ok(ControlFlow::Break(command::staffing(question))),
        Command::Mail(Mail::Parse { explain }) => println!("{}", command::mail_parse(explain)?),
        Command::Tone(Tone::Read) => command::tone_read()?,
        Command::Tone(Tone::Explain) => command::tone_explain()?,
        Command::Tone(Tone::Check) => command::tone_check()?,
        other => return Ok(ControlFlow::Continue(other)),
    }
    Ok(ControlFlow::Break(ExitCode::SUCCESS))
}

async fn dispatch(cli: Cli) -> Result<ExitCode> {
    let command = match without_desk(cli.command)? {
        ControlFlow::Break(code) => return Ok(code),
        ControlFlow::Continue(command) => command,
    };
    let environment: BTreeMap<String, String> = std::env::vars().collect();
    if let Command::Demo(demo) = command {
        let config = Config::load(None, &BTreeMap::new())?;
        start_log(&config);
        return crate::demo::run(&demo, config)
            .await
            .map(|()| ExitCode::SUCCESS);
    }
    let config = Config::load(cli.config.as_deref(), &environment)?;
    start_log(&config);
    match command {
        Command::Serve => crate::serve::run(config).await?,
        Command::Init(init) => println!("{}", command::init(&config, &init).await?),
        Command::Mail(Mail::Receive(receive)) => {
            return command::mail_receive(&config, &receive).await;
        }
        Command::User(User::Add(user)) => println!("{}", command::user_add(&config, &user).await?),
        Command::User(User::ResetLink { email }) => {
            println!("{}", command::reset_link(&config, &email).await?);
        }
        Command::Token(Token::Create(token)) => {
            println!("{}", command::token_create(&config, &token).await?);
        }
        Command::Verify => return command::verify(&config).await,
        Command::Check => println!("{}", command::check(&config).await?),
        // What measures a desk holds much at once; the other commands need no room for it.
        Command::Bench(bench) => Box::pin(crate::bench::run(&bench, config)).await?,
        // The rest was answered above.
        Command::Demo(_)
        | Command::Openapi
        | Command::Calendar(_)
        | Command::Staffing(_)
        | Command::Tone(_)
        | Command::Help { .. }
        | Command::Mail(Mail::Parse { .. }) => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn help(topic: Option<&str>) -> ExitCode {
    if topic == Some("config") {
        println!(
            "Keys of candor.toml; each is an environment variable too, and NAME_FILE reads it from a file.\n"
        );
        for key in KEYS {
            println!(
                "{:18} {}\n{:18} {}\n",
                key.name,
                key.variable(),
                "",
                key.help
            );
        }
        return ExitCode::SUCCESS;
    }
    let mut command = <Cli as clap::CommandFactory>::command();
    println!("{}", command.render_long_help());
    ExitCode::SUCCESS
}

/// Prints an error with its causes, once.
pub(crate) fn complain(error: &anyhow::Error) -> ExitCode {
    eprintln!("candor: {error:#}");
    ExitCode::FAILURE
}

fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
