"""Pages and signatures handed in, whole or in parts."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from kiosk.wire.base import MAX_FILE_BYTES, Message, Sha256


class FileAnswer(Message):
    """PUT /api/v1/files/{sha256}: kept, now or already."""

    sha256: Sha256
    size: int = Field(description="bytes")


class UploadQuestion(Message):
    """POST /api/v1/uploads: a file that will come in parts. Asked again, it says how far it is."""

    sha256: Sha256
    size: int = Field(strict=True, ge=1, le=MAX_FILE_BYTES, description="bytes")


class UploadAnswer(Message):
    """How much of a file is there. PATCH /api/v1/uploads/{upload_id} answers the same."""

    upload_id: UUID
    sha256: Sha256
    size: int = Field(description="bytes")
    offset: int = Field(description="So many bytes are kept: the next part begins here.")
    complete: bool = Field(description="The file is kept under its SHA-256, as if it had been put whole.")
