"""What changed in the catalogue since one that was given out: remembered by tag, as a digest of each item and no more."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from center.catalogue import TaggedCatalogue
from center.center import Center
from center.clock import security_now
from center.store.tables import CatalogueState
from kiosk.wire.items import CatalogueAnswer, CatalogueChanges

#: A terminal that was away for longer gets the whole, as one that is new. Guides change some times a month.
_REMEMBERED = 60


def _digests(answer: CatalogueAnswer) -> dict[str, str]:
    return {item.code: hashlib.sha256(item.model_dump_json().encode()).hexdigest()[:32] for item in answer.items}


def remember(center: Center, tagged: TaggedCatalogue) -> None:
    """Remember what is given out now, if it is not remembered yet; of all, the newest."""
    of_ours = CatalogueState.township_id == center.township_id
    etag = tagged.etag.strip('"')
    with center.database.reading() as session:
        if session.scalar(select(CatalogueState.id).where(of_ours, CatalogueState.etag == etag)):
            return
    state = CatalogueState(
        township_id=center.township_id, etag=etag, digests=json.dumps(_digests(tagged.answer), sort_keys=True), given_at=security_now()
    )
    try:
        with center.database.writing() as session:
            session.add(state)
            session.flush()
            newest = select(CatalogueState.id).where(of_ours).order_by(CatalogueState.given_at.desc(), CatalogueState.id).limit(_REMEMBERED)
            session.execute(delete(CatalogueState).where(of_ours, CatalogueState.id.not_in(newest)))
    except IntegrityError:
        # Given to two at once.
        return


def changes_since(center: Center, tagged: TaggedCatalogue, since: str) -> CatalogueChanges | None:
    """What is otherwise than in the catalogue of the tag `since`; None if that is not remembered."""
    with center.database.reading() as session:
        known = session.scalar(
            select(CatalogueState.digests).where(CatalogueState.township_id == center.township_id, CatalogueState.etag == since)
        )
    if known is None:
        return None
    before: dict[str, str] = json.loads(known)
    now = _digests(tagged.answer)
    answer = tagged.answer
    return CatalogueChanges(
        since=since,
        center_name=answer.center_name,
        township_id=answer.township_id,
        center_public_key=answer.center_public_key,
        public_base_url=answer.public_base_url,
        window_hours=answer.window_hours,
        hotline=answer.hotline,
        posts_results=answer.posts_results,
        changed=tuple(item for item in answer.items if before.get(item.code) != now[item.code]),
        removed=tuple(sorted(set(before) - set(now))),
    )
