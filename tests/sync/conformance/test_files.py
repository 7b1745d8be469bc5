"""Attached files: taken piece by piece, given to who may read a record that refers to them, and to nobody else."""

import hashlib
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from sync.errors import KeyakiError
from sync.protocol.backend import FilePart
from sync.protocol.errors import FileComing, FileDamaged, FilesTooMany, Forbidden, TooLarge
from sync.protocol.messages import Create, Delete, Outcome
from sync.records.blobs import Blob, file_set
from sync.records.media import FILE_MAX
from sync.server.blobs import collect, take
from sync.server.settings import FileLimits
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import World

BYTES = bytes(range(256)) * 2_500
SIZE = len(BYTES)


def of(data: bytes, media: str = "application/pdf") -> Blob:
    """The file these bytes are."""
    return Blob(hashlib.sha256(data).hexdigest(), media, len(data))


def posted(world: World, name: str, *blobs: Blob, **more: Any) -> Create:
    """An op that posts a notice with these files."""
    fields = {"author": world.school.people[name].staff, "title": "学年だより", "body": "ご覧ください。"}
    files = {"files": file_set(blobs)} if blobs else {}
    return Create(type="notice", id=world.school.ids(), set=fields | files | more)


def upload(desk: Desk, data: bytes, *, step: int = 250_000, start: int = 0) -> int:
    """All bytes from `start` on, in parts; how many the server has then."""
    blob, got = of(data), start
    while got < blob.size:
        part = FilePart(blob.sha256, blob.size, got, data[got : got + step])
        got = desk.backend.put_file(desk.school, part)
    return got


def download(desk: Desk, blob: Blob, step: int = 300_000) -> bytes:
    """The whole file, in parts."""
    parts = [desk.backend.get_file(desk.school, blob.sha256, start, step) for start in range(0, blob.size, step)]
    return b"".join(parts)


def test_who_may_read_a_notice_reads_its_file_byte_for_byte_and_nobody_else_does(world: World) -> None:
    sato, ito, kato = world.desk("sato"), world.desk("ito"), world.desk("kato", "職員室PC 2")
    blob = of(BYTES)
    assert upload(sato, BYTES) == SIZE
    (outcome,) = sato.push([posted(world, "sato", blob, grade="2026:3")])
    assert outcome.outcome is Outcome.APPLIED
    for desk in (sato, ito, kato):
        assert download(desk, blob) == BYTES
    other = world.place.new_school()
    stranger = world.desk_of(other, "sato")
    with pytest.raises(Forbidden):
        stranger.backend.get_file(world.school.school, blob.sha256, 0, SIZE)
    with pytest.raises(Forbidden):
        stranger.backend.get_file(other.school, blob.sha256, 0, SIZE)
    world.school.end_duty("ito.homeroom")
    with pytest.raises(Forbidden):
        ito.backend.get_file(ito.school, blob.sha256, 0, SIZE)


def test_an_upload_goes_on_where_it_stopped_and_a_repeated_part_changes_nothing(world: World) -> None:
    sato = world.desk("sato")
    blob = of(BYTES)
    first = FilePart(blob.sha256, blob.size, 0, BYTES[:100_000])
    assert sato.backend.put_file(sato.school, first) == 100_000
    assert sato.backend.put_file(sato.school, first) == 100_000
    assert sato.backend.put_file(sato.school, FilePart(blob.sha256, blob.size, 200_000, BYTES[200_000:])) == 100_000
    assert sato.backend.put_file(sato.school, FilePart(blob.sha256, blob.size)) == 100_000
    assert upload(sato, BYTES, start=100_000) == SIZE
    assert sato.backend.put_file(sato.school, FilePart(blob.sha256, blob.size)) == SIZE
    sato.push([posted(world, "sato", blob)])
    assert download(sato, blob, 77_777) == BYTES


def test_wrong_bytes_are_refused_as_a_whole_and_can_be_sent_again(world: World) -> None:
    sato = world.desk("sato")
    blob, wrong = of(BYTES), bytes(SIZE)
    sato.push([posted(world, "sato", blob)])
    sato.backend.put_file(sato.school, FilePart(blob.sha256, blob.size, 0, wrong[:600_000]))
    with pytest.raises(FileDamaged):
        sato.backend.put_file(sato.school, FilePart(blob.sha256, blob.size, 600_000, wrong[600_000:]))
    with pytest.raises(FileComing):
        sato.backend.get_file(sato.school, blob.sha256, 0, SIZE)
    assert upload(sato, BYTES) == SIZE
    assert download(sato, blob) == BYTES


def test_a_record_may_come_before_its_file_and_readers_hear_that_it_is_coming(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato", "職員室PC 2")
    blob = of(BYTES)
    sato.push([posted(world, "sato", blob)])
    with pytest.raises(FileComing):
        kato.backend.get_file(kato.school, blob.sha256, 0, SIZE)
    before = kato.backend.wait(kato.school, 0).seq
    upload(sato, BYTES)
    assert kato.backend.wait(kato.school, before).seq == before + 1, "who waits is woken"
    kato.sync()
    assert download(kato, blob) == BYTES


def test_a_hash_alone_opens_nothing_to_whoever_writes_it_into_a_record_of_their_own(world: World) -> None:
    sato, vice = world.desk("sato"), world.desk("vice", "校長室PC")
    blob = of(BYTES)
    upload(vice, BYTES)
    with pytest.raises(Forbidden):
        sato.backend.get_file(sato.school, blob.sha256, 0, SIZE)
    sato.push([posted(world, "sato", blob)])
    with pytest.raises(FileComing):
        sato.backend.get_file(sato.school, blob.sha256, 0, SIZE)
    vice.push([posted(world, "vice", blob, grade="2026:4")])
    with pytest.raises(FileComing):
        sato.backend.get_file(sato.school, blob.sha256, 0, SIZE)
    upload(sato, BYTES)
    assert download(sato, blob) == BYTES


def test_who_can_read_a_file_may_refer_to_it_in_a_record_of_their_own(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato", "職員室PC 2")
    blob = of(BYTES)
    upload(sato, BYTES)
    first = posted(world, "sato", blob)
    sato.push([first])
    kato.push([posted(world, "kato", blob)])
    sato.sync()
    sato.push([Delete(type="notice", id=first.id, base=sato.ver("notice", first.id))])
    assert download(kato, blob) == BYTES
    assert download(sato, blob) == BYTES


def test_a_file_that_is_taken_out_of_its_record_is_given_no_more_and_comes_back_with_it(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato", "職員室PC 2")
    blob = of(BYTES)
    upload(sato, BYTES)
    notice = posted(world, "sato", blob)
    sato.push([notice])
    sato.sync()
    sato.push([sato.patch("notice", notice.id, files=None)])
    with pytest.raises(Forbidden):
        kato.backend.get_file(kato.school, blob.sha256, 0, SIZE)
    sato.sync()
    sato.push([sato.patch("notice", notice.id, files=file_set([blob]))])
    assert download(kato, blob) == BYTES


def test_two_devices_upload_the_same_file_at_once(world: World) -> None:
    sato, other, kato = world.desk("sato"), world.desk("sato", "自宅でないPC"), world.desk("kato", "職員室PC 2")
    data = BYTES * 3
    blob = of(data)
    ends: list[int] = []
    desks = (sato, other, kato)
    workers = [Thread(target=lambda desk=desk: ends.append(upload(desk, data, step=50_000))) for desk in desks]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert ends == [blob.size] * 3
    sato.push([posted(world, "sato", blob)])
    kato.push([posted(world, "kato", blob)])
    assert download(kato, blob) == data


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "A" * 64},
        {"sha256": "a" * 63},
        {"sha256": 7},
        {"size": 0},
        {"size": -1},
        {"size": FILE_MAX + 1},
        {"size": 1.5},
        {"size": True},
        {"media": "text/html"},
        {"media": "application/x-msdownload"},
        {"media": None},
        {"name": "学年だより.pdf"},
    ],
)
def test_a_reference_that_is_none_is_refused(world: World, wrong: dict[str, Any]) -> None:
    sato = world.desk("sato")
    notice = posted(world, "sato")
    bad = notice.model_copy(update={"set": notice.set | {"files": [of(BYTES).value | wrong]}})
    (outcome,) = sato.push([bad])
    assert (outcome.outcome, outcome.code) == (Outcome.REJECTED, "invalid")


def test_only_its_author_changes_a_notice_and_nobody_posts_as_somebody_else(world: World) -> None:
    sato, kato = world.desk("sato"), world.desk("kato", "職員室PC 2")
    notice = posted(world, "sato")
    sato.push([notice])
    kato.sync()
    patch = kato.patch("notice", notice.id, title="ちがう見出し")
    gone = Delete(type="notice", id=notice.id, base=kato.ver("notice", notice.id))
    outcomes = kato.push([patch], [gone], [posted(world, "sato")])
    assert [(each.outcome, each.code) for each in outcomes] == [(Outcome.REJECTED, "forbidden")] * 3
    sato.sync()
    (outcome,) = sato.push([sato.patch("notice", notice.id, title="新しい見出し")])
    assert outcome.outcome is Outcome.APPLIED


def test_what_no_record_refers_to_has_a_limit_and_a_file_has_one(world: World) -> None:
    place, school = world.place, world.school
    caller = place.enrol(school, "sato", "PC")
    limits = FileLimits(largest=1_000, unused=1_500)

    def put(data: bytes) -> int:
        part = FilePart(of(data).sha256, len(data), 0, data)
        return take(place.storage, caller, school.school, part, place.clock, limits)

    with pytest.raises(TooLarge):
        put(bytes(1_001))
    assert put(b"a" * 1_000) == 1_000
    with pytest.raises(FilesTooMany):
        put(b"b" * 501)
    desk = world.desk("sato", "PC 2")
    desk.push([posted(world, "sato", of(b"a" * 1_000))])
    assert put(b"b" * 501) == 501


def test_a_file_is_collected_when_nothing_has_referred_to_it_for_long_and_not_before(world: World) -> None:
    sato = world.desk("sato")
    blob, kept = of(BYTES), of(b"kept" * 99)
    upload(sato, BYTES)
    upload(sato, b"kept" * 99)
    sato.backend.put_file(sato.school, FilePart(of(b"half" * 99).sha256, 396, 0, b"half"))
    notice = posted(world, "sato", blob, kept)
    sato.push([notice])
    place, limits = world.place, FileLimits()

    def later(days: int) -> int:
        """How many are collected when so many days have passed from now."""
        return collect(place.storage, place.clock.now + timedelta(days=days), limits)

    later(0)
    assert later(70) >= 1, "an upload that was never ended"
    assert (download(sato, blob), download(sato, kept)) == (BYTES, b"kept" * 99)
    sato.sync()
    sato.push([sato.patch("notice", notice.id, files=file_set([kept]))])
    later(59)
    sato.sync()
    sato.push([sato.patch("notice", notice.id, files=file_set([blob, kept]))])
    assert download(sato, blob) == BYTES, "undone within the days it is kept"
    sato.sync()
    sato.push([sato.patch("notice", notice.id, files=file_set([kept]))])
    assert later(61) >= 1
    sato.sync()
    sato.push([sato.patch("notice", notice.id, files=file_set([blob, kept]))])
    with pytest.raises(FileComing):
        download(sato, blob)
    assert upload(sato, BYTES) == SIZE
    assert download(sato, blob) == BYTES


def test_files_are_for_who_works_at_the_school_and_has_a_device_there(world: World) -> None:
    sato = world.desk("sato")
    other = world.place.new_school()
    part = FilePart(of(b"x").sha256, 1, 0, b"x")
    for school in (other.school, "00000000-0000-7000-8000-000000000000"):
        with pytest.raises(KeyakiError) as told:
            sato.backend.put_file(school, part)
        assert isinstance(told.value, Forbidden)
