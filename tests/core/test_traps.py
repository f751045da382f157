"""What looks like a source and is none, and what is one in spite of its looks: a row for each, in the desk's languages."""

from dataclasses import replace

import pytest

from articles.core import attribution
from articles.core.edits import Span
from articles.core.metadata import fields
from articles.core.registry import shipped_memory
from tests.core.passages import page

CHAIN = ("republished_from", "agency", "author", "translator", "cited", "photo_credit")
LOST = None


def chain(language, *lines, **beside):
    scraped, passages = page(*lines)
    scraped, memory = replace(scraped, **beside), shipped_memory()
    told = fields.find(scraped, passages, language, memory)
    return scraped, attribution.find(scraped, passages, told, memory)


def links(language, *lines, roles=CHAIN, **beside):
    return [(one.role, one.name) for one in chain(language, *lines, **beside)[1] if one.role in roles]


TEXTS = [
    # An agency that signs.
    ("fr", "body", "Le port a rouvert ses quais. (avec AFP)", [("agency", "AFP")]),
    ("fr", "body", "Le port a rouvert ses quais (AFP).", [("agency", "AFP")]),
    ("fr", "body", "AFP - Le port a rouvert ses quais mardi.", [("agency", "AFP")]),
    ("fr", "body", "PARIS (AFP) — Le port a rouvert ses quais.", [("agency", "AFP")]),
    ("fr", "body", "PARIS, 3 mai (AFP) - Le port a rouvert ses quais.", [("agency", "AFP")]),
    ("fr", "byline", "J. D. avec AFP et Reuters", [("agency", "AFP"), ("agency", "Reuters"), ("author", "J. D.")]),
    ("fr", "source", "Avec agences", [("agency", LOST)]),
    ("fr", "byline", "Reuters", [("agency", "Reuters")]),
    ("fr", "byline", "dpa", [("agency", "dpa")]),
    ("fr", "source", "Source : AFP", [("agency", "AFP")]),
    ("en", "body", "The quay has reopened. — With Reuters", [("agency", "Reuters")]),
    ("en", "byline", "Reuters", [("agency", "Reuters")]),
    ("en", "source", "With reporting by the Associated Press", [("agency", "Associated Press")]),
    ("en", "body", "HAMBURG, Germany (AP) — The quay has reopened.", [("agency", "AP")]),
    ("de", "body", "Berlin (dpa) - Der Hafen ist wieder offen.", [("agency", "dpa")]),
    ("de", "body", "Kiel (dpa/lno) – Der Hafen ist wieder offen.", [("agency", "dpa")]),
    ("de", "body", "Der Hafen ist wieder offen. (dpa)", [("agency", "dpa")]),
    ("de", "source", "Mit Material von dpa", [("agency", "dpa")]),
    ("de", "source", "Mit Agenturmaterial", [("agency", LOST)]),
    ("de", "source", "Quelle: AFP", [("agency", "AFP")]),
    ("es", "body", "MADRID, 3 May (EFE).- El puerto abrió sus muelles.", [("agency", "EFE")]),
    ("es", "body", "MADRID, 3 May (EFE). El puerto abrió sus muelles.", [("agency", "EFE")]),
    ("es", "source", "Con información de EFE", [("agency", "EFE")]),
    ("es", "body", "El puerto abrió sus muelles. (Con información de Reuters)", [("agency", "Reuters")]),
    ("es", "byline", "Agencias", [("agency", LOST)]),
    ("it", "body", "(ANSA) - ROMA, 03 MAG - Il porto ha riaperto.", [("agency", "ANSA")]),
    ("it", "source", "Fonte: ANSA", [("agency", "ANSA")]),
    ("pt", "source", "Com informações da Reuters", [("agency", "Reuters")]),
    ("pt", "body", "O porto reabriu os cais. (com Lusa)", [("agency", "Lusa")]),
    ("pt", "byline", "com Lusa", [("agency", "Lusa")]),
    ("ar", "body", "القاهرة (رويترز) - أعيد فتح الميناء أمام السفن.", [("agency", "رويترز")]),
    ("ar", "body", "أعيد فتح الميناء أمام السفن. (أ ف ب)", [("agency", "أ ف ب")]),
    ("ar", "body", "أعيد فتح الميناء أمام السفن (وكالات)", [("agency", LOST)]),
    ("ar", "source", "المصدر: رويترز", [("agency", "رويترز")]),
    ("ar", "source", "المصدر: وكالات", [("agency", LOST)]),
    ("he", "source", "סוכנות רויטרס", [("agency", "רויטרס")]),
    ("he", "source", "מקור: רויטרס", [("agency", "רויטרס")]),
    # An agency that a sentence quotes, or that took the picture, did not supply the text.
    ("fr", "body", "(Photo Ann Roux / AFP)", [("photo_credit", "Ann Roux / AFP")]),
    ("fr", "body", "(Photo par Ann Roux / AFP)", [("photo_credit", "Ann Roux / AFP")]),
    ("fr", "body", "(Photo : Ann Roux/Agence France-Presse)", [("photo_credit", "Ann Roux/Agence France-Presse")]),
    ("fr", "caption", "Le port, mardi. Ann Roux / Getty Images", [("photo_credit", "Ann Roux / Getty Images")]),
    # What may be done with a picture is no part of who made it.
    ("fr", "credit", "Ann Roux / USAGE ÉDITORIAL UNIQUEMENT – FRANCE OUT", [("photo_credit", "Ann Roux")]),
    ("fr", "caption", "Le port. © Ann Roux, usage éditorial uniquement", [("photo_credit", "Ann Roux")]),
    ("en", "credit", "Photo: Ann Roux CC BY 2.0", [("photo_credit", "Ann Roux")]),
    ("fr", "credit", "Texte sous licence CC BY-ND 4.0", []),
    ("fr", "credit", "AFP", [("photo_credit", "AFP")]),
    ("fr", "byline", "Getty Images", []),
    ("fr", "body", "Le port est fermé, a déclaré à l'AFP Anna Roux.", [("cited", "AFP")]),
    ("fr", "body", "« Le port est fermé », a-t-elle déclaré à l'AFP.", [("cited", "AFP")]),
    ("fr", "body", "Selon l'Agence France-Presse, la pêche emploie encore.", [("cited", "Agence France-Presse")]),
    ("fr", "body", "Selon l'agence Reuters, le port est fermé.", [("cited", "Reuters")]),
    ("fr", "body", "L'Autorité portuaire (AP) a voté la fermeture.", []),
    ("en", "body", "“It is closed,” she told AFP.", [("cited", "AFP")]),
    ("en", "body", "“It is closed,” Anna Roux told AFP on Tuesday. “We leave,” she told AFP.", [("cited", "AFP")]),
    ("en", "body", "The quay (AP Photo/Ann Roux) is closed.", [("photo_credit", "AP Photo/Ann Roux")]),
    ("en", "caption", "The quay. Photo: Ann Roux/AFP via Getty Images", [("photo_credit", "Ann Roux/AFP via Getty Images")]),
    ("de", "caption", "Der Hafen. Foto: Ann Roux/dpa", [("photo_credit", "Ann Roux/dpa")]),
    ("de", "body", "Das sagte sie der Deutschen Presse-Agentur.", [("cited", "Deutschen Presse-Agentur")]),
    ("es", "caption", "El puerto. Foto: Ann Roux / EFE", [("photo_credit", "Ann Roux / EFE")]),
    ("it", "caption", "Il porto. Foto: Ann Roux / ANSA", [("photo_credit", "Ann Roux / ANSA")]),
    ("pt", "caption", "O porto. Foto: Ann Roux / Lusa", [("photo_credit", "Ann Roux / Lusa")]),
    ("ar", "caption", "الميناء. تصوير: أحمد خليل", [("photo_credit", "أحمد خليل")]),
    ("he", "caption", "הנמל. צילום: רויטרס", [("photo_credit", "רויטרס")]),
    # A text that was somebody else's before.
    ("fr", "source", "Source : Le Quai", [("republished_from", "Le Quai")]),
    ("fr", "source", "D'après Le Quai", [("republished_from", "Le Quai")]),
    ("fr", "source", "Cet article a été publié initialement sur Le Quai", [("republished_from", "Le Quai")]),
    ("en", "source", "Read the original at Quay News", [("republished_from", "Quay News")]),
    ("en", "source", "This article was republished from Quay News", [("republished_from", "Quay News")]),
    ("de", "source", "Dieser Artikel erschien zuerst in Hafenzeitung", [("republished_from", "Hafenzeitung")]),
    ("de", "source", "Quelle: Hafenzeitung", [("republished_from", "Hafenzeitung")]),
    ("es", "source", "Publicado originalmente en El Muelle", [("republished_from", "El Muelle")]),
    ("es", "source", "Fuente: El Muelle", [("republished_from", "El Muelle")]),
    ("it", "source", "Questo articolo è stato pubblicato originariamente su Il Molo", [("republished_from", "Il Molo")]),
    ("it", "source", "Fonte: Il Molo", [("republished_from", "Il Molo")]),
    ("pt", "source", "Este artigo foi publicado originalmente em O Cais", [("republished_from", "O Cais")]),
    ("pt", "source", "Fonte: O Cais", [("republished_from", "O Cais")]),
    ("ar", "source", "المصدر: الجزيرة", [("republished_from", "الجزيرة")]),
    ("he", "source", "מקור: הארץ", [("republished_from", "הארץ")]),
    # A note that was cut off before the name.
    ("fr", "source", "JForum avec", [("republished_from", LOST)]),
    ("fr", "source", "Source :", [("republished_from", LOST)]),
    ("en", "source", "Read the original at", [("republished_from", LOST)]),
    ("de", "source", "Dieser Artikel erschien zuerst in", [("republished_from", LOST)]),
    ("es", "source", "Publicado originalmente en", [("republished_from", LOST)]),
    ("it", "source", "Fonte:", [("republished_from", LOST)]),
    ("pt", "source", "Este artigo foi publicado originalmente em", [("republished_from", LOST)]),
    ("ar", "source", "المصدر:", [("republished_from", LOST)]),
    ("he", "source", "מקור:", [("republished_from", LOST)]),
    # Whose word it is.
    ("fr", "body", "Selon la Capitainerie, le port est fermé.", [("cited", "Capitainerie")]),
    ("fr", "body", "Il arrive second, selon que le vent tourne.", []),
    ("en", "body", "The port is closed, according to the Harbour Authority.", [("cited", "Harbour Authority")]),
    ("es", "body", "Según el Ministerio de Puertos, el muelle está cerrado.", [("cited", "Ministerio de Puertos")]),
    ("es", "body", "El muelle está cerrado, de acuerdo con Reuters.", [("cited", "Reuters")]),
    ("de", "body", "Laut Polizei ist der Hafen zu.", [("cited", "Polizei")]),
    ("de", "body", "Nach Angaben der Bundespolizei ist der Hafen zu.", [("cited", "Bundespolizei")]),
    ("de", "body", "Sie hören laut Musik.", []),
    ("it", "body", "Secondo la Capitaneria, il porto è chiuso.", [("cited", "Capitaneria")]),
    ("it", "body", "Il secondo Governo Rossi ha chiuso il porto.", []),
    ("pt", "body", "Segundo a Capitania, o porto está fechado.", [("cited", "Capitania")]),
    ("pt", "body", "De acordo com a Polícia Marítima, o porto está fechado.", [("cited", "Polícia Marítima")]),
    ("ar", "body", "أغلق الميناء، وفقا لوزارة النقل.", [("cited", "وزارة النقل")]),
    ("ar", "body", "أغلق الميناء، بحسب رويترز.", [("cited", "رويترز")]),
    ("he", "body", "הנמל סגור, לפי משרד התחבורה.", [("cited", "משרד התחבורה")]),
    ("he", "body", "הנמל סגור, על פי דובר צה\"ל.", [("cited", "דובר צה\"ל")]),
    ("he", "body", "הנמל סגור, לפי דבריו.", []),
    # Who wrote it, and who did not.
    ("fr", "byline", "Par la rédaction", [("author", "la rédaction")]),
    ("fr", "byline", "La rédaction", []),
    ("fr", "byline", "admin", []),
    ("fr", "byline", "Par admin", []),
    ("en", "byline", "By Staff", [("author", "Staff")]),
    ("en", "byline", "Staff", []),
    ("es", "byline", "Redacción", []),
    ("es", "byline", "Por Redacción", [("author", "Redacción")]),
    ("de", "byline", "Redaktion", []),
    ("it", "byline", "Redazione", []),
    ("pt", "byline", "Redação", []),
    ("fr", "byline", "Par Le Monde", []),
    ("fr", "byline", "Par l'Association des dockers", []),
    ("en", "byline", "By The Associated Press", [("agency", "The Associated Press")]),
    ("fr", "byline", "Par Al Roux, Léo Blin et Ida Sol", [("author", n) for n in ("Al Roux", "Léo Blin", "Ida Sol")]),
    ("es", "byline", "Por Ana Ruiz y Leo Soto", [("author", "Ana Ruiz"), ("author", "Leo Soto")]),
    ("de", "byline", "Von Anna Roth und Leo Blum", [("author", "Anna Roth"), ("author", "Leo Blum")]),
    ("fr", "body", "Propos recueillis par Anna Roux", [("author", "Anna Roux")]),
    ("fr", "byline", "J.-P. D.", [("author", "J.-P. D.")]),
    ("fr", "byline", "A.B. avec AFP", [("agency", "AFP"), ("author", "A.B.")]),
    ("fr", "byline", "Par A.B. avec AFP", [("agency", "AFP"), ("author", "A.B.")]),
    ("fr", "comments", "Par Anna Roux le 3 mai", []),
    ("fr", "related", "Par Anna Roux, le 3 mai", []),
    ("fr", "source", "Traduit de l'anglais par Léo Blin", [("translator", "Léo Blin")]),
    ("en", "source", "Translated from the French by Leo Blin", [("translator", "Leo Blin")]),
    ("es", "source", "Traducción de Ana Ruiz", [("translator", "Ana Ruiz")]),
    ("de", "source", "Übersetzt von Anna Roth", [("translator", "Anna Roth")]),
    ("it", "source", "Traduzione di Anna Rossi", [("translator", "Anna Rossi")]),
    ("pt", "source", "Tradução de Ana Reis", [("translator", "Ana Reis")]),
    ("ar", "source", "ترجمة: أحمد خليل", [("translator", "أحمد خليل")]),
    ("he", "source", "תרגום: אנה רוזן", [("translator", "אנה רוזן")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "kind", "line", "expected"), TEXTS, ids=[f"{t[0]}-{t[2]}" for t in TEXTS])
def test_a_line_gives_away_who_stands_behind_it_and_nobody_else(language, kind, line, expected):
    assert links(language, (kind, line)) == expected


def test_a_byline_that_repeats_names_one_author():
    signed = [
        ("byline", "Par Anna Roux"),
        ("body", "Le port est fermé."),
        ("byline", "Anna Roux"),
        ("date", "Par ANNA ROUX"),
    ]
    assert links("fr", *signed, roles=("author",)) == [("author", "Anna Roux")]


def test_who_signs_a_comment_wrote_no_article():
    lines = [("byline", "Par Anna Roux"), ("comments", "Par Jean Bon, le 3 mai"), ("comments", "By John Doe")]
    assert links("fr", *lines, roles=("author",)) == [("author", "Anna Roux")]


def test_a_person_of_the_registry_who_signs_is_an_author_and_no_source():
    homonym = next(entity.name for entity in shipped_memory().entities if entity.type == "person")
    assert links("fr", ("byline", f"Par {homonym}"), ("body", "Le port est fermé.")) == [("author", homonym)]


def test_the_other_languages_are_tried_where_a_line_is_signed():
    assert links("en", ("source", "Con información de EFE")) == [("agency", "EFE")]
    assert links("fr", ("source", "Mit Material von dpa")) == [("agency", "dpa")]
    assert links("xx", ("source", "Com informações da Reuters")) == [("agency", "Reuters")]


def test_a_text_is_searched_with_its_own_words_and_the_english_ones():
    assert links("de", ("body", "The port is closed, according to the Harbour Authority.")) == [
        ("cited", "Harbour Authority")
    ]
    assert links("en", ("body", "Laut Hans Maier the port is closed.")) == []


PUBLISHERS = [
    ("fr", "comments", "La rédaction de Bord de Mer modère les commentaires.", "Bord de Mer"),
    ("es", "comments", "La redacción de Puerto Diario modera los comentarios.", "Puerto Diario"),
    ("es", "legal", "© 2024 Puerto Diario. Todos los derechos reservados.", "Puerto Diario"),
    ("es", "subscribe", "Suscríbete a Puerto Diario", "Puerto Diario"),
    ("de", "legal", "© 2024 Hafenblick. Alle Rechte vorbehalten.", "Hafenblick"),
    ("de", "legal", "Hafenblick - Alle Rechte vorbehalten", "Hafenblick"),
    ("de", "comments", "Die Redaktion von Hafenblick prüft Kommentare.", "Hafenblick"),
    ("it", "legal", "© 2024 Il Molo. Tutti i diritti riservati", "Il Molo"),
    ("it", "subscribe", "Iscriviti a Molo Oggi", "Molo Oggi"),
    ("pt", "legal", "© 2024 Diário do Cais. Todos os direitos reservados.", "Diário do Cais"),
    ("pt", "share", "Siga o Diário do Cais no Facebook", "Diário do Cais"),
    ("en", "share", "Read on Quay News", "Quay News"),
    ("ar", "legal", "جميع الحقوق محفوظة لصحيفة الميناء", "الميناء"),
    ("he", "legal", "כל הזכויות שמורות לרציף", "רציף"),
]


@pytest.mark.parametrize(("language", "kind", "line", "name"), PUBLISHERS, ids=[row[2] for row in PUBLISHERS])
def test_the_furniture_of_a_page_names_its_publisher_in_every_language(language, kind, line, name):
    assert links(language, (kind, line), roles=("publisher",)) == [("publisher", name)]


def told(raw, *facts):
    """Facts of a page's head, each where its value stands in raw."""
    return tuple(
        (name, value, Span(start=raw.index(value), end=raw.index(value) + len(value))) for name, value in facts
    )


HEAD = "Quay News / AFP / Anna Roux / https://www.lemonde.fr/economie/x / Le Monde / La Gazette des Ports"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("publisher", "Quay News", ("publisher", "Quay News", "stated")),
        ("dc.publisher", "Quay News", ("publisher", "Quay News", "stated")),
        ("sourceOrganization", "AFP", ("agency", "AFP", "stated")),
        ("source-org", "La Gazette des Ports", ("republished_from", "La Gazette des Ports", "stated")),
        ("author", "AFP", ("agency", "AFP", "stated")),
        ("isBasedOn", "La Gazette des Ports", ("republished_from", "La Gazette des Ports", "stated")),
        ("isBasedOn", "https://www.lemonde.fr/economie/x", ("republished_from", "Le Monde", "inferred")),
    ],
)
def test_the_head_of_a_page_is_evidence(name, value, expected):
    _, found = chain("fr", ("legal", HEAD), metadata=told(HEAD, (name, value)))
    assert expected in [(one.role, one.name, one.state) for one in found]


def test_an_organisation_in_the_head_is_no_author():
    assert links("fr", ("legal", HEAD), roles=("author",), metadata=told(HEAD, ("author", "AFP"))) == []


def states(role, *lines, **beside):
    found = chain("fr", *lines, **beside)[1]
    return [(one.name, one.state, one.reason) for one in found if one.role == role]


def test_two_publishers_that_have_nothing_in_common_are_disputed():
    lines = [("legal", "© 2024 Le Monde. Tous droits réservés."), ("navigation", "Quay News")]
    raw = "\n".join(line for _, line in lines)
    reason = "page head says Quay News, copyright line says Le Monde"
    assert states("publisher", *lines, metadata=told(raw, ("og:site_name", "Quay News"))) == [
        ("Quay News", "disputed", reason),
        ("Le Monde", "disputed", reason),
    ]


@pytest.mark.parametrize(
    ("site", "line"),
    [
        ("Le Monde", "© 2024 Le Monde. Tous droits réservés."),
        ("Le Monde.fr", "© 2024 Le Monde. Tous droits réservés."),
        ("Quay News", "© 2024 Ledger Newspapers Ltd. All rights reserved."),
        ("Quay News", "© 2024 AFP. Tous droits réservés."),
    ],
)
def test_an_owner_or_an_agency_in_the_copyright_line_disputes_nothing(site, line):
    lines = [("legal", line), ("navigation", site)]
    raw = "\n".join(text for _, text in lines)
    found = states("publisher", *lines, metadata=told(raw, ("og:site_name", site)))
    assert [(name, state) for name, state, _ in found] == [(site, "stated")]


def test_a_byline_and_a_head_that_name_different_people_are_disputed():
    lines = [("byline", "Par Anna Roux"), ("navigation", "Ida Sol")]
    reason = "byline says Anna Roux, page head says Ida Sol"
    assert states("author", *lines, metadata=told("Par Anna Roux\nIda Sol", ("author", "Ida Sol"))) == [
        ("Ida Sol", "disputed", reason),
        ("Anna Roux", "disputed", reason),
    ]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Anna Roux", "Anna Roux"),
        ("ROUX Anna", "Anna Roux"),
        ("A. Roux", "Anna Roux"),
        ("Anna Roux-Blin", "Anna Roux-Blin"),
    ],
)
def test_the_same_person_written_otherwise_is_not_disputed(head, name):
    lines = [("byline", "Par Anna Roux"), ("navigation", head)]
    found = states("author", *lines, metadata=told(f"Par Anna Roux\n{head}", ("author", head)))
    assert [(said, state) for said, state, _ in found] == [(name, "stated")]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Par la rédaction"),
        ("fr", "Par admin"),
        ("en", "By Staff"),
        ("es", "Por Redacción"),
        ("de", "Von Redaktion"),
        ("it", "Di Redazione"),
        ("pt", "Por Redação"),
        ("fr", "Par l'Agence des ports"),
    ],
)
def test_a_desk_or_an_organisation_is_no_person(language, line):
    scraped, passages = page(("byline", line))
    assert fields.find(scraped, passages, language, shipped_memory())["authors"].value is None
