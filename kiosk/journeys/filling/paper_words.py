"""How papers stand, in words: each in its row, and together what may follow and what the window will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.events import RowChosen
from kiosk.i18n import Texts
from kiosk.journeys.filling.stack import is_there, may_follow, must_be_brought
from kiosk.session import Sheet
from kiosk.views import Button, MaterialRow, Panel, Tone
from kiosk.wire.items import Material, Need


def follow_until(texts: Texts, material: Material) -> str:
    """Until when a paper that may follow is wanted. The day itself is the center's to name (domain.md, never forgotten no. 4)."""
    if material.follow_days is None:
        return texts.t("什么时候交，以窗口告知为准")
    return texts.t("提交后 {n} 个工作日内交到窗口", n=material.follow_days)


def wanted_later(texts: Texts, sheet: Sheet, materials: Sequence[Material]) -> Panel | None:
    """What is not there: what the item lets follow, and what it does not. None: nothing is wanted."""
    t = texts.t
    follow, missing = may_follow(sheet, materials), must_be_brought(sheet, materials)
    follows = t("；").join(t("{paper}{until}", paper=m.material_name, until=follow_until(texts, m)) for m in follow)
    if not missing:
        return Panel(Tone.INFO, t("可以后补：{papers}。", papers=follows)) if follow else None
    names = texts.listed([m.material_name for m in missing])
    told = t("还缺：{papers}。窗口会一次告诉您怎么补。", papers=names)
    return Panel(Tone.ATTENTION, told, t("可以后补：{papers}。", papers=follows) if follow else "")


def paper_row(texts: Texts, sheet: Sheet, material: Material, *, current: bool, extra: bool, camera_works: bool) -> MaterialRow:
    """A paper in the list. `current`: it is being captured; `extra`: one more page of it than it must have."""
    status, state = _status(texts, sheet, material, current=current, extra=extra, camera_works=camera_works)
    fixed = material.from_card or material.from_form
    return MaterialRow(
        button=Button(f"material_{material.code}", material.material_name, None if fixed else RowChosen(material.code)),
        title=material.material_name,
        status=status,
        state=state,
    )


def _status(texts: Texts, sheet: Sheet, material: Material, *, current: bool, extra: bool, camera_works: bool) -> tuple[str, str]:
    t = texts.t
    pages = sheet.pages.get(material.code, [])
    if material.from_card:
        return t("读卡时已取得"), "done"
    if material.from_form:
        return t("在本机填写"), "done"
    # Of what nobody has to bring there are as many pages as there are: evidence is not “1 of 1”.
    uncounted = current and camera_works and material.is_need is Need.OPTIONAL and not is_there(sheet, material)
    if extra or uncounted:
        return t("正在拍 第 {page} 页", page=len(pages) + 1), "now"
    if is_there(sheet, material):
        unclear = sum(bool(page.faults) for page in pages)
        return (t("已拍 {n} 页，{bad} 页不太清楚", n=len(pages), bad=unclear) if unclear else t("已拍 {n} 页", n=len(pages))), "done"
    if material.is_need is Need.OPTIONAL and not (current and camera_works):
        return (t("可不带，点这里拍") if camera_works else t("可不带")), "optional"
    if material.code in sheet.missing or not camera_works:
        return (t("可以后补") if material.is_need is Need.MAY_FOLLOW else t("没有带，窗口会告诉您怎么补")), "later"
    if current:
        return t("正在拍 第 {page} 页，共 {count} 页", page=len(pages) + 1, count=len(material.pages)), "now"
    return t("还缺，点这里拍"), "missing"


def short_name(name: str) -> str:
    """户口簿（首页、本人页） is 户口簿 where the page is named beside it."""
    return name.split("（", maxsplit=1)[0]
