from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.attribution import CONSTRAINTS, EFFECTS, LICENCES, SCOPES, TERMS, restrictions
from articles.core.attribution.licences import DEMANDS, licence_of
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.core.formats import open_bytes, open_text
from articles.core.metadata.moments import until
from articles.core.reading import read
from articles.core.values import Field, Memory
from tests.core.passages import page


@pytest.mark.parametrize(
    ("kind", "line", "constraint", "scope"),
    [
        (
            "credit",
            "(Photo by A / B) / RESTRICTED TO EDITORIAL USE – MANDATORY CREDIT « C »",
            "editorial_use_only",
            "picture",
        ),
        ("caption", "Le port. EDITORIAL USE ONLY", "editorial_use_only", "picture"),
        ("credit", "NO ARCHIVES", "no_archive", "picture"),
        ("credit", "NO RESALE", "no_resale", "picture"),
        ("body", "EMBARGO jusqu'au 3 mars à 10h", "embargo", "text"),
        ("legal", "Tous droits réservés", "all_rights_reserved", "text"),
        ("legal", "© 2024 Quay. All rights reserved.", "all_rights_reserved", "text"),
        ("legal", "Reproduction interdite sans accord écrit.", "all_rights_reserved", "text"),
        ("legal", "This material may not be published, broadcast or rewritten.", "all_rights_reserved", "text"),
        ("source", "Texte sous licence CC BY-SA 4.0", "licence", "text"),
        ("legal", "Utilisation : usage exclusivement éditorial", "editorial_use_only", "text"),
        ("credit", "FOTO: X / SOLO PARA USO EDITORIAL", "editorial_use_only", "picture"),
        ("legal", "Nur zur redaktionellen Verwendung", "editorial_use_only", "text"),
        ("legal", "Solo per uso editoriale", "editorial_use_only", "text"),
        ("legal", "Apenas para uso editorial", "editorial_use_only", "text"),
        ("credit", "للاستخدام التحريري فقط", "editorial_use_only", "picture"),
        ("credit", "לשימוש מערכתי בלבד", "editorial_use_only", "picture"),
        ("legal", "Toute reprise doit mentionner « Le Phare ».", "mandatory_credit", "text"),
        ("legal", "Reproduction autorisée avec mention de la source", "mandatory_credit", "text"),
        ("legal", "Republication is permitted with credit to the source", "mandatory_credit", "text"),
        ("legal", "Se permite la reproducción citando la fuente", "mandatory_credit", "text"),
        ("legal", "Abdruck nur mit Quellenangabe", "mandatory_credit", "text"),
        ("legal", "Riproduzione consentita citando la fonte", "mandatory_credit", "text"),
        ("legal", "Reprodução permitida desde que citada a fonte", "mandatory_credit", "text"),
        ("legal", "يجب ذكر المصدر", "mandatory_credit", "text"),
        ("credit", "קרדיט חובה: יעל כהן", "mandatory_credit", "picture"),
        ("credit", "Archivage interdit", "no_archive", "picture"),
        ("legal", "Keine Archivierung", "no_archive", "text"),
        ("legal", "Weiterverkauf untersagt", "no_resale", "text"),
        ("legal", "Prohibida su reventa", "no_resale", "text"),
        ("date", "Embargo : 12 janvier 2032, 6h", "embargo", "text"),
        ("date", "Sperrfrist: 12. Januar 2032, 10 Uhr", "embargo", "text"),
        ("date", "Embargo hasta el 12 de enero de 2032", "embargo", "text"),
        ("date", "Embargo fino alle 10 del 12 gennaio 2032", "embargo", "text"),
        ("date", "אמברגו עד 12.1.2032", "embargo", "text"),
        ("date", "حظر النشر حتى 12 يناير 2032", "embargo", "text"),
        ("credit", "X/AFP. FRANCE OUT", "territory", "picture"),
        ("credit", "X/AFP. OUT UK AND IRELAND", "territory", "picture"),
        ("legal", "Not for use in the United Kingdom.", "territory", "text"),
        ("legal", "Interdit à la diffusion en Suisse", "territory", "text"),
        ("legal", "Nicht zur Verwendung in Österreich", "territory", "text"),
        ("legal", "Prohibido su uso en Argentina", "territory", "text"),
        ("legal", "Reproduction autorisée d'un extrait de 300 signes avec lien", "excerpt_only", "text"),
        ("legal", "Excerpts and links may be used, provided that credit is given.", "excerpt_only", "text"),
        ("legal", "Auszugsweiser Abdruck mit Link gestattet", "excerpt_only", "text"),
        ("widget", "Article réservé aux abonnés", "paywalled", "text"),
        (
            "subscribe",
            "Il vous reste 72.4% de cet article à lire. La suite est réservée aux abonnés.",
            "paywalled",
            "text",
        ),
        ("subscribe", "Subscribe to continue reading", "paywalled", "text"),
        ("subscribe", "This article is for subscribers only", "paywalled", "text"),
        ("subscribe", "Contenido exclusivo para suscriptores", "paywalled", "text"),
        ("subscribe", "Exklusiv für Abonnenten", "paywalled", "text"),
        ("subscribe", "Contenuto riservato agli abbonati", "paywalled", "text"),
        ("subscribe", "Conteúdo exclusivo para assinantes", "paywalled", "text"),
        ("subscribe", "כתבה זו פתוחה למנויים בלבד", "paywalled", "text"),
        ("subscribe", "هذا المقال مخصص للمشتركين", "paywalled", "text"),
        ("legal", "Todos los derechos reservados", "all_rights_reserved", "text"),
        ("legal", "Alle Rechte vorbehalten", "all_rights_reserved", "text"),
        ("legal", "Tutti i diritti riservati", "all_rights_reserved", "text"),
        ("legal", "© RIPRODUZIONE RISERVATA", "all_rights_reserved", "text"),
        ("legal", "Todos os direitos reservados", "all_rights_reserved", "text"),
        ("legal", "جميع الحقوق محفوظة", "all_rights_reserved", "text"),
        ("legal", "כל הזכויות שמורות", "all_rights_reserved", "text"),
        ("legal", "Les contenus ne peuvent être reproduits sans accord.", "all_rights_reserved", "text"),
        ("legal", "This article is republished under a Creative Commons license.", "licence", "text"),
        ("legal", "Données sous Licence Ouverte 2.0", "licence", "text"),
        ("credit", "© X / ONE TIME USE ONLY", "other", "picture"),
    ],
)
def test_a_restriction_is_found_as_written(kind, line, constraint, scope):
    scraped, passages = page((kind, line))
    first = restrictions(passages)[0]
    assert (first.constraint, first.scope) == (constraint, scope)
    assert first.constraint in CONSTRAINTS
    assert first.span.of(scraped.raw_text) == first.text


def test_the_first_restriction_carries_the_whole_text():
    _, passages = page(("credit", "X / RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT « Y »"))
    first, second = restrictions(passages)
    assert first.text == "RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT « Y »"
    assert (second.constraint, second.text) == ("mandatory_credit", "MANDATORY CREDIT « Y »")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("body", "L'ONU a levé son embargo sur les armes."),
        ("body", "Les députés ont interdit la reproduction des loups."),
        ("related", "Tous droits réservés : le procès s'ouvre"),
        ("related", "Article réservé aux abonnés"),
        ("body", "La mairie juge la plage interdite aux chiens, et la baignade interdite en France d'outre-mer."),
        ("body", "Il a pris la porte : KNOCKED OUT, dit l'arbitre, et la FRANCE SORTIE."),
        ("body", "Le film est interdit à la diffusion en Russie."),
        ("body", "Le directeur promet un article réservé aux abonnés."),
        ("body", "The trial of the paywall asked readers to subscribe to continue reading."),
        ("body", "In Bayern wird der Weiterverkauf untersagt."),
        ("body", "Il vous reste deux euros pour lire la suite de vos aventures."),
        ("comments", "Connectez-vous pour commenter"),
        ("subscribe", "Abonnez-vous à notre infolettre"),
    ],
)
def test_what_the_article_is_about_restricts_nothing(kind, line):
    assert restrictions(page((kind, line))[1]) == ()


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=120))
def test_any_text_is_read(kind, text):
    scraped, passages = page((kind, text))
    for one in restrictions(passages):
        assert one.span.of(scraped.raw_text).strip()


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_each_constraint_of_the_table_can_be_read_and_says_what_it_means(constraint):
    row = CONSTRAINTS[constraint]
    assert row.label
    assert row.help.endswith(".")
    assert {row.effect(scope) for scope in SCOPES} <= set(EFFECTS)
    assert row.effect("picture") == "no_picture", "we publish no pictures"
    tried = test_a_restriction_is_found_as_written.pytestmark[0].args[1]
    assert constraint in {wanted for _, _, wanted, _ in tried}


def test_terms_and_licences_are_made_of_rows_that_exist():
    assert {row.effect for row in TERMS.values()} <= set(EFFECTS)
    assert {demand for row in LICENCES.values() for demand in row.demands} == set(DEMANDS)
    for row in LICENCES.values():
        assert row.url().startswith("https://")
        assert "{" not in row.url("9.9")


@pytest.mark.parametrize(
    ("words", "name", "label", "url"),
    [
        ("CC BY 4.0", "cc-by", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-SA", "cc-by-sa", "CC BY-SA", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC BY ND 2.0 FR", "cc-by-nd", "CC BY-ND 2.0", "https://creativecommons.org/licenses/by-nd/2.0/"),
        ("CC BY-NC", "cc-by-nc", "CC BY-NC", "https://creativecommons.org/licenses/by-nc/4.0/"),
        ("CC BY-NC-SA 3.0", "cc-by-nc-sa", "CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        (
            "Licence Creative Commons Attribution - Pas d'utilisation commerciale - Pas de modification 4.0",
            "cc-by-nc-nd",
            "CC BY-NC-ND 4.0",
            "https://creativecommons.org/licenses/by-nc-nd/4.0/",
        ),
        ("creativecommons.org/licenses/by-nc/3.0", "cc-by-nc", "CC BY-NC 3.0", "https://creativecommons.org/licenses/by-nc/3.0/"),
        ("CC0", "cc0", "CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("domaine public", "public-domain", "Public domain", "https://creativecommons.org/publicdomain/mark/1.0/"),
        ("Licence Ouverte", "licence-ouverte", "Licence Ouverte", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
        (
            "Open Government Licence v3.0",
            "ogl",
            "Open Government Licence 3",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
    ],
)  # fmt: skip
def test_a_licence_is_told_from_the_others_with_its_version(words, name, label, url):
    assert licence_of(words) == {"licence": name, "label": label, "url": url}


def test_creative_commons_alone_names_no_licence():
    assert licence_of("Creative Commons") == {}
    assert licence_of("© 2024, all rights reserved") == {}


PARIS = {"timezone": "Europe/Paris", "figures": "day first"}


@pytest.mark.parametrize(
    ("words", "published", "wanted"),
    [
        ("EMBARGO jusqu'au 12 janvier 2032 à 6h", None, {"until": "2032-01-12T06:00:00", "zone": "unknown"}),
        ("Embargoed until 12 January 2032, 00:01 GMT", None, {"until": "2032-01-12T00:01:00+00:00", "zone": "stated"}),
        ("EMBARGO 3 mars à 10h", "2024-02-28", {"until": "2024-03-03T10:00:00+01:00", "zone": "page"}),
        ("EMBARGO 3 janvier", "2024-12-20", {"until": "2025-01-03T00:00:00+01:00", "zone": "page"}),
        ("Embargo : 12/07/2032, 10.30", "2032-07-01", {"until": "2032-07-12T10:30:00+02:00", "zone": "page"}),
        ("Embargo jusqu'au 12 juillet 2032 inclus", "2032-07-01", {"until": "2032-07-13T00:00:00+02:00", "zone": "page"}),
        ("EMBARGO 3 mars à 10h", None, {}),
        ("SOUS EMBARGO", "2024-02-28", {}),
        ("SOUS EMBARGO jusqu'au 31 février 2032", None, {}),
    ],
)  # fmt: skip
def test_the_moment_an_embargo_ends_is_read_from_its_words(words, published, wanted):
    field = Field(name="published", value=published, state="stated", details=PARIS) if published else None
    assert until(words, field) == wanted


def test_an_article_knows_until_when_it_is_held():
    text = "Un télescope voit plus loin\n\nSOUS EMBARGO jusqu'au 12 janvier 2032 à 6h00 GMT\n\n" + "Le texte. " * 40
    (found,) = read(open_bytes(text.encode()), Memory()).rights
    assert (found.constraint, found.details["until"]) == ("embargo", "2032-01-12T06:00:00+00:00")


@pytest.mark.parametrize(
    ("words", "details"),
    [
        ("MANDATORY CREDIT « AFP PHOTO / X »", {"credit": "AFP PHOTO / X"}),
        ('MANDATORY CREDIT "HARBOR POOL / GUS" – NO RESALE', {"credit": "HARBOR POOL / GUS"}),
        ("MANDATORY CREDIT: Jane Doe - NO ARCHIVE", {"credit": "Jane Doe"}),
        ("Toute reprise doit mentionner « X » et comporter un lien vers l'article.", {"credit": "X", "link": "yes"}),
        ("Toute reprise doit mentionner la source", {}),
        ("Reproduction autorisée avec mention de la source", {}),
    ],
)  # fmt: skip
def test_the_credit_that_is_asked_for_is_kept_as_written(words, details):
    found = restrictions(page(("legal", words))[1])
    assert [dict(one.details) for one in found if one.constraint == "mandatory_credit"] == [details]


@pytest.mark.parametrize(
    ("words", "territory"),
    [
        ("X/AFP. FRANCE OUT", "FRANCE"),
        ("AUSTRIA OUT", "AUSTRIA"),
        ("OUT UK AND IRELAND", "UK AND IRELAND"),
        ("Not for use in the UK.", "UK"),
        ("Interdit à la diffusion en Suisse", "Suisse"),
        ("Prohibido su uso en Argentina", "Argentina"),
    ],
)
def test_the_territory_is_named(words, territory):
    (found,) = restrictions(page(("credit", words))[1])
    assert (found.constraint, found.details) == ("territory", {"territory": territory})


@pytest.mark.parametrize("value", ["false", '"False"'])
def test_a_page_that_tells_machines_of_its_paywall_is_paywalled_with_the_words_as_proof(value):
    html = (
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "live": false, "isAccessibleForFree": '
        f'{value}, "headline": "Un titre"}}</script></head><body><h1>Un titre</h1><p>{"Du texte. " * 30}</p></body></html>'
    )
    reading = read(open_bytes(html.encode(), name="page.html"), Memory())
    (found,) = reading.rights
    assert (found.constraint, found.text) == ("paywalled", f'"isAccessibleForFree": {value}')
    assert found.span.of(reading.scraped.raw_text) == found.text


@pytest.mark.parametrize(
    ("head", "scope"),
    [
        ('<link rel="license" href="https://creativecommons.org/licenses/by-nd/4.0/">', "text"),
        ('<script type="application/ld+json">{"@type": "Article", "license": '
         '"https://creativecommons.org/licenses/by-nd/4.0/"}</script>', "text"),
        ('<script type="application/ld+json">{"@type": "Article", "image": {"@type": "ImageObject", "license": '
         '"https://creativecommons.org/licenses/by-nd/4.0/"}}</script>', "picture"),
    ],
)  # fmt: skip
def test_a_licence_that_only_machines_are_told_counts(head, scope):
    reading = read(open_text(f"<html><head>{head}</head><h1>Un titre</h1><p>{'Du texte. ' * 30}</p></html>"), Memory())
    (found,) = reading.rights
    assert (found.constraint, found.scope, found.details["label"]) == ("licence", scope, "CC BY-ND 4.0")
    assert found.span.of(reading.scraped.raw_text) == found.text == "https://creativecommons.org/licenses/by-nd/4.0/"


def test_a_licence_that_words_and_machines_are_told_counts_once():
    address = "https://creativecommons.org/licenses/by-nd/4.0/"
    scraped, passages = page(("legal", "Texte sous licence CC BY-ND 4.0"), ("navigation", address))
    at = scraped.raw_text.index(address)
    head = (("license", address, Span(start=at, end=at + len(address))),)
    (found,) = restrictions(passages, replace(scraped, metadata=head))
    assert found.text == "CC BY-ND 4.0"


def test_a_licence_of_machines_that_nobody_knows_is_none():
    html = '<link rel="license" href="https://fanal.example/conditions"><h1>Un titre</h1><p>Du texte.</p>'
    assert read(open_text(f"<html><head>{html}</html>"), Memory()).rights == ()


def test_a_page_that_is_free_is_not_paywalled():
    html = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": true}</script><p>Texte.</p>'
    )
    assert read(open_bytes(html.encode(), name="page.html"), Memory()).rights == ()


@pytest.mark.parametrize(
    "text",
    [
        "Toute reproduction " * 20_000,
        "CC BY-" * 60_000,
        "Creative Commons " + "A-" * 100_000,
        "OUT FRANCE, " * 30_000,
        "NO ARCHIVE " + " " * 400_000,
        "EMBARGO " + "1." * 150_000,
        "Il vous reste " + "9" * 200_000,
        "reproduction autorisée " * 15_000,
        "FRANCE AND " * 30_000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_text_is_read_to_its_end(text):
    # A search that backtracks would never come back from this; how fast it comes back: tests/benchmarks/growth.py.
    _, passages = page(("legal", text))
    assert len(restrictions(passages)) <= 200
