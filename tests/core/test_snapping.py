"""Whole words: what a selection becomes. In the table [ and ] stand where the hand began and ended."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.core.edits import Span
from articles.core.folding import key
from articles.core.snapping import apart, around, compounds, hyphens, only, partings, pieces, places, snap

CASES = [
    # Letters and marks at the ends
    ("à [Paris] hier", "Paris"),
    ("à P[ar]is hier", "Paris"),
    ("à[ Paris, ]hier", "Paris"),
    ("dit « [Paris »], puis", "Paris"),
    ("[(Paris)]", "Paris"),
    ("[Emmanuel Mac]ron parle", "Emmanuel Macron"),
    ("Emm[anuel Mac]ron parle", "Emmanuel Macron"),
    ("[Macron, ]Scholz", "Macron"),
    ("[Macron, S]cholz", "Macron, Scholz"),
    ("[… ]", None),
    ("[«», !]", None),
    ("Fin.[Le]s autres", "Les"),
    ("[Fi]n.Les autres", "Fin"),
    # Elisions and apostrophes
    ("la côte d'[Azur] brûle", "Azur"),
    ("la [côte d'Az]ur brûle", "côte d'Azur"),
    ("la c[ôte d’Az]ur brûle", "côte d’Azur"),
    ("la [côte d']Azur brûle", "côte d'Azur"),
    ("la [côte d]'Azur brûle", "côte d'Azur"),
    ("la côte [d'Azur] brûle", "Azur"),
    ("la côte [d]'Azur brûle", "Azur"),
    ("[l’Élysée] dit", "Élysée"),
    ("[L’Élysée] dit", "Élysée"),
    ("[qu'Emmanuel Macron]", "Emmanuel Macron"),
    ("[jusqu'Alger]", "Alger"),
    ("chez [L'Or]éal", "L'Oréal"),
    ("chez L'O[ré]al", "L'Oréal"),
    ("DE [L'ÉLYSÉE]", "ÉLYSÉE"),
    ("NICE - [L'Élysée] dit", "Élysée"),
    ("à [N'Djam]ena", "N'Djamena"),
    ("Conan O[’Bri]en", "O’Brien"),
    ("[aujourd]'hui", "aujourd'hui"),
    ("en [Côte-d]'Or", "Côte-d'Or"),
    ("d'[Aix]-en-Provence", "Aix-en-Provence"),
    ("à Villeneuve-[d'Ascq]", "Villeneuve-d'Ascq"),
    ("[Valéry Giscard d'Est]aing", "Valéry Giscard d'Estaing"),
    ("l'[e\u0301tat-major]", "e\u0301tat-major"),
    # English possessives
    ("[Macron's] plan", "Macron"),
    ("[Macr]on’s plan", "Macron"),
    ("Macron[’s] plan", "Macron"),
    ("[James'] plan", "James"),
    # Hyphens
    ("à Saint-[Denis]", "Saint-Denis"),
    ("à [Saint]-Denis", "Saint-Denis"),
    ("avec Jean‑[Pierre Pap]in", "Jean‑Pierre Papin"),
    ("le vol [Paris]–Nice", "Paris"),
    ("- [Paris] -", "Paris"),
    # Abbreviations
    ("the [U].S. said", "U.S."),
    ("the [U.S.] said", "U.S."),
    ("à l'O.[N].U. hier", "O.N.U."),
    ("à [l'O.N.U.]", "O.N.U."),
    ("[J.-P. Chev]ènement", "J.-P. Chevènement"),
    ("J.-[P. Chev]ènement", "J.-P. Chevènement"),
    ("[J. Dup]ont", "J. Dupont"),
    ("[M. Belm]as.", "M. Belmas"),
    ("au [n° 5] de la rue", "n° 5"),
    ("Chanel [n]°5.", "n°5"),
    ("chez [AT]&T.", "AT&T"),
    ("[Procter & Gam]ble", "Procter & Gamble"),
    ("[Coca]-Cola Co. said", "Coca-Cola"),
    ("[Coca-Cola Co]. said", "Coca-Cola Co."),
    ("à [Paris.] Le", "Paris"),
    ("sur [lemonde].fr hier", "lemonde.fr"),
    ("sur [Canal+], hier", "Canal+"),
    ("de [3],5 millions", "3,5"),
    ("[@jean]_dupont", "jean_dupont"),
    # Emoji and accents
    ("👩‍👩‍👧‍👦 [Yuna 👋🏽]", "Yuna"),
    ("❤️[Paris]❤️", "Paris"),
    ("[❤️]", None),
    ("❤️ Pa[ris ❤️]", "Paris"),
    ("avec [Jos]e\u0301 Bové", "Jose\u0301"),
    ("avec Jose[\u0301 Bov]e\u0301", "Jose\u0301 Bove\u0301"),
    ("𝕻[𝖆𝖗]𝖎𝖘 la nuit", "𝕻𝖆𝖗𝖎𝖘"),
    # From right to left
    ("אמר [מרדכ]י בן יעקב", "מרדכי"),
    ("נסע ל[ירושלים], אמר", "לירושלים"),
    ("יְר[וּשָׁלַ]יִם", "יְרוּשָׁלַיִם"),
    ('דובר [צה]"ל אמר', 'צה"ל'),
    ("דובר צה[״ל] אמר", "צה״ל"),
    ("אמר ל[-CNN] אתמול", "CNN"),
    ("בית־[לחם]", "בית־לחם"),
    ("في [باري]س، أمس", "باريس"),
    ("و[باريس] أمس", "وباريس"),
    ("زار [الرياض؟]", "الرياض"),
    ("می‌[خواهم]", "می‌خواهم"),
    ("\u200f[מרדכי\u200f]", "מרדכי"),
    # Without spaces, as it was selected
    ("習近平[北京]訪問", "北京"),
    ("在[北京,]訪問", "北京"),
    ("ที่[กรุงเทพ]มหานคร", "กรุงเทพ"),
    ("で[iPho]ne発売", "iPhone"),
    ("대통령은 [서울]에서", "서울에서"),
    # Digits
    ("le [11] septembre 2001", "11"),
    ("l'[11] septembre", "11"),
]


def selection(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(("marked", "words"), CASES)
def test_a_selection_becomes_whole_words(marked: str, words: str | None) -> None:
    text, start, end = selection(marked)
    span = snap(text, start, end)
    assert (span.of(text) if span else None) == words


def test_the_table_holds_some_eighty_cases() -> None:
    assert len(CASES) >= 80


# What a registry may know, as names are compared.
KNOWN = {
    key(name)
    for name in (
        "Paris", "Vienne", "Maroc", "Israël", "Rabat", "Tel-Aviv", "Dakar", "Denis", "Malo", "Saint-Malo", "Guinée",
        "Bissau", "Guinée-Bissau", "Conakry", "Bosnie-Herzégovine", "Bosnie", "Herzégovine", "Louis", "Trump", "Poutine",
        "Bethléem", "לחם", "Berne", "Coca",
    )
}  # fmt: skip
HYPHENATED = [
    # Names on both sides
    ("Le Paris-[Vienne] part", "Vienne"),
    ("Le [Paris]-Vienne part", "Paris"),
    ("Le Paris-Vi[enn]e part", "Vienne"),
    ("Le [Paris-Vienne] part", "Paris-Vienne"),
    ("Le Pa[ris-V]ienne part", "Paris-Vienne"),
    ("l'accord [Maroc]-Israël", "Maroc"),
    ("l'accord Maroc-[Israël]", "Israël"),
    ("l'accord MAROC‑[ISRAËL]", "ISRAËL"),
    ("l'axe [Rabat]-Tel-Aviv", "Rabat"),
    ("l'axe Rabat-Tel-[Aviv]", "Tel-Aviv"),
    ("l'axe Rabat-[Tel]-Aviv", "Tel-Aviv"),
    ("le sommet [Trump]-Poutine", "Trump"),
    ("Paris-Dakar-[Berne]", "Berne"),
    ("d'[Israël]-Maroc", "Israël"),
    # One name, whatever its parts are
    ("à Saint-[Malo] hier", "Saint-Malo"),
    ("à Saint-[Denis] hier", "Saint-Denis"),
    ("à Tel-[Aviv] hier", "Tel-Aviv"),
    ("en [Guinée]-Bissau", "Guinée-Bissau"),
    ("en [Guinée]-Conakry", "Guinée-Conakry"),
    ("en Bosnie-[Herzégovine]", "Bosnie-Herzégovine"),
    ("à Port-[Louis]", "Port-Louis"),
    # Who can tell?
    ("[Coca]-Cola", "Coca-Cola"),
    ("avec Jean-[Pierre]", "Jean-Pierre"),
    ("dans Paris-[Match]", "Paris-Match"),
    ("Paris-Match-[Vienne]", "Paris-Match-Vienne"),
    ("le [maroc]-israël", "maroc-israël"),
    ("le Maroc-[israélien]", "Maroc-israélien"),
    ("בית־[לחם]", "בית־לחם"),
    ("de Paris-[d'Israël]", "Paris-d'Israël"),
]


def parted(text: str) -> frozenset[int]:
    return frozenset().union(*(partings(text, word, lambda name: key(name) in KNOWN) for word in compounds(text)))


@pytest.mark.parametrize(("marked", "words"), HYPHENATED)
def test_a_hyphen_parts_names_and_joins_all_else(marked: str, words: str) -> None:
    text, start, end = selection(marked)
    span = snap(text, start, end, parted(text))
    assert span
    assert span.of(text) == words


@pytest.mark.parametrize(("marked", "_"), CASES)
def test_where_nothing_is_known_no_hyphen_parts_anything(marked: str, _: str | None) -> None:
    text, start, end = selection(marked)
    nothing = frozenset().union(*(partings(text, word, lambda name: False) for word in compounds(text)))
    assert snap(text, start, end, nothing) == snap(text, start, end)


@pytest.mark.parametrize(
    ("marked", "part"),
    [
        ("dans Paris-[Match] hier", "Match"),
        ("avec [Jean]-Pierre hier", "Jean"),
        ("à Saint-[Denis]", "Denis"),
        ("[Paris-Match]", None),
        ("avec Jean-[Pierre Pap]in", None),
        ("un [porte]-parole", None),
        ("à [Paris]", None),
        ("[Aix]-en-Provence", None),
    ],
)
def test_of_a_word_that_stays_whole_its_part_alone_can_be_had(marked: str, part: str | None) -> None:
    text, start, end = selection(marked)
    word = snap(text, start, end)
    assert word
    found = only(text, word, start, end)
    assert (found.of(text) if found else None) == part
    if found:
        assert snap(text, *found, hyphens(text)) == found, "it stays what it is when it is sent"


@given(
    st.text(st.sampled_from("AbÉ -‑'’.\n"), max_size=24), st.sets(st.text("abé -", min_size=1, max_size=4)), st.data()
)
@example("A-A-A-A-A-A-A-A-A-A-A-A", {"a"}, None)
def test_words_parted_at_hyphens_are_stable_and_never_wider(text: str, names: set[str], data: st.DataObject) -> None:
    known = {key(name) for name in names}
    words = list(compounds(text))
    assert all(part.of(text)[0].isupper() for word in words for part in pieces(text, word) if part.of(text))
    apart_at = frozenset().union(*(partings(text, word, lambda name: key(name) in known) for word in words))
    assert all(key(word.of(text)) not in known for word in words if apart_at & set(range(*word)))
    assert apart_at <= hyphens(text)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(text))) if data else 1
    whole, part = snap(text, start, end), snap(text, start, end, apart_at)
    assert (whole is None) == (part is None)
    if whole and part:
        assert whole.covers(part)
        assert snap(text, *part, apart_at) == part


TEXTS = st.text(
    st.sampled_from("abÉd lLsU.N-'’&+°, «»\n5\"צל־،وب北กำ\u0301\u200d\u00ad\ufe0f❤👩🏽_"), min_size=1, max_size=24
)


@given(TEXTS, st.data())
@example("U.S.", None)
def test_snapping_is_stable_covers_the_letters_and_leaves_no_mark_at_the_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(text))) if data else 1
    span = snap(text, start, end)
    if span is None:
        selected = text[start:end]
        assert not any(char.isalnum() for char in selected)
        return
    words = span.of(text)
    assert snap(text, *span) == span
    assert words.strip() == words != ""
    assert words[0].isalnum() or unicodedata.category(words[0])[0] == "M"
    assert any(char.isalnum() for char in words)
    # What ends with a mark is an abbreviation, or bears its plus.
    if not (words[-1].isalnum() or unicodedata.category(words[-1])[0] == "M"):
        assert words[-1] in ".+"
        assert words[-2].isalnum() or words[-2] == "+"
    # Only an elision in front or a possessive behind is left outside.
    assert not any(char.isalnum() for char in text[min(start, span.start) : span.start][7:])
    assert sum(char.isalnum() for char in text[span.end : max(end, span.end)]) <= 1


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("Paris, Paris et paris. Parisien, Paris-Match", "Paris", 2),
        ("Saint-Denis, Saint‑Denis, Denis", "Saint-Denis", 2),
        ("côte d'Azur, côte d’Azur", "côte d’Azur", 2),
        ("José, Jose\u0301, Jose", "José", 2),
        ("José, Jose\u0301, Jose", "Jose\u0301", 2),
        ("José, Jose\u0301, Jose", "Jose", 1),
        ("Macron's, Macron, d'Macron", "Macron", 3),
        ("New  York, New\nYork", "New York", 2),
        ("l'O.N.U., O.N.U.", "O.N.U.", 2),
        ("北京北京", "北京", 2),
        ("L'Oréal. Chez L'Oréal, l'Oréal", "L'Oréal", 2),
        ("L'Élysée. Devant L'Élysée, l'Élysée", "Élysée", 3),
        ("anything", "", 0),
    ],
)
def test_the_same_words_are_found_as_whole_words(text: str, words: str, count: int) -> None:
    assert len(list(places(text, words))) == count


@given(TEXTS, st.data())
def test_words_that_were_snapped_are_found_where_they_are(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = snap(text, start, data.draw(st.integers(start + 1, len(text))))
    if span is not None and not any(char in text for char in "\ufe0f"):
        found = list(places(text, span.of(text)))
        assert any(place.overlaps(span) for place in found)
        assert all(isinstance(place, Span) and len(place) for place in found)


@pytest.mark.parametrize(
    ("text", "words", "wider"),
    [
        ("sur la côte d'Azur", "Azur", ["côte d'Azur", "la côte d'Azur", "sur la côte d'Azur"]),
        ("l'Azur", "Azur", []),
        ("une ligne\nd'Azur", "Azur", []),
        ("a b c d e f d’Azur", "Azur", ["f d’Azur", "e f d’Azur", "d e f d’Azur", "c d e f d’Azur"]),
    ],
)
def test_longer_runs_of_words_end_with_those_behind_an_elision(text: str, words: str, wider: list[str]) -> None:
    at = text.index(words)
    span = Span(at, at + len(words))
    assert apart(text, span)
    assert [place.of(text) for place in around(text, span)] == wider


def test_words_behind_a_space_are_not_apart() -> None:
    assert not apart("Université de Paris", Span(14, 19))
    assert not apart("'Paris'", Span(1, 6))
