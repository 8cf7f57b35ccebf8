"""What every message is made of: nothing that is not declared, and text without characters that are none."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ItemCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,16}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,40}$")]

#: Free text, in lines: no control characters but the ends of lines and tabs. One database refuses a NUL, and no paper prints any.
WRITTEN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
#: Free text in one line.
ONE_LINE = r"^[^\x00-\x1f\x7f]*$"

#: What a field or a paper of an item is called.
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
#: What was entered in one field of a form.
Entry = Annotated[str, StringConstraints(max_length=4000, pattern=WRITTEN)]
#: A name, a number, a place: each use says how long it may be.
Line = Annotated[str, StringConstraints(pattern=ONE_LINE)]
#: What a code reader read.
CodeText = Annotated[str, StringConstraints(max_length=200, pattern=ONE_LINE)]

#: A page as the camera keeps it is at most 500 KB (devices.md §4); a signature is far smaller. Bytes.
MAX_FILE_BYTES = 1_000_000


class Message(BaseModel):
    """Whatever one end sends the other: a field that is not declared is refused, and none changes."""

    # What a message is read from is somebody's name or story: pydantic would keep each short text for the process's next one.
    model_config = ConfigDict(extra="forbid", frozen=True, cache_strings="none")


class Problem(BaseModel):
    """RFC 9457 problem+json: `code` for programs, `detail` one sentence for people."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
