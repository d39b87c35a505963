"""The link that lets somebody set the password of a new account."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trellis.accounts.administration import services
from trellis.accounts.administration.forms import NewPasswordForm
from trellis.accounts.models import User
from trellis.accounts.views.beginning import after_first_factor
from trellis.core.open_pages import open_to_all

FIRST = "invitation"
GONE = 410


@open_to_all
@sensitive_post_parameters("wanted")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password, then on to the second step. A link that does not work says so alike, whatever the reason."""
    form = NewPasswordForm(request.POST or None)
    try:
        invited = services.invited(secret)
        user = accepted(secret, form) if form.is_valid() else None
    except services.NotUsable:
        return render(request, "accounts/invitation_over.html", status=GONE)
    if user is None:
        return render(request, "accounts/invitation.html", {"invited": invited, "form": form})
    return after_first_factor(request, user, second_factor_done=False, first=FIRST)


def accepted(secret: str, form: NewPasswordForm) -> User | None:
    """The user, with the password chosen; None when it is too weak, which the form then says. Raises NotUsable."""
    try:
        return services.accept_invitation(secret=secret, password=form.cleaned_data["wanted"])
    except ValidationError as problem:
        form.add_error("wanted", problem)
        return None
