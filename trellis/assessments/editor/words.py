"""How the parts of a tool are called on a page."""

from trellis.assessments.instruments.definition import ItemKind, Per, RuleKind, ScaleKind

KINDS = [
    (ItemKind.VULNERABILITY.value, "Vulnerability: what makes it easier for somebody to harm them"),
    (ItemKind.INDICATOR.value, "Indicator: a sign that somebody may be exploiting them"),
    (ItemKind.HARM.value, "Evidence of harm: it has happened"),
    (ItemKind.STRENGTH.value, "Strength: what protects them and goes well"),
    (ItemKind.CONTEXT.value, "Context: places, people and times around them"),
    (ItemKind.NARRATIVE.value, "Narrative: told in words, never counted"),
]
COUNTED = [(code, label.split(":")[0]) for code, label in KINDS if code != ItemKind.NARRATIVE]
SCALES = [
    (ScaleKind.ORDINAL.value, "Answers in an order, as none, some, strong"),
    (ScaleKind.CHOICE.value, "Yes, no, possible, not known"),
    (ScaleKind.NUMBER.value, "A number, as 0 to 10"),
    (ScaleKind.TEXT.value, "Words"),
]
RULES = [
    (RuleKind.NONE.value, "Nothing is added up"),
    (RuleKind.SUM.value, "The scores are added up"),
    (RuleKind.WEIGHTED.value, "The scores are added up, each times the weight of its item"),
    (RuleKind.COUNT.value, "Answers at a level or above are counted"),
    (RuleKind.MAX.value, "The highest score decides"),
]
PER = [
    (Per.ITEM.value, "Each item"),
    (Per.DOMAIN.value, "Each domain, as high as its highest item"),
]
INFORMANTS = [
    ("child", "The young person"),
    ("family", "Family or carer"),
    ("professional", "A professional"),
    ("record", "The record"),
]
QUESTIONS = [
    ("childs_view", "What the young person thinks of it"),
    ("carers_view", "What parents or carers think of it"),
    ("nrm", "Whether a referral to the National Referral Mechanism was considered"),
    ("best_placed", "Who is best placed to work with the young person"),
    ("outcome_areas", "How each outcome area stands and has changed"),
    ("judgement", "The worker's own judgement"),
]
