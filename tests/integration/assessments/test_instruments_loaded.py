"""The sample tools are there from the first day, say that they are samples, and are put in once."""

import pytest

from trellis.assessments.editor.samples import load_samples
from trellis.assessments.instruments.reading import fingerprint, read
from trellis.assessments.instruments.scoring import maximum
from trellis.assessments.models import Instrument, InstrumentVersion
from trellis.core.reference_data import labels

pytestmark = pytest.mark.django_db


def test_two_samples_are_published_on_set_up_and_say_that_they_are_samples():
    held = {version.instrument.code: version for version in InstrumentVersion.objects.select_related("instrument")}
    assert set(held) == {"sample-scored-exploitation", "sample-strengths"}
    for version in held.values():
        assert version.instrument.is_sample
        assert "SAMPLE" in version.instrument.name
        assert "not the questions of any real tool" in version.instrument.about
        assert version.fingerprint == fingerprint(version.definition)


def test_the_scored_sample_has_the_published_shape():
    tool = read(InstrumentVersion.objects.get(instrument__code="sample-scored-exploitation").definition)
    assert len(tool.domains) == 8
    assert [(band.label, band.lowest, band.highest) for band in tool.bands] == [
        ("Low", 0, 18),
        ("Medium", 19, 34),
        ("High", 35, 54),
    ]
    assert maximum(tool) == 54


def test_the_strengths_sample_adds_nothing_up():
    tool = read(InstrumentVersion.objects.get(instrument__code="sample-strengths").definition)
    assert not tool.is_scored
    assert tool.bands == ()
    assert any(item.scale.windows for item in tool.items)
    assert {item.informants for item in tool.items if item.scale.code == "safe"} == {
        ("child",),
        ("family",),
        ("professional",),
    }


def test_every_outcome_area_of_the_samples_is_a_known_one():
    known = set(labels("outcome_area"))
    for version in InstrumentVersion.objects.all():
        assert set(read(version.definition).areas) == known


def test_loading_again_adds_nothing_and_keeps_what_was_edited():
    Instrument.objects.filter(code="sample-strengths").update(name="Our conversation (SAMPLE)")
    assert load_samples() == 0
    assert Instrument.objects.get(code="sample-strengths").name == "Our conversation (SAMPLE)"
