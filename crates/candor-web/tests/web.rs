//! Stories of the pages and the API, in one binary.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

mod web {
    mod api;
    mod door;
    mod every_route;
    mod fetching;
    mod guarded;
    mod live;
    mod portal;
    mod settings;
    mod ticket;
    mod tone;
    mod turn;
}
