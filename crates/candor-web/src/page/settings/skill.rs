//! Skills.
//!
//! Owns: the list, the page of each with its form. Must not know: what the queue makes of them.

use super::{Place, question};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::ticket::language_name;
use crate::part::{ActionButton, Chip, Field, FormCard, Row, Rows, Ticks};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::people::People;
use candor_desk::skill::{AddSkill, ChangeSkill, SkillOf, SkillText, Skills, TakeSkillAway};
use candor_domain::id::{PersonId, SkillId};
use candor_domain::people::Person;
use candor_domain::skill::Skill;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Skills.admission();
    book.get("/settings/skills", may, index)
        .post("/settings/skills", may, create)
        .get("/settings/skills/{skill}", may, show)
        .post("/settings/skills/{skill}", may, change)
        .delete("/settings/skills/{skill}", may, remove)
        .post("/settings/skills/{skill}/return", may, bring_back);
}

fn path_of(skill: SkillId) -> String {
    format!("{}/{skill}", Place::Skills.path())
}

async fn index(page: Page) -> PageResult {
    list(&page, &Filled::default(), &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let (skills, people) = (page.ask(Skills).await?, page.ask(People).await?);
    let in_use = skills.iter().filter(|skill| skill.active);
    let rows = in_use.map(|skill| row(t, skill, &people));
    let card = FormCard::new(Place::Skills.path(), t.get("skill-add"));
    let card = card.title(t.get("skill-add-title"));
    Place::Skills
        .sheet(page)
        .await?
        .intro(t.get("skills-intro"))
        .block(Rows::new("", rows.collect(), t.get("skills-none")))
        .block(fields(t, card, &people, form, faults))
        .answer(page, faults)
}

fn row(t: &Texts, skill: &Skill, people: &[Person]) -> Row {
    let has_it = |person: &&Person| person.active && skill.people.contains(&person.id);
    let names: Vec<&str> = people
        .iter()
        .filter(has_it)
        .map(|person| person.name.as_str())
        .collect();
    let row = Row::new(&skill.name)
        .leads_to(path_of(skill.id))
        .below(needed_for(t, skill));
    if names.is_empty() {
        row.below(t.get("skill-nobody"))
    } else {
        row.below(names.join(", "))
    }
}

/// Which tickets need it.
fn needed_for(t: &Texts, skill: &Skill) -> String {
    let languages = skill.languages.iter().map(|tag| language_name(t, tag));
    let languages = languages.collect::<Vec<_>>().join(", ");
    let tags = skill.tags.join(", ");
    match (tags.as_str(), languages.as_str()) {
        (tags, "") => t.arg("skill-for-tags", "tags", tags),
        ("", languages) => t.arg("skill-for-languages", "languages", languages),
        (tags, languages) => t.args(
            "skill-for-both",
            &[("tags", &tags), ("languages", &languages)],
        ),
    }
}

fn fields(
    t: &Texts,
    card: FormCard,
    people: &[Person],
    form: &Filled,
    faults: &Faults,
) -> FormCard {
    let chosen: Vec<PersonId> = form.all("person");
    let choice = |person: &Person| {
        let is_chosen = chosen.contains(&person.id);
        (person.id.to_string(), person.name.clone(), is_chosen)
    };
    let shown = |person: &&Person| person.active || chosen.contains(&person.id);
    card.field(
        Field::text("name", t.get("field-name"))
            .value(form.text("name"))
            .required()
            .faults(faults, t),
    )
    .field(
        Field::text("languages", t.get("skill-languages"))
            .value(form.text("languages"))
            .hint(t.get("skill-languages-hint"))
            .faults(faults, t),
    )
    .field(
        Field::text("tags", t.get("skill-tags"))
            .value(form.text("tags"))
            .hint(t.get("skill-tags-hint"))
            .faults(faults, t),
    )
    .ticks(Ticks {
        legend: t.get("skill-people"),
        name: "person",
        choices: people.iter().filter(shown).map(choice).collect(),
        hint: String::new(),
    })
}

fn form_of(skill: &Skill) -> Filled {
    let mut values = vec![
        ("name", skill.name.clone()),
        ("tags", skill.tags.join(", ")),
        ("languages", skill.languages.join(", ")),
    ];
    let people = skill.people.iter();
    values.extend(people.map(|person| ("person", person.to_string())));
    Filled::with(&values)
}

fn read(form: &Filled) -> SkillText {
    let list = |name: &str| form.text(name).split(',').map(str::to_owned).collect();
    SkillText {
        name: form.text("name").to_owned(),
        tags: list("tags"),
        languages: list("languages"),
        people: form.all("person"),
    }
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    match page.run(AddSkill(read(&form))).await {
        Ok(_) => Ok(page.lead_to(Place::Skills.path(), Some(&Flash::new(key("done-added"))))),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(skill): Path<SkillId>) -> PageResult {
    one(&page, skill, None, &Faults::default()).await
}

async fn one(page: &Page, skill: SkillId, typed: Option<&Filled>, faults: &Faults) -> PageResult {
    let t = &page.t;
    let skill = page.ask(SkillOf(skill)).await?;
    let people = page.ask(People).await?;
    let kept = form_of(&skill);
    let card = FormCard::new(path_of(skill.id), t.get("app-save"));
    let sheet = Place::Skills
        .titled(page, &skill.name)
        .await?
        .back(t.get("place-skills"), Place::Skills.path());
    if !skill.active {
        let path = format!("{}/return", path_of(skill.id));
        let back = ActionButton::post(path, t.get("skill-bring-back"));
        let row = Row::new(t.get("skill-away-words")).act(back);
        return sheet
            .chip(Chip::new(t.get("skill-away")))
            .block(Rows::new("", vec![row], ""))
            .answer(page, faults);
    }
    sheet
        .block(fields(t, card, &people, typed.unwrap_or(&kept), faults))
        .block(Rows::new("", vec![away_row(t, &skill)], ""))
        .answer(page, faults)
}

fn away_row(t: &Texts, skill: &Skill) -> Row {
    let step = (
        ActionButton::delete(&path_of(skill.id), t.get("skill-remove")),
        t.get("skill-remove"),
    );
    let words = (
        t.arg("skill-remove-title", "name", &skill.name),
        t.get("skill-remove-words"),
    );
    Row::new(t.get("skill-remove-row"))
        .below(t.get("skill-remove-words"))
        .ask(question(t, "remove".to_owned(), words, step))
}

async fn change(page: Page, Path(skill): Path<SkillId>, Form(form): Form<Filled>) -> PageResult {
    let text = read(&form);
    match page.run(ChangeSkill { skill, text }).await {
        Ok(()) => Ok(page.lead_to(Place::Skills.path(), Some(&Flash::new(key("done-saved"))))),
        Err(error) => one(&page, skill, Some(&form), &faults_of(error)?).await,
    }
}

async fn remove(page: Page, Path(skill): Path<SkillId>) -> PageResult {
    let goes = true;
    page.run(TakeSkillAway { skill, goes }).await?;
    let undo = format!("{}/return", path_of(skill));
    let flash = Flash::new(key("done-removed")).with_undo(undo);
    Ok(page.lead_to(Place::Skills.path(), Some(&flash)))
}

async fn bring_back(page: Page, Path(skill): Path<SkillId>) -> PageResult {
    let goes = false;
    page.run(TakeSkillAway { skill, goes }).await?;
    Ok(page.lead_to(&path_of(skill), Some(&Flash::new(key("done-saved")))))
}
