"""Who the children are: those referred in the year, and those with a case open on its last day."""

from ibis import _

from trellis.measures.definitions.breakdowns import by_ethnicity_group, by_sex
from trellis.measures.definitions.referrals import received
from trellis.measures.shape import WHOLE, Count, Distribution, Overlap, Population, Share, Slice, Sum, Tally, any_true
from trellis.measures.tables import LEGAL_STATUSES, cases, education, legal_statuses
from trellis.measures.timing import in_force_at_year_end

_open = cases.filter(in_force_at_year_end(cases.opened_on, cases.closed_on)).select("child_key").distinct()

_status = (
    legal_statuses.filter(in_force_at_year_end(legal_statuses.starts_on, legal_statuses.ends_on))
    .group_by("child_key")
    .agg(**{kind: any_true(legal_statuses.kind == kind) for kind in LEGAL_STATUSES})
)

_school = (
    education.filter(in_force_at_year_end(education.starts_on, education.ends_on))
    .group_by("child_key")
    .agg(
        has_send=any_true(education.send.isin(["sen_support", "ehc_plan"])),
        in_alternative_provision=any_true(education.provision.isin(["alternative_provision", "pupil_referral_unit"])),
    )
)

open_children = Population(
    "children with a case open on the last day of the year",
    _open.left_join(_status, "child_key").left_join(_school, "child_key"),
)

_no_status = ~(_.child_in_need | _.child_protection_plan | _.looked_after | _.care_leaver)

by_legal_status = Overlap(
    "legal_status",
    {kind: _[kind].fill_null(False) for kind in LEGAL_STATUSES} | {"none": _no_status.fill_null(True)},
)

MEASURES = (
    Distribution(
        code="profile.share_by_sex",
        title="Referrals by sex",
        why="Boys and girls are harmed, and seen to be harmed, in different ways.",
        of=received,
        by=(by_sex,),
    ),
    Distribution(
        code="profile.share_by_ethnicity_group",
        title="Referrals by ethnicity group",
        why="Whether some children are referred more or less often than others; the not known are shown.",
        of=received,
        by=(by_ethnicity_group,),
    ),
    Share(
        code="profile.share_aged_15_16",
        title="Referrals of young people aged 15 or 16",
        why="How late help begins: age is whole years on the day of receipt.",
        of=received,
        numerator_is=Tally("aged 15 or 16", _.age.isin([15, 16])),
    ),
    Count(
        code="profile.children_open",
        title="Children open to the hub",
        why="Whom the hub is holding at the end of the year: the base of the shares below.",
        of=open_children,
    ),
    Distribution(
        code="profile.legal_status",
        title="Legal status of children open to the hub",
        why="Statuses overlap (a looked-after child is also a child in need), so the shares may sum to more than 100.",
        of=open_children,
        by=(by_legal_status,),
    ),
    Share(
        code="profile.share_send",
        title="Children open to the hub with special educational needs",
        why="Needs that are not met at school are one way into harm.",
        of=open_children,
        numerator_is=Tally("with SEN support or an education, health and care plan", _.has_send),
    ),
    Share(
        code="profile.share_alternative_provision",
        title="Children open to the hub in alternative provision",
        why="Time out of mainstream school is time without the adults who would notice.",
        of=open_children,
        numerator_is=Tally("in alternative provision or a pupil referral unit", _.in_alternative_provision),
    ),
)

SUMS = (
    Sum(
        "a child has one open case at a time",
        whole=("cases.open_at_year_end", WHOLE),
        parts=(("profile.children_open", WHOLE),),
    ),
    Sum(
        "those aged 15 or 16 are those aged 15 and those aged 16",
        whole=("profile.share_aged_15_16", WHOLE),
        parts=(("referrals.received", Slice("age", "15")), ("referrals.received", Slice("age", "16"))),
    ),
)
