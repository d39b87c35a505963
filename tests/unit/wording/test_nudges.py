"""What the engine finds: words in all their forms, where they stand, never inside quotation."""

import time

import pytest

from trellis.wording.bench import advice_of_the_file
from trellis.wording.nudges import Advice, nudges_in
from trellis.wording.phrases import Unreadable, forms_of, read_phrases
from trellis.wording.reading import quoted_spans, tokens_of


def advice(words, unless="", code="one"):
    return Advice(code=code, words=words, wrong="It blames.", better="something kinder", unless=unless)


def found(text, words, unless=""):
    return [one.text for one in nudges_in(text, [advice(words, unless)])]


@pytest.mark.parametrize("form", ["put", "puts", "putting", "PUTS"])
def test_a_word_is_found_in_all_its_forms(form):
    assert found(f"He {form} himself first", "put [self] first") == [f"{form} himself first"]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("carry", {"carries", "carried", "carrying"}),
        ("choose", {"chose", "chosen", "choosing", "chooses"}),
        ("fetch", {"fetches", "fetched"}),
        ("stop", {"stops", "stopped", "stopping"}),
        ("man", {"men"}),
    ],
)
def test_forms_follow_the_rules_of_english_and_their_exceptions(word, forms):
    assert forms <= forms_of(word)


def test_a_hyphen_is_as_a_space_and_either_word_will_do():
    assert found("A hard-to-find child, difficult to find", "hard/difficult to find") == [
        "hard-to-find",
        "difficult to find",
    ]


def test_a_gap_is_four_words_at_most_and_stays_in_its_sentence():
    assert found("put one two three four away", "put ... away") == ["put one two three four away"]
    assert found("put one two three four five away", "put ... away") == []
    assert found("He put it. Away they went", "put ... away") == []


def test_where_it_stands_is_told():
    text = "Then he was seen as sly.\nAgain sly."
    assert [(one.start, one.end, text[one.start : one.end]) for one in nudges_in(text, [advice("sly")])] == [
        (20, 23, "sly"),
        (31, 34, "sly"),
    ]


def test_of_two_that_overlap_the_longest_stands():
    short, long = advice("drug run", code="short"), advice("drug run about", code="long")
    assert [one.advice.code for one in nudges_in("He drug runs about town", [short, long])] == ["long"]


@pytest.mark.parametrize(
    "text",
    [
        'She said "I am sly" and left',
        "She said “I am sly” and left",
        "She said 'I am sly' and left",
        "She said ‘I’m sly’ and left",
        "«sly», she said",
        "“I am sly.\nAnd I know it,” she said",
        '"I am sly and still typing',
        "'The girls' friends call me sly' was what she wrote",
        "'I'm sly, aren't I?'",
    ],
)
def test_nothing_inside_quotation_marks_is_looked_at(text):
    assert found(text, "sly") == []


@pytest.mark.parametrize(
    "text",
    [
        "It's his mum's view that he's sly",
        "The girls' view is that the boys' friend is sly",
        "'Yes' is all he said. He is sly",
        '"Yes" is all he said. He is sly. "No", said she',
        "5'10\" tall and sly",
        "He left '09 behind and is sly",
        'An opening mark left open: "so\nIn the next paragraph he is sly',
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text):
    assert found(text, "sly") == ["sly"]


@pytest.mark.parametrize(
    "text", ["She is not sly", "She isn't sly", "He never was sly", "Nobody is sly", "They won’t be sly", "without sly"]
)
def test_what_is_denied_is_left_alone(text):
    assert found(text, "sly") == []


@pytest.mark.parametrize(
    "text",
    ["She is not well and sly", "No contact today because he is sly", "Not only sly", "He came home. Not ill. Sly"],
)
def test_a_negation_of_something_else_changes_nothing(text):
    assert [one.lower() for one in found(text, "sly")] == ["sly"]


def test_a_negation_that_is_part_of_the_phrase_is_found():
    assert found("He won't engage with us", "not ... engage") == ["won't engage"]


def test_a_word_that_makes_the_sentence_harmless():
    assert found("Sly the fox. He is sly", "sly", unless="fox, foxes") == ["sly"]


def test_a_phrase_that_cannot_be_looked_for_is_refused():
    for words in ("... sly", "sly ...", "sly ... ... fox", "s.*y", "[them]"):
        with pytest.raises(Unreadable):
            list(read_phrases(words))


def test_a_quotation_left_open_ends_with_its_paragraph():
    assert quoted_spans('He said "so\nthen') == [(8, 11)]
    assert [token.quoted for token in tokens_of('"a" b')] == [True, False]


def test_every_word_of_a_long_text_is_looked_at_in_a_moment():
    text = "She went home with her aunt and they made a plan for the week. " * 320
    began = time.perf_counter()
    assert nudges_in(text, advice_of_the_file()) == []
    assert time.perf_counter() - began < 2
