"""The ledger: every character has one fate, and every fate a reason that an editor can read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.core.blocks import lines
from articles.core.cleaning.certainty import level
from articles.core.cleaning.classifier import classify
from articles.core.cleaning.kinds import KINDS
from articles.core.cleaning.memory import line_key
from articles.core.formats import open_text
from articles.core.values import Memory, OutletMemory, Scraped, SeenLine

PROSE = (
    "Les grues du port ont repris leur travail jeudi matin, après six semaines d'un conflit social qui avait paralysé "
    "l'essentiel du trafic de marchandises du pays."
)
MORE = (
    "Les armateurs attendaient cette décision depuis longtemps, et plusieurs navires attendaient au large mercredi "
    "soir, selon la capitainerie."
)
LINE = st.sampled_from(
    [
        PROSE,
        MORE,
        "Le port rouvre",
        "-",
        "12/03Un titre",
        "Publicité",
        "S'abonner",
        "",
        "  ",
        "Par Ana Lopes",
        "3 commentaires",
        "Lire aussi",
        "Monde.",
        "(Photo : X / AFP)",
        "שלום",
        "\u2028",
        "14:05 Titre",
    ]
)


def ledger(text, memory=None):
    scraped = open_text(text)
    blocks = classify(scraped, lines(scraped), "fr", memory or Memory())
    assert "".join(block.span.of(scraped.raw_text) for block in blocks) == scraped.raw_text
    for block in blocks:
        assert len(block.span)
        assert block.kept is KINDS[block.kind].kept
        assert 0.5 <= block.confidence <= 0.99
        assert block.reason
    return scraped.raw_text, blocks


def kinds(text, memory=None):
    """(kind, first words) of each line that is not blank."""
    raw, blocks = ledger(text, memory)
    found = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", raw):
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(next(block.kind for block in blocks if block.span.start <= at < block.span.end))
    return found


def around(*between):
    return "\n".join(["Le port rouvre ses quais", PROSE, *between, MORE])


@given(st.text(max_size=300))
def test_any_text_has_a_ledger_that_covers_it_exactly_once(text):
    scraped = Scraped(raw_text=text)
    blocks = classify(scraped, lines(scraped), "", Memory())
    assert "".join(block.span.of(text) for block in blocks) == text


@given(st.lists(LINE, max_size=25).map("\n".join))
def test_any_mix_of_lines_has_a_ledger_that_covers_it_exactly_once(text):
    scraped = Scraped(raw_text=text)
    blocks = classify(scraped, lines(scraped), "fr", Memory())
    assert "".join(block.span.of(text) for block in blocks) == text


def test_the_headline_before_the_text_is_the_title_even_with_a_full_stop():
    assert kinds(f"Le port rouvre ses quais\n{PROSE}\n{MORE}") == ["title", "body", "body"]
    assert kinds(f"Réouverture des quais du port de la capitale.\n\n{PROSE}\n{MORE}") == ["title", "body", "body"]


def test_a_text_without_a_headline_has_no_title():
    assert kinds(f"{PROSE}\n{MORE}") == ["body", "body"]


def test_the_headline_may_stand_behind_the_text_among_byline_section_and_date():
    text = f"{PROSE}\n{MORE}\nAna Lopes\nLe port rouvre aux cargos\nÉconomie.\nPublié le 12/03/2021 - Par Ana Lopes"
    assert kinds(text) == ["body", "body", "byline", "title", "section", "date"]


def test_a_title_that_is_repeated_is_kept_once():
    _, blocks = ledger(f"Le port rouvre ses quais\nLe port rouvre ses quais\n{PROSE}\n{MORE}")
    assert [block.kind for block in blocks] == ["title", "navigation", "body", "body"]
    assert blocks[1].reason == "repeats the title"


def test_a_list_of_dated_headlines_is_one_block_whose_reason_counts_its_lines():
    items = "\n-\n".join(f"{day:02}/03Un titre sur le sujet numéro {day}" for day in range(1, 9))
    raw, blocks = ledger(f"Le port rouvre ses quais\n{PROSE}\n{MORE}\n-\n{items}\nPublicité")
    assert [block.kind for block in blocks] == ["title", "body", "body", "related", "ad"]
    assert blocks[3].reason == "repeated headline list: date glued to headline, 8 lines"
    assert blocks[3].span.of(raw).startswith("-\n01/03")


def test_a_list_of_headlines_with_times_is_found_too():
    assert (
        kinds(
            f"Un titre simple\n{PROSE}\n{MORE}\n14:05 Un premier titre\n13:20 Un second titre\n12:59 Un dernier titre"
        )[3:]
        == ["related"] * 3
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Les quais vus du ciel, le 3 mars 2021. Crédit : Mairie de Lisbonne.", "caption"),
        ("Le ministre visite le portPhoto reproduite avec l’aimable autorisation de la mairie.", "caption"),
        ("Les camions (Selon la légende, on voit que la plupart des camions viennent du sud du pays)", "caption"),
        ("דני כהן: Le port de Sfax rouvre ses quais - kapitalis-kapitalis2", "caption"),
        ("(Photo by Jane Doe / REUTERS) / NO RESALE – MANDATORY CREDIT “HANDOUT”", "credit"),
        ("Crédit photo : Jane Doe", "credit"),
        ("Le Quotidien avec", "source"),
        ("Source : agence nationale", "source"),
        ("Lire aussi : Les dockers votent la grève", "related"),
        ("Read also: Dockers vote to strike", "related"),
        ("La rédaction supprimera tout commentaire raciste ou injurieux.", "comments"),
        ("L'espace des commentaires est fermé.", "comments"),
        ("12 commentaires", "comments"),
        ("S’abonner", "subscribe"),
        ("Inscrivez-vous à notre lettre du matin", "subscribe"),
        ("Nous utilisons des cookies pour mesurer l’audience.", "legal"),
        ("Ce site utilise Akismet pour réduire les indésirables.", "legal"),
        ("© 2021 Le Quotidien. Tous droits réservés.", "legal"),
        ("Accueil > Monde > Europe", "navigation"),
        ("Page 2 sur 7", "navigation"),
        ("Partager sur Facebook", "share"),
        ("Facebook Twitter WhatsApp", "share"),
        ("Publicité", "ad"),
        ("Temps de lecture : 4 min", "widget"),
        ("Publié le 12 mars 2021 à 08h15", "date"),
        ("Friday 12 March 2021, 10:15", "date"),
        ("Par Ana Lopes", "byline"),
    ],
)
def test_what_is_not_the_article_is_told_by_its_words(line, kind):
    assert kinds(around(line))[2] == kind


@pytest.mark.parametrize(
    "line",
    [
        "« Nous partageons sur Facebook ce que nous voulons », a répondu la ministre aux députés mercredi matin.",
        "Par ailleurs, le port annonce qu'il embauchera cinquante personnes avant la fin de l'année prochaine.",
        "Les abonnés du journal ont reçu une lettre de la direction, qui explique la fin de l'édition imprimée.",
        "Avec Reuters et l'AFP, l'agence nationale forme le trio des sources que citent les journaux de la région.",
    ],
)
def test_prose_that_uses_the_same_words_stays(line):
    assert kinds(around(line))[2] == "body"


def test_a_credit_glued_behind_a_paragraph_is_cut_off():
    text = f"Le port rouvre ses quais\n{PROSE} Les négociations doivent reprendre lundi.Crédit : Jane Doe / AFP\n{MORE}"
    raw, blocks = ledger(text)
    assert [block.kind for block in blocks] == ["title", "body", "credit", "body"]
    assert blocks[2].span.of(raw) == "Crédit : Jane Doe / AFP\n"


def test_of_a_short_text_and_a_text_of_fragments_nothing_is_certain():
    for text in ("Un pont.", "Trois mots ici\nquatre mots encore là\ndeux mots", "שלום"):
        _, blocks = ledger(text)
        assert all(level(block.confidence) != "certain" for block in blocks)


SIGN = "Le mot du patron"


def remembered(pages=9, seen=0, **decided):
    return Memory(outlet=OutletMemory(pages=pages, lines={line_key(SIGN): SeenLine(pages=seen, decided=decided)}))


def test_what_people_decided_about_a_line_on_other_pages_holds_for_this_one():
    _, blocks = ledger(around(SIGN), remembered(seen=3, widget=3))
    assert (blocks[2].kind, blocks[2].decided_by) == ("widget", "memory")
    assert blocks[2].reason == "decided so on 3 other pages of this outlet"
    _, blocks = ledger(around(SIGN), remembered(seen=1, caption=1))
    assert (blocks[2].kind, blocks[2].reason) == ("caption", "decided so on 1 other page of this outlet")


@pytest.mark.parametrize("decided", [{"widget": 3, "body": 1}, {"title": 2}, {"poem": 1}, {"widget": 0}, {}])
def test_decisions_that_differ_or_say_nothing_here_decide_nothing(decided):
    _, blocks = ledger(around(SIGN), remembered(seen=2, **decided))
    _, plain = ledger(around(SIGN))
    assert blocks == plain


@pytest.mark.parametrize(("pages", "seen", "common"), [(9, 3, True), (9, 2, False), (4, 2, True), (2, 0, False)])
def test_boilerplate_that_stands_on_many_pages_says_so(pages, seen, common):
    line = "Partager sur Facebook"
    memory = Memory(outlet=OutletMemory(pages=pages, lines={line_key(line): SeenLine(pages=seen)}))
    _, blocks = ledger(around(line), memory)
    assert blocks[2].kind == "share"
    assert (blocks[2].decided_by == "memory") is common
    assert (blocks[2].reason == f"same line on {seen} other pages of this outlet") is common


def test_a_line_of_the_article_is_not_dropped_because_it_stands_on_other_pages():
    memory = Memory(outlet=OutletMemory(pages=3, lines={line_key(PROSE): SeenLine(pages=3)}))
    raw, blocks = ledger(around("Publicité"), memory)
    assert next(block for block in blocks if PROSE in block.span.of(raw)).kept


def test_on_a_page_the_place_of_a_line_is_evidence():
    page = f"""<html><head><title>Le port rouvre ses quais - Gazette</title></head>
    <body><nav><a href="/">Monde d'hier</a></nav>
    <article><h1>Le port rouvre ses quais</h1><p class="chapo">Les cargos reviennent</p><p>{PROSE}</p>
    <figure><img src=x><figcaption>Les quais du port</figcaption></figure><h2>Une décision attendue</h2>
    <p>{MORE}</p></article>
    <div class="comments"><p>Quel beau port, vraiment, bravo à tous.</p></div>
    <footer>Gazette du port</footer></body></html>"""
    _, blocks = ledger(page)
    assert [block.kind for block in blocks] == [
        "navigation", "title", "subtitle", "body", "caption", "heading", "body", "comments", "navigation"
    ]  # fmt: skip


def test_a_megabyte_of_lines_is_read():
    scraped = Scraped(raw_text="\n".join([PROSE, "Publicité", "12/03Un titre"] * 5500))
    assert classify(scraped, lines(scraped), "fr", Memory())
