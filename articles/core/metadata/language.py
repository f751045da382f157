"""Which language a text is in: its script first, then the small words that only some languages have."""

import re
from collections import Counter

# Scripts that settle it alone; letters told apart by code point ranges.
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("he", re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")),
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("han", re.compile("[\u3400-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f]")),
)
# The words that a page of each language can hardly do without, and letters that give one away.
SMALL_WORDS: dict[str, str] = {
    "fr": "le la les de des du un une et est dans que qui pour par sur au aux avec ce cette ces son sa ses il "
    r"elle ils ne pas plus "
    "ont été sont leur mais ou où nous vous selon après entre être avait était ainsi aussi comme fait se en à d "
    "l qu s n c",
    "en": "the of and to in a is that for it was on with as be at by this have from or an are not but they "
    "which his her he she "
    "has had were been their its will would who more after said about than into when",
    "es": "el la los las de del y en que un una por con para se su sus al es no lo más como pero fue ha han "
    "este esta ser son entre "
    "cuando sobre también hasta desde donde año según muy ya",
    "pt": "o a os as de do da dos das e em que um uma por com para se seu sua ao não mais como mas foi na no "
    "nas nos é são pelo pela "
    "este esta entre também até quando muito já ser você",
    "it": "il la lo gli le di del della dei delle e in che un una per con si al alla non più come ma è sono nel "
    "nella da dal dalla "
    "ha hanno questo questa anche suo sua loro dopo essere stato ai",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden "
    "aus er hat dass sie "
    "nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit door naar "
    "heeft hij ze werd was "
    "worden over hebben deze dit nog wel tot geen meer",
    "sv": "och att det i en som är på för av med den till inte om ett han har de var från vi så men kan när "
    "eller efter vid sin hon "
    "under också mot där ska skulle",
    "da": "og at det i en som er på for af med den til ikke om et han har de var fra vi så men kan når eller "
    "efter ved sin hun "
    "under også mod blev nogle være meget",
    "no": "og at det i en som er på for av med den til ikke om et han har de var fra vi så men kan når eller "
    "etter ved sin hun "
    "under også mot ble noen være mye",
    "fi": "ja on ei se että oli hän mutta ovat kun niin myös joka tai sen kuin mukaan vain jo nyt jos mitä ole "
    "kanssa hänen jotka "
    "olla sitä tämä vuoden hän voi siitä ollut",
    "pl": "w i na z się że do nie jest to o jak za od po przez dla są ale oraz ma jego co tym który która które "
    "był była było może "
    "już tylko przed został",
    "cs": "a v se na je že s z do to o i jako za pro ve po by jsou ale byl který jeho podle nebo už od při také "
    "až jen bylo však",
    "ro": "și în de la a cu pe că nu este din o un pentru care mai s sunt ce au fost prin au după să lui sau "
    "dar fi acest această",
    "hu": "a az és hogy nem is egy van ez meg volt csak már mint el de még ki azt vagy ha szerint után pedig "
    "lesz minden",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra en var değil olduğu ancak ama her "
    r"ya ise tarafından",
    "id": "yang dan di untuk dengan dari ini itu tidak dalam pada adalah akan ke juga oleh karena telah sebagai "
    "bisa ada atau",
    "ca": "el la els les de del i en que un una per amb es al no més com però va ha aquest aquesta són entre "
    "també fins des seva seu dels",
    "vi": "của và là có trong được cho không người các một này với những đã để khi từ đến về năm cũng như",
}
FAMILIES: dict[str, dict[str, str]] = {
    "cyrillic": {
        "ru": "и в не на что с по как это из у за к о для от он но все был его так же после при ы э",
        "uk": "і в не на що з по як це із у за до для від він але та був його так після про її є",
        "bg": "и в не на че с по как това от за към са се да ще но е като при след която",
        "sr": "и у не на да са по како то из за је су се али био његов после који што",
    },
    "arabic": {
        "ar": "في من على إلى أن التي الذي عن مع هذا هذه ما لا كان بعد كما ذلك قال بين وقد",
        "fa": "در از به که این را با است برای آن یک شد های می تا بر هم نیز گفت کرد",
        "ur": "کے میں کی ہے اور سے کا کو نے پر کہ یہ ہیں اس نہیں بھی ایک تھا گیا",
    },
}
LETTERS: dict[str, str] = {
    "de": "ß",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "sv": "åä",
    "da": "æø",
    "no": "æø",
    "pl": "łżźśćńąę",
    "cs": "řěůčšž",
    "ro": "țșăşţ",
    "hu": "őű",
    "tr": "ışğ",
    "fr": "œçêèàùû",
    "vi": "ạảấầẩậắằặẹẻếềểệỉịọỏốồổộớờởợụủứừửữựỳỵđ",
    "fi": "ä",
    "ca": "·",
    "uk": "іїєґ",
    "ru": "ыэё",
    "sr": "ђћљњџј",
    "bg": "ъ",
    "fa": "پچژگ",
    "ur": "ٹڈڑےں",
}
WORD = re.compile(r"[^\W\d_]+")
SEEN = 40_000
LEAST = 0.06
_SETS = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}
_FAMILY_SETS = {name: {k: frozenset(v.split()) for k, v in rows.items()} for name, rows in FAMILIES.items()}


def detect(text: str) -> str:
    """The ISO 639-1 code of the language of most of the text; "" when nothing tells."""
    seen = text[:SEEN] if len(text) <= 2 * SEEN else text[:SEEN] + " " + text[len(text) // 2 :][:SEEN]
    counts = Counter({name: len(pattern.findall(seen)) for name, pattern in SCRIPTS})
    # Han and kana words are short: one such letter says as much as two others.
    for dense in ("han", "kana", "ko"):
        counts[dense] *= 2
    script, letters = counts.most_common(1)[0]
    if letters < 2:
        return ""
    if script == "han":
        return "ja" if counts["kana"] > 0.1 * counts["han"] else "zh"
    if script == "kana":
        return "ja"
    if script == "latin":
        return _by_words(seen, _SETS)
    if script in _FAMILY_SETS:
        return _by_words(seen, _FAMILY_SETS[script]) or {"cyrillic": "ru", "arabic": "ar"}[script]
    return script


def _by_words(text: str, rows: dict[str, frozenset[str]]) -> str:
    """The language most of whose small words are here; "" below a share that chance explains."""
    words = Counter(WORD.findall(text.lower()))
    total = sum(words.values())
    if not total:
        return ""
    letters = Counter(text.lower())
    scores: dict[str, float] = {}
    for language, small in rows.items():
        score = 0.0 + sum(n for word, n in words.items() if word in small)
        score += min(0.5 * sum(letters[letter] for letter in LETTERS.get(language, "")), 0.25 * total)
        scores[language] = score / total
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= LEAST and scores[best] * total >= 1 else ""
