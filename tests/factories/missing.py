"""Missing episodes by their state, made through the services."""

from datetime import timedelta

from tests.factories import people
from tests.factories.prepared import prepared
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now, today
from trellis.missing import services
from trellis.missing.models import MissingEpisode, MissingProfile, ReturnInterview
from trellis.missing.services.merging import keep_second_report


def missing_child(person=None, hours_ago=5, **fields) -> MissingEpisode:
    """Out there now: the desk and the hub see the child."""
    fields = {"kind": "home", "reported_at": now() - timedelta(hours=hours_ago), "by": None, **fields}
    with prepared():
        return services.report_missing(person=person or people.child(), **fields)


def told_twice(episode, by, **fields) -> MissingEpisode:
    """A second report of the same time."""
    report = MissingEpisode(person=episode.person, kind=episode.kind, reported_at=now(), **fields)
    with prepared():
        return keep_second_report(episode=episode, report=report, by=by)


def returned_child(person=None, hours_since_return=10, **fields) -> ReturnInterview:
    """Back, with a return interview to be offered."""
    episode = missing_child(person, hours_ago=hours_since_return + 8, **fields)
    with prepared():
        return services.record_return(episode=episode, returned_at=now() - timedelta(hours=hours_since_return), by=None)


def held_interview(by, interview=None, hours_since_return=10, **told) -> ReturnInterview:
    """Held two hours after the return by ``by``, who sees the child until then."""
    interview = interview or returned_child(hours_since_return=hours_since_return)
    told = {
        "completed_at": interview.episode.returned_at + timedelta(hours=2),
        "account": "I was with mates.",
        "reason": "staying_out_with_friends",
        "independence": "missing_team",
        **told,
    }
    with prepared():
        services.offer_interview(interview=interview, by=by)
        return services.hold_return_interview(interview=interview, by=by, **told)


def profile(person, by, after=0, **texts) -> MissingProfile:
    """The revision of the profile that follows ``after``, looked over today."""
    texts = {"checked_on": today(), "looks_like": "Tall, with short hair", **texts}
    with recorded(by, "test", duty="test"):
        return services.write_profile(person=person, after=after, by=by, **texts)
