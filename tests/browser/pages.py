# ruff: noqa: E501  lines of a page are as long as they come
"""Pages as a scraper leaves them, written for these tests; and how a hand finds its way on the desk."""

from playwright.sync_api import Locator, Page, expect

from articles.models import Article

PHARE = """Accueil
Le Fanal d’Armorique
Rubriques
Mer et ports
Publié le 12 mars 2024 à 09h15 - Par Solène Kerdoncuff
À Kerlouan-sur-Mer, le phare des Trois-Pierres rallumé après onze ans de nuit
Le phare des Trois-Pierres a été rallumé lundi soir devant plusieurs centaines d’habitants. Éteint depuis onze ans, il avait perdu sa lentille dans la tempête de l’hiver 2013.
La maire, Nolwenn Tréguier, a salué le travail des bénévoles. « Sans eux, la lanterne serait encore au fond d’un hangar », a déclaré Nolwenn Tréguier à la foule.
L’ingénieur Bastien Morvannec a dessiné une optique plus sobre, qui consomme dix fois moins que l’ancienne. Le chantier a duré quatorze mois et coûté 410 000 euros, dont la moitié payée par une souscription.
Les gardiens ont laissé un carnet, que Bastien Morvannec veut confier au musée de Brest. Il raconte jour après jour les années de guerre.
Des oiseaux nichaient dans la lanterne, et Yuna Cadiou les a comptés tout l’hiver avec ses élèves. Aucun nid n’a été touché pendant les travaux.
Une visite est prévue chaque dimanche d’avril. Le samedi, les écoles de la commune monteront les 218 marches en petits groupes.
La lentille du phare avant sa remise en place, au port de Kerlouan-sur-Mer. Crédit photo : Hervé Quéméneur / Le Fanal d’Armorique
À lire aussi
14/03Grève des dockers : le port de Brest tourne au ralenti
14/03Un cachalot échoué sur la plage de Porz Du
13/03La criée de Roscoff change de mains
13/03Les algues vertes reviennent plus tôt que prévu
12/03Un record de traversée à la rame
Partager sur Facebook
Partager sur Twitter
Laisser un commentaire
Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *
Commentaire
Nom
E-mail
© 2024 Le Fanal d’Armorique - revente interdite
"""


def row(page: Page, words: str) -> Locator:
    """The block in which these words stand."""
    return page.locator(".row[data-pk]").filter(has_text=words)


def clean(block: Locator) -> Locator:
    return block.locator(".clean > .words")


def open_review(page: Page, article: Article) -> None:
    page.goto(f"/articles/{article.pk}/")
    expect(page.locator("html")).to_have_class("js")


def press(block: Locator, *keys: str) -> None:
    """Press keys with the focus on a block."""
    block.focus()
    for key in keys:
        block.page.keyboard.press(key)


def press_times(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def place_of(words: Locator, wanted: str) -> dict[str, float]:
    """Where the words stand on the screen: {left, right, top, bottom} of their one line."""
    words.scroll_into_view_if_needed()
    return words.evaluate(
        """(root, wanted) => {
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          const nodes = [];
          let length = 0;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            nodes.push({ node, start: length, end: length += node.data.length });
          }
          const at = nodes.map(({ node }) => node.data).join("").indexOf(wanted);
          if (at < 0) throw new Error(`${wanted} does not stand here: ${root.textContent}`);
          const point = (offset, last) => {
            const { node, start } = nodes.find((n) => (last ? offset <= n.end : offset < n.end));
            return [node, offset - start];
          };
          const range = document.createRange();
          range.setStart(...point(at, false));
          range.setEnd(...point(at + wanted.length, true));
          const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
          const first = rects[0];
          const last = rects.at(-1);
          return { left: first.left, right: last.right, top: first.top + first.height / 2,
                   bottom: last.top + last.height / 2 };
        }""",
        wanted,
    )


def drag_over(words: Locator, wanted: str) -> None:
    """Select words with the mouse, from their first letter to their last."""
    where = place_of(words, wanted)
    mouse = words.page.mouse
    mouse.move(where["left"] + 0.5, where["top"])
    mouse.down()
    mouse.move(where["right"] - 0.5, where["bottom"], steps=5)
    mouse.up()
    expect(words.page.locator("#selection [data-words]")).to_have_text(wanted)
