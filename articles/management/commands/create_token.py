"""manage.py create_token NAME --by USER: let a scraper in."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.actions.recording import Refused
from articles.actions.tokens import make_token


class Command(BaseCommand):
    help = "Make a token with which a scraper brings articles in. Its secret is printed once, alone on standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="which scraper it is for")
        parser.add_argument(
            "--by", required=True, metavar="USER", help="who answers for it: what it brings comes in under this name"
        )
        parser.add_argument("--outlet", default="", help="said of each article for which the scraper names no outlet")

    def handle(self, *args: Any, name: str, by: str, outlet: str, **options: Any) -> None:
        person = User.objects.filter(username=by).first()
        if person is None:
            raise CommandError(f"There is no account “{by}”.")
        try:
            token, secret = make_token(name=name, person=person, outlet=outlet, by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stderr.write(f"Token “{token}” for {person}. The secret is shown this once:")
        self.stdout.write(secret)
