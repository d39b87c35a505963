"""Rows of the missing desk: the episode, its grades, the interview, chronology and sight of the child."""

from __future__ import annotations

from trellis.missing.lifecycle import ACCEPTED, AWAITING_OFFER, COMPLETED, DECLINED, MISSING, OFFERED, RETURNED
from trellis.missing.models import Kind
from trellis.sample.moments import stamp, stamp_or_none
from trellis.sample.records import Child, Episode
from trellis.sample.rows.cut import Cut
from trellis.sample.rows.episode_details import NOTHING, details_of
from trellis.sample.rows.return_interviews import declined_by, independence_of, write_after_return
from trellis.sample.streams import id_from

LABELS = {kind.value: kind.label for kind in Kind}


def write_episodes(episodes: list[Episode], cut: Cut) -> None:
    """A year's episodes as they stood at the cut, and who may see their children."""
    past: dict[Child, list[Episode]] = {}
    for episode in episodes:
        if cut.has(episode.reported_at):
            _write_episode(episode, cut)
            if _settled(episode, cut):
                past.setdefault(episode.child, []).append(episode)
            else:
                _grant(episode.child, episode.reported_at, None, episode.id, cut)
    for child, done in past.items():
        end = max(episode.interview.settled_at for episode in done)
        _grant(child, done[0].reported_at, end, done[0].id, cut)


def _settled(episode: Episode, cut: Cut) -> bool:
    return cut.has(episode.returned_at) and cut.has(episode.interview.settled_at)


def _grant(child: Child, start: int, end: int | None, source: str, cut: Cut) -> None:
    """One for each open episode; those of a year that are over share one, so that grants stay few."""
    for team in ("missing", "hub"):
        cut.grant(child.id, "Missing", start, end, team=team, source=source)
    cut.managers_grant(child.id, "Missing", start, end, source)


def _write_episode(episode: Episode, cut: Cut) -> None:
    returned = cut.has(episode.returned_at)
    reported_at, returned_at = stamp(episode.reported_at), cut.known(episode.returned_at)
    details = details_of(episode) if returned else NOTHING
    regraded = bool(episode.grade_before) and cut.has(episode.regraded_at)
    first_grade = episode.grade_before or episode.grade
    cut.writer.add(
        "missing.MissingEpisode",
        episode.id,
        reported_at,
        episode.child.id,
        episode.police_ref,
        episode.kind,
        RETURNED if returned else MISSING,
        stamp(episode.last_seen_at),
        "",
        "",
        reported_at,
        episode.reported_by,
        episode.grade if regraded else first_grade,
        returned_at,
        episode.found_where if returned else "",
        episode.found_with if returned else "",
        details.found_by,
        returned_at,
        episode.officer,
        episode.out_of_area,
        "",
        details.factors,
        details.harm,
        "",
        "",
        None,
        episode.interview.worker,
        reported_at,
        None,
    )
    cut.move("missing.EpisodeMove", episode.id, "", MISSING, episode.reported_at, None)
    cut.move("missing.EpisodeMove", episode.id, MISSING, RETURNED, episode.returned_at, None)
    _write_grading(episode, first_grade, episode.reported_at, cut)
    if regraded:
        _write_grading(episode, episode.grade, episode.regraded_at, cut)
    _write_chronology(episode, cut)
    if returned:
        _write_interview(episode, cut)


def _write_grading(episode: Episode, grade: str, moment: int, cut: Cut) -> None:
    text = stamp(moment)
    cut.writer.add(
        "missing.RiskGrading",
        id_from(episode.id, moment),
        text,
        grade,
        text,
        episode.officer,
        "",
        True,
        episode.id,
        None,
    )


def _write_chronology(episode: Episode, cut: Cut) -> None:
    child = episode.child.id
    cut.entry(
        child,
        episode.reported_at,
        "missing.reported",
        LABELS[episode.kind],
        agency="police",
        significance=2,
        subject=episode.id,
    )
    cut.entry(
        child,
        episode.returned_at,
        "missing.returned",
        "Returned",
        agency="police",
        body=episode.found_where,
        subject=episode.id,
    )
    if episode.interview.outcome == COMPLETED:
        cut.entry(
            child,
            episode.interview.settled_at,
            "missing.interview",
            "Return interview held",
            agency="missing_team",
            body=episode.interview.account,
            significance=2,
            subject=episode.interview.id,
            user=episode.interview.worker,
        )


def _write_interview(episode: Episode, cut: Cut) -> None:
    interview, worker = episode.interview, episode.interview.worker
    path = _path(episode)
    old, status = "", AWAITING_OFFER
    for moment, new in path:
        why = interview.decline_reason if new == DECLINED else interview.why if new != COMPLETED and not old else ""
        if cut.has(moment):
            user = None if new == AWAITING_OFFER else worker
            cut.move("missing.InterviewMove", interview.id, old, new, moment, user, why)
            old = status = new
    settled = stamp_or_none(interview.settled_at)
    held, declined = status == COMPLETED, status == DECLINED
    offered_at = cut.known(interview.offered_at)
    cut.writer.add(
        "missing.ReturnInterview",
        interview.id,
        stamp(episode.returned_at),
        episode.id,
        status,
        stamp(interview.due_at),
        offered_at,
        worker if offered_at else None,
        settled if declined else None,
        declined_by(interview.decline_reason) if declined else "",
        interview.decline_reason if declined else "",
        settled if held else None,
        worker if held else None,
        None,
        independence_of(episode) if held else "",
        interview.place if held else "",
        "",
        interview.account if held else "",
        interview.reason if held else "",
        "{}",
        "",
        interview.delay_reason if held else "",
        "",
        settled if held else None,
        settled if held else None,
    )
    write_after_return(episode, cut)


def _path(episode: Episode) -> list[tuple[int, str]]:
    """The interview's statuses in order, each with its moment."""
    interview = episode.interview
    path = [(episode.returned_at, AWAITING_OFFER)]
    if interview.offered_at is not None:
        path.append((interview.offered_at, OFFERED))
    if interview.accepted_at is not None:
        path.append((interview.accepted_at, ACCEPTED))
    return [*path, (interview.settled_at, interview.outcome)]
