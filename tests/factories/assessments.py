"""Assessments by their state, made through the services so that they are whole."""

from datetime import date
from itertools import count

from tests.factories import accounts, cases
from tests.factories.prepared import prepared
from trellis.assessments import services
from trellis.assessments.instruments.reading import fingerprint
from trellis.assessments.models import Answer, Assessment, Instrument, InstrumentVersion
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now

_number = count(1)
LEVELS = [
    {"code": "none", "label": "No sign", "score": 0},
    {"code": "some", "label": "Some signs", "score": 1},
    {"code": "much", "label": "Clear signs", "score": 2},
    {"code": "not_known", "label": "Not known", "score": None},
]
SCALES = [
    {"code": "signs", "label": "Signs", "kind": "ordinal", "levels": LEVELS},
    {"code": "words", "label": "Words", "kind": "text"},
    {"code": "ten", "label": "From 0 to 10", "kind": "number", "minimum": 0, "maximum": 10},
]


def item(code, kind="indicator", scale="signs", **more):
    return {"code": code, "text": code.replace("_", " ").capitalize(), "kind": kind, "scale": scale, **more}


def definition(**changes):
    """Two domains, six items, four of them counted; bands from 0 and from 4."""
    return {
        "scales": SCALES,
        "domains": [
            {
                "code": "missing",
                "label": "Missing",
                "items": [
                    item("away_overnight", area="missing"),
                    item("far_from_home", area="missing", evidence=True),
                    item("calls_somebody", kind="strength"),
                ],
            },
            {
                "code": "places",
                "label": "Places and people",
                "items": [item("older_friends"), item("new_things"), item("where_safe", "narrative", "words")],
            },
        ],
        "rule": {"kind": "sum", "kinds": ["indicator"], "completeness_at_least": 50},
        "bands": [
            {"code": "lower", "label": "Lower", "lowest": 0, "highest": 3},
            {"code": "higher", "label": "Higher", "lowest": 4, "highest": 8},
        ],
        **changes,
    }


def unscored(**changes):
    return definition(rule={"kind": "none"}, bands=[], **changes)


def tool(name="Tool", what=None, **fields) -> InstrumentVersion:
    """A published first version, in use."""
    made = Instrument.objects.create(code=f"tool-{next(_number)}", name=name, **fields)
    return version(made, 1, what)


def version(instrument, number=1, what=None, **fields) -> InstrumentVersion:
    asked = what or definition()
    fields = {"valid_from": date(2020, 1, 1), "published_at": now(), **fields}
    return InstrumentVersion.objects.create(
        instrument=instrument, number=number, definition=asked, fingerprint=fingerprint(asked), **fields
    )


def begun(worker=None, person=None, what=None, **fields) -> Assessment:
    """Under way, by a worker of the hub, of a young person whose case is open."""
    worker = worker or accounts.hub_worker()
    if person is None:
        person = cases.open_case().person
    with recorded(worker, "test"):
        return services.begin_assessment(person=person, version=what or tool(), by=worker, **fields)


def answered(assessment, by=None, after=0, **values) -> list[Answer]:
    """``values``: item to its answer."""
    by = by or assessment.worker
    given = [services.Given(code, value, after=after) for code, value in values.items()]
    with recorded(by, "test"):
        return services.save_answers(assessment=assessment, answers=given, by=by)


def viewed(assessment, by=None, **said) -> Assessment:
    """What has to be said before it is submitted is said."""
    by = by or assessment.worker
    assessment.refresh_from_db()
    said = {
        "childs_view": "“I want my own room.”",
        "childs_view_how": "On a walk",
        "nrm_considered": "no",
        "nrm_why": "Nothing points to it now",
        **said,
    }
    with recorded(by, "test"):
        return services.say_views(assessment=assessment, after=assessment.revision, by=by, **said)


def submitted(worker=None, person=None, what=None, band="lower", **values) -> Assessment:
    """Waits for a manager; what is not said of its answers is "no sign"."""
    assessment = begun(worker, person, what)
    plain = dict.fromkeys(("away_overnight", "far_from_home", "older_friends", "new_things"), "none")
    answered(assessment, **{**plain, **values})
    viewed(assessment)
    band = band if assessment.version.definition["bands"] else ""
    with recorded(assessment.worker, "test"):
        services.judge(assessment=assessment, band=band, words="As it looks", why="As we see it", by=assessment.worker)
        return services.submit_assessment(assessment=assessment, by=assessment.worker)


def signed_off(by=None, **about) -> Assessment:
    assessment = submitted(**about)
    by = by or accounts.manager()
    with recorded(by, "test"):
        return services.sign_off_assessment(assessment=assessment, by=by)


def asked(assessment, agency, **fields):
    """An agency is asked to contribute."""
    fields = {"question": "What do you see of them?", **fields}
    with recorded(assessment.worker, "test"):
        return services.ask_for_contribution(assessment=assessment, agency=agency, by=assessment.worker, **fields)


def begun_at(assessment, day, due) -> Assessment:
    """Moves the clock of an assessment."""
    with prepared():
        Assessment.objects.filter(id=assessment.id).update(clock_started_on=day, due_on=due)
    assessment.refresh_from_db()
    return assessment
