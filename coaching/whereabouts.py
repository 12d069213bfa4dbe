"""Time zones and countries as people name them: by code, by name, or by a city."""

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from coaching.calendar import check_country

__all__ = [
    "NotKnown",
    "countries_like",
    "country_from",
    "country_of",
    "country_shown",
    "zone_from",
    "zones_like",
]


class NotKnown(ValueError):
    """No such place. `meant` is the nearest to it that there is, "" where nothing is near."""

    def __init__(self, sentence: str, meant: str) -> None:
        super().__init__(sentence)
        self.meant = meant


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
    raise NotKnown(f"I don't know this time zone. {offer}", meant)


def zones_like(typed: str) -> tuple[str, ...]:
    """The zones whose city, region or country begins as typed, those of such a city first.

    Where there is none, the nearest; all of them where nothing is typed yet.
    """
    countries = _countries_of_zones()
    places = {
        zone: _words(f"{zone} {_names().get(code, '')}") for zone, code in countries.items()
    } | {"UTC": {"utc"}}
    wanted = _words(typed)
    found = [zone for zone, words in sorted(places.items()) if _begin(wanted, words)]
    cities = {zone: _words(zone.rpartition("/")[2]) for zone in found}
    found.sort(key=lambda zone: not _begin(wanted, cities[zone]))
    return tuple(found) or _meant(lambda: zone_from(typed))


def countries_like(typed: str) -> tuple[str, ...]:
    """The countries with holidays whose name begins so, in any of its words; a code as it is.

    Each is said as `country_from` takes it. Where there is none, the nearest.
    """
    wanted = _words(typed)
    exact = _meant(lambda: country_shown(country_from(typed))) if typed else ()
    names = (name for name in sorted(_with_holidays()) if _begin(wanted, _words(name)))
    return tuple(dict.fromkeys((*exact, *names)))


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
        raise NotKnown(f"I know no holidays for this country. {offer}", meant) from None


def country_of(zone: str) -> str:
    """The country in which a zone's clocks are, by code; "" where that is not known."""
    code = _countries_of_zones().get(zone, "")
    return code if code and _has_holidays(code) else ""


def country_shown(code: str) -> str:
    """How a code is shown where it can be changed: by the country's name where that is enough."""
    return _names().get(code, code)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold().replace("_", " ")))


def _begin(wanted: Collection[str], words: Collection[str]) -> bool:
    """Whether each wanted word begins one of the others."""
    return all(any(word.startswith(one) for word in words) for one in wanted)


def _meant(read: Callable[[], str]) -> tuple[str, ...]:
    """What is read; or what is offered instead of it."""
    try:
        return (read(),)
    except NotKnown as unknown:
        return (unknown.meant,) if unknown.meant else ()


@cache
def _with_holidays() -> Collection[str]:
    return frozenset(name for code, name in _names().items() if _has_holidays(code))


def _has_holidays(code: str) -> bool:
    try:
        return bool(check_country(code))
    except ValueError:
        return False


@cache
def _names() -> Mapping[str, str]:
    return {code: name for code, name, *_ in _table("iso3166.tab")}


@cache
def _countries_of_zones() -> Mapping[str, str]:
    return {zone: code for code, _, zone, *_ in _table("zone.tab")}


def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text("utf-8")
    return [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
