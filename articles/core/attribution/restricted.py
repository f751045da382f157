# ruff: noqa: E501 - a pattern is a row of data, and is read better whole
"""The words of restrictions, in eight languages: data for the finder beside it.

A row is a constraint, whether its words count wherever they stand, the stems without one of which it cannot match
(capitals as they are, the rest in any case), and a pattern; the span is what matches. Words that do not count
everywhere may be what an article is about: in the kept text they count only where they begin a paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from articles.core.registry import aliases_of, rows

# To the end of the sentence; a full stop inside a number or a time does not end it.
REST = r"[^\n.]*+(?:\.(?=\d)[^\n.]*+)*+"
EVERYWHERE, ALONE = True, False

WORDS: tuple[tuple[str, bool, str, str], ...] = (
    ("editorial_use_only", EVERYWHERE, "EDITORIAL USE", r"\bRESTRICTED TO EDITORIAL USE\b[^\n]*|\b(?:FOR )?EDITORIAL USE ONLY\b[^\n]*"),
    ("editorial_use_only", EVERYWHERE, "éditorial|editorial use", r"\b[Uu]sage (?:strictement |exclusivement )?éditorial (?:uniquement|seulement|exclusivement)|\bUSAGE ÉDITORIAL UNIQUEMENT|\b[Ff]or editorial use only"),
    ("editorial_use_only", ALONE, "editorial|éditorial", r"(?i:\beditorial (?:use|purposes) only\b|\b(?:réservée?s? à un |pour un )?usage (?:strictement|exclusivement|uniquement) éditorial\b)"),
    ("editorial_use_only", ALONE, "uso editorial|uso exclusivamente editorial", r"(?i:\b(?:s[oó]lo|exclusivamente|únicamente) para uso editorial\b|\buso (?:exclusivamente editorial|editorial exclusivo)\b)"),
    ("editorial_use_only", ALONE, "redaktionell", r"(?i:\b(?:nur|ausschließlich) (?:zur|für|für die) redaktionelle[nr]? (?:verwendung|nutzung|zwecke)\b|\bnur redaktionelle (?:verwendung|nutzung)\b)"),
    ("editorial_use_only", ALONE, "uso editoriale|uso editorial", r"(?i:\b(?:solo|esclusivamente) (?:per|ad) uso editoriale\b|\b(?:apenas|somente|exclusivamente) para uso editorial\b)"),
    ("editorial_use_only", ALONE, "التحريري|בלבד", r"للاستخدام التحريري فقط|للأغراض التحريرية فقط|\bלשימוש (?:מערכתי|עיתונאי|חדשותי) בלבד"),
    ("mandatory_credit", EVERYWHERE, "MANDATORY|OBLIGATOIRE|mandatory credit|mention obligatoire", r"\bMANDATORY CREDIT\b[^\n]*|\bCR[ÉE]DIT OBLIGATOIRE\b[^\n]*|\b[Mm]andatory credit\b[^\n.]*|\b[Mm]ention obligatoire\b[^\n.]*"),
    ("mandatory_credit", EVERYWHERE, "reprise", r"\b[Tt]oute reprise[^\n.]{0,60}doit (?:mentionner|citer|comporter)[^\n.]*"),
    ("mandatory_credit", ALONE, "reproduction|mention de la source", r"(?i:\breproduction (?:totale ou partielle )?(?:est )?autorisée[^\n.]{0,80}\b(?:mention|citer|citation|indication)\b[^\n.]*|\bmention de la source obligatoire\b)"),
    ("mandatory_credit", ALONE, "credit|acknowledg|source", r"(?i:\b(?:reproduction|republication)(?: is)? (?:authori[sz]ed|permitted|allowed)[^\n.]{0,80}\b(?:source|credit|acknowledg\w+)\b[^\n.]*|\b(?:please|must) credit [^\n.]{2,80}|\bcredit must be given to[^\n.]*)"),
    ("mandatory_credit", ALONE, "obligatori|fuente", r"(?i:\b(?:crédito|mención) obligatori[oa]\b[^\n.]*|\bse (?:permite|autoriza) (?:la |su )?reproducción[^\n.]{0,80}\bfuente\b[^\n.]*)"),
    ("mandatory_credit", ALONE, "quellenangabe|namensnennung|nennungspflicht", r"(?i:\b(?:abdruck|veröffentlichung|nutzung)[^\n.]{0,60}(?:mit|unter|nur bei) (?:quellenangabe|namensnennung)[^\n.]*|\bquellenangabe (?:ist )?(?:erforderlich|pflicht|obligatorisch)\b|\bnennungspflicht\b)"),
    ("mandatory_credit", ALONE, "citazione|credito|fonte", r"(?i:\b(?:obbligo di citazione|citazione obbligatoria|credito obbligatorio)\b[^\n.]*|\briproduzione (?:consentita|autorizzata)[^\n.]{0,60}\bfonte\b[^\n.]*)"),
    ("mandatory_credit", ALONE, "obrigatório|fonte", r"(?i:\bcrédito obrigatório\b[^\n.]*|\breprodução (?:é )?(?:permitida|autorizada)[^\n.]{0,60}\bfonte\b[^\n.]*)"),
    ("mandatory_credit", ALONE, "المصدر|קרדיט|לציין", r"(?:مع|شرط|يجب|بشرط) ذكر المصدر[^\n.]*|קרדיט חובה[^\n.]*|חובה לציין (?:את )?(?:המקור|קרדיט)[^\n.]*"),
    ("no_archive", EVERYWHERE, "ARCHIV|archivage", r"\bNO ARCHIV(?:ES?|ING)\b|\bNOT FOR ARCHIV(?:E|ING)\b|\b[Pp]as d['’]archivage\b"),
    ("no_archive", ALONE, "archiv|arquivar|أرشف|ארכיון", r"(?i:\barchivage interdit\b|\bsin archivo\b|\bprohibido archivar\b|\bkeine archivierung\b|\barchivierung (?:untersagt|nicht gestattet)\b|\bvietata l['’]archiviazione\b|\bproibido arquivar\b)|(?:يمنع|ممنوع) (?:الأرشفة|أرشفته)|\bלא לארכיון|אין לשמור בארכיון"),
    ("no_resale", EVERYWHERE, "SALE|revente", r"\bNO (?:RE)?SALES?\b|\b[Rr]evente interdite\b|\bNOT FOR (?:RE)?SALE\b"),
    ("no_resale", ALONE, "resale|reventa|weiterverkauf|rivendita|revenda|البيع|למכור|למכירה", r"(?i:\bnot for resale\b|\bprohibida (?:su|la) reventa\b|\bweiterverkauf (?:ist )?(?:untersagt|verboten|nicht gestattet)\b|\bkein weiterverkauf\b|\bvietata la rivendita\b|\bproibida a revenda\b)|(?:يمنع|ممنوع) إعادة البيع|\bאין למכור (?:לצד|הלאה)|לא למכירה חוזרת"),
    ("embargo", EVERYWHERE, "EMBARGO|embargo", rf"\b(?:SOUS )?EMBARGO(?:ED)?\b{REST}|\b(?:[Ss]ous embargo|[Ee]mbargoed? (?:until|till|jusqu)){REST}"),
    ("embargo", EVERYWHERE, "before|avant", rf"\bNot for (?:publication|release|broadcast) before{REST}|\bNe pas (?:publier|diffuser) avant{REST}"),
    ("embargo", ALONE, "embarg|sperrfrist|no publicar|no difundir", rf"\b[Ee]mbargo ?:{REST}|(?i:\b(?:embargad[oa]|(?:bajo )?embargo) hasta\b{REST}|\bno (?:publicar|difundir) antes{REST}|\bsperrfrist\b{REST}|\b(?:sotto )?embargo fino (?:al|alle|a)\b{REST}|\b(?:sob )?embargo até\b{REST})"),
    ("embargo", ALONE, "النشر|ينشر|אמברגו|לפרסום", rf"(?:حظر النشر|محظور النشر|يحظر النشر) (?:حتى|قبل){REST}|لا ينشر قبل{REST}|\bאמברגו עד{REST}|(?:אסור|לא) לפרסום (?:עד|לפני){REST}"),
    ("territory", ALONE, "not for|no use", r"(?i:\bnot for (?:use|publication|broadcast|release|distribution) (?:in|within) (?:the )?(?P<t1>[^\n.,;:()]{2,40})|\bno use in (?:the )?(?P<t2>[^\n.,;:()]{2,40}))"),
    ("territory", ALONE, "interdit", r"(?i:\b(?:diffusion |publication |vente )?(?:strictement )?interdite?s? (?:à la (?:diffusion|publication|vente|reproduction) )?(?:en|au|aux|hors de)(?= ?[A-ZÉ]) ?(?P<t3>[^\n.,;:()]{2,40}))"),
    ("territory", ALONE, "en |nicht", r"(?i:\b(?:no (?:utilizar|publicar|difundir)|prohibid[oa] su (?:uso|publicación)) en (?P<t4>[^\n.,;:()]{2,40})|\bnicht (?:zur|für die) (?:verwendung|veröffentlichung|verbreitung) in (?P<t5>[^\n.,;:()]{2,40}))"),
    ("territory", ALONE, "vietata|utilizzabile|proibida", r"(?i:\b(?:non utilizzabile|vietata la (?:diffusione|pubblicazione)) in (?P<t6>[^\n.,;:()]{2,40})|\bproibida a (?:publicação|divulgação) (?:em|no|na) (?P<t7>[^\n.,;:()]{2,40}))"),
    ("territory", ALONE, "نشره|לפרסום|להפיץ", r"(?:لا يجوز نشره|يمنع نشره|يحظر نشره) في (?P<t8>[^\n.,;:()]{2,40})|(?:לא לפרסום|אין להפיץ) ב(?P<t9>[^\n.,;:()]{2,40})"),
    ("excerpt_only", ALONE, "extrait", r"(?i:\breproduction (?:partielle )?(?:est )?autorisée[^\n.]{0,60}\bextraits?\b[^\n.]*|\b(?:seuls? )?(?:de |les )?(?:courts|brefs) extraits[^\n.]{0,80}\b(?:autorisés?|permis|reproduits?|repris)\b[^\n.]*)"),
    ("excerpt_only", ALONE, "excerpts|extracts|quotations", r"(?i:\b(?:(?:short|brief) )?(?:excerpts|extracts|quotations)(?: and links)? (?:only )?(?:may be (?:used|reproduced|quoted|published)|are (?:permitted|allowed))[^\n.]*)"),
    ("excerpt_only", ALONE, "se permite|auszugsweise|parziale|parcial", r"(?i:\bse permite la (?:reproducción|cita) (?:parcial|de (?:fragmentos|extractos))[^\n.]*|\bauszugsweise[rn]? (?:abdruck|wiedergabe|veröffentlichung)[^\n.]{0,60}(?:gestattet|erlaubt)[^\n.]*|\briproduzione parziale (?:è )?consentita[^\n.]*|\breprodução parcial (?:é )?permitida[^\n.]*)"),
    ("paywalled", ALONE, "abonn", r"(?i:\b(?:cet article|l['’]article|article|contenu|la suite(?: de (?:cet |l['’])article)?)(?: est| sont)? ?réservée?s? (?:à nos|aux)(?: seuls)? abonn[^\n.]*|\bréservé aux abonné(?:s|·e·s|\(e\)s)\b[^\n.]*)"),
    ("paywalled", ALONE, "reste |abonnez|réservé", r"(?i:\bil (?:vous )?reste \d{1,3}(?:[.,]\d{1,2})?\s?% de (?:cet|l['’]) ?article[^\n.]*|\babonnez-vous pour (?:lire|continuer|accéder à) (?:la suite|l['’]intégralité|votre lecture|cet article|à lire)[^\n.]*|^\s*article réservé\s*$)"),
    ("paywalled", ALONE, "subscribe|subscribing", r"(?i:\bsubscribe(?: now| today)? to (?:continue|keep|read the (?:full|rest))\b[^\n.]*|\bthis (?:article|story|content) is (?:only )?(?:for|available to|reserved for|exclusive to) (?:paying |our |premium )?subscribers[^\n.]*|\b(?:for )?subscribers only\b|\bto (?:continue|keep) reading,? (?:please )?subscribe\b[^\n.]*)"),
    ("paywalled", ALONE, "suscri|suscrí|abonados|abonn", r"(?i:\b(?:contenido|artículo|noticia) (?:exclusiv[oa]|sólo|solo|reservad[oa]) para (?:suscriptores|abonados)\b|\bsuscríbe(?:te|se) para (?:seguir|continuar) leyendo\b|\b(?:nur für|exklusiv für) abonnent[^\n.]*|\b(?:jetzt )?abonnieren und weiterlesen\b)"),
    ("paywalled", ALONE, "abbonat|assina", r"(?i:\b(?:articolo|contenuto) (?:riservato (?:agli|ai nostri)|per soli) abbonati\b|\babbonati per (?:continuare|leggere)\b[^\n.]*|\b(?:conteúdo|artigo|matéria|reportagem) exclusiv[oa] para assinantes\b|\bassine para (?:continuar lendo|ler)\b)"),
    ("paywalled", ALONE, "مشترك|למנויים", r"(?:هذا )?(?:المقال|المحتوى) (?:مخصص|متاح|حصري) للمشتركين[^\n.]*|للمشتركين فقط|(?:כתבה|תוכן)(?: זו| זה)? (?:פתוחה |פתוח |בלעדי )?למנויים(?: בלבד)?|למנויים בלבד"),
    ("all_rights_reserved", EVERYWHERE, "réservés|reserved", r"(?i:\btous droits (?:de reproduction )?(?:et de \w+ )?réservés\b)|(?i:\ball rights reserved\b)"),
    ("all_rights_reserved", EVERYWHERE, "reproduction", r"\b[Rr]eproduction (?:(?:même )?partielle |totale |intégrale |(?:totale )?ou partielle |strictement |et diffusion )*interdite[^\n.]*"),
    ("all_rights_reserved", EVERYWHERE, "reproduction|utilisation|diffusion", r"\b[Tt]oute (?:reproduction|utilisation|diffusion)[^\n.]{0,120}(?:interdite|autorisation|accord)[^\n.]*|\b[Rr]eproduction (?:is )?(?:prohibited|forbidden)[^\n.]*"),
    ("all_rights_reserved", EVERYWHERE, "published|reproduced|reprinted|republished|copied|no part", r"\b(?:[Tt]his|[Nn]o) (?:material|article|part|content)[^\n.]{0,80}(?:may|must|be) (?:not )?be (?:published|reproduced|reprinted|republished|copied)[^\n.]*|\bNo part of this[^\n.]{0,60}may be[^\n.]*"),
    ("all_rights_reserved", EVERYWHERE, "derechos|rechte|diritti|direitos|riservata", r"(?i:\btodos los derechos reservados\b|\balle rechte vorbehalten\b|\btutti i diritti (?:sono )?riservati\b|\btodos os direitos reservados\b|© riproduzione riservata\b)"),
    ("all_rights_reserved", ALONE, "prohibida|nachdruck|vervielfältigung|weiterverbreitung|riproduzione|reprodução", r"(?i:\bprohibida (?:la|su) reproducción[^\n.]*|\b(?:nachdruck|vervielfältigung|weiterverbreitung)[^\n.]{0,60}(?:verboten|untersagt|nicht gestattet|nur mit)[^\n.]*|\briproduzione (?:riservata|vietata)\b[^\n.]*|\bvietata la riproduzione\b[^\n.]*|\b(?:proibida a reprodução|reprodução proibida)\b[^\n.]*)"),
    ("all_rights_reserved", ALONE, "الحقوق|يمنع|يحظر|لا يجوز|זכויות|אין ל", r"(?:جميع|كافة|كل) الحقوق محفوظة[^\n.]*|(?:يمنع|يحظر|لا يجوز) (?:نسخ|نقل|إعادة نشر)[^\n.]*|כל הזכויות שמורות[^\n.]*|אין (?:להעתיק|לשכפל)[^\n.]*"),
    ("licence", EVERYWHERE, "CC|creative commons|creativecommons", r"\bCC[ -]BY(?:[ -](?:NC|ND|SA))*(?:[ -]\d\.\d)?(?: [A-Z]{2})?\b|\b(?:[Ll]icen[cs]e |[Ll]icencia |[Ll]icença |[Ll]izenz |[Ll]icenza )?Creative Commons(?:[ :]{1,2}(?:[A-Z][\w\-/]+|\d\.\d|[–-]))*|creativecommons\.org/(?:licenses|publicdomain)/[\w\-/.]{2,40}"),
    ("licence", EVERYWHERE, "licence ouverte|open government|CC0|domaine public|public domain", r"\b[Ll]icence [Oo]uverte\b[^\n.]{0,20}|\bOpen Government Licen[cs]e\b(?: v\d(?:\.\d)?)?|\bCC0\b|\b[Dd]omaine public\b(?= *$)|\b[Pp]ublic domain\b(?= *$)"),
    ("licence", ALONE, "dominio|domínio|gemeinfrei|المشاع|קומונס|ملكية|נחלת", r"(?i:\b(?:dominio público|domínio público|pubblico dominio|gemeinfrei)\b(?= *$))|المشاع الإبداعي[^\n.]{0,60}|קריאייטיב קומונס[^\n.]{0,60}|ملكية عامة(?= *$)|נחלת הכלל(?= *$)"),
    ("other", EVERYWHERE, "D.R|DR|R.|USE", r"(?:^|(?<=[Pp]hoto )|(?<=[:©] ))D\.?R\.?(?=\s*$)|\bONE[- ]TIME USE(?: ONLY)?\b"),
)  # fmt: skip
# "… ne peut être reproduit": the one phrase whose span begins before it, so that it is tried from every place.
CANNOT = re.compile(r"\bne peu(?:t|vent) être (?:reproduit|repris|diffusé|redistribué)")
BEFORE_CANNOT = re.compile(rf"[^\n.]{{0,80}}{CANNOT.pattern}[^\n.]*")
# "FRANCE OUT", "OUT FRANCE", "UK AND IRELAND OUT": only countries, for much else is out.
REGIONS = (
    "UK", "U.K.", "USA", "U.S.A.", "US", "UAE", "EU", "GREAT BRITAIN", "ENGLAND", "SCOTLAND", "EUROPE", "BENELUX",
    "SCANDINAVIA", "NORTH AMERICA", "LATIN AMERICA", "HONG KONG", "MACAU", "HOLLAND",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of WORDS, ready to search with. ``shouted`` are the stems in capitals, ``stems`` the others."""

    constraint: str
    everywhere: bool
    shouted: tuple[str, ...]
    stems: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_match(self, text: str, lowered: str) -> bool:
        """Whether one of the stems is there, so that looking closer is worth it."""
        for stem in self.stems:
            if stem in lowered:
                return True
        return any(stem in text for stem in self.shouted)


@cache
def patterns() -> tuple[Row, ...]:
    """The rows of WORDS, and the countries that are shouted out."""
    found = [_row(constraint, stems, re.compile(words), everywhere=sure) for constraint, sure, stems, words in WORDS]
    one = "(?:" + "|".join(map(re.escape, sorted(set(_countries()), key=len, reverse=True))) + ")"
    several = rf"{one}(?:(?: ?[,/&+] ?| AND | ET ){one}){{0,6}}"
    shouted = re.compile(rf"\b(?P<out>{several}) OUT\b|\bOUT (?P<not_in>{several})(?!\w)")
    return (*found, _row("territory", "OUT", shouted, everywhere=True))


def _row(constraint: str, stems: str, pattern: re.Pattern[str], *, everywhere: bool) -> Row:
    split = stems.split("|")
    return Row(
        constraint=constraint,
        everywhere=everywhere,
        shouted=tuple(stem for stem in split if stem.isupper()),
        stems=tuple(stem for stem in split if not stem.isupper()),
        pattern=pattern,
    )


def _countries() -> Iterator[str]:
    yield from REGIONS
    for row in rows("countries.tsv", 3):
        yield from (
            name.upper()
            for name, language in ((row[0], ""), *aliases_of(row[2]).items())
            if language not in ("he", "ar")
        )
