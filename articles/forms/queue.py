"""The filters of the queue. They live in the URL; what makes no sense there is left aside and said."""

from django import forms
from django.db.models import F

from articles.core.quality import FLAGS
from articles.core.workflow import Status

# Beside the questions about the text: what keeps an article from being approved yet.
EMBARGO = ("under_embargo", "Under embargo")
SORTS = {
    "newest": ("Newest first", ["-received_at", "-pk"]),
    "oldest": ("Oldest first", ["received_at", "pk"]),
    "published": ("Date of publication", [F("published").desc(nulls_last=True), "-pk"]),
    "questions": ("Most open questions", ["-open_questions", "-pk"]),
    "title": ("Title", ["title", "pk"]),
}


class QueueForm(forms.Form):
    q = forms.CharField(label="Search titles and texts", required=False, max_length=200)
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Waiting for us"),
            ("all", "All"),
            *((status.value, status.label) for status in Status),
        ],
    )
    outlet = forms.ChoiceField(label="Outlet", required=False)
    language = forms.ChoiceField(label="Language", required=False)
    assignee = forms.ChoiceField(label="Who has it", required=False)
    flag = forms.ChoiceField(
        label="Flag", required=False, choices=[("", "Any"), *((row.name, row.label) for row in FLAGS.values()), EMBARGO]
    )
    sort = forms.ChoiceField(
        label="Order", required=False, choices=[(name, label) for name, (label, _) in SORTS.items()]
    )

    def __init__(
        self, *args: object, outlets: list[str], languages: list[str], people: list[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlet"].choices = [("", "All"), ("-", "Unknown"), *((name, name) for name in outlets)]
        self.fields["language"].choices = [("", "All"), ("-", "Unknown"), *((code, code) for code in languages)]
        self.fields["assignee"].choices = [("", "Anyone"), ("me", "Me"), ("nobody", "Nobody"), *people]
