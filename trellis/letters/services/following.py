"""A letter is followed: its code made, sent anew or another way, asked after, come back, acknowledged or given up."""

import secrets
from datetime import date

from django.db import transaction

from trellis.accounts.models import User
from trellis.accounts.sealed import keyed_hash
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.lifecycle import NotAsItStands
from trellis.core.reference_data import due_on
from trellis.letters.access import check_can_write_letter
from trellis.letters.lifecycle import ACKNOWLEDGED, NOT_SENT, OTHER_WAY, OVER, READY, RETURNED, SENT
from trellis.letters.models import Letter, LetterMove
from trellis.letters.services.moving import WHAT, gone_out, locked, move, send_soon, withdraw_links

CODE = "letter-code"
DIGITS = 8


def code_hash(letter: Letter, code: str) -> str:
    """The same code of another letter has another hash."""
    return keyed_hash(f"{letter.id} {code}", CODE)


@transaction.atomic
def make_code(*, letter: Letter, by: User) -> str:
    """A new access code of eight digits, to be told by telephone; one made before opens nothing any more. It is given
    back this once and kept as a hash. Raises Refused; NotAsItStands when the letter needs none."""
    check_can_write_letter(by, letter.person)
    letter = locked(letter)
    if letter.status in (*OVER, OTHER_WAY):
        raise NotAsItStands("This letter is not collected here any more, so it needs no code")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    letter.code_hash, letter.code_made_at, letter.code_tries = code_hash(letter, code), now(), 0
    letter.save(update_fields=["code_hash", "code_made_at", "code_tries"])
    note(Action.WRITE, "access code of a letter", object_id=letter.id, children=[letter.person_id])
    return code


@transaction.atomic
def send_again(*, letter: Letter, address: str, by: User) -> Letter:
    """Send a new link, to the same address or another; links sent before open nothing. Raises Refused,
    MoveNotAllowed."""
    check_can_write_letter(by, letter.person)
    letter = locked(letter)
    withdraw_links(letter)
    if letter.status == READY:
        letter.address = address
        letter.save(update_fields=["address"])
        note(Action.WRITE, WHAT, object_id=letter.id, children=[letter.person_id])
    else:
        move(letter, READY, by=by, why=f"Sent anew to {address}", address=address)
    send_soon(letter)
    return letter


@transaction.atomic
def send_another_way(*, letter: Letter, how: str, on: date, by: User) -> Letter:
    """It went out ``how`` else, by post for instance, on a day. Links open nothing any more.

    Raises Refused, MoveNotAllowed; NotAsItStands for a day before it was written or after today.
    """
    check_can_write_letter(by, letter.person)
    letter = locked(letter)
    if not letter.written_on <= on <= today():
        raise NotAsItStands("The day is between the day it was written and today")
    withdraw_links(letter)
    return gone_out(letter, OTHER_WAY, how=how, on=on, by=by)


@transaction.atomic
def ask_after(*, letter: Letter, words: str, by: User) -> Letter:
    """They were asked to collect it; it is asked after again as long from now. Raises Refused, NotAsItStands."""
    check_can_write_letter(by, letter.person)
    letter = locked(letter)
    if letter.status != SENT:
        raise NotAsItStands("This letter does not wait to be collected")
    insert_rows([LetterMove(letter=letter, old=SENT, new=SENT, moved_at=now(), moved_by=by, why=words)])
    letter.chase_on = due_on("letters.chase", today())
    letter.save(update_fields=["chase_on"])
    note(Action.WRITE, WHAT, object_id=letter.id, children=[letter.person_id])
    return letter


@transaction.atomic
def record_return(*, letter: Letter, why: str, by: User) -> Letter:
    """It came back after all, such as an answer that nobody has this address. Raises Refused, MoveNotAllowed."""
    check_can_write_letter(by, letter.person)
    letter = locked(letter)
    withdraw_links(letter)
    return move(letter, RETURNED, by=by, why=why)


@transaction.atomic
def acknowledge_by_phone(*, letter: Letter, why: str, by: User) -> Letter:
    """They said that they have it: ``why`` tells who and how. Raises Refused, MoveNotAllowed."""
    check_can_write_letter(by, letter.person)
    letter = locked(letter)
    withdraw_links(letter)
    return move(letter, ACKNOWLEDGED, by=by, why=why, acknowledged_at=now(), chase_on=None)


@transaction.atomic
def end_letter(*, letter: Letter, why: str, by: User) -> Letter:
    """It is not sent, because. Raises Refused, MoveNotAllowed."""
    check_can_write_letter(by, letter.person)
    letter = locked(letter)
    withdraw_links(letter)
    return move(letter, NOT_SENT, by=by, why=why)
