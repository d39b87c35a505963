"""What is asked of whoever shares, recalls, points to somebody, asks and answers."""

from datetime import date, timedelta
from typing import Any

from django import forms

from trellis.accounts.models import Agency, User
from trellis.accounts.queries import account_of
from trellis.core.clocks import start_of_day, today
from trellis.core.forms import DayField, FormKey
from trellis.core.models import Code
from trellis.need_to_know.parts import INSIDE, WORDS
from trellis.sharing.models import SHARED_OUTCOMES, Outcome, PointerRequest
from trellis.sharing.queries import BASIS, PURPOSE, codes_in_force, usual_last_day

YES, NO = "yes", "no"
DUTY, POWER = "duty", "power"
USUAL_BASIS, USUAL_PURPOSE = "public_task", "safeguarding"
OUTCOME_HINTS = {
    Outcome.DUTY: "A law tells us to, such as a court's order or enquiries into harm",
    Outcome.POWER: "The law lets us, and it helps to keep the young person safe",
    Outcome.WITHHELD: "For example, it would reach somebody who is a danger to them",
    Outcome.NOT_RELEVANT: "It would not help them in what they do for the young person",
}
ENDING = {"required": "Enter the last day"}


def yes_or_no(label: str, error: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[(YES, "Yes"), (NO, "No")],
        coerce=lambda answer: answer == YES,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": error},
    )


def end_of_day(day: date | None) -> Any:
    """The moment at which a last day is over; None for no day."""
    return start_of_day(day + timedelta(days=1)) if day else None


class SharingForm(FormKey):
    """A decision to share, or not to. What is not asked of the outcome chosen is left out of what is kept."""

    only_if = ("email", "outside_body", "words", "expires_on")

    outcome = forms.ChoiceField(
        label="What do we decide?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what we decide"},
    )
    agency = forms.ModelChoiceField(
        label="Which agency?",
        queryset=Agency.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Another body, named below",
    )
    email = forms.EmailField(
        label="Only one person there? Their work e-mail address",
        required=False,
        help_text="They must have an account here. Leave it empty to share with the agency",
    )
    outside_body = forms.CharField(
        label="If it is another body: its name",
        max_length=150,
        required=False,
        help_text="For example, a school or a court. It sees nothing here: say below what you tell it",
    )
    parts = forms.MultipleChoiceField(
        label="Which parts of the record?",
        choices=[(part.value, words.capitalize()) for part, words in WORDS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="What else, in words",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you tell or send. Only what they need",
    )
    basis = forms.ChoiceField(
        label="On which legal ground?",
        required=False,
        initial=USUAL_BASIS,
        widget=forms.RadioSelect,
        help_text="Consent is not needed to protect a young person. Legal check before go-live",
    )
    purpose = forms.ChoiceField(label="What for?", required=False, initial=USUAL_PURPOSE)
    necessity = forms.CharField(
        label="Why is it needed, and no more than is needed? In one line",
        required=False,
        max_length=300,
    )
    child_told = yes_or_no("Does the young person know?", "Say whether the young person knows")
    child_not_told_why = forms.CharField(label="If not, why not?", required=False, max_length=300)
    parent_told = yes_or_no("Do their parents or carers know?", "Say whether their parents or carers know")
    parent_not_told_why = forms.CharField(label="If not, why not?", required=False, max_length=300)
    expires_on = DayField(label="Until which day?", called="Last day", required=False)
    reason = forms.CharField(
        label="Why is it not shared?",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only those with the whole record read this",
    )

    def __init__(self, *args: Any, answers: PointerRequest | None = None, **options: Any) -> None:
        asked = {"agency": answers.agency.code} if answers else {}
        options["initial"] = {"expires_on": usual_last_day(), **asked, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.answers = answers
        self.codes = {code.code: code for code in codes_in_force(BASIS)}
        self._offer("basis", list(self.codes.values()))
        self._offer("purpose", codes_in_force(PURPOSE))
        self.fields["basis"].hints = {code.code: code.source for code in self.codes.values()}  # type: ignore[attr-defined]
        self.fields["outcome"].hints = OUTCOME_HINTS  # type: ignore[attr-defined]
        self.fields["parts"].hints = INSIDE  # type: ignore[attr-defined]

    def _offer(self, name: str, codes: list[Code]) -> None:
        self.fields[name].choices = [(code.code, code.label) for code in codes]  # type: ignore[attr-defined]

    @property
    def shares(self) -> bool:
        return self.cleaned_data.get("outcome") in SHARED_OUTCOMES

    def clean(self) -> None:
        self._clean_receiver()
        if "outcome" not in self.cleaned_data:
            return
        if not self.shares:
            self._require("reason", "Enter why it is not shared")
            return
        self._clean_what()
        self._clean_ground()
        self._clean_told("child", "the young person")
        self._clean_told("parent", "their parents or carers")

    def _require(self, name: str, message: str) -> None:
        if self.cleaned_data.get(name) in (None, "", []) and name not in self.errors:
            self.add_error(name, message)

    def _clean_receiver(self) -> None:
        agency, body = self.cleaned_data.get("agency"), self.cleaned_data.get("outside_body")
        if not agency and not body and "agency" not in self.errors:
            self.add_error("agency", "Choose an agency, or name another body")
        if agency and body:
            self.add_error("outside_body", "Choose an agency or name another body, not both")
        if self.answers and agency and agency != self.answers.agency:
            self.add_error("agency", f"{self.answers.agency} asked: choose it, or record this decision by itself")
        email = self.cleaned_data.get("email")
        if email and "agency" not in self.errors:
            self.cleaned_data["user"] = self._account(email, agency)

    def _account(self, email: str, agency: Agency | None) -> User | None:
        found = account_of(email)
        if found is None or not found.is_active or found.agency != agency:
            self.add_error("email", "Nobody of that agency has an account with this address: check both")
            return None
        return found

    def _clean_what(self) -> None:
        said = self.cleaned_data
        if not said.get("parts") and not said.get("words"):
            self.add_error("parts", "Choose a part of the record, or say what is shared in words")
        if said.get("agency") and said.get("parts"):
            self._require("expires_on", ENDING["required"])
        if (day := said.get("expires_on")) and day < today():
            self.add_error("expires_on", "Last day must be today or in the future")
        if said.get("outside_body") and said.get("parts") and not said.get("words"):
            self.add_error("words", "Say what you tell or send them: another body sees nothing here")
        self._require("necessity", "Enter why it is needed, in one line")

    def _clean_ground(self) -> None:
        self._require("basis", "Choose the legal ground")
        self._require("purpose", "Choose what it is for")
        group = self.codes[self.cleaned_data["basis"]].group if self.cleaned_data.get("basis") else ""
        if group == DUTY and self.cleaned_data["outcome"] == Outcome.POWER:
            self.add_error("basis", "This ground is a duty: choose another, or choose “Shared under a duty”")
        if group == POWER and self.cleaned_data["outcome"] == Outcome.DUTY:
            self.add_error("basis", "This ground is no duty: choose another, or choose “Shared under a power”")

    def _clean_told(self, who: str, words: str) -> None:
        self._require(f"{who}_told", str(self.fields[f"{who}_told"].error_messages["required"]))
        if self.cleaned_data.get(f"{who}_told") is False:
            self._require(
                f"{who}_not_told_why",
                f"Enter why {words} do not know" if who == "parent" else f"Enter why {words} does not know",
            )

    def decided(self) -> dict[str, Any]:
        """The fields of the decision, those alone that its outcome has."""
        said = self.cleaned_data
        names = ["outcome", "agency", "outside_body", "parts", "words"]
        if not self.shares:
            return {name: said[name] for name in [*names, "reason"]} | {"user": said.get("user")}
        names += ["basis", "purpose", "necessity", "child_told", "parent_told"]
        why = {
            f"{who}_not_told_why": "" if said[f"{who}_told"] else said[f"{who}_not_told_why"]
            for who in ("child", "parent")
        }
        ends = {"user": said.get("user"), "expires_at": end_of_day(said["expires_on"])}
        return {name: said[name] for name in names} | why | ends


class RecallForm(forms.Form):
    why = forms.CharField(
        label="Why is it recalled?",
        max_length=300,
        error_messages={"required": "Enter why it is recalled"},
        help_text="They see nothing more from their next step on. What they have read they have read",
    )


class PointerForm(FormKey):
    """Who knows a young person, whom to ask there, and who is told. ``wide`` for whoever may share the record."""

    agency = forms.ModelChoiceField(
        label="Which agency knows them?",
        queryset=Agency.objects.all(),
        to_field_name="code",
        empty_label="Choose one",
        error_messages={"required": "Choose the agency that knows them"},
    )
    email = forms.EmailField(label="Whom to ask: their work e-mail address", required=False)
    contact_name = forms.CharField(label="Or a team without an account here: its name", max_length=150, required=False)
    contact_phone = forms.CharField(label="Its telephone number", max_length=40, required=False)
    told = forms.ModelMultipleChoiceField(
        label="Which other agencies see it?",
        queryset=Agency.objects.filter(co_located=False),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They see the name, about how old, and whom to ask. Nothing of the record",
    )
    ends_on = DayField(label="Until which day?", called="Last day", required=False)

    def __init__(self, *args: Any, by: User, wide: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wide = wide
        if not wide:
            self.fields["agency"].queryset = Agency.objects.filter(id=by.agency_id)  # type: ignore[attr-defined]
            del self.fields["told"]

    def clean(self) -> None:
        said = self.cleaned_data
        if bool(said.get("email")) == bool(said.get("contact_name")) and "email" not in self.errors:
            self.add_error("email", "Enter a work e-mail address or the name of a team: one of the two")
        if said.get("contact_name") and not said.get("contact_phone"):
            self.add_error("contact_phone", "Enter the telephone number of the team")
        if (day := said.get("ends_on")) and day < today():
            self.add_error("ends_on", "Last day must be today or in the future")
        if said.get("email") and said.get("agency"):
            self._find_contact(said["email"], said["agency"])

    def _find_contact(self, email: str, agency: Agency) -> None:
        found = account_of(email)
        if found is None or not found.is_active or found.agency != agency:
            self.add_error("email", "Nobody of that agency has an account with this address: check both")
        self.cleaned_data["contact"] = found

    def placed(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("agency", "contact_name", "contact_phone")
        more = {"contact": said.get("contact"), "told": said.get("told") or (), "ends_at": end_of_day(said["ends_on"])}
        return {name: said[name] for name in names} | more


class AskForm(FormKey):
    reason = forms.CharField(
        label="What do you need to know, and why?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Whoever answers reads this. Say what you see, and what you will do with the answer",
        error_messages={"required": "Enter what you need to know, and why"},
    )


class AnswerForm(forms.Form):
    withheld = forms.TypedChoiceField(
        label="What do you answer?",
        choices=[(NO, "I answer in words"), (YES, "I do not share this, and say why")],
        coerce=lambda answer: answer == YES,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you answer"},
    )
    answer = forms.CharField(
        label="Your answer, or why you do not share",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Only what they need. The agency that asks reads it",
        error_messages={"required": "Enter your answer"},
    )
