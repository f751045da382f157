"""The language is told by script and small words, and is unknown when nothing tells."""

import pytest

from articles.core.metadata.language import detect

TEXTS = {
    "fr": "Le préfet a rouvert le pont lundi, et les habitants de la ville peuvent de nouveau traverser la rivière.",
    "en": "The prefect reopened the bridge on Monday, and the people of the town can cross the river again.",
    "es": "El alcalde abrió el puente el lunes y los vecinos de la ciudad pueden cruzar el río de nuevo.",
    "de": "Der Bürgermeister hat die Brücke am Montag geöffnet, und die Menschen können wieder über den Fluss.",
    "it": "Il sindaco ha riaperto il ponte lunedì e gli abitanti della città possono di nuovo attraversare il fiume.",
    "pt": "O prefeito reabriu a ponte na segunda-feira e os moradores da cidade já podem atravessar o rio.",
    "nl": "De burgemeester heeft de brug op maandag geopend en de inwoners van de stad kunnen weer over de rivier.",
    "sv": "Borgmästaren öppnade bron på måndagen och invånarna i staden kan nu gå över floden igen.",
    "fi": "Pormestari avasi sillan maanantaina, ja kaupungin asukkaat voivat taas ylittää joen, kun se on auki.",
    "he": "ראש העיר פתח ביום שני את הגשר",
    "ar": "افتتح رئيس البلدية الجسر يوم الاثنين في المدينة",
    "ru": "Мэр открыл мост в понедельник, и жители города снова могут переходить реку.",
    "uk": "Мер відкрив міст у понеділок, і жителі міста знову можуть переходити річку.",
    "el": "Ο δήμαρχος άνοιξε τη γέφυρα τη Δευτέρα",
    "zh": "市长星期一重新开放了大桥",
    "ja": "市長は月曜日に橋を再開しました",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_sentence_tells_its_language(language, text):
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   ", "12 345", "§ %", "Xyzzy Plugh"])
def test_what_tells_nothing_is_unknown(text):
    assert detect(text) == ""


def test_a_hebrew_name_in_a_french_text_does_not_make_it_hebrew():
    assert detect(f"{TEXTS['fr']} דני כהן") == "fr"
