"""Makes the month on SQLite and leaves it: `python -m tests.center.month --out DIR`. One JSON line says how to serve it and sign in."""

from __future__ import annotations

import argparse
import json
import time
from datetime import datetime
from pathlib import Path

from tests.center.month import people, plan
from tests.center.month.driver import month_at, write_config
from tests.center.month.routine import moment
from tests.center.month.script import play
from tests.center.place import PASSWORD

SEED = 20260914
START: datetime = moment(plan.FIRST, 0, 0)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.center.month")
    parser.add_argument("--out", type=Path, required=True, help="A directory that is made; it must be new or empty.")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    out: Path = asked.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        parser.error(f"{out} is not empty; name another directory.")
    begun = time.monotonic()
    with month_at(out, asked.seed, START) as month:
        play(month)
        done = {
            "event": "month_made",
            "config": str(month.config_path),
            "database_url": month.database_url,
            "logins": {login: "、".join(roles) for login, _, roles, *_ in people.STAFF},
            "password": PASSWORD,
            "applications": len(month.applications),
            "complaints": len(month.complaints),
            "seconds": round(time.monotonic() - begun),
        }
    # Served afterwards, the center's clock goes on where the month ended.
    write_config(out, plan.END)
    print(json.dumps(done, ensure_ascii=False))


if __name__ == "__main__":
    main()
