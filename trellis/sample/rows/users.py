"""Rows of the people who work here."""

from __future__ import annotations

from trellis.sample.directory import PARTNERS
from trellis.sample.moments import midnight, stamp
from trellis.sample.rows.cut import Cut
from trellis.sample.users import NO_PASSWORD, SINCE


def write_workforce(cut: Cut) -> None:
    """Everybody a visitor can sign in as, their team and their role."""
    since = stamp(midnight(SINCE))
    cut.writer.add("accounts.Team", cut.directory.teams[PARTNERS], since, PARTNERS, "Remote partners")
    for worker in cut.staff.workers:
        agency = cut.directory.agencies[worker.agency]
        cut.writer.add(
            "accounts.User",
            worker.id,
            since,
            NO_PASSWORD,
            None,
            worker.email,
            worker.name,
            agency,
            worker.job,
            True,
            True,
            0,
            "",
        )
        team = cut.directory.teams[worker.team or PARTNERS]
        role = cut.directory.roles[worker.role]
        cut.writer.add("accounts.Membership", worker.membership_id, since, SINCE, None, worker.id, team, role)
