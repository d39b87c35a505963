"""The button that leads to an organisation's own sign-in, where the hub has one."""

from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm

from trellis.accounts.single_sign_on.provider import configured

register = template.Library()


@register.inclusion_tag("accounts/_single_sign_on.html", takes_context=True)
def single_sign_on(context: template.Context, form: BaseForm) -> dict[str, Any]:
    """``form`` is the sign-in form: the page asked for and what was kept go along."""
    return {
        "offered": configured(),
        "called": settings.OIDC_NAME,
        "form": form,
        "csrf_token": context.get("csrf_token"),
    }
