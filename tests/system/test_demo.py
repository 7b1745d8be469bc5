"""`keyaki --demo` where nobody watches: the real command, a real window, and the main job done in it (ux.md 3)."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from client import paths
from client.__main__ import main
from client.paths import PlaceRefused

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
ROOT = Path(__file__).parents[2]
STATIONS = ["pin", "grades", "offline", "difference", "choose", "chosen", "settled", "sent"]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    command = [sys.executable, "-m", "client", *words]
    return subprocess.run(command, env=bare, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_demo_does_the_main_job_by_itself_and_keeps_a_picture_of_every_station(
    sample_school: Path, tmp_path: Path
) -> None:
    profile, screens = tmp_path / "profile", tmp_path / "screens"
    shutil.copytree(sample_school, profile / "server")
    (profile / "day").write_text(datetime.now().astimezone().date().isoformat(), "ascii")
    done = run("--demo", "--profile", str(profile), "--screens", str(screens))
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(screens) in done.stdout
    pictures = sorted(screens.iterdir())
    assert [picture.stem[3:] for picture in pictures] == STATIONS
    for picture in pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1366, 768)
        assert len({image.pixelColor(x, y).name() for x in range(0, 1366, 7) for y in range(0, 768, 7)}) > 20


def test_help_needs_no_display_and_a_wrong_word_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "--demo" in done.stdout
    with pytest.raises(SystemExit):
        main(["--lang", "fr"])
    assert "invalid choice" in capsys.readouterr().err


def test_a_profile_in_a_place_that_cannot_be_written_is_said_and_not_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", "ascii")
    assert main(["--profile", str(tmp_path / "file" / "below")]) == 1
    assert "file" in capsys.readouterr().err


def test_a_profile_where_pupils_data_must_not_lie_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise PlaceRefused(reason="network")

    monkeypatch.setattr(paths, "refuse_unfit", refuse)
    assert main(["--profile", str(tmp_path), "--lang", "ja"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("このフォルダーには、けやきのデータを置けません。")
    assert said.endswith("(E-6021)\n")
    assert list(tmp_path.iterdir()) == []
