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

#[test]
fn a_table_with_heads_keeps_its_columns_apart() {
    let html = "<table><tr><th>Item<th>Count</tr><tr><td><b>Mug</b><td>2</tr></table><p>Bye";
    assert_eq!(to_text(html), "Item | Count\nMug | 2\n\nBye");
}

#[test]
fn only_links_that_lead_somewhere_are_written_out() {
    let html = "<a href='javascript:x()'>a</a> <a href='#top'>b</a> <a href='tel:+441'>call</a> \
        <a href='HTTPS://shop.example/m?a=1&amp;b=2'>mug</a>";
    let expected = "a b call (tel:+441) mug (HTTPS://shop.example/m?a=1&b=2)";
    assert_eq!(to_text(html), expected);
}

#[test]
fn the_marks_of_mail_programs_stand_beside_the_lines() {
    let html = "<div>Two.</div><div class='gmail_quote'>Shop wrote:<blockquote>One?</blockquote>\
        yes</div><div id='appendonsend'></div>From: Shop<div>old</div>";
    let marked = to_marked_text(html);
    let lines: Vec<_> = marked.text.lines().zip(&marked.marks).collect();
    let expected = [
        ("Two.", &None),
        ("Shop wrote:", &Some(Mark::Introduction)),
        ("", &None),
        ("> One?", &None),
        ("", &None),
        ("yes", &None),
        ("From: Shop", &Some(Mark::Rest)),
        ("old", &Some(Mark::Rest)),
    ];
    assert_eq!(lines, expected);
    assert_eq!(marked.text, to_text(html));
}
