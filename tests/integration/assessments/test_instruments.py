"""A tool is drawn up, published, and then never changes."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.factories import accounts
from tests.factories.prepared import prepared
from trellis.accounts.access import Refused
from trellis.accounts.models import User
from trellis.assessments.editor import services
from trellis.assessments.instruments.drafting import put, written
from trellis.assessments.instruments.reading import Unusable, fingerprint, read
from trellis.assessments.models import Instrument, InstrumentDraft, InstrumentVersion
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.revisions import ChangedMeanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return accounts.manager(name="Mara Manager")


@pytest.fixture
def sample() -> InstrumentVersion:
    return InstrumentVersion.objects.select_related("instrument").get(instrument__code="sample-scored-exploitation")


def begun(instrument, by) -> InstrumentDraft:
    with recorded(by, "test"):
        return services.draft_instrument(instrument=instrument, by=by)


def with_another_word(draft):
    return put(draft.definition, "domain", "missing", {"label": "When they are away"})


def published(draft, by, words="Another word") -> InstrumentVersion:
    with recorded(by, "test"):
        return services.publish_version(instrument=draft.instrument, by=by, what_changed=words)


def test_a_draft_begins_as_the_latest_version_and_is_published_as_the_next(manager, sample):
    draft = begun(sample.instrument, manager)
    assert draft.definition == sample.definition
    with recorded(manager, "test"):
        services.save_draft(draft=draft, definition=with_another_word(draft), after=1, by=manager)
    made = published(draft, manager)
    assert (made.number, made.published_by, made.what_changed) == (2, manager, "Another word")
    assert read(made.definition).domains[0].label == "When they are away"
    assert made.fingerprint == fingerprint(made.definition) != sample.fingerprint
    assert not InstrumentDraft.objects.exists()
    sample.refresh_from_db()
    assert read(sample.definition).domains[0].label == "Missing"


def test_beginning_twice_keeps_the_one_draft(manager, sample):
    assert begun(sample.instrument, manager) == begun(sample.instrument, manager)


def test_of_two_who_save_at_once_the_second_is_shown_the_first(manager, sample):
    draft = begun(sample.instrument, manager)
    late = InstrumentDraft.objects.get(pk=draft.pk)
    with recorded(manager, "test"):
        services.save_draft(draft=draft, definition=with_another_word(draft), after=1, by=manager)
        with pytest.raises(ChangedMeanwhile) as refusal:
            services.save_draft(draft=late, definition={"domains": []}, after=1, by=manager)
    assert refusal.value.now.definition["domains"][0]["label"] == "When they are away"


def test_who_saves_a_draft_that_was_published_is_told(manager, sample):
    draft = begun(sample.instrument, manager)
    with recorded(manager, "test"):
        services.save_draft(draft=draft, definition=with_another_word(draft), after=1, by=manager)
    late = InstrumentDraft.objects.get(pk=draft.pk)
    published(draft, manager)
    with recorded(manager, "test"), pytest.raises(services.NoDraft):
        services.save_draft(draft=late, definition=late.definition, after=2, by=manager)
    with recorded(manager, "test"), pytest.raises(services.NoDraft):
        services.publish_version(instrument=sample.instrument, by=manager, what_changed="Again")


def test_a_draft_that_was_changed_since_it_was_looked_at_is_not_published(manager, sample):
    draft = begun(sample.instrument, manager)
    with recorded(manager, "test"):
        services.save_draft(draft=draft, definition=with_another_word(draft), after=1, by=manager)
        with pytest.raises(ChangedMeanwhile):
            services.publish_version(instrument=sample.instrument, by=manager, what_changed="Mine", after=1)


@pytest.mark.parametrize(
    ("part", "code", "values", "problem"),
    [
        ("rule", "", {"kind": "none"}, "rule: a tool that does not add answers up has no bands"),
        ("item", "needs_identity", {"area": "nowhere"}, "item needs_identity: there is no outcome area 'nowhere'"),
        ("domain", "missing", {"label": "Missing"}, "Nothing is different from version 1"),
    ],
)
def test_what_does_not_read_or_changes_nothing_is_not_published(manager, sample, part, code, values, problem):
    draft = begun(sample.instrument, manager)
    changed = written(draft.definition, part, code, values, "needs")
    with recorded(manager, "test"):
        services.save_draft(draft=draft, definition=changed, after=1, by=manager)
        with pytest.raises(Unusable, match=problem):
            services.publish_version(instrument=sample.instrument, by=manager, what_changed="Try")
    assert sample.instrument.versions.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"definition": {}},
        {"number": 7},
        {"fingerprint": "0" * 64},
        {"valid_from": "2030-01-01"},
        {"what_changed": "Nothing, really"},
        {"published_at": "2030-01-01T00:00Z"},
    ],
)
def test_the_database_lets_nobody_change_a_published_version(sample, change):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        InstrumentVersion.objects.filter(pk=sample.pk).update(**change)


def test_the_database_lets_nobody_save_or_delete_a_published_version(sample):
    sample.definition = {}
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        sample.save()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        sample.delete()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE assessments_instrumentversion CASCADE")


def test_a_version_is_taken_out_of_use_once(manager, sample):
    with recorded(manager, "test"):
        services.retire_version(version=sample, by=manager)
        assert sample.retired_by == manager
        with pytest.raises(services.AlreadyRetired):
            services.retire_version(version=sample, by=manager)
    assert not InstrumentVersion.objects.in_use(sample.valid_from).filter(pk=sample.pk).exists()


def test_who_may_not_draw_up_or_publish_tools_is_refused(sample):
    worker = accounts.hub_worker()
    with recorded(worker, "test"):
        with pytest.raises(Refused, match="drawing up assessment tools"):
            services.draft_instrument(instrument=sample.instrument, by=worker)
        with pytest.raises(Refused, match="drawing up assessment tools"):
            services.draw_up_instrument(by=worker, name="Mine")
        with pytest.raises(Refused, match="publishing assessment tools"):
            services.publish_version(instrument=sample.instrument, by=worker, what_changed="Mine")
        with pytest.raises(Refused, match="publishing assessment tools"):
            services.retire_version(version=sample, by=worker)


def test_two_tools_of_one_name_have_each_a_code_and_what_was_done_is_in_the_log(manager):
    with recorded(manager, "test"):
        first = services.draw_up_instrument(by=manager, name="Our tool")
        second = services.draw_up_instrument(by=manager, name="Our tool")
    assert (first.code, second.code) == ("our-tool", "our-tool-2")
    with prepared():
        logged = AuditEvent.objects.filter(actor_id=manager.id, what="instrument").values_list("object_id", flat=True)
        assert {first.id, second.id} <= set(logged)
    assert Instrument.objects.get(code="our-tool").draft.definition["domains"] == []
