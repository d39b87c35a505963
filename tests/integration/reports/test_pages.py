"""The report pages: who may read them, asking for an edition once, each number's page, files as exports."""

import json
import re
import uuid

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import accounts
from trellis.accounts import sessions
from trellis.accounts.access import Refused
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.errors import Unusable
from trellis.core.ids import new_id
from trellis.reports import services
from trellis.reports.models import Edition, EditionRequest


def signed_in(client, user):
    client.force_login(user)
    session = client.session
    sessions.begin(session, None)
    session.save()
    return user


@pytest.fixture
def analyst(db, client):
    return signed_in(client, accounts.analyst())


@pytest.fixture
def edition(annual, client):
    """An edition of the invented area's annual report, and somebody who may read it."""
    user = signed_in(client, accounts.analyst())
    return services.store_edition(annual, by=user)


def jobs():
    return ProcrastinateJob.objects.filter(task_name=services.MAKE_EDITION)


def test_an_empty_hub_says_what_will_come(analyst, client):
    shown = client.get(reverse("reports"))
    assert shown.status_code == 200
    assert "No report has been made yet" in shown.text


@pytest.mark.parametrize("name", ["reports", "annual-report"])
def test_somebody_without_reports_is_refused(db, client, name):
    signed_in(client, accounts.missing_worker())
    address = reverse(name, args=["2022-23"] if name == "annual-report" else [])
    assert client.get(address).status_code == 403


def test_a_report_that_is_not_there_is_not_found(analyst, client):
    for address in (
        reverse("annual-report", args=["2022-23"]),
        reverse("edition", args=[uuid.uuid4()]),
        reverse("report-file", args=[uuid.uuid4(), "report.pdf"]),
        reverse("figure", args=[uuid.uuid4(), "missing.reports"]),
    ):
        assert client.get(address).status_code == 404


def test_fifty_presses_are_one_request_and_one_job(invented_area, client):
    signed_in(client, accounts.analyst())
    form = {"form_key": str(new_id()), "year": "2022/23"}
    before = jobs().count()
    for _ in range(50):
        assert client.post(reverse("reports"), form).status_code == 302
    assert EditionRequest.objects.filter(form_key=form["form_key"]).count() == 1
    assert jobs().count() == before + 1
    assert "it is being made" in client.get(reverse("reports")).text


def test_a_year_that_is_not_offered_is_refused_by_the_form(invented_area, client):
    signed_in(client, accounts.analyst())
    shown = client.post(reverse("reports"), {"form_key": str(new_id()), "year": "1999/00"})
    assert shown.status_code == 200
    assert "There is a problem" in shown.text


def test_the_job_makes_the_edition_once(invented_area, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    user = accounts.analyst()
    with recorded(user):
        asked = services.request_edition(period="2022/23", form_key=new_id(), by=user)
    services.fulfil_request(asked.id)
    services.fulfil_request(asked.id)
    asked.refresh_from_db()
    assert Edition.objects.filter(made_by=user).count() == 1
    assert asked.edition.files.count() == 5
    assert (services.snapshot_folder(asked.edition.snapshot) / "manifest.json").exists()
    assert EditionRequest.objects.being_made().filter(id=asked.id).count() == 0


def test_what_stops_the_job_stands_with_the_request(invented_area):
    user = accounts.analyst()
    with recorded(user):
        asked = services.request_edition(period="2010/11", form_key=new_id(), by=user)
    services.fulfil_request(asked.id)
    asked.refresh_from_db()
    assert "no referrals of 2007/08" in asked.failure


def test_a_hub_asks_for_its_first_edition_once(invented_area):
    EditionRequest.objects.all().delete()
    for _ in range(2):
        services.ensure_edition("2022/23")
    assert EditionRequest.objects.being_made().count() == 1


def test_who_may_not_read_reports_may_not_ask_for_one(db):
    user = accounts.remote_partner()
    with pytest.raises(Refused), recorded(user):
        services.request_edition(period="2022/23", form_key=new_id(), by=user)


def test_what_is_no_year_is_refused_in_words(db):
    with pytest.raises(Unusable, match="not a report year"), recorded(None):
        services.request_edition(period="soon/er", form_key=new_id(), by=None)


def test_each_number_of_the_report_opens_its_own_page(edition, client):
    shown = client.get(reverse("annual-report", args=["2022-23"]))
    assert shown.status_code == 200
    assert ">4,958</a>" in shown.text
    assert "style=" not in shown.text.replace("stylesheet", "")
    pages = set(re.findall(r'href="(/reports/figures/[^"]+)"', shown.text))
    assert len(pages) > 15
    for address in pages:
        assert client.get(address).status_code == 200, address


def test_a_figures_page_says_how_it_was_made(edition, client):
    shown = client.get(reverse("figure", args=[edition.id, "missing.return_interviews.within_72h"])).text
    for words in ("return interviews completed in the year", "2,179", "2,976", "73%", edition.snapshot, "1.0.0"):
        assert words in shown
    assert client.get(reverse("figure", args=[edition.id, "unicorns"])).status_code == 404


def test_files_are_sent_whole_as_attachments_and_logged_as_exports(edition, client, annual):
    for name, content in annual.files.items():
        sent = client.get(reverse("report-file", args=[edition.id, name]))
        assert sent.content == content
        assert sent["Content-Disposition"].startswith("attachment")
        assert AuditEvent.objects.filter(action="export", what=f"report file {name}", object_id=edition.id).count() == 1
    assert json.loads(client.get(reverse("report-file", args=[edition.id, "figures.json"])).content)
    assert client.get(reverse("report-file", args=[edition.id, "secret-key"])).status_code == 404


def test_a_file_is_not_for_somebody_without_reports(edition, client):
    signed_in(client, accounts.missing_worker())
    assert client.get(reverse("report-file", args=[edition.id, "report.pdf"])).status_code == 403
