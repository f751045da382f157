"""Two texts that run into each other without a space."""

import re
from collections.abc import Iterator

from articles.core.quality.passages import READ, flag_on
from articles.core.values import Flag, Passage

GLUED = READ | {"credit", "byline", "date"}
# Words with which a page's next element begins when it was glued to a paragraph.
OPENERS = (
    "Image|Images|Photo|Photos|Crédit|Crédits|Credit|Publié|Publicité|Source|Sources|Vidéo|Video|Copyright|Lire|Voir|"
    "Regarder|Écouter|Partager|Abonnez|Suivez|Cliquez|Inscrivez|Illustration|Légende|Advertisement|Read|Share|Watch|"
    "Listen|Related|Posted|Published|Updated|Subscribe|Click|Follow|Le|La|Les|Un|Une|Des|Il|Elle|Ils|Elles|Ce|Cette|"
    "Ces|En|Dans|Pour|Selon|Mais|The|This|These|But|And|In|It|He|She|They|Par|By|"
    "Foto|Fotos|Bild|Bilder|Quelle|Anzeige|Werbung|Lesen|Teilen|Der|Die|Das|Ein|Eine|Sie|Und|Aber|"
    "Imagen|Fuente|Publicidad|Leer|Compartir|El|Los|Las|Una|Pero|"
    "Immagine|Fonte|Pubblicità|Leggi|Condividi|Il|Gli|Ma|Imagem|Publicidade|Leia|Compartilhe|Os|As|Uma|Mas"
)
AFTER_WORD = re.compile(rf"(?<![\w@/.\-])[a-zà-ÿ]{{3,}}[)»”\"]?(?=(?:{OPENERS})(?:[ \u00a0:]|['’]))")
AFTER_STOP = re.compile(r"(?<![\w@/.\-])(?:\w+['’])?[\wà-ÿ]*[a-zà-ÿ]{2}[.!?](?=[A-ZÀ-ÖØ-Þ][a-zà-ÿ]+(?:[\s,'’]|$))")
# The same in scripts without capitals, behind a word long enough to be no abbreviation.
AFTER_STOP_ELSEWHERE = re.compile(r"(?<![א-תء-ي])[א-תء-ي]{3,}+[.!?؟](?=[א-תء-ي]{2})")
DATED = (
    "Modifi|Publi|Mis à jour|Mise? en ligne|Updated|Published|Posted|Par |By |Actualis|Aktualisiert|Actualizado|"
    "Aggiornato|Atualizado|Pubblicato|Veröffentlicht|Von |Por "
)
AFTER_DIGIT = re.compile(rf"\d(?=(?:{DATED}))")
BRANDS = re.compile(r"(?:[A-Z]\w*|www|http\S*|e|i|mac|data|mc|de|van|le|la|du|des)$")
DOMAINS = re.compile(r"(?:Com|Net|Org|Fr|Info|Js|Io|Tv|Be|Ch|Co|Uk|Eu|Ma|News)(?![\w-])")


def glued(passage: Passage) -> Iterator[Flag]:
    """Places where a space is missing between two texts, each with the cut that is proposed."""
    if passage.block.kind not in GLUED:
        return
    text = passage.text
    for pattern in (AFTER_WORD, AFTER_STOP, AFTER_STOP_ELSEWHERE, AFTER_DIGIT):
        for match in pattern.finditer(text):
            at = match.end()
            word = re.compile(r"\w+").match(text, at)
            end = word.end() if word else at + 1
            if pattern is AFTER_STOP and DOMAINS.match(text, at):
                continue
            if pattern is AFTER_WORD and BRANDS.fullmatch(match[0]):
                continue
            detail = f"“{text[match.start() : at]}” and “{text[at:end]}” stand together without a space."
            yield flag_on(passage, "glued_text", match.start(), end, detail, at)
