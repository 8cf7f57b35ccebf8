"""An application that the real center takes: for an item of its catalogue, filled in as that item asks."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.link.client import CenterClient
from kiosk.wire.filing import Filing, MaterialFiled
from kiosk.wire.items import ServiceItem

from .conftest import NUMBER
from .wire import TERMINAL, TOWNSHIP


def first_item(client: CenterClient, which: Callable[[ServiceItem], bool] = lambda item: True) -> ServiceItem:
    """The first item that can be applied for at a terminal, and that `which` is true of."""
    fetched = client.catalogue()
    assert fetched is not None
    return next(item for item in fetched[0].items if item.apply_here and which(item))


def filled_in(filing: Filing, item: ServiceItem, pages: tuple[str, ...] = ()) -> Filing:
    """The same application for `item`: each paper of as many pages as are given is there, and the others the citizen has not with them."""
    return filing.model_copy(
        update={
            "terminal_id": TERMINAL,
            "township_id": TOWNSHIP,
            "item_code": item.code,
            "item_version": item.version,
            "values": _sample_values(item, filing),
            "materials": tuple(
                MaterialFiled(code=material.code, pages=pages)
                if pages and len(material.pages) == len(pages)
                else MaterialFiled(code=material.code, missing=not (material.from_card or material.from_form))
                for material in item.materials
            ),
        }
    )


def _sample_values(item: ServiceItem, filing: Filing) -> dict[str, str]:
    by_kind = {
        "phone": "13900000000",
        "amount": "120",
        "number": "2",
        "date": "2026-01-01",
        "id_number": NUMBER,
        "credit_code": "",
        "english": "Anna",
    }
    from_card = {"name": filing.applicant.name, "number": NUMBER, "address": filing.applicant.address, "birth": "1990-01-01"}
    return {
        field.code: from_card.get(field.card.value, "不详")
        if field.card
        else (field.choices[0].code if field.choices else by_kind.get(field.kind.value, "示例"))
        for field in item.fields
    }
