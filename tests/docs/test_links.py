"""Every link of the docs leads somewhere."""

import re

import pytest

from tests.docs.pages import ROOT, Page, all_pages


def name_of(page: Page) -> str:
    return page.name


LANGUAGES = {"console", "ini", "json", "python", "text", "yaml"}


@pytest.mark.parametrize("page", all_pages(), ids=name_of)
def test_links_within_the_repository_lead_to_a_file_and_a_heading(page: Page) -> None:
    broken = []
    for link in page.links():
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = Page((page.path.parent / name).resolve() if name else page.path)
        if not target.path.exists():
            broken.append(f"{link}: no such file")
        elif not target.path.is_relative_to(ROOT):
            broken.append(f"{link}: leads out of the repository")
        elif anchor and anchor not in target.anchors():
            broken.append(f"{link}: no such heading")
    assert broken == []


@pytest.mark.parametrize("page", all_pages(), ids=name_of)
def test_fenced_blocks_say_what_they_are(page: Page) -> None:
    assert {block.language for block in page.blocks()} <= LANGUAGES


def test_every_page_of_the_docs_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        path = ahead.pop()
        if path in reached or path.suffix != ".md" or not path.exists():
            continue
        reached.add(path)
        targets = (link.partition("#")[0] for link in Page(path).links() if ":" not in link)
        ahead += [(path.parent / target).resolve() for target in targets if target]
    lonely = [page.name for page in all_pages() if page.path not in reached]
    assert lonely == []
