use super::*;

#[test]
fn paragraphs_lists_and_links_read_well() {
    let html = "<html><head><title>x</title><style>p{}</style></head><body>\
        <p>Hello&nbsp;team,</p><p>my   order\n is <b>late</b>:</p>\
        <ul><li>two mugs</li><li>one <a href=\"https://shop.example/kettle\">kettle</a></li></ul>\
        <ol><li>first<li>second</ol>\
        <div>Bye<br>Kim<br><a href='mailto:kim@a.example'>kim@a.example</a></div></body></html>";
    assert_eq!(
        to_text(html),
        "Hello team,\n\nmy order is late:\n\n- two mugs\n- one kettle (https://shop.example/kettle)\n\
         \n1. first\n2. second\n\nBye\nKim\nkim@a.example"
    );
}

#[test]
fn a_quote_keeps_its_marks() {
    let html = "Yes please.<blockquote type=cite>Shall we<br>send it?<blockquote>Where?</blockquote>\
        </blockquote>";
    assert_eq!(
        to_text(html),
        "Yes please.\n\n> Shall we\n> send it?\n>\n> > Where?"
    );
}

#[test]
fn cells_of_a_row_stand_on_one_line() {
    let html = "<table><tr><td>Mugs</td><td>2</td></tr><tr><td>Kettle</td><td>1</td></tr></table>";
    assert_eq!(to_text(html), "Mugs 2\nKettle 1");
}

#[test]
fn preformatted_text_keeps_its_columns() {
    assert_eq!(to_text("<pre>a  1\nbb 2</pre>"), "a  1\nbb 2");
}

#[test]
fn signs_that_look_like_markup_survive() {
    assert_eq!(to_text("<p>5 &lt; 6 &amp;amp; x</p>"), "5 < 6 &amp; x");
}
