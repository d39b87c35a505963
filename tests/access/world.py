"""The world of the matrix: six children, twenty people who ask, and in everything written about a child a word that
stands nowhere else, so that it can be searched for in whatever is answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.access.case_studies import write_case_study
from tests.access.health import write_health
from tests.access.nrm import write_nrm
from tests.access.outcomes import write_outcomes
from tests.access.panels import PANEL, the_meeting, write_panels
from tests.access.plans import write_plan
from tests.access.quality import audit, the_action, the_round, write_profile
from tests.access.small_hub import write_item
from tests.access.supervision import allocated, write_supervision
from tests.access.transition import write_transition
from tests.access.voice import write_voice
from tests.factories import accounts, assessments, documents, missing, people, referrals
from tests.factories.prepared import prepared
from tests.support.context import SEES_ALL
from trellis.accounts.models import Agency, Membership, User
from trellis.assessments.instruments.reading import read
from trellis.assessments.instruments.scoring import About, result
from trellis.assessments.models import (
    Answer,
    Assessment,
    AssessmentMove,
    BestPlaced,
    Contribution,
    ContributionMove,
    ContributionRequest,
    InstrumentDraft,
    InstrumentVersion,
    Judgement,
    OutcomeView,
)
from trellis.audit_log.trail import recorded
from trellis.cases import services as cases
from trellis.cases.models import Case, CaseMove, EntryRecoding, Notice, RawText
from trellis.core.clocks import now, today
from trellis.documents.models import Document, DocumentRecoding
from trellis.missing.models import (
    EpisodeMove,
    InterviewAttempt,
    Mention,
    PreventionInterview,
    ReturnInterview,
    RiskGrading,
    SafetyAction,
)
from trellis.need_to_know.models import Exclusion, Grant, Seal, SealHolder, UnsealProposal
from trellis.people.models import (
    Address,
    Alias,
    Education,
    LegalStatus,
    Particulars,
    Person,
    PersonChange,
    Placement,
    PracticeRegistration,
    Relationship,
    RelationshipChange,
)
from trellis.referrals.models import Referral
from trellis.reports.models import Edition, EditionFile
from trellis.sharing import services as sharing
from trellis.sharing.emergency.models import EmergencyOpening

CHILDREN = ("open", "shared", "pointed", "sealed", "excluded", "opened")
CODED = {"handling": "P", "conditions": "", "limited_to": []}
RESULT = result(read(assessments.definition()), {("far_from_home", ""): "some"}, About(15)).as_json()
LAST_SEEN = timedelta(hours=58)


def word(child: str, what: str) -> str:
    """A word that stands nowhere but in this place of this child's record."""
    return f"Kq{child}{what}zx"


@dataclass
class World:
    users: dict[str, User | None]
    children: dict[str, Person] = field(default_factory=dict)
    # What an address can name: kind, then a name of it, then the arguments of the address.
    objects: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def add(self, kind: str, called: str, **arguments: Any) -> None:
        self.objects.setdefault(kind, {})[called] = arguments


# Everybody who asks: by what they are, and the factory that makes them.
ROLES: dict[str, Callable[[], User | None]] = {
    "anonymous": lambda: None,
    "lead social worker": lambda: practitioner("social_care"),
    "hub social worker": lambda: practitioner("social_care"),
    "police officer": lambda: practitioner("police"),
    "nurse": lambda: practitioner("health"),
    "psychologist": lambda: practitioner("psychology"),
    "probation officer": lambda: practitioner("probation"),
    "missing worker": accounts.missing_worker,
    "manager": accounts.manager,
    "analyst": accounts.analyst,
    "administrator": lambda: accounts.member("analysis", "administrator"),
    "auditor": lambda: accounts.member("analysis", "auditor"),
    "partner with a share": lambda: accounts.remote_partner("education"),
    "partner with a pointer": lambda: accounts.remote_partner("youth_justice"),
    "partner with nothing": lambda: accounts.remote_partner("housing"),
    "worker kept from a child": lambda: practitioner("social_care"),
    "auditor kept from a child": lambda: accounts.member("analysis", "auditor"),
    "holder of a seal": lambda: practitioner("social_care"),
    "manager who holds a seal": lambda: accounts.member("management", "manager", agency="police"),
    "leaver": accounts.leaver,
    "opener in an emergency": lambda: accounts.member("analysis", "practitioner", agency="early_help"),
}


def practitioner(agency: str) -> User:
    return accounts.member("hub", "practitioner", agency=agency)


def people_who_ask() -> dict[str, User | None]:
    asking = {name: make() for name, make in ROLES.items()}
    for name, user in asking.items():
        if user:
            User.objects.filter(id=user.id).update(name=name.capitalize())
            user.refresh_from_db()
    return asking


def build(names: tuple[str, ...] = CHILDREN) -> World:
    """The world with these children and no other."""
    world = World(people_who_ask())
    add_children(world, names)
    add_what_is_no_childs(world)
    return world


def add_children(world: World, names: tuple[str, ...]) -> None:
    """Children, everything written about them, and how they stand to those who are there already."""
    before = dict(world.children)
    with prepared():
        for name in names:
            world.children[name] = a_child(name)
        for name in names:
            write_record(world, name, world.children[name])
            for other_name, other in before.items():
                befriend(other_name, other, world.children[name])
    share(world, names)
    point(world, names)
    tell_of(world, names)
    restrict(world, names)


def born(name: str) -> date:
    return date(2010, 3, 1 + CHILDREN.index(name))


def a_child(name: str) -> Person:
    return people.child(
        given_name=word(name, "given"),
        family_name=word(name, "family"),
        known_as=word(name, "known"),
        own_words=word(name, "own"),
        safe_contact=word(name, "contact"),
        pronouns=word(name, "pronouns"),
        locality=word(name, "locality"),
        date_of_birth=born(name),
    )


LEADING = ("open", "sealed", "excluded")


def write_record(world: World, name: str, child: Person) -> None:
    world.add("child", name, person_id=child.id)
    if name in ("shared", "sealed"):
        world.add("copy", name, person_id=child.id)
    write_who_they_are(world, name, child)
    write_work(world, name, child)
    write_missing(world, name, child)
    write_referral(world, name, child)
    write_documents(world, name, child)
    for other in world.children.values():
        if other != child:
            befriend(name, child, other)
    write_entries(world, name, child)
    write_assessments(world, name, child)
    allocate_or_close(world, name, child)


def write_who_they_are(world: World, name: str, child: Person) -> None:
    Alias.objects.create(person=child, name=word(name, "alias"))
    Education.objects.create(
        person=child, starts_on=date(2022, 9, 1), provision="mainstream", place_name=word(name, "school")
    )
    LegalStatus.objects.create(person=child, starts_on=date(2023, 1, 1), kind="looked_after", authority="E08000003")
    write_details(world, name, child)


def write_work(world: World, name: str, child: Person) -> None:
    """A case, its plan, what was said in supervision and at a panel."""
    lead = world.users["lead social worker"]
    write_case(name, child)
    for write in (write_voice, write_plan, write_supervision, write_panels, write_transition, write_nrm, write_health):
        add_where_led(world, name, write(name, child, lead, word))


def add_where_led(world: World, name: str, made: dict[str, dict[str, Any]]) -> None:
    if name in LEADING:
        for kind, arguments in made.items():
            world.add(kind, name, **arguments)


def allocate_or_close(world: World, name: str, child: Person) -> None:
    """The lead worker has the case; of one child it is closed, and all sight of it over."""
    lead, manager, case = world.users["lead social worker"], world.users["manager"], Case.objects.get(person=child)
    with recorded(manager, "test", duty=SEES_ALL.duty):
        if name != "opened":
            cases.allocate_case(case=case, worker=lead, by=manager)
            add_where_led(world, name, allocated(child))
        else:
            close_as_it_stands(case, manager, word(name, "closure"))
    add_where_led(world, name, write_outcomes(name, child, lead, word))
    add_where_led(world, name, write_case_study(name, child, lead, word))
    if name == "opened":
        Grant.objects.filter(person=child, ends_at=None).update(ends_at=now())


def close_as_it_stands(case: Case, manager: User, why: str) -> None:
    """Closed with everything still open in it, as a case of an older system may be: there is more to hide."""
    closed = {"status": "closed", "closed_on": today(), "closure_reason": "goals_met"}
    Case.objects.filter(id=case.id).update(**closed)
    CaseMove.objects.create(case=case, old="open", new="closed", moved_at=now(), moved_by=manager, why=why)
    told = {"happened_at": now(), "kind": "case.closed", "title": "Case closed", "body": why, "subject": case.id}
    cases.add_chronology_entry(person=case.person, by=manager, **told)


def write_details(world: World, name: str, child: Person) -> None:
    """What else is recorded of who they are, an address kept apart among it, and a change of each kind."""
    by, day = world.users["manager"], date(2023, 1, 1)
    Particulars.objects.create(person=child, first_language=word(name, "language"), upn="H801200001001")
    placed = Placement.objects.create(person=child, kind="foster", place_name=word(name, "home"), starts_on=day)
    address = Address.objects.create(
        person=child, kind="placement", lines=word(name, "lines"), kept_apart=True, starts_on=day,
        who_may_know=word(name, "mayknow"),
    )  # fmt: skip
    PracticeRegistration.objects.create(person=child, practice_name=word(name, "practice"), starts_on=day)
    known = Relationship.objects.create(
        person=child, kind="concern", other_name=word(name, "concern"), starts_on=day, note=word(name, "grey")
    )
    told = {"old": {}, "changed_at": now(), "changed_by": by}
    PersonChange.objects.create(
        person=child, section="voice", subject=child.id, new={"own_words": word(name, "said")}, why=word(name, "told"),
        **told,
    )  # fmt: skip
    RelationshipChange.objects.create(
        relationship=known, section="people", subject=known.id, new={"note": word(name, "noted")}, **told
    )
    if name in ("open", "shared", "sealed"):
        world.add("address", name, person_id=child.id, row_id=address.id)
        world.add("section", name, person_id=child.id, section="numbers")
        world.add("rows", name, person_id=child.id, section="people")
        world.add("detail", f"{name}, somebody", person_id=child.id, section="people", row_id=known.id)
        world.add("detail", f"{name}, placed", person_id=child.id, section="placements", row_id=placed.id)


def befriend(name: str, child: Person, other: Person) -> None:
    Relationship.objects.create(
        person=child, other=other, kind="friend", starts_on=date(2023, 1, 1), note=word(name, "friend")
    )


def write_case(name: str, child: Person) -> None:
    cases.open_case(person=child, why=word(name, "why"), by=None)
    Case.objects.filter(person=child).update(reference=word(name, "case"))


def write_missing(world: World, name: str, child: Person) -> None:
    """One episode that is over, its interview waiting; of one child another before it, whose interview was held; of two
    children one more, out there now."""
    told = {what: word(name, what) for what in ("police_ref", "reported_by", "officer", "found_where", "found_with")}
    told["police_ref"] = word(name, "police")
    if name == "open":
        before = missing.returned_child(child, hours_since_return=200)
        missing.held_interview(world.users["missing worker"], before)
        world.add("episode", f"{name}, held", episode_id=before.episode_id)
    interview = missing.returned_child(child, hours_since_return=50, **told)
    episode = interview.episode
    RiskGrading.objects.create(
        episode=episode, grade="high", graded_at=now() - LAST_SEEN, information=word(name, "information")
    )
    EpisodeMove.objects.create(episode=episode, old="missing", new="missing", moved_at=now(), why=word(name, "move"))
    ReturnInterview.objects.filter(id=interview.id).update(account=word(name, "account"), place=word(name, "place"))
    world.add("episode", f"{name}, back", episode_id=episode.id)
    lead = world.users["lead social worker"]
    write_profile(name, child, lead, word)
    world.add("audited interview", name, **audit(name, interview, lead, word))
    write_after_return(world, name, interview)
    if name not in ("open", "sealed"):
        return
    out = missing.missing_child(
        child, hours_ago=5, police_ref=word(name, "policenow"), officer=word(name, "officernow")
    )
    world.add("episode", f"{name}, out", episode_id=out.id)
    if name == "open":
        told_again = missing.told_twice(out, world.users["missing worker"], police_ref=word(name, "policetwice"))
        world.add("episode", f"{name}, told twice", episode_id=told_again.id)


def write_after_return(world: World, name: str, interview: ReturnInterview) -> None:
    """What stands around an interview."""
    mention = Mention.objects.create(
        interview=interview,
        kind="place",
        words=word(name, "spoken"),
        key=word(name, "spoken"),
        told=word(name, "heard"),
    )
    action = SafetyAction.objects.create(interview=interview, what=word(name, "safer"), who=word(name, "whodoes"))
    InterviewAttempt.objects.create(
        interview=interview, attempted_at=now(), how="call", came_of_it=word(name, "attempt")
    )
    PreventionInterview.objects.create(
        episode=interview.episode, held_at=now(), officer=word(name, "constable"), information=word(name, "tofind")
    )
    world.add("mention", name, mention_id=mention.id)
    world.add("safety action", name, action_id=action.id)


def write_referral(world: World, name: str, child: Person) -> None:
    told = {what: word(name, what) for what in ("referrer", "harm", "concerns", "strengths")}
    told["harm_seen"] = told.pop("harm")
    made = referrals.waiting_referral(child, **told)
    Referral.objects.filter(id=made.id).update(reference=word(name, "referral"))
    world.add("referral", name, referral_id=made.id)


def write_assessments(world: World, name: str, child: Person) -> None:
    """One under way with what two agencies were asked and gave; of two children one more, waiting for sign-off."""
    lead = world.users["lead social worker"]
    one = an_assessment(name, child, lead, "")
    arguments = {"person_id": child.id, "assessment_id": one.id}
    world.add("assessment", name, **arguments)
    world.add("domain", name, **arguments, domain="missing")
    for code in ("health", "education"):
        agency = Agency.objects.get(code=code)
        request = ContributionRequest.objects.create(
            person=child,
            assessment=one,
            agency=agency,
            agencies=[agency.id],
            question=word(name, f"asked{code}"),
            due_on=today(),
            asked_at=now(),
            asked_by=lead,
        )
        ContributionMove.objects.create(request=request, new="asked", moved_at=now(), why=word(name, f"why{code}"))
        Contribution.objects.create(
            **CODED,
            person=child,
            request=request,
            agency=agency,
            text=word(name, f"gave{code}"),
            strengths=word(name, f"good{code}"),
            given_at=now(),
            given_by=lead,
        )
        world.add("contribution", f"{name}, {code}", request_id=request.id)
    world.add("asked", name, **arguments, request_id=request.id)
    if name in ("open", "sealed"):
        waiting = an_assessment(
            name, child, lead, "waiting", status="submitted", submitted_at=now(), nrm_considered="no", result=RESULT
        )
        world.add("assessment", f"{name}, waiting", person_id=child.id, assessment_id=waiting.id)


def a_tool(name: str) -> InstrumentVersion:
    """One for every child: how many tools there are tells nothing of who is assessed."""
    found = InstrumentVersion.objects.filter(instrument__name=name).first()
    return found or assessments.tool(name)


def an_assessment(name: str, child: Person, worker: User, more: str, **fields: Any) -> Assessment:
    texts = ("childs_view", "childs_view_how", "child_not_heard_why", "carers_view", "analysis", "nrm_why")
    made = Assessment.objects.create(
        person=child,
        version=a_tool(f"Tool{more}"),
        worker=worker,
        clock_started_on=today(),
        due_on=today() + timedelta(days=21),
        **{text: word(name, text.replace("_", "") + more) for text in texts},
        **fields,
    )
    Answer.objects.create(
        assessment=made, item="far_from_home", value="some", evidence=word(name, f"evidence{more}"), answered_at=now()
    )
    AssessmentMove.objects.create(assessment=made, new="in_progress", moved_at=now(), why=word(name, f"moved{more}"))
    Judgement.objects.create(
        assessment=made, words=word(name, f"judged{more}"), why=word(name, f"because{more}"), judged_at=now()
    )
    OutcomeView.objects.create(assessment=made, area="missing", words=word(name, f"outcome{more}"))
    BestPlaced.objects.create(assessment=made, who=word(name, f"placed{more}"), why=word(name, f"best{more}"))
    return made


def write_documents(world: World, name: str, child: Person) -> None:
    """A letter that opens for everybody who sees the record, and one of the police for the police only."""
    police = world.users["police officer"]
    ours = documents.clean_document(
        child,
        None,
        name=f"{word(name, 'letter')}.txt",
        content=word(name, "page").encode(),
        description=word(name, "about"),
    )
    world.add("document", name, person_id=child.id, document_id=ours.id)
    told = {"old": CODED, "new": CODED, "why": word(name, "recodedletter"), "recorded_by": world.users["manager"]}
    DocumentRecoding.objects.create(document=ours, **told)
    secret = documents.held_document(child, police, name=f"{word(name, 'secretletter')}.txt", content=b"Held")
    Document.objects.filter(id=secret.id).update(limited_to=[police.agency_id])
    if name in ("open", "sealed"):
        world.add("document", f"{name}, of the police", person_id=child.id, document_id=secret.id)


def write_entries(world: World, name: str, child: Person) -> None:
    """A note of our own, one of the police for the co-located only, one of the police for the police only."""
    police = Agency.objects.get(code="police")
    said = {
        "ours": (Agency.objects.get(code="social_care"), "P", []),
        "police": (police, "C", []),
        "secret": (police, "C", [police.id]),
    }
    for kind, (agency, code, limited_to) in said.items():
        texts = {what: word(name, what + kind) for what in ("title", "body", "conditions")}
        entry = write_item(child, agency, code, limited_to, **texts)
        RawText.objects.create(entry=entry, agency=agency, text=word(name, f"raw{kind}"))
        EntryRecoding.objects.create(
            entry=entry, old=CODED, new=CODED, recorded_by=world.users["police officer"], why=word(name, f"re{kind}")
        )
        if (kind == "ours" and name != "excluded") or name in ("open", "sealed"):
            world.add("entry", f"{name}, {kind}", person_id=child.id, entry_id=entry.id)


def share(world: World, names: tuple[str, ...]) -> None:
    """What is shared with education of two children, one of whom is sealed since."""
    lead = world.users["lead social worker"]
    for name in {"shared", "sealed"}.intersection(names):
        with recorded(lead, "test"):
            made = sharing.decide_sharing(
                person=world.children[name],
                by=lead,
                outcome="power",
                agency=Agency.objects.get(code="education"),
                parts=["chronology", "missing"],
                words=word(name, "sharedwords"),
                basis="public_task",
                purpose="safeguarding",
                necessity=word(name, "necessity"),
                child_told=False,
                child_not_told_why=word(name, "nottold"),
                parent_told=True,
                expires_at=now() + timedelta(days=30),
            )
        world.add("decision", name, person_id=world.children[name].id, decision_id=made.id)


def point(world: World, names: tuple[str, ...]) -> None:
    """Who knows two children, told to youth justice, who ask; one of the two is sealed since."""
    lead, partner = world.users["lead social worker"], world.users["partner with a pointer"]
    for name in {"pointed", "sealed"}.intersection(names):
        with recorded(lead, "test"):
            pointer = sharing.place_pointer(
                person=world.children[name],
                agency=Agency.objects.get(code="health"),
                by=lead,
                told=[Agency.objects.get(code="youth_justice")],
                contact_name=word(name, "pointercontact"),
                contact_phone="07700 900123",
            )
        with recorded(partner, "test"):
            asked = sharing.ask_through_pointer(pointer=pointer, reason=word(name, "question"), by=partner)
        world.add("pointer", name, pointer_id=pointer.id)
        world.add("question", name, request_id=asked.id)


def restrict(world: World, names: tuple[str, ...]) -> None:
    """An exclusion of two people from one child, emergency openings, and a seal, last of all."""
    for name in {"opened", "sealed", "excluded"}.intersection(names):
        opening = open_in_emergency(world.users["opener in an emergency"], world.children[name], name)
        world.add("opening", name, opening_id=opening.id)
    if "excluded" in names:
        exclude(world, world.children["excluded"])
    if "sealed" in names:
        seal(world, world.children["sealed"])


def exclude(world: World, child: Person) -> None:
    for role in ("worker kept from a child", "auditor kept from a child"):
        made = Exclusion.objects.create(
            person=child,
            user=world.users[role],
            reason=word("excluded", "relation"),
            starts_at=now() - timedelta(hours=1),
            recorded_by=world.users["manager"],
        )
    world.add("exclusion", "excluded", person_id=child.id, exclusion_id=made.id)


def seal(world: World, child: Person) -> None:
    by = world.users["manager"]
    sealed = Seal.objects.create(person=child, reason=word("sealed", "threat"), sealed_at=now(), sealed_by=by)
    for role in ("holder of a seal", "manager who holds a seal"):
        holder = SealHolder.objects.create(seal=sealed, user=world.users[role])
    proposal = UnsealProposal.objects.create(
        seal=sealed,
        reason=word("sealed", "proposal"),
        proposed_at=now(),
        proposed_by=world.users["holder of a seal"],
        lapses_at=now() + timedelta(days=5),
    )
    world.add("holder", "sealed", person_id=child.id, user_id=holder.user_id)
    world.add("proposal", "sealed", person_id=child.id, proposal_id=proposal.id)


def open_in_emergency(opener: User, child: Person, name: str) -> EmergencyOpening:
    moment = now()
    opening = EmergencyOpening.objects.create(
        person=child,
        category="danger",
        reason=word(name, "emergency"),
        opened_at=moment,
        opened_by=opener,
        ends_at=moment + timedelta(hours=4),
        review_due_on=today() + timedelta(days=2),
    )
    Grant.objects.create(
        person=child,
        user=opener,
        parts=["emergency"],
        reason=word(name, "emergencygrant"),
        source=opening.id,
        starts_at=moment - timedelta(minutes=1),
        ends_at=opening.ends_at,
    )
    return opening


def tell_of(world: World, names: tuple[str, ...]) -> None:
    """Something told to the lead worker about each child, one of whom is sealed since."""
    for name in {"open", "sealed"}.intersection(names):
        told = Notice.objects.create(
            to=world.users["lead social worker"], person=world.children[name], kind="note", words=word(name, "notice")
        )
        world.add("notice", name, notice_id=told.id)


def add_what_is_no_childs(world: World) -> None:
    for name, child in world.children.items():
        for grant in Grant.objects.in_force().filter(person=child).order_by("team", "agency"):
            to = "a team" if grant.team_id else "an agency" if grant.agency_id else "a user"
            world.add("grant", f"{name}, to {to}", grant_id=grant.id)
    account = world.users["nurse"]
    world.add("account", "nurse", account_id=account.id)
    world.add("membership", "nurse", account_id=account.id, membership_id=Membership.objects.get(user=account).id)
    edition = an_edition()
    world.add("edition", "none", edition_id=uuid4())
    world.add("file", "figures", edition_id=edition.id, name="figures.json")

    world.add("figure", "none", edition_id=uuid4(), measure="referrals.received")
    world.add("year", "none", year="2009-10")
    world.add("month", "none", month="2009-10")
    world.add("nothing", "none", rest="children/all/")
    world.add("audit round", "the one", round_id=the_round(world.users["lead social worker"]).id)
    world.add("audit action", "of the one", **the_action(world.users["lead social worker"]))
    world.add("panel", "edge of care", code=PANEL)
    world.add("panel meeting", "the one", meeting_id=the_meeting(world.users["manager"]).id)
    add_a_tool(world)
    world.add("worker", "lead social worker", user_id=world.users["lead social worker"].id)
    world.add("nudge", "of the list", code="hard_to_reach")
    world.add("invitation", "forged", secret="forged")
    world.add("letter link", "forged", token="forged")
    opener = world.users["opener in an emergency"]
    world.add("finding", "none", rule="own_name", worker=opener.id, about=world.children["open"].id)
    world.add("key", "somebody's", key_id=uuid4())
    world.add("receipt", "somebody else's", referral_id=world.objects["referral"]["open"]["referral_id"])


def add_a_tool(world: World) -> None:
    """An assessment tool with a version and a draft. They tell of no child."""
    version = InstrumentVersion.objects.get(instrument__code="sample-strengths")
    tool = {"instrument_id": version.instrument_id}
    InstrumentDraft.objects.create(instrument=version.instrument, definition=version.definition)
    world.add("tool", "sample", **tool)
    world.add("tool drawn up", "sample", **tool)
    world.add("part of a tool", "rule", **tool, part="rule")
    world.add("item of a tool", "first", **tool, part="item", code="me_words")
    world.add("version of a tool", "first", **tool, number=1)


def an_edition() -> Edition:
    """A published report and its file. Its pages, which are made of no child's rows, have tests of their own."""
    edition = Edition.objects.create(
        kind="annual", period="2022/23", snapshot="sha256:0", as_at=now(), figures=[], definitions={}
    )
    EditionFile.objects.create(
        edition=edition, name="figures.json", media_type="application/json", sha256="0", size=2, content=b"[]"
    )
    return edition


def nowhere(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same address of something that is not there."""
    return {key: uuid4() if isinstance(value, UUID) else value for key, value in arguments.items()}
