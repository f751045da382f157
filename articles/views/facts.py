"""Decisions on what is known of an article: fields, source attribution, tags, questions."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from articles.actions import attribution as chain
from articles.actions import borrowing, facts, linking, notes, outlets, tags, teaching
from articles.actions.blind import check_not_blind
from articles.actions.recording import Refused
from articles.forms import review as forms
from articles.models import Outlet
from articles.views.answers import act, said, wants_panels
from articles.views.doors import article_for_review, desk


@desk
@require_POST
def field(request: HttpRequest, article_id: int, name: str) -> HttpResponse:
    """One fact: correct, confirm, set to unknown, choose a candidate, take the machine's word again."""
    article = article_for_review(request, article_id)
    form = forms.FieldForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        match data["do"]:
            case "fix":
                facts.fix_field(article, name, text=data["text"], remember=data["remember"], **who)
            case "remember":
                teaching.remember_field(article, name, by=request.user)
            case "borrow":
                borrowing.borrow(article, name, source=data["number"] or 0, **who)
            case "choose":
                facts.choose_candidate(article, name, number=data["number"] or 0, **who)
            case "confirm":
                facts.confirm_field(article, name, **who)
            case "forget":
                facts.forget_field(article, name, **who)
            case _:
                facts.release_field(article, name, **who)
        return ["facts", "attribution", "rights"]

    return act(request, article, form, action, anchor=f"#field-{name}")


@desk
@require_POST
def confirm_facts(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every fact and link that stands is right."""
    article = article_for_review(request, article_id)
    form = forms.FactsForm(request.POST)

    def action() -> Iterable[str]:
        facts.confirm_facts(article, by=request.user, seen=form.cleaned_data["seen"])
        return ["facts", "attribution", "rights"]

    return act(request, article, form, action, anchor="#facts")


@desk
@require_POST
def named_outlet(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """An outlet that a link names and nobody knows: add it, or say that it is a known one, or never that one."""
    article = article_for_review(request, article_id)
    form = forms.NamedOutletForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        if data["do"] == "add":
            outlets.add_named_outlet(article, pk, by=request.user)
            return ["attribution", "rights"]
        outlet = Outlet.objects.filter(pk=data["outlet"]).first()
        if outlet is None:
            raise Refused("That outlet is not in the registry any more.")
        say = outlets.name_outlet if data["do"] == "same" else outlets.keep_name_apart
        say(article, pk, outlet=outlet, by=request.user)
        return ["attribution", "rights"]

    return act(request, article, form, action, anchor="#attribution")


@desk
@require_POST
def attribution(request: HttpRequest, article_id: int, pk: int | None = None) -> HttpResponse:
    """The chain: add a link, or confirm, correct, remove one."""
    article = article_for_review(request, article_id)
    form = forms.LinkForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        match (data["do"], pk):
            case ("add", None):
                chain.add_link(article, said=form.said, **who)
            case ("confirm", int(link)):
                chain.confirm_link(article, link, **who)
            case ("correct", int(link)):
                chain.correct_link(article, link, said=form.said, **who)
            case ("remove", int(link)):
                chain.remove_link(article, link, **who)
            case ("remember", int(link)):
                teaching.remember_link(article, link, by=request.user)
            case _:
                raise Refused("Choose a link of the chain first.")
        return ["attribution", "rights"]

    return act(request, article, form, action, anchor="#attribution")


@desk
@require_POST
def tag(request: HttpRequest, article_id: int) -> HttpResponse:
    """Put a tag on selected or typed words, here or on all their mentions; or confirm all suggestions, or the surest."""
    article = article_for_review(request, article_id)
    form = forms.TagForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        check_not_blind(article, by=request.user)
        if data["do"] == "confirm_all":
            count = tags.confirm_all_tags(article, least=(data["least"] or 0) / 100, **who)
            done = f"{count} suggested tag{'' if count == 1 else 's'} confirmed."
        else:
            said_as = {"type": data["type"], "everywhere": data["everywhere"]}
            if form.span:
                made = tags.tag_span(article, form.span, **said_as, part=data["part"], **who)
            else:
                made = tags.tag_words(article, data["words"], **said_as, **who)
            done = f"Tagged “{made[0].surface}”, {len(made)} mention{'' if len(made) == 1 else 's'}."
        if not wants_panels(request):
            said(request, done)
        return ["text", "tags"]

    return act(request, article, form, action, anchor="#tags")


@desk
@require_POST
def mention(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """One tag: confirm, reject, change its type, put it on other words, say which entity it means."""
    article = article_for_review(request, article_id)
    form = forms.MentionForm(request.POST)

    def action() -> Iterable[str]:
        data = form.cleaned_data
        who = {"by": request.user, "seen": data["seen"]}
        check_not_blind(article, by=request.user)
        done = ""
        match data["do"]:
            case "confirm":
                done = f"Confirmed {tags.named(tags.confirm_tag(article, pk, everywhere=data['everywhere'], **who))}."
            case "reject":
                said_why = {"everywhere": data["everywhere"], "reason": data["reason"]}
                done = f"Rejected {tags.named(tags.reject_tag(article, pk, **said_why, **who))}."
            case "change":
                tags.change_tag(article, pk, type=data["type"], everywhere=data["everywhere"], **who)
            case "move":
                tags.move_tag(article, pk, to=form.span or data["words"], **who)
            case "new" | "different" as wanted:
                linking.link_new_entity(article, pk, name=data["name"], different=wanted == "different", **who)
            case _:
                linking.link_tag(article, pk, entity=linking.known_entity(data["entity"]), **who)
        if done and not wants_panels(request):
            said(request, done)
        return ["text", "tags"]

    return act(request, article, form, action, anchor="#tags")


@desk
@require_POST
def flag(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """A question about the text: fine as it is."""
    article = article_for_review(request, article_id)
    form = forms.FlagForm(request.POST)

    def action() -> Iterable[str]:
        notes.dismiss_flag(article, pk, by=request.user, seen=form.cleaned_data["seen"])
        return ["questions"]

    return act(request, article, form, action, anchor="#questions")
