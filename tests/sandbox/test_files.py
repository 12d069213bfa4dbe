"""Files: uploaded by the app and by people, described, downloaded, deleted."""

from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.file_routes import file_in
from tests.sandbox.scene import Scene, http_scene, manifest, scene

Json = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n\r\n--\x00\xff"


async def ticket(the_scene: Scene, length: int, **more: Any) -> Json:
    """What files.getUploadURLExternal answers."""
    answer = await the_scene.client.files_getUploadURLExternal(
        filename="note.txt", length=length, **more
    )
    return dict(answer.data)  # type: ignore[arg-type]


async def sent(address: str, data: Any) -> tuple[int, str]:
    """Upload; the status and what was answered."""
    async with aiohttp.ClientSession() as session, session.post(address, data=data) as answer:
        return answer.status, await answer.text()


async def test_slacks_client_uploads(quiet: Scene) -> None:
    answer = await quiet.client.files_upload_v2(
        channel=quiet.channel,
        filename="trend.png",
        content=PNG,
        title="The trend",
        alt_txt="A line that rises",
        initial_comment="Four weeks",
    )
    file = answer["file"]
    assert (file["title"], file["mimetype"], file["size"]) == ("The trend", "image/png", len(PNG))
    assert (file["alt_txt"], file["filetype"]) == ("A line that rises", "png")
    assert file["is_public"] is True
    (message,) = await quiet.amara.sees(quiet.channel)
    assert (message.text, message.files[0]["id"]) == ("Four weeks", file["id"])
    assert await quiet.control.file(file["id"]) == PNG
    info = await quiet.client.files_info(file=file["id"])
    assert info["file"]["channels"] == [quiet.channel]
    (share,) = info["file"]["shares"]["public"][quiet.channel]
    assert share["ts"] == message.ts
    (shown,) = (await quiet.client.conversations_history(channel=quiet.channel))["messages"]
    assert shown["files"][0]["id"] == file["id"]
    assert "subtype" not in shown
    assert await quiet.control.mistakes() == []


async def test_several_files_are_one_message(quiet: Scene) -> None:
    town = await quiet.control.add_channel("board", [quiet.amara], private=True, with_app=True)
    answer = await quiet.client.files_upload_v2(
        channels=[quiet.channel, town],
        file_uploads=[
            {"filename": "a.txt", "content": "one", "title": "A"},
            {"filename": "b.csv", "content": "two"},
        ],
    )
    assert [file["name"] for file in answer["files"]] == ["a.txt", "b.csv"]
    for place in (quiet.channel, town):
        (message,) = await quiet.amara.sees(place)
        assert [file["name"] for file in message.files] == ["a.txt", "b.csv"]
    info = await quiet.client.files_info(file=answer["files"][0]["id"])
    assert (info["file"]["channels"], info["file"]["groups"]) == ([quiet.channel], [town])


async def test_a_file_may_go_to_a_person_and_into_a_thread(quiet: Scene) -> None:
    await quiet.client.files_upload_v2(channels=[quiet.amara.id], filename="a.txt", content="x")
    (message,) = await quiet.amara.dms()
    assert message.files[0]["is_public"] is False
    await quiet.client.files_upload_v2(
        channel=message.channel, thread_ts=message.ts, filename="b.txt", content="y"
    )
    assert (await quiet.amara.dms())[-1].thread_ts == message.ts


async def test_the_upload_address_takes_bytes_and_forms(quiet: Scene) -> None:
    raw = await ticket(quiet, len(PNG))
    assert await sent(raw["upload_url"], PNG) == (200, f"OK - {len(PNG)}")
    assert (await sent(raw["upload_url"], PNG))[0] == 404, "good for one upload"
    form = aiohttp.FormData()
    form.add_field("note", "not this")
    form.add_field("file", PNG, filename="x.png", content_type="image/png")
    multipart = await ticket(quiet, len(PNG))
    assert (await sent(multipart["upload_url"], form))[0] == 200
    assert await quiet.control.file(multipart["file_id"]) == PNG
    short = await ticket(quiet, 3)
    assert await sent(short["upload_url"], b"four") == (
        400, "3 bytes were announced, and 4 came",
    )  # fmt: skip
    assert (await sent(short["upload_url"], b"two"))[0] == 200


@given(content=st.binary(min_size=1).filter(lambda content: b"--edge" not in content))
def test_any_bytes_come_out_of_a_form(content: bytes) -> None:
    body = (
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\nfield\r\n'
        b'--edge\r\nContent-Disposition: form-data; name="b"; filename="b"\r\n'
        b"Content-Type: message/rfc822\r\n\r\n" + content + b"\r\n--edge--\r\n"
    )
    assert file_in('multipart/form-data; boundary="edge"', body) == content
    assert file_in("application/octet-stream", body) == body


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"length": 0}, "missing_argument"),
        ({"filename": ""}, "missing_argument"),
        ({"length": "many"}, "invalid_arguments"),
        ({"length": 2 * 1024**3}, "file_upload_size_restricted"),
        ({"length": 2 * 1024**2, "snippet_type": "text"}, "snippet_too_large"),
        ({"alt_txt": "a" * 1001}, "alt_txt_too_large"),
    ],
)
async def test_uploads_that_are_refused(quiet: Scene, arguments: Json, error: str) -> None:
    given_arguments = {"filename": "a.txt", "length": 3, **arguments}
    assert await quiet.error("files.getUploadURLExternal", **given_arguments) == error


async def test_completing_needs_an_upload_and_a_place(quiet: Scene) -> None:
    method = "files.completeUploadExternal"
    reserved = await ticket(quiet, 3)
    files = [{"id": reserved["file_id"]}]
    assert await quiet.error(method, files=files) == "file_not_found", "no bytes yet"
    assert await quiet.error("files.info", file=reserved["file_id"]) == "file_not_found"
    await sent(reserved["upload_url"], b"abc")
    town = await quiet.control.add_channel("town", [quiet.amara])
    board = await quiet.control.add_channel("board", [quiet.amara], private=True)
    for place, error in (("C404", "channel_not_found"), (board, "channel_not_found"),
                         (town, "not_in_channel")):  # fmt: skip
        assert await quiet.error(method, files=files, channel_id=place) == error
    many = ",".join(f"C{n}" for n in range(101))
    assert await quiet.error(method, files=files, channels=many) == "channels_limit_exceeded"
    assert await quiet.error(method, files="no") == "invalid_arguments"
    assert await quiet.error(method, files=[{"id": "F404"}]) == "file_not_found"
    bad = [{"type": "header"}]
    assert await quiet.error(method, files=files, blocks=bad) == "invalid_blocks"
    await quiet.control.archive_channel(town)
    await quiet.control.add_app(town)
    denied = await quiet.error(method, files=files, channel_id=town)
    assert denied == "posting_to_channel_denied"
    done = await quiet.client.files_completeUploadExternal(files=files)
    assert done["files"][0]["is_public"] is False
    assert await quiet.error(method, files=files) == "file_not_found", "finished already"
    other = await quiet.control.install(manifest(events=()))
    quiet.client.token = other.bot_token
    assert await quiet.error(method, files=files) == "access_denied"
    assert await quiet.error("files.info", file=reserved["file_id"]) == "file_not_found"


async def test_people_upload_and_the_app_reads_it() -> None:
    app = manifest(events=["message.channels", "file_shared", "file_deleted"])
    async with http_scene(app) as (the_scene, bolt, _):
        heard: list[Json] = []
        told: list[Json] = []

        @bolt.message("the plan")
        async def message(message: Json) -> None:
            heard.append(message)

        @bolt.event("file_shared")
        async def shared(event: Json) -> None:
            told.append(event)

        seen = await the_scene.amara.uploads(
            the_scene.channel, "plan.md", b"# Plan", text="Here is the plan"
        )
        await the_scene.control.settled()
        assert heard[0]["subtype"] == "file_share"
        file = heard[0]["files"][0]
        assert seen.files == [file]
        assert (file["mimetype"], file["filetype"]) == ("text/markdown", "markdown")
        assert told[0]["file_id"] == file["id"]
        assert (told[0]["channel_id"], told[0]["user_id"]) == (
            the_scene.channel, the_scene.amara.id,
        )  # fmt: skip
        assert await downloaded(file["url_private"], the_scene.app.bot_token) == b"# Plan"
        assert await the_scene.error("files.delete", file=file["id"]) == "cant_delete_file"


async def downloaded(address: str, token: str) -> bytes | None:
    """The bytes at an address; None where it leads elsewhere instead."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(address, allow_redirects=False) as answer,
    ):
        return await answer.read() if answer.status == 200 else None


async def test_files_are_downloaded_with_a_token_that_may() -> None:
    async with scene(manifest(scopes=["files:write"], events=())) as blind:
        seen = await blind.amara.uploads(blind.channel, "a.html", b"<b>")
        address = seen.files[0]["url_private_download"]
        assert await downloaded(address, blind.app.bot_token) is None
        assert await downloaded(address, "xoxb-someone-else") is None


async def test_a_deleted_file_leaves_a_tombstone(quiet: Scene) -> None:
    done = await quiet.client.files_upload_v2(
        channel=quiet.channel, filename="a.txt", content="secret"
    )
    file = done["file"]["id"]
    await quiet.client.files_delete(file=file)
    assert await quiet.control.file(file) == b""
    (message,) = await quiet.amara.sees(quiet.channel)
    assert message.files == [{"id": file, "mode": "tombstone"}]
    for method in ("files.info", "files.delete"):
        assert await quiet.error(method, file=file) == "file_deleted"
        assert await quiet.error(method, file="F404") == "file_not_found"
    assert await downloaded(done["file"]["url_private"], quiet.app.bot_token) is None
