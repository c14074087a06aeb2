"""One JSON object a line: what a run did, step by step. Lines after the checkpoint are cut on resuming."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class RunLog:
    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)

    def write(self, **values: Any) -> None:
        with self._file.open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(values) + "\n")

    def cut_from(self, step: int) -> None:
        """Drops what was logged for `step` and later, which will be done again."""
        if self._file.exists():
            kept = [one for one in read_log(self._file) if one.get("step", -1) < step]
            text = "".join(json.dumps(one) + "\n" for one in kept)
            self._file.write_text(text, encoding="utf-8")


def read_log(file: Path) -> list[dict[str, Any]]:
    """Lines in order; a last line that was cut short by a crash is left out."""
    lines: list[dict[str, Any]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError:
            break
    return lines
