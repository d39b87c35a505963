import pytest

from trellis.people.names import search_key


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("Siân", "O'Neil-Smith"), "sian oneilsmith"),
        (("  Zoë ", "d’Arcy"), "zoe darcy"),
        (("محمد", "علي"), "محمد علي"),
        (("Łukasz", "Żak"), "lukasz zak"),
        (("小明", "王"), "小明 王"),
    ],
)
def test_a_name_is_found_however_it_is_accented_or_punctuated(names, key):
    assert search_key(*names) == key
