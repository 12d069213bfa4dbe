"""Time zones and countries as people name them: by code, by name, or by a city."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from coaching.calendar import check_country

__all__ = ["country_from", "country_of", "country_shown", "zone_from"]


def zone_from(text: str) -> str:
    """The IANA zone that is meant: `Europe/Oslo`, or its city alone.

    Raises:
        ValueError: with what to write instead, in a sentence.
    """
    given = "_".join(text.split())
    names = {name.casefold(): name for name in sorted(available_timezones())}
    cities = {name.rpartition("/")[2]: zone for name, zone in names.items() if "/" in zone}
    found = names.get(given.casefold()) or cities.get(given.casefold())
    if found is not None:
        return found
    near = get_close_matches(given.casefold(), [*names, *cities], n=1, cutoff=0.7)
    meant = (names.get(near[0]) or cities[near[0]]) if near else ""
    offer = f"Did you mean {meant}?" if meant else "Write a city, such as Oslo or New York."
    raise ValueError(f"I don't know this time zone. {offer}")


def country_from(text: str) -> str:
    """The code of the country that is meant: `NO`, `Norway`, or a part of one, `GB-ENG`.

    Raises:
        ValueError: with what to write instead, in a sentence.
    """
    given = " ".join(text.split())
    codes = {name.casefold(): code for code, name in _names().items()}
    code = codes.get(given.casefold(), given.upper())
    try:
        return check_country(code)
    except ValueError:
        near = get_close_matches(given.casefold(), codes, n=1, cutoff=0.7)
        meant = _names()[codes[near[0]]] if near else ""
        offer = f"Did you mean {meant}?" if meant else "Write its name or code: Norway, or NO."
        raise ValueError(f"I know no holidays for this country. {offer}") from None


def country_of(zone: str) -> str:
    """The country in which a zone's clocks are, by code; "" where that is not known."""
    code = _countries_of_zones().get(zone, "")
    try:
        return check_country(code) if code else ""
    except ValueError:
        return ""


def country_shown(code: str) -> str:
    """How a code is shown where it can be changed: by the country's name where that is enough."""
    return _names().get(code, code)


@cache
def _names() -> Mapping[str, str]:
    return {code: name for code, name, *_ in _table("iso3166.tab")}


@cache
def _countries_of_zones() -> Mapping[str, str]:
    return {zone: code for code, _, zone, *_ in _table("zone.tab")}


def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text("utf-8")
    return [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
