"""Who the children are: those referred in the year, and those with an open case on its last day."""

from trellis.core.presenters import day
from trellis.measures.periods import report_year
from trellis.reports.annual.blocks import ROUNDING, counts, in_words, listed, most_frequent, picture_of, ranked, shares
from trellis.reports.book import Book
from trellis.reports.document.parts import Name, Paragraph, Part, Section, Table, Words, say

SEX, ETHNICITY, LEGAL = "profile.share_by_sex", "profile.share_by_ethnicity_group", "profile.legal_status"
SEND, ALTERNATIVE = "profile.share_send", "profile.share_alternative_provision"
AGED = "profile.share_aged_15_16"
PEOPLE = {"M": "boys or young men", "F": "girls or young women"}
OVERLAPPING = say(
    "Statuses overlap: a child looked after is in law also a child in need. The shares need not sum to a hundred."
)


def profile(book: Book) -> Section:
    year = Name(book.year)
    by_sex = shares(book, SEX, "sex", caption=say("Referrals by sex, {year}", year=year), first="Sex", notes=[ROUNDING])
    by_age = counts(book, "referrals.received", "age", caption=say("Referrals by age, {year}", year=year), first="Age")
    parts: list[Part] = [Paragraph(referred(book)), by_sex]
    parts += [picture_of(by_age, title=ages(book), name="Referrals", column=1, base="all referrals, by age at receipt")]
    parts += [*ethnicity(book), Paragraph(held(book)), *legal_status(book)]
    return Section("profile", "Profile of children", parts)


def referred(book: Book) -> Words:
    most = next((sex for sex in ranked(book, SEX, "sex") if sex in PEOPLE), "")
    sex = (book.number(SEX, sex=most), f" were about {PEOPLE[most]}, and ") if most else ()
    return say(
        "Of the {all} referrals received in {year}, {sex}{share} were about young people aged fifteen or sixteen.",
        all=book.number("referrals.received"),
        year=Name(book.year),
        sex=sex,
        share=book.number(AGED),
    )


def ages(book: Book) -> Words:
    leading = most_frequent(book, "referrals.received", "age")
    if not leading:
        return say("Referrals by age")
    return say(
        "The most frequent age at referral was {ages}, {number} referrals{each}",
        ages=listed([book.label("age", age) for age in leading]),
        number=book.number("referrals.received", age=leading[0]),
        each=" each" if len(leading) > 1 else "",
    )


def ethnicity(book: Book) -> list[Part]:
    caption = say("Referrals by ethnicity group, {year}", year=Name(book.year))
    table = shares(book, ETHNICITY, "ethnicity_group", caption=caption, first="Ethnicity group", notes=[ROUNDING])
    title = say("Referrals by ethnicity group")
    if leading := most_frequent(book, ETHNICITY, "ethnicity_group"):
        title = say(
            "The largest ethnicity group among referrals was {group}, {share}{each}",
            group=listed([book.label("ethnicity_group", group) for group in leading]),
            share=book.number(ETHNICITY, ethnicity_group=leading[0]),
            each=" each" if len(leading) > 1 else "",
        )
    return [picture_of(table, title=title, name="Share", column=2, base="all referrals received", unit="%")]


def held(book: Book) -> Words:
    return say(
        "On {last} the hub worked with {base} children with an open case. {send} of them had special educational "
        "needs and {alternative} were in alternative provision or a pupil referral unit.",
        last=Name(day(report_year(book.year).ends_on)),
        base=book.part(SEND, "denominator"),
        send=book.number(SEND),
        alternative=book.number(ALTERNATIVE),
    )


def legal_status(book: Book) -> list[Part]:
    caption = say("Legal status of children with an open case at the end of {year}", year=Name(book.year))
    table: Table = shares(
        book, LEGAL, "legal_status", caption=caption, first="Legal status", notes=[OVERLAPPING], whole=False
    )
    title = say("Legal status of children open to the hub")
    if order := [kind for kind in ranked(book, LEGAL, "legal_status") if kind != "none"]:
        title = say(
            "{share} of children open to the hub had the status {status}",
            share=book.number(LEGAL, legal_status=order[0]),
            status=in_words(book, "legal_status", order[0]),
        )
    base = "children with a case open on the last day of the year; statuses overlap"
    return [picture_of(table, title=title, name="Share", column=2, base=base, unit="%")]
