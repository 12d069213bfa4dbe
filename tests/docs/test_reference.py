"""The reference says neither more nor less than the code: settings, commands, fields of files."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from importlib.resources import files

import click
import pytest

from bot.cli import main
from bot.demo.report import Report
from bot.settings import SETTINGS
from bot.teams_file import TeamsFile, read_teams_file
from coaching.cadence import DIGEST
from coaching.catalogue import load_catalogue, read_practice
from coaching.practice import (
    Audience,
    Discipline,
    Feeds,
    Practice,
    Question,
    QuestionType,
    Scale,
    Visibility,
    When,
)
from coaching.team import Role
from coaching.team_plan import WantedCadence, WantedMember, WantedTeam
from platforms.slack.errors import TABLE, Verdict
from platforms.slack.manifest import SCOPES
from tests.docs.given import context_of
from tests.docs.pages import ROOT, Page, Shown, all_pages, page

COMMANDS = page("docs/reference/commands.md")
SETTINGS_PAGE = page("docs/reference/settings.md")
PRACTICES = page("docs/reference/practice-files.md")
ERRORS = page("docs/reference/platform-errors.md")
TEAMS = page("docs/reference/teams-yaml.md")


def first_cells(markdown: str) -> list[str]:
    """What stands in backticks in the first column of the tables."""
    return re.findall(r"^\| `([^`]+)`", markdown, flags=re.MULTILINE)


def names(dataclass: type) -> list[str]:
    return [field.name for field in fields(dataclass)]


def plain(text: str) -> str:
    return text.replace("`", "").replace("widelens serve", "serve")


def test_every_setting_is_documented_with_its_default_and_meaning() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|(.*?)\|(.*)\|$", SETTINGS_PAGE.text, re.MULTILINE)
    defaults = {name: default.strip(" `") for name, default, _ in rows}
    assert defaults == {setting.name: setting.default for setting in SETTINGS}
    told = {name: plain(meaning).strip() for name, _, meaning in rows}
    for setting in SETTINGS:
        assert told[setting.name].startswith(plain(setting.meaning))


def test_the_example_environment_has_every_setting_with_its_meaning_and_default() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    entries = re.findall(r"^# (.+)\n#?([A-Z_]+)=(.*)$", text, flags=re.MULTILINE)
    told = {name: (plain(meaning), value) for meaning, name, value in entries}
    assert told == {setting.name: (plain(setting.meaning), setting.default) for setting in SETTINGS}


def test_every_command_has_a_section_and_no_section_lacks_a_command() -> None:
    assert isinstance(main, click.Group)
    sections = [heading for heading in COMMANDS.headings() if heading.startswith("widelens ")]
    assert sorted(sections) == sorted(f"widelens {name}" for name, _ in commands())


def commands() -> Iterable[tuple[str, click.Command]]:
    """Every command by its words, those of a group behind its name."""
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {word}", within) for word, within in command.commands.items())
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), [*commands()], ids=[name for name, _ in commands()])
def test_every_option_is_documented_with_its_default(name: str, command: click.Command) -> None:
    section = COMMANDS.section(f"widelens {name}")
    told = set(re.findall(r"--[a-z][a-z-]*", "\n".join(first_cells(section))))
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert told == {name for option in options for name in option.opts if name.startswith("--")}
    for option in options:
        if option.show_default:
            assert re.search(
                rf"^\| `{option.opts[0]}` \| {option.default} \|", section, re.MULTILINE
            )
    for argument in command.params:
        if isinstance(argument, click.Argument):
            assert argument.make_metavar(context_of(command)) in section


@pytest.mark.parametrize(
    ("heading", "documented"),
    [
        ("workspace", ["platform", "id"]),
        ("teams", names(WantedTeam)),
        ("members", names(WantedMember)),
        ("cadences", names(WantedCadence)),
    ],
)
def test_every_field_of_teams_yaml_is_documented(heading: str, documented: list[str]) -> None:
    assert first_cells(TEAMS.section(heading)) == documented


def test_every_role_is_named_and_so_is_the_digest() -> None:
    for name in [*Role, DIGEST]:
        assert f"`{name}`" in TEAMS.text


def test_every_field_of_a_practice_file_is_documented() -> None:
    assert sorted(first_cells(PRACTICES.section("The practice"))) == sorted(names(Practice))
    cells = first_cells(PRACTICES.section("A question"))
    assert sorted(cells) == sorted([*names(Question), *QuestionType])
    assert first_cells(PRACTICES.section("What it feeds")) == [str(feeds) for feeds in Feeds]
    assert first_cells(PRACTICES.section("Who sees an answer")) == [*Visibility]
    assert first_cells(PRACTICES.section("Who is asked")) == [*Audience]
    for word in [*Discipline, *Visibility, *names(Scale), *names(When)]:
        assert f"`{word}" in PRACTICES.text or f"{word}:" in PRACTICES.text


def test_what_a_practice_must_ask_to_feed_something_is_documented() -> None:
    rows = PRACTICES.section("What it feeds").splitlines()
    for feeds in Feeds:
        row = next(row for row in rows if row.startswith(f"| `{feeds}`"))
        for key, kind in feeds.questions.items():
            assert re.search(rf"`{key}`[^|]*{kind}", row), key


def test_every_scope_says_what_it_is_for() -> None:
    rows = page("docs/explanation/privacy.md").section("What Slack lets it do").splitlines()
    told = [tuple(re.findall(r"`([a-z:]+)`", row)) for row in rows if row.startswith("| `")]
    assert told == list(SCOPES.values())


def test_every_figure_of_the_demos_report_is_defined() -> None:
    assert first_cells(page("docs/reference/demo-report.md").text) == names(Report)


def yaml_blocks() -> list[Shown]:
    return [block for page in all_pages() for block in page.blocks() if block.language == "yaml"]


@pytest.mark.parametrize("block", yaml_blocks(), ids=lambda block: block.page.name)
def test_every_yaml_shown_can_be_used(block: Shown) -> None:
    """A block of YAML is a whole teams.yaml or a whole practice file."""
    if block.text.startswith("workspace:"):
        assert isinstance(read_teams_file(block.text, "shown", load_catalogue()), TeamsFile)
    else:
        assert read_practice(block.text, "shown").key not in load_catalogue()


def test_every_practice_of_the_catalogue_is_explained() -> None:
    explained = Page(ROOT / "docs/explanation/what-it-asks-and-why.md").text
    packaged = files("coaching.practices").iterdir()
    assert len(load_catalogue()) == sum(entry.name.endswith(".yaml") for entry in packaged)
    for practice in load_catalogue().values():
        assert f"**{practice.name}** ({practice.discipline})" in explained


@pytest.mark.parametrize(
    ("heading", "verdict"),
    [
        ("Tried again", Verdict.RETRY),
        ("Rested", Verdict.REST),
        ("Looked up", Verdict.LOOK),
        ("Dropped", Verdict.DROP),
        ("Dropped, and the coach is told", Verdict.TELL),
        ("Shut", Verdict.SHUT),
    ],
)
def test_every_error_code_stands_beneath_what_is_done_with_it(
    heading: str, verdict: Verdict
) -> None:
    paragraphs = ERRORS.section(heading).split("\n\n")
    codes = next(text for text in paragraphs if text.startswith("`"))
    told = re.findall(r"`(\w+)`", codes)
    assert told == sorted(code for code, row in TABLE.items() if row.verdict is verdict)


def test_every_dependency_says_why_it_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["postgres"], *extras["dev"]]
    declared = {re.split(r"[\[<>=]", name)[0] for name in wanted}
    pages = ROOT.glob("docs/decisions/000[12]-*.md")
    told = {name for path in pages for name in re.findall(r"\*\*([\w-]+)\*\*", Page(path).text)}
    assert told == declared
