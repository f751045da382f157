"""Made-up articles about two events, each telling told in words of its own around what was announced."""

from articles.models import Article
from tests import factories

ANNOUNCED = {
    "port": "« la nouvelle digue du nord sera relevée de deux mètres avant les grandes marées de l'automne prochain »",
    "marché": "« les étals du samedi quitteront la place de l'église pour les halles de la gare dès le mois de mai »",
}
# What each outlet puts around it.
TELLINGS = {
    "port": (
        "Port : un chantier attendu\nPar Jeanne Morvan\nPublié le 14 mars 2024 à 09h30\n"
        "LORVAL - Réuni mardi soir, le conseil municipal a tranché sans surprise après trois heures d'échanges vifs. "
        "Selon le communiqué de la mairie, {said}, une promesse que beaucoup de riverains disaient ne plus espérer.\n"
        "Les travaux seront confiés à une entreprise du canton, dont le nom sera connu avant la fin du trimestre.\n",
        "Port : la ville choisit\nPar Louis Kerbrat\nPublié le 15 mars 2024 à 11h15\n"
        "Voilà dix ans que l'affaire traînait de réunion en réunion. Dans un texte diffusé à midi, l'hôtel de ville "
        "assure que {said}. L'opposition, elle, parle d'un calendrier intenable et réclame une étude indépendante.\n"
        "Aucun budget n'a été présenté ; le maire renvoie à la séance de juin, qui s'annonce longue.\n",
        "Port : ce qui change\nPar Awa Thioune\n"
        "Pour les marins, la nouvelle est tombée par courrier électronique dans la matinée. Elle tient en une "
        "phrase : {said}. Reste à savoir qui paiera, et combien de temps dureront les déviations.\n"
        "Une pétition circule déjà sur les quais et sous les platanes de l'avenue.\n",
    ),
    "marché": (
        "Le marché déménage\nPar Inès Cariou\nPublié le 2 avril 2024 à 08h00\n"
        "BRÉVAL - Les maraîchers l'ont appris en même temps que leurs clients, entre deux caisses de poireaux. "
        "« Personne ne nous a consultés », soupire l'une d'elles. L'annonce est pourtant claire : {said}.\n"
        "La circulation sera coupée le matin autour de la gare, ce qui inquiète les livreurs.\n",
        "Sous les halles dès mai\nPar Paul Tanguy\nPublié le 2 avril 2024 à 17h45\n"
        "Deux ans de discussions viennent de s'achever par un simple affichage en mairie, lundi. On y lit que {said}. "
        "Les emplacements seront plus larges, promet l'adjointe au commerce, et l'eau courante enfin installée.\n"
        "Un premier essai aura lieu le dernier samedi d'avril, si la météo le permet.\n",
    ),
}


def text_of(event: str, number: int) -> str:
    return TELLINGS[event][number].format(said=ANNOUNCED[event])


def telling(event: str, number: int) -> Article:
    """An article about an event as one of several outlets tells it; those of one event come into one story."""
    return factories.ArticleFactory(text=text_of(event, number), together=True)
