"""Writes that can be retried: the same key with the same content is done once and answered the same, however often and from how many sides it comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.clock import security_now
from center.store.tables import IdempotencyKey

_PRIOR = select(IdempotencyKey.body_digest, IdempotencyKey.subject_id, IdempotencyKey.answer).where(
    IdempotencyKey.township_id == bindparam("township"), IdempotencyKey.key == bindparam("used")
)

#: Every round one of those that want the same number gets it.
_ROUNDS = 50


@dataclass(frozen=True)
class Done:
    """What a write made and answered. `answer` is JSON without anything personal; `created` False: it was done before."""

    subject_id: UUID
    answer: str
    created: bool


class Busy(Refusal):
    """Others were quicker each time. The same write may come again in a moment."""

    retry_after = 2


def once(center: Center, purpose: str, key: UUID, content: Mapping[str, Any], act: Callable[[Session], tuple[UUID, str]]) -> Done:
    """Do `act` in one transaction unless `key` was answered. `act` returns the row it made and its answer, and may be tried more than once.

    Raises what `act` raises, and Refusal if the key was used for other content; nothing is kept then.
    """
    digest = center.cipher.blind_index(purpose, json.dumps(content, sort_keys=True, ensure_ascii=False))
    for _ in range(_ROUNDS):
        try:
            with center.database.writing() as session:
                done = _before(center, session, key, digest)
                if done is None:
                    subject_id, answer = act(session)
                    session.add(
                        IdempotencyKey(
                            township_id=center.township_id,
                            key=key,
                            purpose=purpose,
                            body_digest=digest,
                            subject_id=subject_id,
                            answer=answer,
                            answered_at=security_now(),
                        )
                    )
                    session.flush()
                    done = Done(subject_id, answer, created=True)
                return done
        except IntegrityError:
            # The same key or the same number, a moment earlier: look again.
            continue
        except Refusal:
            # Perhaps because of this very write, committed between two looks: PostgreSQL shows each statement what is new.
            with center.database.reading() as session:
                done = _before(center, session, key, digest)
            if done is None:
                raise
            return done
    raise Busy("busy", "同时提交的人太多，请稍后再试；重复发送不会重复办理。")


def _before(center: Center, session: Session, key: UUID, digest: str) -> Done | None:
    prior = session.execute(_PRIOR, {"township": center.township_id, "used": key}).first()
    if prior is None:
        return None
    if prior.body_digest != digest:
        raise Refusal("idempotency_conflict", "这个提交编号已用于另一份内容；请用新的编号提交。")
    return Done(prior.subject_id, prior.answer, created=False)
