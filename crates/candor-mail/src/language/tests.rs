use super::*;

/// What customers write first, in one or two short sentences.
const SENTENCES: &[(&str, &str)] = &[
    ("en", "Where is my order?"),
    ("en", "The kettle arrived broken, please send a new one."),
    ("de", "Wo ist meine Bestellung?"),
    (
        "de",
        "Der Wasserkocher kam kaputt an, bitte schicken Sie einen neuen.",
    ),
    ("fr", "Où est ma commande ?"),
    (
        "fr",
        "La bouilloire est arrivée cassée, merci d'en envoyer une autre.",
    ),
    ("es", "¿Dónde está mi pedido?"),
    ("es", "El hervidor llegó roto, por favor envíen otro."),
    ("it", "Dov'è il mio ordine?"),
    (
        "it",
        "Il bollitore è arrivato rotto, vorrei riceverne un altro.",
    ),
    ("pt", "Onde está a minha encomenda?"),
    (
        "pt",
        "A chaleira chegou partida, enviem outra por favor, obrigado.",
    ),
    ("nl", "Waar blijft mijn bestelling?"),
    ("nl", "De waterkoker is kapot aangekomen, graag een nieuwe."),
    ("da", "Hvornår kommer min pakke? Jeg har ikke fået noget."),
    ("nb", "Når kommer pakken min? Jeg har ikke fått noe."),
    ("sv", "När kommer mitt paket? Jag har inte fått något."),
    ("fi", "Missä tilaukseni on? En ole saanut sitä vielä."),
    ("et", "Kus on minu tellimus? Ma ei ole seda veel saanud."),
    ("pl", "Gdzie jest moje zamówienie? Czekam już tydzień."),
    (
        "cs",
        "Kde je moje objednávka? Čekám už týden, prosím o odpověď.",
    ),
    (
        "sk",
        "Kde je moja objednávka? Ešte som ju nedostal, ďakujem.",
    ),
    ("hu", "Hol van a rendelésem? Még nem kaptam meg."),
    ("ro", "Unde este comanda mea? Nu am primit-o încă."),
    ("ru", "Где мой заказ? Я ещё ничего не получил."),
    ("uk", "Де моє замовлення? Я ще нічого не отримав."),
    ("bg", "Къде е поръчката ми? Още не съм я получил."),
    ("el", "Πού είναι η παραγγελία μου;"),
    (
        "tr",
        "Siparişim nerede? Henüz bir şey gelmedi, teşekkürler.",
    ),
    ("ja", "注文した商品がまだ届いていません。"),
    ("zh", "我的订单在哪里？我还没有收到。"),
    ("ko", "주문한 상품이 아직 도착하지 않았습니다."),
    ("he", "איפה ההזמנה שלי? עדיין לא קיבלתי אותה."),
    ("ar", "أين طلبي؟ لم أستلم أي شيء حتى الآن."),
    ("vi", "Đơn hàng của tôi ở đâu? Tôi chưa nhận được."),
];

#[test]
fn short_questions_of_customers_are_recognised() {
    let wrong: Vec<String> = SENTENCES
        .iter()
        .filter_map(|(code, text)| {
            let found = detect_language(text).map(|found| found.code);
            (found != Some(*code)).then(|| format!("{code}: {text} -> {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_said_where_nothing_is_known() {
    for text in [
        "",
        "ok",
        "5512",
        "kim@a.example",
        "https://a.example/the/and",
        "Kim Miller",
    ] {
        assert_eq!(detect_language(text), None, "{text}");
    }
}

#[test]
fn confidence_is_a_share() {
    for (_, text) in SENTENCES {
        let confidence = detect_language(text).map_or(0.0, |found| found.confidence);
        assert!((0.0..=1.0).contains(&confidence), "{text}");
    }
}
