"""The forms of the review page. ``seen`` is the version of the article that the person had on screen."""

from django import forms

from articles.actions.attribution import LinkSaid
from articles.core.attribution import ROLES
from articles.core.cleaning.kinds import KINDS
from articles.core.edits import Span
from articles.models.entities import ENTITY_TYPES
from articles.models.facts import STATES
from articles.models.tags import SENSES

# No text has more code points; an offset beyond it does not fit an index.
LARGEST = 2**31 - 1

# How the tags panel is sorted.
TAG_ORDERS = BY_CONFIDENCE, BY_PLACE = "confidence", "place"


def choices(*names: str) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


class Seen(forms.Form):
    seen = forms.IntegerField(min_value=0, max_value=LARGEST)


class UndoForm(Seen):
    only_last = forms.BooleanField(required=False)


class BlockForm(Seen):
    do = forms.ChoiceField(choices=choices("flip", "keep", "drop", "kind", "split", "join", "text", "confirm"))
    kind = forms.ChoiceField(choices=[(kind.name, kind.label) for kind in KINDS.values()], required=False)
    at = forms.IntegerField(min_value=0, required=False)
    words = forms.CharField(required=False, strip=False, widget=forms.Textarea)


class RunForm(Seen):
    first = forms.IntegerField()
    last = forms.IntegerField()
    kind = forms.ChoiceField(
        choices=[*choices("keep", "drop", "confirm"), *((kind.name, kind.label) for kind in KINDS.values())]
    )


class FieldForm(Seen):
    do = forms.ChoiceField(choices=choices("fix", "confirm", "forget", "release", "choose", "remember", "borrow"))
    text = forms.CharField(required=False, max_length=2000)
    number = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    remember = forms.BooleanField(required=False)


class FactsForm(Seen):
    do = forms.ChoiceField(choices=choices("confirm_all"))


class Selection(forms.Form):
    """A selection: code points of raw. Both ends or neither."""

    start = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    end = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if (start is None) != (end is None) or (start is not None and end is not None and start >= end):
            raise forms.ValidationError("The selection is empty. Select some words first.")
        return data

    @property
    def span(self) -> Span | None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        return None if start is None or end is None else Span(start=start, end=end)


class SpanFields(Selection, Seen):
    """What is done with a selection."""


class LinkForm(SpanFields):
    do = forms.ChoiceField(choices=choices("add", "confirm", "correct", "remove", "remember"))
    role = forms.ChoiceField(choices=[(role.name, role.label) for role in ROLES.values()], required=False)
    name = forms.CharField(required=False, max_length=200)
    via = forms.CharField(required=False, max_length=200)
    state = forms.ChoiceField(choices=STATES, required=False)
    remember = forms.BooleanField(required=False)

    @property
    def said(self) -> LinkSaid:
        data = self.cleaned_data
        return LinkSaid(
            role=data["role"],
            name=data["name"],
            via=data["via"],
            state=data["state"] or "stated",
            proof=self.span,
            remember=data["remember"],
        )


class NamedOutletForm(Seen):
    do = forms.ChoiceField(choices=choices("add", "same", "never"))
    outlet = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)


class TagForm(SpanFields):
    do = forms.ChoiceField(choices=choices("tag", "confirm_all"))
    least = forms.IntegerField(min_value=0, max_value=100, required=False)
    words = forms.CharField(required=False, max_length=300)
    type = forms.ChoiceField(choices=ENTITY_TYPES, required=False)
    everywhere = forms.BooleanField(required=False)
    part = forms.BooleanField(required=False)


class PreviewForm(Selection):
    """What a tag would be put on, before it is: selected or typed words; with ``part`` no more than lies between hyphens."""

    words = forms.CharField(required=False, max_length=300)
    part = forms.BooleanField(required=False)


class TagOrderForm(forms.Form):
    by = forms.ChoiceField(choices=choices(*TAG_ORDERS))


class MentionForm(SpanFields):
    do = forms.ChoiceField(
        choices=choices("confirm", "reject", "change", "move", "link", "new", "different"), required=False
    )
    words = forms.CharField(required=False, max_length=300)
    type = forms.ChoiceField(choices=ENTITY_TYPES, required=False)
    everywhere = forms.BooleanField(required=False)
    entity = forms.IntegerField(required=False)
    name = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(required=False, max_length=300)

    def clean_do(self) -> str:
        """A button that names an entity says with it what to do."""
        said = self.cleaned_data["do"] or ("link" if self.data.get("entity") else "")
        if not said:
            raise forms.ValidationError("Choose what to do with the tag.")
        return said


class SenseForm(Seen):
    sense = forms.ChoiceField(choices=list(SENSES.items()))
    everywhere = forms.BooleanField(required=False)


class SignerForm(Seen):
    do = forms.ChoiceField(choices=choices("link", "different"), required=False)
    entity = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("do") != "different" and not data.get("entity"):
            raise forms.ValidationError("Choose who signs the article.")
        return data


class FlagForm(Seen):
    do = forms.ChoiceField(choices=choices("dismiss"))


class ProposalForm(Seen):
    do = forms.ChoiceField(choices=choices("accept", "dismiss", "accept_all"))


class NoteForm(forms.Form):
    seen = forms.IntegerField(min_value=0, required=False)
    text = forms.CharField(max_length=5000, widget=forms.Textarea)


class TransitionForm(Seen):
    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)


class ClaimForm(forms.Form):
    seen = forms.IntegerField(min_value=0, required=False)
    do = forms.ChoiceField(choices=choices("claim", "take_over", "let_go"))
