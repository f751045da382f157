"""What is sent by editors who tag blind, and where their tags are set side by side."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet

from articles.core.edits import Span
from articles.forms.review import LARGEST, Seen, choices
from articles.models.entities import ENTITY_TYPES


class ColleagueField(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name() or obj.get_username()


class BeginForm(forms.Form):
    """Begin to tag blind, and perhaps ask somebody else to."""

    asked = ColleagueField(queryset=User.objects.none(), required=False, empty_label="nobody", label="Ask a colleague")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = people  # type: ignore[attr-defined]


class BlindForm(forms.Form):
    do = forms.ChoiceField(choices=choices("begin", "decline", "tag", "finish", "reopen", "give_up"))


class BlindWordsForm(forms.Form):
    """Words to tag: a selection in code points of raw, or typed; with ``part`` no more than lies between hyphens."""

    start = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    end = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    words = forms.CharField(required=False, max_length=300)
    type = forms.ChoiceField(choices=ENTITY_TYPES)
    everywhere = forms.BooleanField(required=False)
    part = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if (start is None) != (end is None) or (start is not None and end is not None and start >= end):
            raise forms.ValidationError("The selection is empty. Select some words first.")
        return data

    @property
    def span(self) -> Span | None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        return None if start is None or end is None else Span(start=start, end=end)


class BlindTagForm(forms.Form):
    do = forms.ChoiceField(choices=choices("change", "remove"))
    type = forms.ChoiceField(choices=ENTITY_TYPES, required=False)
    everywhere = forms.BooleanField(required=False)


class SettleForm(Seen):
    """One decision: what all agree on, or one place and whose tags hold there."""

    do = forms.ChoiceField(choices=choices("take_agreed", "settle"))
    start = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    end = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    choice = forms.CharField(max_length=40, required=False)
    everywhere = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if data.get("do") == "settle" and (start is None or end is None or start >= end):
            raise forms.ValidationError("Choose a difference first.")
        return data

    @property
    def place(self) -> Span:
        return Span(start=self.cleaned_data["start"], end=self.cleaned_data["end"])
