//! The tickets that are written out by hand, from the first mail to the last.
//!
//! Owns: reading and placing them just before the end of the script. Must not know: other tickets.
//! The form of the file is described in `demo/texts/README.md`.

use super::cast;
use super::draft;
use super::facts::{Facts, Moment, Stage};
use super::hours::stamp;
use super::random::Random;
use super::shop::{Customer, Shop, Team, Tier};
use super::step::{CustomerMail, Deed, Step};
use super::talk;
use candor_domain::ticket::{AfterSend, Kind, Status, Urgency};

const FILE: &str = include_str!("../texts/scenes.md");
/// Of how many tickets one may be a scene; a tiny shop shows the first few.
const TICKETS_PER_SCENE: usize = 4;

/// One ticket that is written out.
pub(super) struct Scene {
    customer: usize,
    /// Open minutes between the last beat and the end of the script.
    quiet: i64,
    /// Whether it plays within one day's opening.
    one_day: bool,
    beats: Vec<Beat>,
}

/// One thing that happens, some open minutes after the one before.
struct Beat {
    after: i64,
    words: Vec<&'static str>,
    text: &'static str,
}

/// Reads the scenes that fit into so many tickets and adds their customers to the shop.
pub(super) fn load(shop: &mut Shop, tickets: usize) -> Vec<Scene> {
    FILE.split("\n# ")
        .skip(1)
        .take(tickets / TICKETS_PER_SCENE)
        .map(|text| read(text, shop))
        .collect()
}

fn read(text: &'static str, shop: &mut Shop) -> Scene {
    let mut parts = text.split("\n## ");
    let head = parts.next().unwrap_or_default();
    let value = |key: &str| {
        head.lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
            .unwrap_or_default()
    };
    let name = value("customer");
    let given = name.split(' ').next().unwrap_or(name);
    let cafe = value("cafe");
    let mut customer = Customer::new(name, given, value("email").to_owned());
    customer.organization = shop
        .organizations
        .iter()
        .position(|known| known.name == cafe);
    customer.tier = match value("tier") {
        "Wholesale" => Tier::Wholesale,
        "Club" => Tier::Club,
        _ => Tier::Guest,
    };
    let email = value("email");
    let known = shop.customers.iter().position(|other| other.email == email);
    if known.is_none() {
        shop.customers.push(customer);
    }
    Scene {
        customer: known.unwrap_or(shop.customers.len() - 1),
        quiet: value("quiet").parse().expect("quiet minutes are a number"),
        one_day: value("one_day") == "yes",
        beats: parts.map(beat).collect(),
    }
}

fn beat(text: &'static str) -> Beat {
    let (heading, text) = text.split_once('\n').unwrap_or((text, ""));
    let (after, words) = heading
        .split_once(' ')
        .expect("a beat has minutes and words");
    Beat {
        after: after.parse().expect("a beat begins with minutes"),
        words: words.split(' ').collect(),
        text: text.trim(),
    }
}

/// Plays a scene as ticket number `ticket`.
pub(super) fn play(scene: &Scene, ticket: usize, stage: &Stage, random: &mut Random) -> Vec<Step> {
    let customer = &stage.shop.customers[scene.customer];
    let length: i64 = scene.beats.iter().map(|beat| beat.after).sum();
    let end = stage.hours.before(stage.hours.end, scene.quiet);
    let mut at = if scene.one_day {
        stage.hours.block(end, length)
    } else {
        stage.hours.before(end, length)
    };
    let facts = Facts::draw(stage, customer, at, (2, 3), random);
    let mut steps = Vec::new();
    for beat in &scene.beats {
        if beat.after > 0 {
            at = stage.hours.after(at, beat.after);
        }
        let moment = Moment {
            hours: stage.hours,
            at,
            agent: beat.words[0],
        };
        let text = draft::write(beat.text, &facts, &moment, random);
        let deed = if beat.words[0] == "customer" {
            let wholesale = customer.tier == Tier::Wholesale;
            mail(scene, beat, &text, (steps.is_empty(), wholesale))
        } else {
            staff_deed(&beat.words, text)
        };
        steps.push(Step {
            at: stamp(at),
            ticket,
            deed,
        });
    }
    steps
}

/// A customer's mail; the first one has its subject in its first line.
fn mail(scene: &Scene, beat: &Beat, text: &str, (first, wholesale): (bool, bool)) -> Deed {
    let subject = scene.beats[0].text.lines().next().unwrap_or_default();
    let (prefix, body) = match text.split_once('\n') {
        Some((_, body)) if first => ("", body.trim()),
        _ => ("Re: ", text),
    };
    let picture = beat.words.get(1).and_then(|word| word.strip_prefix('@'));
    Deed::CustomerMail(Box::new(CustomerMail {
        customer: scene.customer,
        mailbox: usize::from(wholesale),
        subject: format!("{prefix}{subject}"),
        body_text: body.to_owned(),
        attachment: picture.and_then(talk::attachment),
    }))
}

fn staff_deed(words: &[&'static str], markdown: String) -> Deed {
    let by = cast::index_of(words[0]);
    let last = words.last().copied().unwrap_or_default();
    match words[1] {
        "reply" => {
            let then = match last {
                "solve" => AfterSend::Solve,
                "open" => AfterSend::Open,
                _ => AfterSend::Wait,
            };
            Deed::Reply { by, markdown, then }
        }
        "note" => Deed::Note { by, markdown },
        "assign" => Deed::Assign {
            by,
            team: Team::named(words[2]),
            to: words.get(3).map(|name| cast::index_of(name)),
        },
        "kind" => Deed::SetKind {
            by,
            kind: Kind::parse(last).expect("the kind is one of the desk's"),
        },
        "urgency" => Deed::SetUrgency {
            by,
            urgency: Urgency::parse(last).expect("the urgency is one of the desk's"),
        },
        "tag" => Deed::Tag {
            by,
            tags: words[2..].to_vec(),
        },
        _ => Deed::Move {
            by: (last != "closed").then_some(by),
            status: Status::parse(words[1]).expect("the status is one of the desk's"),
        },
    }
}
