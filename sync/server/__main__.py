"""`keyaki-server`: serve, demo, import-roster, prepare-year, devices, migrate, backup, restore, restored."""

import argparse
import logging
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from uuid import uuid4

from sync.protocol.errors import ServerBusy
from sync.records.media import FILE_MAX
from sync.server.clock import system_clock
from sync.server.migrate import migrate
from sync.server.occupied import beside_others
from sync.server.permit_rules import TakeoutRules, load_rules
from sync.server.settings import FileLimits, Patience, Refusal, Settings, check_demo
from sync.server.storage.identity import is_demo
from sync.server.storage.store import Storage, open_storage

_MB = 1024 * 1024


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 refused, 2 asked wrongly, 3 busy with others: nothing was written."""
    parser = _parser()
    asked = parser.parse_args(words)
    if asked.data is None and asked.database is None:
        parser.error("say where the data is: --data or --database")
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        return asked.run(asked)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except ServerBusy:
        print("the database is busy; nothing was written, please try again in a while", file=sys.stderr)
        return 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="keyaki-server", description="Keyaki's server")
    commands = parser.add_subparsers(required=True)
    serve = _command(commands, "serve", _serve, "answer clients")
    serve.add_argument("--demo", action="store_true", help="with the demo's own sign-in, on this computer only")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=0, help="0 = a free one")
    serve.add_argument("--address", help="where clients reach this server, when that is not host and port")
    serve.add_argument("--replica", help="URL of a streaming replica of --database, to read pulls from")
    serve.add_argument("--keys", type=Path, help="folder of the keys that sign leases; if not said, that of --data")
    serve.add_argument("--takeout", type=Path, help="JSON file of the rules of take-outs that are not the usual ones")
    serve.add_argument("--attended", action="store_true", help="end when standard input ends, with who started it")
    serve.add_argument(
        "--file-mb", type=int, choices=range(1, FILE_MAX // _MB + 1), default=FILE_MAX // _MB, metavar="MB"
    )
    serve.add_argument("--wait", type=float, nargs=2, default=(25.0, 50.0), help="shortest and longest long poll, s")
    demo = _command(commands, "demo", _demo, "make the sample school")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--whole", action="store_true", help="scores for every class, not for grade 3 alone")
    demo.add_argument("--second", action="store_true", help="another school as well, whose board has ways of its own")
    roster = _command(commands, "import-roster", _import_roster, "take a OneRoster Japan package")
    roster.add_argument("file", type=Path)
    roster.add_argument("--json", action="store_true", help="the report as JSON")
    year = _command(commands, "prepare-year", _prepare_year, "add what a school lacks to grade: terms, rules, courses")
    year.add_argument("--year", type=int, help="the school year; this one if not said")
    year.add_argument("--terms", type=int, choices=(2, 3), help="terms of a year that has none yet")
    year.add_argument("--school", help="a school code; every school if not said")
    devices = _command(commands, "devices", _devices, "list the devices, or block, let in again or erase one")
    devices.add_argument("deed", nargs="?", choices=("suspend", "reinstate", "wipe", "lost"), help="what is to be done")
    devices.add_argument("device", nargs="?", metavar="ID", help="with which device")
    devices.add_argument("--reason", default="", help="why, for those who read the ledger")
    devices.add_argument("--school", help="a school code or id; every school if not said")
    devices.add_argument("--json", action="store_true", help="as JSON, one object a device")
    _command(commands, "migrate", _migrate, "bring the tables up to date")
    _add_backups(commands)
    return parser


def _add_backups(commands: Any) -> None:
    backup = _command(commands, "backup", _backup, "copy the embedded database, also while it is served")
    backup.add_argument("to", type=Path, metavar="TO", help="a folder that is not there yet")
    restore = _command(commands, "restore", _restore, "set the embedded database, or one school, back to a backup")
    restore.add_argument("backup", metavar="FROM", help="a backup's folder; with --school, or a database's URL")
    restore.add_argument("--school", help="a school code or id: set back this school alone, also while it is served")
    _command(commands, "restored", _restored, "go on after the database's own tools have set it back")


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_)
    parser.add_argument("--data", type=Path, help="folder of the embedded database")
    parser.add_argument("--database", help="URL of another database, such as postgresql://…")
    parser.set_defaults(run=run, replica=None)
    return parser


@contextmanager
def _unlocked(asked: argparse.Namespace) -> Generator[Storage]:
    """The storage as it is; nobody replaces an embedded database meanwhile."""
    with beside_others(asked.data) if asked.database is None else nullcontext():
        storage = open_storage(asked.data, asked.database, asked.replica)
        try:
            yield storage
        finally:
            storage.close()


@contextmanager
def _opened(asked: argparse.Namespace) -> Generator[Storage]:
    """The storage, its tables up to date."""
    with _unlocked(asked) as storage:
        migrate(storage.database)
        yield storage


def _serve(asked: argparse.Namespace) -> int:
    from sync.server import serving  # what only serving needs takes longer to import than any other command to start

    if asked.demo:
        check_demo(asked.database, asked.host)
    if asked.replica is not None and asked.database is None:
        raise Refusal("--replica copies what --database names; the embedded database has none")
    takeout = _rules(asked.takeout)
    with _opened(asked) as storage:
        if asked.demo:
            with storage.database.reading() as connection:
                if not is_demo(connection):
                    raise Refusal("--demo serves only a sample school; make one with `keyaki-server demo`")
        listening = serving.listen(asked.host, asked.port)
        host, port = listening.getsockname()[:2]
        address = asked.address or f"http://{f'[{host}]' if ':' in host else host}:{port}"
        files = FileLimits(largest=asked.file_mb * _MB)
        settings = Settings(
            asked.data or Path(),
            asked.database,
            asked.demo,
            address.rstrip("/"),
            Patience(*asked.wait),
            files=files,
            keys=asked.keys or asked.data,
            takeout=takeout,
        )
        serving.serve(settings, storage, listening, attended=asked.attended)
    return 0


def _rules(path: Path | None) -> TakeoutRules:
    """What the board allows in take-outs. Raises Refusal for a file that says what cannot hold."""
    try:
        return TakeoutRules() if path is None else load_rules(path)
    except (OSError, ValueError) as error:
        raise Refusal(f"--takeout: {error}") from error


def _demo(asked: argparse.Namespace) -> int:
    from sync.server.sample.plan import QUICK_PLAN, SECOND_PLAN, SchoolPlan
    from sync.server.sample_school import make_demo

    first = SchoolPlan() if asked.whole else QUICK_PLAN
    plans = (first, SECOND_PLAN) if asked.second else (first,)
    done = 0
    with _opened(asked) as storage:
        for _, done in make_demo(storage, asked.seed, plans, system_clock(), lambda: str(uuid4())):
            print(f"\r{done:,} records", end="", flush=True)
    print(f"\r{done:,} records" if done else "the sample school is there already")
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    with _unlocked(asked) as storage:
        print("migrated" if migrate(storage.database) else "up to date")
    return 0


def _import_roster(asked: argparse.Namespace) -> int:
    from sync.server.roster.importer import import_roster

    with _opened(asked) as storage:
        return import_roster(storage, asked.file, as_json=asked.json)


def _prepare_year(asked: argparse.Namespace) -> int:
    from sync.server.masters.command import prepare_year

    with _opened(asked) as storage:
        return prepare_year(storage, asked.year, asked.terms, asked.school)


def _devices(asked: argparse.Namespace) -> int:
    from sync.server.identity.devices import devices_command
    from sync.server.loss.command import order_command

    if asked.deed is not None and asked.device is None:
        raise Refusal(f"devices {asked.deed}: say which device")
    with _opened(asked) as storage:
        if asked.deed is not None:
            return order_command(storage, asked.deed, asked.device, asked.reason, system_clock())
        return devices_command(storage, asked.school, as_json=asked.json)


def _backup(asked: argparse.Namespace) -> int:
    from sync.server.backup.command import backup_command

    _check_embedded(asked, "pg_dump")
    return backup_command(asked.data, asked.to)


def _restore(asked: argparse.Namespace) -> int:
    from sync.server.backup.command import restore_command, restore_school_command

    if asked.school is None:
        _check_embedded(asked, "pg_restore, then `keyaki-server restored`")
        return restore_command(asked.data, Path(asked.backup))
    with _opened(asked) as storage:
        return restore_school_command(storage, asked.backup, asked.school, asked.data)


def _restored(asked: argparse.Namespace) -> int:
    from sync.server.backup.command import restored_command

    with _opened(asked) as storage:
        return restored_command(storage)


def _check_embedded(asked: argparse.Namespace, tool: str) -> None:
    """Refuse what other databases have their own tools for. Raises Refusal."""
    if asked.database is not None:
        raise Refusal(f"this is for the embedded database; for PostgreSQL there is {tool}")


if __name__ == "__main__":
    sys.exit(main())
