"""A story is drafted without who it is about, checked, released by a second person and withdrawn when asked."""

from datetime import date

import pytest

from tests.factories import accounts, case_studies, cases, kept_away, people
from tests.factories.prepared import prepared
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.accounts.access import Refused
from trellis.case_studies import services
from trellis.case_studies.models import CaseStudy, ReleasedStudy, StudyConsent
from trellis.case_studies.queries import released_of_year, standing_of
from trellis.core.clocks import today
from trellis.core.lifecycle import NotAsItStands
from trellis.people.models import Relationship

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafter():
    return accounts.hub_worker(name="Nadia Frost")


@pytest.fixture
def person():
    """A boy whose record names his mother, an adult of concern, a place and days."""
    boy = people.child(
        given_name="Kian", family_name="Tarrant", known_as="Kiki", date_of_birth=date(today().year - 14, 1, 3)
    )
    cases.open_case(boy)
    with prepared():
        for name, kind in (("Katherine Tarrant", "parent"), ("Vincent Ostler", "concern")):
            Relationship.objects.create(person=boy, other_name=name, kind=kind, starts_on=date(2020, 1, 1))
    case_studies.happened(
        boy, 14, "Missing", "Kian was away from Quarmby Park on 15/01/2025 and Vince Ostler rang 07700 900123."
    )
    case_studies.happened(boy, 60, "Arrest", "V. Ostler was arrested.", significance=3)
    case_studies.happened(boy, 130, "Work together", "Nadia Frost saw Kiki with Mrs Tarrant at home; he talked.")
    case_studies.happened(boy, 300, "Back in education", "Kian's tutor is pleased.")
    return boy


def path(study, page=""):
    return f"/children/{study.person_id}/case-studies/{study.id}/{page}"


def test_the_draft_tells_what_happened_and_not_to_whom(drafter, person):
    study = case_studies.draft(person, drafter)
    told = " ".join(study.texts.values())
    for name in ("Kian", "Kiki", "Tarrant", "Ostler", "Vince", "07700", "2025", "Frost", "Quarmby"):
        assert name not in told, told
    for words in (study.pseudonym, "In the first week", "n older acquaintance", "later"):
        assert words in told, told
    with prepared():
        assert standing_of(drafter, study).to_change == []


def test_the_checker_knows_whom_the_record_names_and_says_so_as_a_role(drafter, person):
    study = case_studies.draft(person, drafter)
    with prepared():
        texts = {
            **case_studies.TEXTS,
            "now": "Kiki rang Kath, then Ostlar and nadia.frost; it was the 15th of January.",
        }
        services.change_case_study(study=study, after=study.revision, by=drafter, **texts)
        found = standing_of(drafter, study).found["now"]
    named = " | ".join(f.matched for f in found if f.severity > 1)
    for words in ("Kiki", "Kath", "Ostlar", "nadia.frost", "15th of January"):
        assert words in named, named
    assert {"the young person", "his parent", "an older acquaintance", "the worker"} <= {f.whom for f in found}
    assert study.status == "draft"
    with prepared(), pytest.raises(NotAsItStands):
        services.propose_case_study(study=study, by=drafter)


def test_a_second_person_releases_with_consent_and_nobody_sees_whose_it_was(drafter, person):
    boss, reader = accounts.manager(), accounts.analyst()
    study = case_studies.clear(person, drafter)
    assert study.status == "checked"
    with prepared():
        services.propose_case_study(study=study, by=drafter)
        with pytest.raises(NotAsItStands, match="Consent"):
            services.release_case_study(study=study, by=boss)
    case_studies.said(study, drafter)
    with prepared():
        assert standing_of(boss, study).consent_missing == ["A parent or carer"]
    case_studies.said(study, drafter, who="parent")
    page = signed_in(boss).post(path(study, "decide/"), {"decision": "release"})
    assert page.status_code == 302
    story = ReleasedStudy.objects.get()
    browser = signed_in(reader)
    assert "A way back" in browser.get("/case-studies/").content.decode()
    shown = browser.get(f"/case-studies/{story.id}/").content.decode()
    assert case_studies.TEXTS["what_helped"] in shown
    assert str(person.id) not in shown
    assert str(study.id) not in shown
    assert browser.get(f"/case-studies/{story.id}/pdf/").content.startswith(b"%PDF")
    assert released_of_year(today(), today()) == [story]


def test_whoever_drafted_does_not_release(person):
    boss = accounts.manager()
    study = case_studies.clear(person, boss)
    with prepared():
        services.propose_case_study(study=study, by=boss)
        with pytest.raises(Refused):
            services.release_case_study(study=study, by=boss)
    assert signed_in(boss).get(path(study, "decide/")).status_code == 403


def test_consent_taken_back_takes_the_story_out_at_once(drafter, person):
    study = case_studies.released(person, drafter, accounts.manager())
    browser = signed_in(accounts.analyst())
    story = ReleasedStudy.objects.get()
    said = {"who": "young_person", "answer": "taken_back", "words": "Not any more", **day_boxes("asked_on", today())}
    assert signed_in(drafter).post(path(study, "consent/"), {**said, "form_key": new_key()}).status_code == 302
    assert browser.get(f"/case-studies/{story.id}/").status_code == 404
    assert "A way back" not in browser.get("/case-studies/").content.decode()
    assert released_of_year(today(), today()) == []
    study.refresh_from_db()
    assert study.status == "withdrawn"
    assert ReleasedStudy.objects.filter(id=story.id).exists()


def test_sealing_a_record_takes_its_released_story_out(drafter, person):
    study = case_studies.released(person, drafter, accounts.manager())
    kept_away.sealed_record(person)
    study.refresh_from_db()
    assert (study.status, ReleasedStudy.objects.standing().count()) == ("withdrawn", 0)
    assert study.status_moves.latest("moved_at").why == "The record was sealed"
    assert signed_in(accounts.analyst()).get(f"/case-studies/{study.released_id}/").status_code == 404


def test_what_is_possible_stays_for_a_reason_that_the_second_person_reads(drafter, person):
    study = case_studies.clear(person, drafter)
    browser = signed_in(drafter)
    texts = {**case_studies.TEXTS, "now": "On the way there is a bus to Elverthorpe."}
    answer = browser.post(path(study, "edit/"), {**texts, "pseudonym": study.pseudonym, "after": study.revision})
    assert answer.status_code == 302
    study.refresh_from_db()
    assert study.status == "draft"
    page = browser.get(path(study, "reasons/")).content.decode()
    assert "“Elverthorpe”" in page
    name = page.split('name="why_')[1].split('"')[0]
    assert browser.post(path(study, "reasons/"), {f"why_{name}": "A town in a song"}).status_code == 302
    study.refresh_from_db()
    assert study.status == "checked"
    assert "A town in a song" in signed_in(accounts.manager()).get(path(study)).content.decode()
    assert browser.post(path(study, "propose/")).status_code == 302
    assert browser.post(path(study, "propose/")).status_code == 409


def test_it_goes_back_with_words(drafter, person):
    study = case_studies.clear(person, drafter)
    with prepared():
        services.propose_case_study(study=study, by=drafter)
    boss = signed_in(accounts.manager())
    assert "Enter what should change" in boss.post(path(study, "decide/"), {"decision": "send_back"}).content.decode()
    assert boss.post(path(study, "decide/"), {"decision": "send_back", "why": "Too near to life"}).status_code == 302
    assert "Too near to life" in signed_in(drafter).get(path(study)).content.decode()


def test_a_form_sent_twice_makes_one_row_and_a_stale_one_shows_both(drafter, person):
    browser = signed_in(drafter)
    said = {"least": "2", "form_key": new_key(), **day_boxes("since", date(2025, 1, 1)), **day_boxes("until", today())}
    draft = f"/children/{person.id}/case-studies/draft/"
    assert [browser.post(draft, said).status_code for _ in range(2)] == [302, 302]
    study = CaseStudy.objects.get()
    first = {**case_studies.TEXTS, "pseudonym": study.pseudonym, "after": study.revision}
    assert browser.post(path(study, "edit/"), first).status_code == 302
    late = browser.post(path(study, "edit/"), {**first, "now": "Typed too late"})
    assert late.status_code == 409
    assert "Typed too late" in late.content.decode()
    assert case_studies.TEXTS["now"] in late.content.decode()
    asked = {"who": "parent", "answer": "no", "words": "No", **day_boxes("asked_on", today()), "form_key": new_key()}
    assert [browser.post(path(study, "consent/"), asked).status_code for _ in range(2)] == [302, 302]
    assert StudyConsent.objects.count() == 1


def test_others_find_no_such_page(drafter, person):
    study = case_studies.clear(person, drafter)
    partner = signed_in(accounts.remote_partner())
    assert partner.get(path(study)).status_code == 404
    assert partner.get("/case-studies/").status_code == 403
    assert signed_in(accounts.missing_worker()).get(path(study, "edit/")).status_code == 403


def test_the_lists_take_as_many_queries_for_forty_as_for_ten(drafter, person):
    browser, reader = signed_in(drafter), signed_in(accounts.analyst())

    def fill(number):
        with prepared():
            for _ in range(number):
                ReleasedStudy.objects.create(title="A way back", released_at=case_studies.start_of_day(today()))
                CaseStudy.objects.create(
                    person=person,
                    title="Another",
                    pseudonym="Ash",
                    starts_on=today(),
                    ends_on=today(),
                    recorded_by=drafter,
                )

    fill(10)
    pages = [(browser, f"/children/{person.id}/case-studies/"), (reader, "/case-studies/")]
    few = [queries_of(who, page) for who, page in pages]
    fill(30)
    assert [queries_of(who, page) for who, page in pages] == few
