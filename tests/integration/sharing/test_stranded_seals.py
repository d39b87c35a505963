"""The holders of a seal have left: an operator names others, and nobody else learns of it."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import accounts, kept_away
from tests.support.pages import signed_in
from trellis.accounts.administration.services import close_account
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.need_to_know.models import SealHolder
from trellis.sharing.sealing import services

pytestmark = pytest.mark.django_db


def leave(*users):
    administrator = accounts.member("analysis", "administrator")
    for user in users:
        with recorded(administrator):
            close_account(account=user, by=administrator)


def name(seal, user, why="Decided by the board on 3 May"):
    call_command("seal_holders", seal=seal.id, email=user.email, why=why)


def test_a_seal_with_its_holders_is_not_listed_and_takes_nobody(capsys):
    seal, _, _ = kept_away.sealed_record()
    call_command("seal_holders")
    assert capsys.readouterr().out == "Every seal has holders of two agencies who can take it off.\n"
    with pytest.raises(CommandError, match="has lost its holders"):
        name(seal, accounts.manager())
    assert SealHolder.objects.count() == 2


def test_two_are_named_after_all_have_left_and_they_take_the_seal_off(capsys):
    seal, manager, police = kept_away.sealed_record()
    leave(manager, police)
    call_command("seal_holders")
    listed = capsys.readouterr().out
    assert f"{seal.id}  sealed" in listed
    assert "held by nobody" in listed
    assert seal.person.name not in listed
    heir, nurse = accounts.manager(), accounts.hub_worker_of("health")
    name(seal, heir)
    name(seal, nurse)
    noted = AuditEvent.objects.filter(what="seal holder", why="Decided by the board on 3 May")
    assert [event.children for event in noted] == [[seal.person_id], [seal.person_id]]
    with recorded(heir):
        proposal = services.propose_unseal(seal=seal, reason="The danger is over", by=heir)
    with recorded(nurse):
        services.agree_unseal(proposal=proposal, by=nurse)
    assert signed_in(accounts.hub_worker()).get(f"/children/{seal.person_id}/").status_code == 200


def test_one_holder_left_is_not_enough_and_of_another_agency_is(capsys):
    seal, _, police = kept_away.sealed_record()
    leave(police)
    call_command("seal_holders")
    assert str(seal.id) in capsys.readouterr().out
    nurse = accounts.hub_worker_of("health")
    name(seal, nurse)
    assert signed_in(nurse).get(f"/children/{seal.person_id}/").status_code == 200
    with pytest.raises(CommandError, match="has lost its holders"):
        name(seal, accounts.hub_worker_of("probation"))


@pytest.mark.parametrize("asked", [{"email": "x@example.org"}, {"email": "x@example.org", "why": "x"}])
def test_what_is_left_out_is_said(asked):
    with pytest.raises(CommandError, match="go together"):
        call_command("seal_holders", **asked)
