"""Open an account from the command line: the first of a real hub, from which all others are opened in the pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from trellis.accounts.addresses import public_address
from trellis.accounts.administration import queries, services
from trellis.accounts.models import Agency, Role, Team

WRONG = 2


class Command(BaseCommand):
    help = "Open an account and print the link with which its owner sets a password, once and within 72 hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="their work e-mail address")
        parser.add_argument("--name", required=True, help="their name")
        parser.add_argument("--agency", required=True, metavar="CODE", help="such as social_care")
        parser.add_argument("--team", required=True, metavar="CODE", help="such as management")
        parser.add_argument("--role", required=True, metavar="CODE", help="such as administrator")
        parser.add_argument("--job-title", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
            account, secret = services.open_account(
                email=email,
                name=options["name"].strip(),
                agency=chosen(Agency, options["agency"]),
                team=chosen(Team, options["team"]),
                role=chosen(Role, options["role"]),
                job_title=options["job_title"],
                by=None,
            )
        except ValidationError:
            raise CommandError(f"--email {email}: this is no e-mail address", returncode=WRONG) from None
        except services.AlreadyThere:
            raise CommandError(f"--email {email}: there is such an account already", returncode=WRONG) from None
        self.stdout.write(f"{account.name} can set a password here, once and within 72 hours:")
        self.stdout.write(public_address(reverse("invitation", args=[secret])))


def chosen(model: type[Agency] | type[Team] | type[Role], code: str) -> Any:
    """The row of that code; else one line with the codes there are."""
    try:
        return queries.by_code(model, code)
    except model.DoesNotExist:
        codes = ", ".join(sorted(code for code, _ in queries.choices_of(model)))
        name = model._meta.verbose_name
        raise CommandError(f"--{name} {code}: there is no such {name}; there are {codes}", returncode=WRONG) from None
