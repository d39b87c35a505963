"""What was typed into a session that had ended: asked to sign in first, then offered to be sent again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts import kept_work
from trellis.accounts.forms import SignInForm
from trellis.accounts.sessions import SignedInRequest
from trellis.accounts.views.sign_in import sign_in_page


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, carrying what was posted; with more than it can carry, it says so."""
    try:
        form = SignInForm(initial={"kept": kept_work.keep(request)})
    except kept_work.TooLong:
        return sign_in_page(request, SignInForm(initial={"next": request.path}), too_long=True)
    return sign_in_page(request, form, files=bool(request.FILES))


@require_http_methods(["GET", "POST"])
def kept(request: SignedInRequest) -> HttpResponse:
    """What is kept, with a way to send it; posting here gives it up."""
    if request.method == "POST":
        kept_work.drop(request.session, request.user, request.POST.get("drop", ""))
        messages.info(request, "It was not sent, and is no longer kept.")
    forms = kept_work.all_kept(request.session, request.user)
    return render(request, "accounts/kept_work.html", {"forms": forms}) if forms else redirect("my-day")
