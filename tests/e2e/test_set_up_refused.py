"""Set-ups that can't be: each gets its sentence, under its field where there is one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.newcomers import Newcomers
from tests.e2e.stage import Stage, on_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, empty=True) as stage:
        yield stage


@pytest.mark.parametrize(
    ("people", "field", "sentence"),
    [
        ({"coach": "U1"}, "coach", "can't lead and coach"),
        ({"people": ["U1"]}, "people", "at least one more"),
        ({"people": ["U2", "bot"]}, "people", "One of these is an app"),
        ({"coach": "U9"}, "coach", "has left the workspace"),
    ],
)
async def test_a_wrong_choice_of_people(
    stage: Stage, people: dict[str, Any], field: str, sentence: str
) -> None:
    newcomers = Newcomers(stage)
    who = await newcomers.press(stage.amara, await newcomers.arrival(), "Set this team up")
    ids = {key: person.id for key, person in stage.people.items()}
    bot = [m["user"] for m in await stage.control.messages() if m.get("user")][-1]
    if people == {"coach": "U9"}:
        await stage.dana.deactivated()
        await stage.settle()
    given = {
        key: [ids.get(one, bot) for one in value] if isinstance(value, list) else ids[value]
        for key, value in people.items()
    }
    if "people" not in given:
        given["people"] = [stage.ben.id]
    refused = await stage.amara.submit(who, given)
    assert sentence in refused.errors[field]


@pytest.mark.parametrize(
    ("week", "field", "sentence"),
    [
        ({"asks_at": "20:00"}, "asks_at", "quiet hours"),
        ({"quiet_from": "2026-12-21"}, "quiet_until", "Give both days"),
        (
            {"quiet_from": "2026-12-21", "quiet_until": "2026-12-01"},
            "quiet_until",
            "ends before it begins",
        ),
    ],
)
async def test_a_wrong_week(stage: Stage, week: dict[str, str], field: str, sentence: str) -> None:
    newcomers = Newcomers(stage)
    who = await newcomers.press(stage.amara, await newcomers.arrival(), "Set this team up")
    when = await newcomers.send(stage.amara, who)
    refused = await stage.amara.submit(when, {"meets_on": "Tuesday"} | week)
    assert sentence in refused.errors[field]


async def test_zone_and_country_are_looked_for_as_one_types(stage: Stage) -> None:
    newcomers = Newcomers(stage)
    who = await newcomers.press(stage.amara, await newcomers.arrival(), "Set this team up")
    when = await newcomers.send(stage.amara, who)
    assert await stage.amara.seeks(when, "timezone", "Olso") == ["Europe/Oslo"]
    assert "Britain (UK)" in await stage.amara.seeks(when, "country", "UK")
    assert len(await stage.amara.seeks(when, "timezone", "")) == 100
    chosen = {"meets_on": "Tuesday", "timezone": "Europe/Oslo", "country": "Norway"}
    packs = await newcomers.send(stage.amara, when, chosen)
    await newcomers.send(stage.amara, packs, {"pack": "Gentle start"})
    team = await newcomers.team()
    assert (team.timezone, team.country) == ("Europe/Oslo", "NO")


async def test_two_set_a_team_up_at_the_same_time_and_the_second_is_told(stage: Stage) -> None:
    newcomers = Newcomers(stage)
    hello = await newcomers.arrival()
    packs = await newcomers.to_the_packs(hello)
    who = await newcomers.press(stage.ben, hello, "Set this team up")
    when = await newcomers.send(stage.ben, who)
    his = await newcomers.send(stage.ben, when, {"meets_on": "Friday"})
    await newcomers.send(stage.amara, packs, {"pack": "Gentle start"})
    refused = await stage.ben.submit(his, {"pack": "Breakthrough"})
    assert "set this team up while your form was open" in str(refused.errors)
    assert (await newcomers.team()).pack == "gentle_start"


async def test_who_changes_a_team_that_somebody_changed_meanwhile_is_told(stage: Stage) -> None:
    newcomers = Newcomers(stage)
    await newcomers.set_up()
    forms = []
    for person in (stage.amara, stage.dana):
        opened = await person.command("/widelens", "setup", channel=stage.channel)
        assert opened.view is not None
        week = await newcomers.send(person, opened.view)
        forms.append(await newcomers.send(person, week))
    await newcomers.send(stage.amara, forms[0], {"name": "Northwind"})
    refused = await stage.dana.submit(forms[1], {"name": "Southwind"})
    assert "changed this team while your form was open" in str(refused.errors)
    assert (await newcomers.team()).name == "Northwind"


async def test_who_left_the_channel_can_not_start(stage: Stage) -> None:
    newcomers = Newcomers(stage)
    packs = await newcomers.to_the_packs(await newcomers.arrival())
    await stage.amara.leaves(stage.channel)
    refused = await stage.amara.submit(packs, {"pack": "Gentle start"})
    assert "not in this team's channel any more" in str(refused.errors)


async def test_who_was_chosen_and_left_the_workspace_is_told_of(stage: Stage) -> None:
    newcomers = Newcomers(stage)
    packs = await newcomers.to_the_packs(await newcomers.arrival())
    await stage.chiara.deactivated()
    await stage.settle()
    refused = await stage.amara.submit(packs, {"pack": "Gentle start"})
    assert "has left the workspace meanwhile" in str(refused.errors)


async def test_in_a_direct_message_there_is_no_channel_to_set_up(stage: Stage) -> None:
    told = await stage.amara.command("/widelens", "setup")
    assert "can't see who is in this channel" in told.said[0].plain
    elsewhere = await stage.control.add_channel("elsewhere", [stage.amara], private=True)
    told = await stage.amara.command("/widelens", "setup", channel=elsewhere)
    assert "can't see who is in this channel" in told.said[0].plain


async def test_guests_and_apps_are_left_out_and_who_reads_along_is_said(stage: Stage) -> None:
    guest = await stage.control.add_person("Gus Grey", is_stranger=True)
    await guest.joins(stage.channel)
    newcomers = Newcomers(stage)
    who = await newcomers.press(stage.amara, await newcomers.arrival(), "Set this team up")
    (people,) = (one for one in who["blocks"] if one.get("block_id") == "people")
    theirs = {stage.ben.id, stage.chiara.id, stage.dana.id}
    assert set(people["element"]["initial_users"]) == theirs
    when = await newcomers.send(stage.amara, who)
    packs = await newcomers.send(stage.amara, when, {"meets_on": "Tuesday"})
    assert "Gus Grey" in str(packs)


async def test_where_a_scope_is_missing_set_up_says_which_and_what_to_do(stage: Stage) -> None:
    hello = await Newcomers(stage).arrival()
    await stage.control.refuse("conversations.members", "missing_scope", needed="channels:read")
    told = await stage.amara.press(hello, "Set this team up")
    assert "a permission of mine is missing (channels:read)" in str(told.view)
