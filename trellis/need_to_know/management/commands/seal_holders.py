"""List the seals whose holders have gone, or name somebody to hold one."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from trellis.accounts.models import User
from trellis.audit_log.trail import recorded
from trellis.need_to_know.stranded_seals import NotStranded, Stranded, name_holder, stranded_seals

WRONG = 2


class Command(BaseCommand):
    help = "List seals that nobody can take off any more; with --seal, --email and --why, name a holder of one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seal", type=UUID, metavar="ID", help="one of those this command lists")
        parser.add_argument("--email", help="of the open account that is to hold it")
        parser.add_argument("--why", default="", help="who decided it, for the log; name no young person")

    def handle(self, *args: Any, **options: Any) -> None:
        seal, email, why = options["seal"], options["email"], options["why"].strip()
        if not seal and not email:
            return self.list_them()
        if not (seal and email and why):
            raise CommandError("--seal, --email and --why go together", returncode=WRONG)
        user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"--email {email}: there is no open account with this address", returncode=WRONG)
        try:
            with recorded(None, why="seal holders"):
                self.stdout.write(in_words(name_holder(seal_id=seal, user=user, why=why)))
        except NotStranded:
            raise CommandError(f"--seal {seal}: no seal of this id has lost its holders", returncode=WRONG) from None

    def list_them(self) -> None:
        with recorded(None, why="seal holders"):
            found = stranded_seals()
        for one in found:
            self.stdout.write(in_words(one))
        if not found:
            self.stdout.write("Every seal has holders of two agencies who can take it off.")


def in_words(one: Stranded) -> str:
    """The seal by its id alone: a terminal is no place for whom it hides."""
    left = ", ".join(f"{user.name} ({user.agency})" for user in one.left) or "nobody"
    return f"{one.seal.id}  sealed {one.seal.sealed_at:%-d %B %Y}  held by {left}"
