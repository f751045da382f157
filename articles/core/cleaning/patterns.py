# ruff: noqa: E501 - a pattern is a row of data, and is read better whole
"""The words by which a line is recognised: nothing but data, however long. All are matched on folded text: small
letters, no accents, one apostrophe (') and one hyphen (-). To teach the desk a new phrase, add it to its row."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from articles.core.cleaning.topics import COMMENTS, LEGAL, MACHINERY

Where = Literal["whole", "start", "anywhere"]


EDGES = " .:!?»«>+*|•·…-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """A row: lines of at most ``longest`` characters with these words (regular expressions) there are of this kind.
    ``topic`` is what a line must speak of to have them."""

    kind: str
    reason: str
    confidence: float
    where: Where
    longest: int
    pattern: re.Pattern[str]
    topic: int = 0

    def fits(self, folded: str, bare: str) -> bool:
        """``bare`` is the folded line without the signs at its edges."""
        if len(folded) > self.longest:
            return False
        if self.where == "whole":
            return self.pattern.fullmatch(bare) is not None
        return (self.pattern.match(folded) if self.where == "start" else self.pattern.search(folded)) is not None


def _row(kind: str, reason: str, confidence: float, where: Where, longest: int, *words: str, topic: int = 0) -> Phrases:
    edge = r"(?:(?<=\W)|(?!\w))"
    return Phrases(
        kind=kind, reason=reason, confidence=confidence, where=where, longest=longest, topic=topic,
        pattern=re.compile(rf"(?:{'|'.join(words)}){edge}" if where == "start" else "|".join(words)),
    )  # fmt: skip


NETWORKS = (
    r"facebook|twitter|x|whatsapp|linkedin|telegram|instagram|pinterest|reddit|bluesky|threads|messenger|youtube|"
    r"tiktok|"
    r"e-?mail|mail|courriel|flipboard|mastodon|viber|tumblr|print|imprimer|copy link|copier le lien|copier|link|"
    r"lien|rss|sms"
)
SHARE = (
    r"partager?|partagez|share|tweet(?:er)?|compartir|teilen|condividi|compartilhar|dela|jaa|delen|envoyer|send|"
    r"post|"
    r"follow us|suivez-nous|suivre|save|enregistrer"
)
MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fevr|avr|juil|sept|"
    "oct|nov|dec|"
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|"
    "jul|aug|sep|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "januar|februar|marz|mai|juni|juli|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|"
    "ottobre|"
    "novembre|dicembre|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro|januari|"
    "februari|maart|"
    "mei|augusti|tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesakuuta|heinakuuta|elokuuta|syyskuuta|"
    "lokakuuta|"
    "marraskuuta|joulukuuta"
)
DAYS = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "mon|tue|wed|"
    "thu|fri|sat|sun|lunes|martes|miercoles|jueves|viernes|sabado|domingo|montag|dienstag|mittwoch|donnerstag|"
    "freitag|samstag|"
    "sonntag|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|mandag|tisdag|onsdag|torsdag|fredag|lordag|"
    "sondag|"
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
DATE_OPENER = (
    r"(?:article )?(?:publiee?|paru|poste|mise? en ligne|mise? a jour|actualise|modifiee?|cree|posted|published|"
    r"updated|last "
    r"(?:updated|modified)|first published|created|publicado|actualizado|veroffentlicht|aktualisiert|stand|"
    r"pubblicato|aggiornato|"
    r"atualizado|publicerad|uppdaterad|publicerat|julkaistu|paivitetty|gepubliceerd|bijgewerkt|date|פורסם|עודכן|"
    r"نشر|تم النشر)"
)
DATE_LINE = re.compile(rf"{DATE_OPENER}\b.{{0,12}}?(?:\d|\b(?:{DAYS}|aujourd'hui|hier|today|yesterday|il y a)\b)")
# Months of the Hebrew and the Muslim calendar, which some pages print beside the other.
OTHER_MONTHS = (
    "nissan|nisan|iyar|sivan|tamouz|tammuz|av|eloul|elul|tichri|tishrei|hechvan|heshvan|cheshvan|kislev|tevet|chevat|"
    "shevat|chvat|adar|mouharram|muharram|safar|rabi|joumada|jumada|rajab|chaabane|shaban|ramadan|chawwal|shawwal"
)
_DATE_WORDS = sorted(
    f"{MONTHS}|{DAYS}|{OTHER_MONTHS}|le|la|a|at|on|of|de|del|den|der|the|du|am|pm|a.m.|p.m.|gmt|utc|cet|est|edt|et|ist|um|uhr|"
    "kl|klo|ore|h|min".split("|"),
    key=len,
    reverse=True,
)
# Longest word first and nothing taken back: a line of a thousand digits must cost no more than its length.
DATE_ONLY = re.compile(
    rf"(?:(?>{'|'.join(map(re.escape, _DATE_WORDS))}|(?<!\d)\d{{1,4}}(?!\d)(?:h\d{{0,2}}|st|nd|rd|th|er|e)?|[-/.:,|·•()–—+])\s*+)++"
)
MONTH = re.compile(rf"\b(?:{MONTHS})\b")
NUMERIC_DATE = re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b")
# A date and then who wrote: "15 juin 2024, 8 h, par la redaction".
DATE_AND_NAME = re.compile(rf"(?P<date>{DATE_ONLY.pattern})(?:par|by|von|por|di|door) (?P<name>.{{2,60}})")
RELATIVE_DATE = re.compile(
    r"(?:il y a|ago\b|hace|vor) ?\d{1,3} ?\w+|\d{1,3} ?(?:min(?:ute)?s?|h(?:ou)?rs?|days?|"
    r"weeks?|months?) ago"
)

BYLINE_OPENER = re.compile(
    r"(?:(?:ecrit |redige |propos recueillis |article |textes? )?par|text by|texte et photos|written by|by|von|por|di|av|text|texte|door|tekst|"
    r"toimittaja|autor|auteur|"
    r"author|reporting by|מאת|بقلم|كتب) ?:? ",
)
NEWSROOMS = re.compile(
    r"(?:la |the )?(?:redaction|newsroom|staff writers?|desk|redaccion|redaktion|"
    r"redazione)\b.{0,30}"
)

SECTIONS = frozenset(
    [
        "international",
        "monde",
        "politique",
        "societe",
        "economie",
        "culture",
        "sport",
        "sports",
        "sante",
        "sciences",
        "science",
        "technologie",
        "technologies",
        "tech",
        "france",
        "europe",
        "afrique",
        "asie",
        "amerique",
        "ameriques",
        "moyen-orient",
        "proche-orient",
        "israel",
        "opinion",
        "opinions",
        "editorial",
        "tribune",
        "tribunes",
        "actualite",
        "actualites",
        "actu",
        "a la une",
        "faits divers",
        "justice",
        "environnement",
        "climat",
        "planete",
        "medias",
        "education",
        "defense",
        "diplomatie",
        "histoire",
        "judaisme",
        "antisemitisme",
        "regions",
        "local",
        "people",
        "cinema",
        "musique",
        "livres",
        "idees",
        "debats",
        "enquete",
        "reportage",
        "world",
        "world news",
        "politics",
        "business",
        "economy",
        "us news",
        "uk news",
        "middle east",
        "africa",
        "asia",
        "americas",
        "health",
        "entertainment",
        "arts",
        "lifestyle",
        "travel",
        "technology",
        "environment",
        "news",
        "breaking news",
        "national",
        "analysis",
        "features",
        "commentary",
        "markets",
        "internacional",
        "mundo",
        "politica",
        "economia",
        "deportes",
        "sociedad",
        "cultura",
        "espana",
        "politik",
        "wirtschaft",
        "kultur",
        "gesellschaft",
        "ausland",
        "inland",
        "wissen",
        "panorama",
        "esteri",
        "cronaca",
        "mondo",
        "utrikes",
        "inrikes",
        "ekonomi",
        "ulkomaat",
        "kotimaa",
        "talous",
        "kulttuuri",
        "urheilu",
        "buitenland",
        "binnenland",
        "economie",
        "חדשות",
        "פוליטיקה",
        "ספורט",
        "כלכלה",
        "بعالم",
        "سياسة",
        "رياضة",
        "اقتصاد",
    ]
)

AGENCIES = (
    r"afp|reuters|ap|associated press|getty(?: images)?|epa|efe|ansa|dpa|belga|apa|xinhua|sipa(?: press)?|abaca|"
    r"flash ?90|"
    r"shutterstock|istock|unsplash|pixabay|wikimedia(?: commons)?|keystone|alamy|gpo|idf|map|aps|tass|anadolu"
)
RIGHTS = re.compile(
    r"restricted to editorial use|mandatory credit|editorial use only|for editorial use|no (?:archives?|resales?|"
    r"sales|marketing)\b|"
    r"not for (?:resale|commercial)|usage editorial|credit obligatoire|all rights of reproduction"
)
# What may stand behind "By" and is no person.
DESK = re.compile(rf"(?:: ?)?(?:{NEWSROOMS.pattern}|(?:l'|the )?(?:{AGENCIES})\b)")
PICTURE = (
    r"photos?|photographie|images?|illustrations?|video|credits?|cr\. photos?|credits? photos?|photo credits?|"
    r"copyright|foto|fotos|"
    r"bild|imagen|immagine|imagem|kuva|beeld|legende|caption|capture(?: d'ecran)?|screenshot|infographie|dessin|"
    r"צילום|تصوير"
)
CREDIT_OPENER = re.compile(
    rf"\(? ?(?:(?:{PICTURE}) ?(?::|by|par|©|\(c\))|(?:{PICTURE}) (?:d'archives?|d'illustration)|©|\(c\)|"
    rf"(?:courtesy of|file photo|handout))"
)
CREDIT_ALONE = re.compile(
    rf"(?:photos?|images?|credits?)? ?:?(?:©|\(c\))? ?d\.? ?r\.?|\(? ?(?:[\w .'-]{{2,40}} ?[/|,-] ?)?(?:{AGENCIES})(?: ?[/|"
    rf",-] ?[\w .'-]{{2,40}})? ?\)?"
)
CREDIT_TAIL = re.compile(
    r"[\s(]*+(?:credits?(?: photos?| images?)? ?:|photos? ?:|photograph(?:s|y|ie|er)? ?:|photo by|photo credit|foto ?:|"
    r"bild ?:|images? ?:|pictures? ?:|©|\(c\) |"
    r"\((?:photos?|credits?|"
    r"images?|ap photo|afp|reuters|getty)\b)"
)
COURTESY = re.compile(
    r"(?:image|photo|photographie|illustration|video|capture)s? (?:reproduites?|fournies?|publiees?|diffusees?|"
    r"transmises?|prises?|"
    r"provided|released|courtesy|taken|supplied|d'archives?|d'illustration)|l'aimable autorisation|courtesy of|"
    r"capture d'ecran|"
    r"screen ?shot|file (?:photo|picture)|photo d'illustration|image d'illustration|handout (?:photo|picture|image)"
)
ASIDE_OPENER = re.compile(
    r"(?:selon|d'apres|source|photo|image|credit|according|voir|illustration|via|capture|carte|map|graphique|graph|"
    r"infographie|document|"
    r"here|ici|a gauche|from left)"
)
CAPTION_VIEW = re.compile(
    r"\b(?:de gauche a droite|ci-dessus|ci-contre|from left|pictured|seen here|in this (?:file|undated|handout)|"
    r"sur cette (?:photo|image)|von links|im bild)\b|"
    r"[(,] ?(?:a gauche|a droite|au centre|left|right|cent(?:re|er)|top left|top right|l|r|links|rechts|mitte)(?:\)|,|$)"
)

# fmt: off
LINES: tuple[Phrases, ...] = (
    _row("source", "note about where the text was taken from", 0.85, "start", 160,
         r"sources? ?:", r"cet article (?:est|a ete|a d'abord ete)",
         r"this (?:article|story|piece) (?:was|is|has been)",
         r"(?:article|texte) (?:original|initialement|paru|publie|traduit)", r"originally published",
         r"first (?:published|appeared)",
         r"(?:traduit|adapte|traduction)(?: \w+){0,3} (?:par|de|pour)\b", r"translated (?:by|from)",
         r"reproduit avec", r"fuente ?:",
         r"quelle ?:", r"fonte ?:", r"kalla ?:", r"lahde ?:", r"bron ?:",
         r"\(?avec (?:afp|reuters|ap|agences?|l'afp|les agences)\b.{0,25}$",
         r"\(?with (?:afp|reuters|ap|agencies)\b.{0,25}$", r"retrouvez (?:l'article|cet article)"),
    _row("comments", "comment policy or form", 0.95, "anywhere", 420,
         r"(?:tout|les|ces|vos) commentaires? .{0,40}(?:antisemit|racist|diffamatoir|injurieu|moder|supprim|"
         r"publie)",
         r"retirera d'office", r"espace (?:des |de )?commentaires?", r"pouvoir commenter",
         r"commenter cet? article",
         r"(?:laisse[rz]|poste[rz]|ecri(?:re|vez)|ajoute[rz]|publie[rz]|redige[rz]) (?:un|votre|"
         r"le premier) commentaire",
         r"(?:leave|post|add|write) (?:a|your) (?:comment|reply)",
         r"comments? (?:are|is|will be) (?:closed|moderated|disabled|open|subject)",
         r"commentaires? (?:sont|est) (?:ferme|clos|desactive|modere|ouvert|reserve)",
         r"comment (?:policy|guidelines)", r"join the (?:discussion|conversation)",
         r"e-?mail (?:address )?will not be published", r"adresse (?:e-?mail|de messagerie|courriel) ne sera pas",
         r"champs obligatoires",
         r"required fields are marked", r"be the first to comment", r"soyez le premier a commenter",
         r"log ?in to (?:leave|post|comment)",
         r"to post a comment", r"dejar un comentario", r"kommentar (?:schreiben|hinterlassen|verfassen)",
         r"lascia un commento",
         r"deixe um comentario", r"save my name, email", r"enregistrer mon nom", r"charte de moderation",
         r"(?:moderat(?:eurs?|ion|ors?)|redaction|editors?|equipe).{0,60}reserve(?:nt|s)? .{0,12}(?:droit|right)",
         r"reserve(?:nt|s)? (?:le droit|the right) (?:de|to) (?:refuser|supprimer|moderer|effacer|remove|delete|moderate|"
         r"reject|edit)",
         r"(?:inscrits?|abonnes?|connectes?|membres?|subscribers?|members?) (?:peuvent|can) (?:reagir|commenter|poster|"
         r"comment|post|reply)",
         r"(?:connecte|identifi|inscri)\w*.{0,60}\b(?:commenter|reagir)\b", r"^pour (?:commenter|reagir)\b",
         r"invitee?s? a (?:reagir|commenter)", r"\bmoder(?:e|ent|es) les commentaires", r"welcomes? (?:your |readers' )?comments(?: from (?:subscribers|readers|our)|$)",
         r"(?:comments|commentaires).{0,60}\b(?:house rules|disqus|moderes?|moderated)\b",
         r"(?:discussion|thread) is (?:now )?closed", r"kommentare? .{0,40}(?:geschlossen|moderiert)",
         r"comentarios? .{0,40}(?:cerrad|moderad)", r"commenti .{0,40}(?:chius|moderat)",
         r"השארת תגובה", r"הוסף תגובה", r"اترك تعليق", topic=COMMENTS),
    _row("comments", "comment counter or comment list", 0.93, "whole", 60,
         r"\(?\d* ?(?:commentaires?|comments?|comentarios?|kommentare?|commenti|commentarios?|kommentarer?|"
         r"kommenttia?|reacties?|reactions?|replies|"
         r"reponses?|תגובות|تعليقات|التعليقات)\)?(?: \(?\d+\)?)?",
         r"(?:aucun|no|pas de) (?:commentaires?|comments?)(?: yet)?",
         r"commentaires? en ligne", r"(?:afficher|voir|lire|charger|view|show|see|load|read) (?:all|tous|toutes|"
         r"more|plus|les|de|the|\d+|previous| )*"
         r"(?:les )?(?:commentaires|comments|reponses|replies)", r"inline feedbacks?",
         r"(?:le|les) plus (?:anciens?|recents?|votes?|populaires?)",
         r"oldest|newest|most voted", r"repondre|reply|signaler|report abuse",
         r"votre (?:commentaire|nom|e-?mail|message)",
         r"your (?:name|comment|e-?mail|website)"),
    _row("subscribe", "subscription, account or login prompt", 0.93, "whole", 80,
         r"s'abonner(?: .{0,30})?", r"abonnez-vous(?: .{0,40})?", r"je m'abonne",
         r"subscribe(?: (?:now|today|for free|here))?", r"notification pour",
         r"notify (?:me )?of", r"guest|invite", r"label|website|site web",
         r"connexion|se connecter|login|log ?in|sign ?in|log ?out|deconnexion|connect",
         r"sign ?up|register|s'inscrire|inscription|je m'inscris|creer un compte|create (?:an )?account|"
         r"mon compte|my account|mot de passe.{0,12}",
         r"(?:la |our |notre |nos |free |daily )?newsletters?(?: gratuite)?",
         r"suscribete|registrate|iniciar sesion", r"abonnieren|anmelden|registrieren",
         r"abbonati|iscriviti|accedi", r"assine|inscreva-se|entrar", r"prenumerera|logga in",
         r"tilaa|kirjaudu(?: sisaan)?", r"abonneren|inloggen",
         r"deja abonne|already (?:a )?(?:subscribed|subscriber|member)",
         r"(?:votre |your )?(?:adresse )?(?:e-?mail|courriel)(?: address)?", r"recevoir .{0,12}(?:alerte|newsletter|lettre).{0,20}",
         r"(?:article|contenu) (?:reserve aux|pour les) abonnes", r"subscribers? only", r"nur fur abonnenten",
         r"(?:vous avez )?deja un compte.{0,40}", r"already have an account.{0,40}",
         r"(?:free|our|the)? ?(?:daily|weekly|monthly) newsletter", r"soutenez .{2,60}\bdons?", r"support .{2,40}\bdonat\w+",
         r"הרשמה|התחברות|התחבר", r"تسجيل الدخول|اشترك"),
    _row("subscribe", "subscription, account or login prompt", 0.9, "start", 280,
         r"abonnez-vous", r"inscrivez-vous", r"connectez-vous", r"identifiez-vous",
         r"recevez (?:chaque|nos|notre|toute|gratuitement|les?)", r"subscribe to",
         r"sign up (?:for|to|now|here)", r"get (?:our|the) .{0,40}(?:newsletter|inbox|e-?mail)", r"deja abonne",
         r"(?:vous avez )?deja (?:un compte|inscrit)", r"already have an account",
         r"(?:log|sign) ?in to (?:continue|read|view|access)", r"register to (?:continue|read)",
         r"you (?:have|'ve)(?: \w+){1,4} (?:free )?articles?\b.{0,20}(?:left|remaining|this month)",
         r"already a subscriber", r"il vous reste .{0,20}(?:a lire|articles?)",
         r"(?:la suite|cet article|ce contenu|l'article).{0,20} reserve",
         r"this (?:article|content) is (?:for|only)", r"(?:to|pour) (?:continue|continuer|lire la suite)",
         r"create a free account", r"privacy notice ?: newsletters?", r"suscribete a", r"melden sie sich", r"iscriviti alla",
         r"soutenez(?:-nous| notre| le journalisme)", r"support (?:our|independent) journalism",
         r"faites un don", r"donate (?:now|today)", r"rejoignez (?:notre|nos|la chaine)",
         r"join our (?:newsletter|whatsapp|telegram|channel)"),
    _row("legal", "legal notice: cookies, terms, privacy or copyright", 0.95, "anywhere", 600,
         r"akismet", r"(?:nous|ce site|notre site|we|this (?:web)?site|our partners|nos partenaires|wir|"
         r"utilizamos|usamos).{0,90}\bcookies?\b",
         r"\bcookies? .{0,60}(?:accepte|parametr|refuse|consent|settings|experience|audience)",
         r"politique de (?:confidentialite|cookies)", r"privacy (?:policy|notice)",
         r"cookie (?:policy|notice|settings)",
         r"donnees (?:de vos commentaires|personnelles sont)", r"comment data is processed", r"mentions legales",
         r"conditions generales (?:d'utilisation|de vente)",
         r"terms (?:of (?:use|service)|and conditions)", r"(?:tous )?droits (?:de reproduction )?reserves",
         r"all rights reserved", r"reproduction (?:interdite|strictement|totale)",
         r"todos los derechos", r"alle rechte vorbehalten", r"tutti i diritti", r"todos os direitos",
         r"datenschutz(?:erklarung)?\b.{0,40}$", r"protected by recaptcha",
         r"we value your privacy", r"(?:store|access) .{0,30}information on (?:a|your) device", r"gestion des cookies",
         r"gerer (?:mes|les|vos) (?:cookies|preferences|choix)", r"nous (?:utilisons|et nos).{0,40}traceurs",
         r"(?:nos|our) (?:\d+ )?(?:partenaires|partners).{0,40}(?:traceurs|cookies|donnees|data)", r"societe editrice", r"\bcppap\b",
         r"ne peu(?:t|vent) etre (?:reproduit|repris|diffuse|redistribue)\w{0,2} sans",
         r"\btoute (?:reprise|reproduction|diffusion).{0,60}(?:interdit|autoris|soumis|mention)",
         r"(?:propulse|powered) (?:par|by).{0,60}\b(?:19|20)\d\d\b", r"^our (?:standards|code)\b.{0,60}$",
         r"may not be (?:published|reproduced|redistributed)", r"כל הזכויות שמורות", r"جميع الحقوق محفوظة", topic=LEGAL),
    _row("legal", "copyright line", 0.9, "start", 160, r"(?:©|\(c\)|copyright)(?: ?©)? ?(?:19|20)\d\d",
    r"copyright ©"),
    _row("legal", "choice of a consent notice", 0.88, "whole", 60,
         r"(?:tout |je )?(?:accepter|refuser|accepte|refuse)(?: tout| et (?:fermer|continuer)| les cookies)?",
         r"continuer sans accepter", r"(?:accept|reject|allow|refuse|decline)(?: all| cookies)*", r"i (?:agree|accept)",
         r"(?:manage|set|change|cookie|privacy|more) (?:preferences|options|settings|choices)", r"parametrer(?: .{0,20})?",
         r"(?:alle(?:s)? )?(?:akzeptieren|ablehnen)", r"(?:aceptar|rechazar)(?: todo| todas)?", r"(?:accetta|rifiuta)(?: tutto)?"),
    _row("ad", "advertising label", 0.95, "whole", 60,
         r"publicites?|pub|annonces?(?: publicitaires?)?|advertisements?|advertising|ads?|sponsored(?: content)?|"
         r"sponsorise|contenu (?:sponsorise|partenaire)|promoted|promo|"
         r"anzeige|werbung|publicidad|pubblicita|publicidade|annons|mainos|advertentie|reklame|פרסומת|اعلان|إعلان|"
         r"(?:la suite|continuer(?: la lecture| a lire)?|l'article continue|lire la suite) apres (?:la |cette )?publicite|"
         r"(?:continue reading|story continues|article continues|scroll|read on)(?: below| after|"
         r" to)?.{0,30}(?:advertisement|ad)?|advertisement - scroll.{0,30}"),
    _row("navigation", "menu, crumb or page number", 0.92, "whole", 60,
         r"accueil|home(?: ?page)?|menu(?: principal)?|recherche(?:r)?|search|retour(?: .{0,25})?|"
         r"back(?: to .{0,20})?|suivante?|precedente?|next(?: article| page)?|previous(?: article| page)?|"
         r"article (?:precedent|suivant)|page (?:precedente|suivante)|prev|pages? ?:? ?\d+(?: ?(?:sur|of|de|/|"
         r"von) ?\d+)?|\d+ ?/ ?\d+|\d{1,3}(?: \d{1,3}){2,}|"
         r"skip to (?:main )?(?:content|navigation)|aller au contenu(?: principal)?|haut de page|back to top|"
         r"plan du site|site ?map|contact(?:ez-nous| us)?|a propos|about(?: us)?|"
         r"qui sommes-nous|toutes? (?:les? )?(?:actualites?|rubriques?|l'actualite)|voir (?:plus|tout)|see (?:all|"
         r"more)|view all|show more|load more|plus|more|lire plus|"
         r"fermer|close|open|ouvrir|ok|inicio|startseite|uber uns|impressum|home|cerca|buscar|"
         r"suche|hem|etusivu|zoeken|"
         r"תפריט|חיפוש|ראשי|دף הבית|الرئيسية|القائمة|بحث|(?:tags?|mots[- ]cles?|etiquettes?|topics?|categories?|"
         r"filed under|sujets?)(?: ?:.{0,80})?"),
    _row("share", "share or print buttons", 0.93, "whole", 140,
         rf"(?!(?:article|page|story|on|post|x|mail|link|via|to|this|[\d ,.:])+$)(?:(?:{SHARE}|{NETWORKS}|sur|on|via|par|to|with|cet?|cette|this|article|page|story|\+|&|et|and|un ami|"
         rf"a friend|\d+)[ |·,/:•-]*)+",
         r"(?:partager|share) .{0,40}", r"(?:offrir|gift) (?:cet |l'|this )article",
         r"(?:j'aime|like)(?: ca| this| chargement|[ :.…])*(?:loading)?", r"reuse this content", r"(?:order )?reprints?",
         r"recommander(?: sur .{0,20})?", r"(?:envoyer|send)(?: cet article)? (?:par|by) (?:courriel|e-?mail)"),
    _row("widget", "left over from the page's machinery", 0.9, "whole", 120,
         r"chargement.{0,25}|loading.{0,25}|(?:please )?(?:enable|activate) javascript.{0,60}|play(?: video)?|"
         r"(?:lire|voir|regarder) la video|watch(?: now| video| live)?|video player.{0,30}|"
         r"your browser does not support.{0,40}|[\d.,]+ ?k? ?(?:vues?|views?|partages?|shares?|likes?|lectures?)|"
         r"ecouter (?:l'|cet )?article.{0,20}|listen to (?:this )?article.{0,20}|"
         r"(?:temps de )?lecture ?:? ?\d+.{0,12}|(?:reading time ?:? ?)?\d+ ?min(?:ute)?s?(?: de lecture|"
         r" read(?:ing)?)?|"
         r"wpdiscuz|powered by .{0,30}|error \d+.{0,40}|zoom|diaporama|slideshow|gallery|image \d+ (?:of|sur) \d+|"
         r"text size|taille du texte|a ?a ?a|live|en direct"),
    _row("widget", "left over from the page's machinery", 0.9, "anywhere", 120,
         r"^.{0,40}(?:activer|enable|requires?) javascript.{0,40}$",
         r"^(?:.{0,60}[ !.])?(?:telechargez|download) (?:l'|notre |the |our )?app(?:li|lication)?\b.{0,40}$",
         topic=MACHINERY),
)

# fmt: on


def _any(where: Where) -> re.Pattern[str]:
    return re.compile("|".join(row.pattern.pattern for row in LINES if row.where == where))


# Most lines are none of these: one question tells so for all rows of a sort.
ANY_WHOLE, ANY_START = _any("whole"), _any("start")
SEARCHED = COMMENTS | LEGAL | MACHINERY
LONGEST = max(row.longest for row in LINES)
LONGEST_WHOLE = max(row.longest for row in LINES if row.where == "whole")


def first_row(folded: str, topics: int) -> Phrases | None:
    """The first row that fits a line; ``topics`` is what the line may speak of."""
    return _remembered(folded, topics) if len(folded) <= LONGEST else None


@lru_cache(maxsize=20_000)
def _remembered(folded: str, topics: int) -> Phrases | None:
    bare = folded.strip(EDGES)
    whole = len(folded) <= LONGEST_WHOLE and ANY_WHOLE.fullmatch(bare) is not None
    start = ANY_START.match(folded) is not None
    if not (whole or start or topics & SEARCHED):
        return None
    asked = {"whole": whole, "start": start}
    rows = (row for row in LINES if asked.get(row.where, bool(row.topic & topics)))
    return next((row for row in rows if row.fits(folded, bare)), None)


RELATED_OPENER = re.compile(
    r"(?:(?:a )?lire (?:aussi|egalement)|a lire|lisez aussi|voir (?:aussi|egalement)|a voir aussi|a decouvrir|"
    r"(?:also )?read(?: also|:| more\b| next)|also read|see also|related(?: articles?| stories| content| posts?|"
    r" news)?\b ?(?::|$)|"
    r"more (?:on|from|stories|news)\b|articles? (?:lies|similaires|connexes|recents|associes)|"
    r"sur le meme (?:sujet|theme)|dans la meme rubrique|du meme auteur|"
    r"(?:les )?(?:articles )?(?:les )?plus (?:lus|vus|partages|populaires)$|most (?:read|popular|viewed)|"
    r"recommended(?: for you| (?:stories|articles|reading))?$|recommande.{0,12}$|trending(?: now)?$|you (?:may|might) (?:also )?(?:like|be interested)|"
    r"vous aimerez|cela (?:peut|pourrait) (?:aussi )?vous|ne manquez pas|don't miss|top stories|latest (?:news|"
    r"stories|articles)|derni(?:ers|eres) (?:articles|actualites|infos|nouvelles|depeches)|fil (?:info|"
    r"d'actualite)|flash info|notre dossier|"
    r"le(?:e|a|ia) tambien|lee tambien|te puede interesar|noticias relacionadas|lesen sie auch|mehr zum thema|"
    r"auch interessant|leggi anche|articoli correlati|leia (?:tambem|mais)|las (?:ocksa|mer)|"
    r"lue myos|lue lisaa|lees (?:ook|meer)|קראו גם|קרא גם|כתבות נוספות|اقرأ أيضا|اقرا ايضا|مواضيع ذات صلة)"
)
LIST_ITEM = re.compile(
    r"(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{1,2} ?[:h] ?\d{2}(?: ?[ap]m)?)\s*[-–—|"
    r":•]?\s*(?=[^\W\d]|[\"«“'])",
    re.IGNORECASE,
)
GLUED_ITEM = re.compile(r"(?:\d{1,2}[/.]\d{1,2}|\d{1,2}[:h]\d{2})(?=[^\W\d_]|[\"«“])")
# Who reported, at the end of agency copy; a signature that a button follows; initials.
REPORTED = re.compile(r"\(?(?:(?:additional )?reporting|writing|compiled|redaction|recueilli) by\b")
FOLLOW = re.compile(
    r"(?: |^)(?:suivre(?: cet auteur| l'auteur)?|follow(?: (?:author|the author|on .{1,12}))?|voir (?:tous )?ses articles|"
    r"(?:see|all|more) (?:all )?(?:articles|stories|posts) by.{0,40}|folgen|seguir)$"
)
INITIALS = re.compile(r"\(?(?:[A-ZÀ-Þ]\. ?-?){2,4}\)?")
# "Somewhere (with Agency)".
WITH_SOURCE = re.compile(r"[^().:]{2,50} \((?:avec|with|mit|con) [^()]{2,50}\)")
NEWSLETTER_TALK = re.compile(
    rf"\b(?:(?:chaque|tous les|every|each|jeden|cada) (?:{DAYS}|jour|matin|soir|semaine|mois|day|morning|evening|week|month|"
    r"woche|semana|dia)s?|in your inbox|dans votre boite|hebdomadaire|weekly|daily)\b"
)
SPONSORED = re.compile(r"sponsor|promoted|partner|partenaire|parrain")
HOME = re.compile(r"accueil|home(?: ?page)?|inicio|startseite|hem|etusivu|ראשי|الرئيسية")
STEP = re.compile(r"[>»›→/|]")
CRUMB = re.compile(
    r"(?:accueil|home|inicio|startseite|hem|etusivu|ראשי|الرئيسية)\s*[>»›/|→]\s*\S|"
    r"[^>»›→]{1,40}(?:\s[>›→]\s[^>›→]{1,60}){2,}$|[^«»]{1,40}(?:\s»\s[^«»]{1,60}){2,}$"
)
CUT_SOURCE = re.compile(r"(?:[\w.'&-]+ ){1,4}(?:avec|with|et|and)(?: (?:les |l')?[\w.'&-]+){0,3}")
