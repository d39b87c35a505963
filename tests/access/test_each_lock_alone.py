"""Each of the two locks holds by itself: pages filter where row-level security would let every row through, and the row
context ends with what it was set for. That row-level security holds with no filter at all, the oracle's test shows."""

import pytest
from django.db import connection, transaction

from tests.factories import accounts, cases, kept_away, missing, people, referrals, sharing
from tests.factories.prepared import prepared
from tests.support.pages import signed_in
from trellis.accounts.models import Agency
from trellis.audit_log.trail import recorded
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import now
from trellis.core.row_context import Duty, duty
from trellis.people.models import Education, Person

LISTS = (
    *("/", "/missing/", "/referrals/", "/referrals/?show=decided", "/pointers/", "/pointers/?show=asked"),
    *("/api/children/", "/api/missing/", "/emergency/", "/governance/access/"),
)
OF_A_CHILD = ("", "chronology/", "chronology/add/", "missing/", "sharing/", "access/", "record.pdf")
SEARCHED = ("Wren Ouzel", "Wren", "Ouzle", "999 123 4567", "HID-2627-00001", "MP/26/0042", "4 May 2011")


class SecondLockOpen:
    """Innermost middleware: every row is let through, so that what is hidden is hidden by the pages' own filters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with duty(Duty.CHECK):
            return self.get_response(request)


@pytest.fixture
def second_lock_open(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.SecondLockOpen"]


def whole_record():
    """A child whom the hub, the desk and a partner see, with something on every list there is."""
    person = people.child(given_name="Wren", family_name="Ouzel", nhs_number="9991234567")
    cases.open_case(person)
    missing.returned_child(person, hours_since_return=50)
    missing.missing_child(person, police_ref="MP/26/0042")
    referrals.waiting_referral(person, reference="HID-2627-00001")
    referrals.decided_referral(person=person)
    sharing.share(person, ["chronology", "missing"])
    sharing.question(sharing.pointer(person))
    return person


def told(client, person):
    """Which pages name the child: lists, searches, the child's own."""
    answers = {page: client.get(page) for page in LISTS}
    answers |= {typed: client.post("/children/", {"q": typed}) for typed in SEARCHED}
    answers |= {page: client.get(f"/children/{person.id}/{page}") for page in OF_A_CHILD}
    return {page for page, answer in answers.items() if str(person.id) in answer.getvalue().decode(errors="replace")}


KINDS = [accounts.hub_worker, accounts.manager, accounts.missing_worker, accounts.remote_partner]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_pages_filter_even_where_every_row_is_let_through(kind, second_lock_open):
    asker, person = kind(), whole_record()
    assert len(told(signed_in(asker), person)) > 5
    kept_away.sealed_record(person)
    assert told(signed_in(asker), person) == set()


@pytest.mark.django_db
def test_a_partner_is_shown_the_parts_shared_even_where_every_row_is_let_through(second_lock_open):
    person = whole_record()
    Education.objects.create(person=person, starts_on=now().date(), provision="mainstream", place_name="Heron School")
    with prepared():
        police = Agency.objects.get(code="police")
        add_chronology_entry(
            person=person, happened_at=now(), kind="note", title="Said by police", by=None, agency=police
        )
    other = accounts.remote_partner("youth_justice")
    sharing.share(person, ["chronology"], to="youth_justice")
    client = signed_in(other)
    assert client.get(f"/children/{person.id}/missing/").status_code == 404
    for page in ("", "chronology/"):
        text = client.get(f"/children/{person.id}/{page}").content.decode()
        assert "Wren Ouzel" in text
        for words in ("Missing now", "MP/26/0042", "Heron School", "Said by police", "HID-2627-00001"):
            assert words not in text, (page, words)


def settings_of_the_context():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('trellis.user', true), current_setting('trellis.duty', true)")
        return tuple(value or "" for value in cursor.fetchone())


@pytest.mark.django_db
def test_a_duty_ends_where_it_says():
    worker = accounts.hub_worker()
    with recorded(worker, "test"):
        with duty(Duty.INTAKE):
            assert settings_of_the_context() == (str(worker.id), "intake")
            with duty(Duty.SEAL):
                assert settings_of_the_context() == (str(worker.id), "seal")
            assert settings_of_the_context() == (str(worker.id), "intake")
        assert settings_of_the_context() == (str(worker.id), "")
        with pytest.raises(ZeroDivisionError), duty(Duty.INTAKE):
            raise ZeroDivisionError
        assert settings_of_the_context() == (str(worker.id), "")


@pytest.mark.django_db
def test_after_a_duty_the_user_sees_what_they_saw_before():
    stranger, person = accounts.remote_partner(), people.child()
    with recorded(stranger, "test"):
        with duty(Duty.INTAKE):
            assert Person.objects.filter(id=person.id).exists()
        assert not Person.objects.filter(id=person.id).exists()


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_context_ends_with_its_transaction_whether_it_was_kept_or_undone():
    """The connection goes on to somebody else's request."""
    worker = accounts.hub_worker()
    before = settings_of_the_context()
    with recorded(worker, "test", duty=Duty.IMPORT):
        assert settings_of_the_context() == (str(worker.id), "import")
    assert settings_of_the_context() == before
    with pytest.raises(ZeroDivisionError), recorded(worker, "test"):
        raise ZeroDivisionError
    assert settings_of_the_context() == before
    with transaction.atomic():
        assert settings_of_the_context() == before
