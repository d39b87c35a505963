"""Mistakes somebody could make any day about who may see what. Each, planted, must turn the suite red."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One mistake: ``old`` stands exactly once in ``file`` and becomes ``new``; one of ``tests`` must fail of it."""

    name: str
    wrong: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


AGREE = "tests/access/test_agree_on_one_of_each.py::test_the_three_answers_are_one_where_each_rule_decides_something"
CATALOGUE = "tests/access/test_catalogue.py"
ALONE = "tests/access/test_each_lock_alone.py"
FILTERS = f"{ALONE}::test_pages_filter_even_where_every_row_is_let_through"
CHILD_PAGE = "tests/integration/workspace/test_child_page.py"
SHARES = "tests/integration/sharing/test_shares.py"

SIGHT = "trellis/need_to_know/migrations/0002_sight.sql"
SEEING = "trellis/need_to_know/seeing.py"
ROW_SECURITY = "trellis/need_to_know/row_security.py"
CONTEXT = "trellis/core/row_context.py"
TRAIL = "trellis/audit_log/trail.py"

# The first lock: what pages and services ask.
FILTERED = (
    Fault(
        "search-forgets-the-filter",
        "A search goes through everybody; only the second lock is left to hide them.",
        "trellis/workspace/queries.py",
        "    visible = people_visible_to(user)\n    if asked.nhs_number",
        "    visible = Person.objects.all()\n    if asked.nhs_number",
        (f"{FILTERS}[hub_worker]",),
    ),
    Fault(
        "desk-forgets-the-filter",
        "The missing desk lists every episode; only the second lock is left to hide them.",
        "trellis/missing/access.py",
        "MissingEpisode.objects.filter(seen_by(user, MissingEpisode))",
        "MissingEpisode.objects.all()",
        (f"{FILTERS}[missing_worker]",),
    ),
    Fault(
        "tag-tells-of-a-closed-part",
        "The banner says Missing now to a partner with whom that part was not shared.",
        "trellis/missing/queries/desk.py",
        "episodes_visible_to(user).filter(person=person).missing_now()",
        "person.missing_episodes.missing_now()",
        (f"{ALONE}::test_a_partner_is_shown_the_parts_shared_even_where_every_row_is_let_through",),
    ),
    Fault(
        "page-asks-no-part",
        "The page of missing episodes opens to whoever sees any part of the record.",
        "trellis/missing/views/episodes.py",
        'person = see_person(request.user, person_id, "missing episodes", Part.MISSING)\n    page = page_of',
        'person = see_person(request.user, person_id, "missing episodes")\n    page = page_of',
        (f"{SHARES}::test_a_share_opens_its_parts_to_that_agency_and_to_nobody_else",),
    ),
    Fault(
        "hidden-is-refused",
        "A hidden child answers 403 and thereby says that it is there.",
        "trellis/accounts/access.py",
        "class Hidden(Http404):",
        "class Hidden(PermissionDenied):",
        (f"{CHILD_PAGE}::test_a_hidden_child_and_no_child_read_the_same",),
    ),
    Fault(
        "permissions-are-kept",
        "What a user may do is looked up once and kept for as long as the web worker lives.",
        "trellis/accounts/models.py",
        "    def may(self, permission: Permission) -> bool:\n        return permission in self.permissions",
        "    def may(self, permission: Permission, kept: dict = {}) -> bool:\n"
        "        return permission in kept.setdefault(self.pk, self.permissions)",
        ("tests/access/test_next_request.py::test_what_a_role_no_longer_permits_is_refused_with_the_next_request",),
    ),
    Fault(
        "given-to-who-is-kept-away",
        "A case may be given to a worker who is kept from the young person.",
        "trellis/cases/services.py",
        "    if kept_from(worker, [case.person_id]):\n        raise Refused",
        "    if False:\n        raise Refused",
        (
            "tests/integration/sharing/test_exclusions.py::test_nobody_is_given_the_case_of_a_young_person_they_are_kept_from",
        ),
    ),
)

# The second lock: row-level security and the context it reads.
LOCKED = (
    Fault(
        "force-is-dropped",
        "Row-level security no longer binds the owner of the tables.",
        ROW_SECURITY,
        ', "ALTER TABLE {t} FORCE ROW LEVEL SECURITY"]',
        "]",
        (f"{CATALOGUE}::test_row_level_security_is_on_and_forced_and_has_our_policies_and_no_other",),
    ),
    Fault(
        "a-table-is-left-open",
        "Somebody takes the tables of missing episodes out of those that are protected.",
        ROW_SECURITY,
        "if m._meta.managed and not isinstance(protection_of(m), Open)]",
        'if m._meta.managed and m._meta.app_label != "missing" and not isinstance(protection_of(m), Open)]',
        (f"{CATALOGUE}::test_what_belongs_to_a_person_is_protected",),
    ),
    Fault(
        "a-policy-lets-all-through",
        "The policy of one table is true for everybody, as while something was being tried out.",
        ROW_SECURITY,
        "    return _with_values(text, values)",
        '    return "true" if model._meta.db_table == "referrals_referral" else _with_values(text, values)',
        (AGREE,),
    ),
    Fault(
        "a-model-says-nothing",
        "A model about a young person does not say how its rows are protected.",
        "trellis/people/models/relationships.py",
        '    protection = OfPerson(Part.FAMILY, also="other")\n',
        "",
        (f"{CATALOGUE}::test_every_model_of_ours_says_how_its_rows_are_protected",),
    ),
    Fault(
        "a-model-is-called-open",
        "Grants are called open: they say who may see whom, and nothing of a record.",
        "trellis/need_to_know/models.py",
        "    protection = OfPerson(Part.IDENTITY)",
        '    protection = Open("who may see whom, and nothing of a record")',
        (f"{CATALOGUE}::test_what_belongs_to_a_person_is_protected",),
    ),
    Fault(
        "a-duty-leaks",
        "What a duty opened stays open for the rest of the request.",
        CONTEXT,
        "            _apply(before)\n",
        "            pass\n",
        (f"{ALONE}::test_after_a_duty_the_user_sees_what_they_saw_before",),
    ),
    Fault(
        "context-outlives-its-transaction",
        "The context is set for the connection and goes on to the next request.",
        CONTEXT,
        "set_config(%s, %s, true)",
        "set_config(%s, %s, false)",
        (f"{ALONE}::test_the_context_ends_with_its_transaction_whether_it_was_kept_or_undone",),
    ),
)

# Who sees whom, as the database works it out.
SIGHTED = (
    Fault(
        "the-seal-is-inverted",
        "Those who hold a seal are shut out, and everybody else is let in.",
        SIGHT,
        "    SELECT FROM sealed s WHERE s.person_id = g.person_id AND NOT EXISTS (",
        "    SELECT FROM sealed s WHERE s.person_id = g.person_id AND EXISTS (",
        (AGREE,),
    ),
    Fault(
        "an-exclusion-is-forgotten",
        "A worker who is kept from a young person sees them through any grant.",
        SIGHT,
        "    (g.during - coalesce(t.during, '{}'::tstzmultirange)) * tstzmultirange",
        "    g.during * tstzmultirange",
        (AGREE,),
    ),
    Fault(
        "a-recalled-share-is-still-seen",
        "Sight is not worked out again when a grant changes.",
        SIGHT,
        "CREATE TRIGGER sight_grant_update AFTER UPDATE ON need_to_know_grant"
        " REFERENCING OLD TABLE AS was NEW TABLE AS changed\n"
        "    FOR EACH STATEMENT EXECUTE FUNCTION trellis_people_moved();\n",
        "",
        (f"{SHARES}::test_recalled_is_gone_on_the_next_request",),
    ),
    Fault(
        "handling-codes-are-ignored",
        "Whoever sees the chronology reads entries that their agency may not hold.",
        SEEING,
        "        condition = _sees_item(protection, reader) & _may_hold(reader)",
        "        condition = _sees_item(protection, reader)",
        (AGREE,),
    ),
    Fault(
        "an-entry-tells-of-a-closed-part",
        "Whoever sees the chronology reads there of missing episodes that were not shared with them.",
        SEEING,
        "    if about:\n        part &=",
        "    if False:\n        part &=",
        (AGREE,),
    ),
    Fault(
        "limited-to-is-ignored",
        "An entry limited to some agencies is read by all that may hold its code.",
        SEEING,
        '    return Q(agency=reader.agency) | (Q(HoldsCode(reader.agency, F("handling"))) & among)',
        '    return Q(agency=reader.agency) | Q(HoldsCode(reader.agency, F("handling")))',
        (AGREE,),
    ),
    Fault(
        "emergency-opens-police-items",
        "An emergency opens what the police own, too.",
        SEEING,
        '_sees(reader, person, Part.EMERGENCY) & Q(OfOneWhoOpens(F("agency")))',
        "_sees(reader, person, Part.EMERGENCY)",
        ("tests/integration/sharing/test_emergency.py::test_police_items_stay_closed_and_others_open",),
    ),
    Fault(
        "one-agency-unseals",
        "Two people of the same agency take a seal off.",
        "trellis/need_to_know/seals.py",
        "    if proposal.proposed_by.agency_id == by.agency_id:",
        "    if proposal.proposed_by_id == by.pk:",
        ("tests/integration/sharing/test_seals.py::test_one_person_alone_does_not_unseal_nor_two_of_one_agency",),
    ),
)

# Pages, and the mark that every look leaves.
ASKED = (
    Fault(
        "a-route-nobody-declared",
        "A new page is added and nobody says who may open it.",
        "trellis/workspace/urls.py",
        '    path("story/", views.story, name="story"),\n',
        '    path("story/", views.story, name="story"),\n    path("everybody/", views.search, name="everybody"),\n',
        ("tests/access/test_matrix.py::test_every_route_has_its_line_and_every_line_its_route",),
    ),
    Fault(
        "a-page-is-open-to-all",
        "The search is marked as a page that needs no sign-in.",
        "trellis/workspace/views.py",
        '@require_http_methods(["GET", "POST"])\ndef search',
        '@open_to_all\n@require_http_methods(["GET", "POST"])\ndef search',
        ("tests/access/test_open_pages.py::test_without_signing_in_every_other_page_leads_to_the_sign_in",),
    ),
    Fault(
        "unsealing-asks-for-no-fresh-sign-in",
        "A browser left open is enough to take a seal off.",
        "trellis/sharing/sealing/views.py",
        "@needs_fresh_sign_in\ndef unseal",
        "def unseal",
        ("tests/integration/sharing/test_seals.py::test_a_stale_sign_in_is_confirmed_first",),
    ),
    Fault(
        "the-log-is-not-written",
        "What a request read and wrote is noted and never stored.",
        TRAIL,
        "                trail.write()\n",
        "                trail.events = []\n",
        (f"{CHILD_PAGE}::test_reading_is_logged_with_the_grants_that_allowed_it",),
    ),
    Fault(
        "a-refusal-is-rolled-back",
        "A refusal is stored in the transaction of the request that it ends.",
        TRAIL,
        'insert_rows([event], using="audit")',
        "insert_rows([event])",
        (f"{CHILD_PAGE}::test_a_refusal_outlives_the_request_it_ended",),
    ),
    Fault(
        "verifying-forgets-the-heads",
        "verify-audit does not ask the heads outside the database how long the log was.",
        "trellis/audit_log/verification/batches.py",
        "        if self._told > last:",
        "        if False:",
        ("tests/integration/audit_log/test_sealer.py::test_after_the_log_was_put_back_the_break_stays",),
    ),
)

FAULTS = FILTERED + LOCKED + SIGHTED + ASKED
