"""Who works with whom, decided by whoever allocates."""

from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.models import Allocation, Case
from trellis.cases.services import allocate_case, end_allocations


class WorkedMeanwhile(ValueError):
    """Somebody else gave the case to another lead worker first. ``now``: who leads it."""

    def __init__(self, now: User | None) -> None:
        super().__init__(f"Somebody else allocated this case first: {now.name if now else 'nobody'} leads it now")
        self.now = now


@transaction.atomic
def allocate(*, case: Case, worker: User, part: str, by: User, after: UUID | None) -> Allocation:
    """Give a case a worker; one who holds that part already keeps it, so that fifty copies make one allocation.
    ``after``: the allocation of the lead worker that whoever decides had seen.

    Raises Refused, WorkedMeanwhile.
    """
    check_may(by, Permission.CASE_ALLOCATE)
    case = Case.objects.select_for_update(of=("self",)).select_related("person").get(id=case.id)
    held = case.allocations.current().filter(worker=worker, part=part).first()
    if held:
        return held
    lead = case.allocations.current().filter(part=Allocation.Part.LEAD).select_related("worker").first()
    if (lead.id if lead else None) != after:
        raise WorkedMeanwhile(lead.worker if lead else None)
    return allocate_case(case=case, worker=worker, by=by, part=part)


@transaction.atomic
def end_allocation(*, allocation: Allocation, by: User) -> None:
    """The worker works this case no longer, in any part; what was granted for it ends. Ended already, it stays so.

    Raises Refused without CASE_ALLOCATE.
    """
    check_may(by, Permission.CASE_ALLOCATE)
    end_allocations(person=allocation.case.person, worker=allocation.worker, by=by)
