//! Stories of the pages and the API, in one binary.

mod web {
    mod api;
    mod door;
    mod every_route;
    mod guarded;
    mod live;
    mod portal;
    mod settings;
    mod ticket;
}
