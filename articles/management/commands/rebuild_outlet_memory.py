"""Count the lines of every outlet's pages anew, what people decided about them, and what they said of names."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.actions.learning import rebuild_entity_memory
from articles.core.formats import UnreadableError
from articles.intake.memory import desk_memory
from articles.intake.remembering import forget_everything, remember_again
from articles.models import Article, RememberedOutlet


class Command(BaseCommand):
    help = (
        "Forget what is remembered of outlets and of names, and count it again from the articles. Changes no article."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forget_everything()
        memory, counted = desk_memory(), 0
        for pk in list(Article.objects.filter(memory=None).order_by("pk").values_list("pk", flat=True)):
            try:
                counted += remember_again(pk, memory)
            except UnreadableError as error:
                self.stderr.write(f"Article {pk}: {error}")
        RememberedOutlet.objects.filter(pages=0).delete()
        outlets = RememberedOutlet.objects.count()
        names = rebuild_entity_memory()
        self.stdout.write(f"Counted {counted} articles of {outlets} outlets.")
        self.stdout.write(f"Counted what was said of {names} names.")
