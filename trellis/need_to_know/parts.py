"""The parts of a record in words: what a share may open, and what stands in each."""

from collections.abc import Iterable

from trellis.core.protection import Part

WORDS = {
    Part.IDENTITY: "identity",
    Part.FAMILY: "family",
    Part.CHRONOLOGY: "chronology",
    Part.MISSING: "missing",
    Part.REFERRALS: "referrals",
    Part.ASSESSMENTS: "assessments",
    Part.PLAN: "plan",
    Part.PANELS: "panels",
    Part.HEALTH: "health",
    Part.VOICE: "voice",
    Part.NRM: "national referral mechanism",
    Part.OUTCOMES: "outcomes",
    Part.TRANSITION: "transition",
}
INSIDE = {
    Part.IDENTITY: "Name, age, pronouns, address, own words, safe contact, who leads. Comes with every other part",
    Part.FAMILY: "Family and carers, trusted adults, adults of concern, education, legal status",
    Part.CHRONOLOGY: "What happened, as far as the agency may hold it; of missing and referrals only with those parts",
    Part.MISSING: "Missing episodes and what was said in return interviews",
    Part.REFERRALS: "Worries and strengths as referrers told them, and what was decided",
    Part.ASSESSMENTS: "What was understood with each assessment tool; contributions as far as the agency may hold them",
    Part.PLAN: "Goals, safety plan, tasks, reviews, direct work and the team around the young person",
    Part.PANELS: "Which panels talked about them, what was asked and told for it, what was decided",
    Part.HEALTH: "Health updates and health services as far as the agency may hold them, letters to the GP",
    Part.VOICE: "What the young person said at each step, what they think of the help, what changed because of it",
    Part.NRM: "Whether they were referred as a possible victim of modern slavery, what was decided, their guardian",
    Part.OUTCOMES: "How things stood in each area of their life from the start until a year after closure",
    Part.TRANSITION: "Moving on to adult services or another school: what they want, who takes over, what was agreed",
}
WHOLE = "the whole record"
IN_EMERGENCY = "all but what the police own, in an emergency"
POINTED = "that they are known, and to whom"


def parts_in_words(parts: Iterable[str]) -> str:
    """``identity, family, chronology``; no part named is the whole record."""
    held = {Part(part) for part in parts}
    if not held or Part.RECORD in held:
        return WHOLE
    if Part.EMERGENCY in held:
        return IN_EMERGENCY
    return ", ".join(words for part, words in WORDS.items() if part in held) or POINTED
