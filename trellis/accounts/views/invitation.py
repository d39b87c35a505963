"""The link that lets somebody set the password of a new account."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trellis.accounts.administration import services
from trellis.accounts.forms import NewPasswordForm
from trellis.accounts.views.beginning import after_first_factor
from trellis.core.open_pages import open_to_all

FIRST = "invitation"
GONE = 410


@open_to_all
@sensitive_post_parameters("wanted")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password, then on to the second step. A link that does not work says so alike, whatever the reason."""
    try:
        user = services.invited(secret)
        form = NewPasswordForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            user = services.accept_invitation(secret=secret, password=form.cleaned_data["wanted"])
            return after_first_factor(request, user, second_factor_done=False, first=FIRST)
    except services.NotUsable:
        return render(request, "accounts/invitation_over.html", status=GONE)
    except ValidationError as problem:
        form.add_error("wanted", problem)
    return page(request, user, form)


def page(request: HttpRequest, user: object, form: forms.Form) -> HttpResponse:
    return render(request, "accounts/invitation.html", {"invited": user, "form": form})
