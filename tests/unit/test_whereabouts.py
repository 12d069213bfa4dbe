"""Zones and countries as people look for them."""

import pytest

from coaching.whereabouts import countries_like, country_from, zone_from, zones_like


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("os", "Europe/Oslo"),
        ("Norway", "Europe/Oslo"),
        ("new york", "America/New_York"),
        ("europe par", "Europe/Paris"),
        ("UTC", "UTC"),
        ("Calcutta", "Asia/Calcutta"),
        ("Olso", "Europe/Oslo"),
    ],
)
def test_a_zone_is_found_by_city_region_or_country(typed: str, first: str) -> None:
    assert zones_like(typed)[0] == first


def test_a_city_that_begins_so_comes_before_a_region_that_does() -> None:
    found = zones_like("am")
    assert found[0] == "Europe/Amsterdam" or found[0].rpartition("/")[2].startswith("Am")
    assert "America/New_York" in found


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Nor", "Korea (North)"),
        ("norway", "Norway"),
        ("no", "Norway"),
        ("UK", "Britain (UK)"),
        ("gb-eng", "GB-ENG"),
        ("Norwy", "Norway"),
    ],
)
def test_a_country_is_found_by_name_or_code(typed: str, first: str) -> None:
    assert countries_like(typed)[0] == first


def test_nothing_is_offered_for_what_is_nowhere() -> None:
    assert zones_like("Xyzzy") == ()
    assert countries_like("Xyzzy") == ()


def test_whatever_is_offered_is_understood_as_chosen() -> None:
    assert all(zone_from(zone) == zone for zone in zones_like(""))
    codes = [country_from(name) for name in countries_like("")]
    assert len(codes) == len(set(codes)) > 100
