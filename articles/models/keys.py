"""Names of the registry as they are compared, in columns of their own."""

from typing import Any

from django.db import models

from articles.core.folding import key

KEY_LENGTH = 200


def entity_key(name: str) -> str:
    """A name of the registry as names are compared, cut as the columns that hold it are."""
    return key(name)[:KEY_LENGTH]


class KeyField(models.CharField):
    """The name of its row as names are compared (see ``folding.key``), to be found by in the database. It is written with
    the name, one row at a time or many; who sets ``update_fields`` names both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            **{"max_length": KEY_LENGTH, "blank": True, "editable": False, "db_index": True, "default": ""} | kwargs,
        )

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001
        written = entity_key(model_instance.name)
        setattr(model_instance, self.attname, written)
        return written
