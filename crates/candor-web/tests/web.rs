//! Stories of the pages and the API, in one binary.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

mod web {
    mod api;
    mod certificate;
    mod contract;
    mod door;
    mod every_route;
    mod fetching;
    mod first_load;
    mod guarded;
    mod level;
    mod live;
    mod past_mail;
    mod portal;
    mod sending;
    mod settings;
    mod sign_in;
    mod staff;
    mod ticket;
    mod tone;
    mod turn;
    mod understanding;
    mod way_out;
}
