"""Pictures of papers put in at the window: what is kept and how, what is refused whole, and that nothing of them lies on a disk in the clear."""

from __future__ import annotations

import tempfile
import tracemalloc
from pathlib import Path
from uuid import UUID

import pytest
import requests
from sqlalchemy import func, select

from center.casework.completion import record_withdrawal
from center.casework.scans import add_scans
from center.complaints.registration import register_at_desk
from center.domain.roles import Role
from center.people.accounts import add_staff
from center.store.tables import CasePage, StoredFile
from kiosk.wire.base import MAX_FILE_BYTES
from tests.center import papers
from tests.center.complaints.place import desk
from tests.center.intake.scene import Scene, attempt
from tests.center.intake.test_registering import registered
from tests.center.place import NAME, PASSWORD, Browser
from tests.center.staffing import member

PAGE, OTHER = papers.page("租赁合同", (NAME,)), papers.page("租赁合同 第二页")


def pages(scene: Scene, case_id: UUID) -> dict[str, int]:
    return {paper.material.code: len(paper.pages) for paper in scene.dossier(case_id).papers}


def test_pages_are_kept_in_order_encrypted_and_each_once(scene_on: Scene) -> None:
    scene, case_id = scene_on, registered(scene_on)
    assert add_scans(scene.center, scene.wang, case_id, scene.revision(case_id), "id_card", [PAGE, OTHER]) == 2
    assert pages(scene, case_id)["id_card"] == 2
    with scene.center.database.reading() as session:
        stored = session.scalars(select(StoredFile).join(CasePage, CasePage.file_id == StoredFile.id).order_by(CasePage.position)).all()
    assert [scene.center.files.get(row.sha256) for row in stored] == [PAGE, OTHER]
    assert all(PAGE[:64] not in path.read_bytes() for path in Path(scene.center.files.root).rglob("*") if path.is_file())
    assert scene.kinds(case_id)[-1] == "scanned"
    assert scene.journal()[-1][0] == "case.scanned"
    # the same picture again is told, and another goes after those that are there
    assert attempt(lambda: add_scans(scene.center, scene.wang, case_id, scene.revision(case_id), "id_card", [PAGE])) == "scans_known"
    third = papers.page("背面")
    assert add_scans(scene.center, scene.wang, case_id, scene.revision(case_id), "id_card", [PAGE, third, third]) == 1
    assert pages(scene, case_id)["id_card"] == 3


@pytest.mark.parametrize(
    ("code", "contents", "refused"),
    [
        ("id_card", [], "scans_none"),
        ("id_card", [PAGE, b"%PDF-1.7 ..."], "file_kind"),
        ("id_card", [b""], "scan_size"),
        ("id_card", [PAGE + b"\0" * MAX_FILE_BYTES], "scan_size"),
        ("place_proof", [PAGE], "scan_paper"),
        ("of_no_item", [PAGE], "scan_paper"),
    ],
)
def test_what_is_no_page_of_a_paper_that_is_there_is_refused_whole(scene: Scene, code: str, contents: list[bytes], refused: str) -> None:
    case_id = registered(scene)
    before = scene.kinds(case_id)
    assert attempt(lambda: add_scans(scene.center, scene.wang, case_id, scene.revision(case_id), code, contents)) == refused
    assert sum(pages(scene, case_id).values()) == 0
    assert scene.kinds(case_id) == before


def test_an_old_sight_an_ended_case_and_another_role_put_nothing_in(scene: Scene) -> None:
    case_id = registered(scene)
    head = member(scene.center, Role.CENTER_HEAD, window="")
    assert attempt(lambda: add_scans(scene.center, head, case_id, scene.revision(case_id), "id_card", [PAGE])) == "not_allowed"
    assert attempt(lambda: add_scans(scene.center, scene.wang, case_id, scene.revision(case_id) - 1, "id_card", [PAGE])) == "case_changed"
    record_withdrawal(scene.center, scene.wang, case_id, scene.revision(case_id), "不办了", paper_kept=True)
    assert attempt(lambda: add_scans(scene.center, scene.wang, case_id, scene.revision(case_id), "id_card", [PAGE])) == "case_changed"


# ------------------------------------------------------------------ over HTTP


def send(browser: Browser, path: str, pictures: list[tuple[str, bytes]], **form: str) -> requests.Response:
    files = [("scans", (name, content, "image/jpeg")) for name, content in pictures]
    return browser.session.post(browser.url + path, data=form, files=files, timeout=30)


def test_the_form_takes_several_large_pictures_and_no_temporary_file_holds_them(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = registered(scene)
    add_staff(scene.center, "lijing", "李静", Role.WINDOW_STAFF, "综合窗口1号", PASSWORD)
    browser = Browser(scene.terminal.url)
    browser.sign_in("lijing")
    hidden = browser.hidden(f"/console/cases/{case_id}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    large = [(f"{number}.jpg", PAGE + bytes([number]) * (MAX_FILE_BYTES - len(PAGE))) for number in range(8)]
    answer = send(browser, f"/console/cases/{case_id}/scans", large, csrf=hidden["csrf"], revision=hidden["revision"], paper="id_card")
    assert answer.status_code == 200, answer.text
    assert "8 页" in answer.text
    assert pages(scene, case_id)["id_card"] == 8
    # One that is too large is told, and was on no disk either.
    huge = send(
        browser,
        f"/console/cases/{case_id}/scans",
        [("a.jpg", PAGE * 100)],
        csrf=hidden["csrf"],
        revision=hidden["revision"],
        paper="id_card",
    )
    assert (huge.status_code, "1000 KB" in huge.text) == (422, True)
    # One of them comes back as it was put in.
    with scene.center.database.reading() as session:
        page = session.scalars(select(CasePage.id).order_by(CasePage.position)).first()
    assert browser.get(f"/console/cases/{case_id}/pages/{page}").content == large[0][1]
    # An old form is told; a ninth picture and a form of another site too.
    assert (
        send(browser, f"/console/cases/{case_id}/scans", [("a.jpg", OTHER)], csrf=hidden["csrf"], revision="1", paper="id_card").status_code
        == 409
    )
    many = [(f"{number}.jpg", PAGE) for number in range(9)]
    refused = send(browser, f"/console/cases/{case_id}/scans", many, csrf=hidden["csrf"], revision="1", paper="id_card")
    assert (refused.status_code, "一次最多选 8 张" in refused.text) == (422, True)
    assert send(browser, f"/console/cases/{case_id}/scans", [("a.jpg", OTHER)], csrf="0", revision="1", paper="id_card").status_code == 403
    assert pages(scene, case_id)["id_card"] == 8


def test_more_than_fits_is_told_and_other_forms_keep_their_limit(scene: Scene) -> None:
    case_id = registered(scene)
    browser = Browser(scene.terminal.url)
    too_much = [("a.jpg", b"\xff\xd8\xff" + b"\0" * (9 * MAX_FILE_BYTES))]
    assert send(browser, f"/console/cases/{case_id}/scans", too_much, csrf="0").status_code == 413
    assert send(browser, f"/console/cases/{case_id}/accept", [("a.jpg", b"\0" * 300_000)], csrf="0").status_code == 413


@pytest.mark.parametrize("token", ["", "made-up", "ended"])
def test_pictures_from_who_is_not_signed_in_take_no_memory_and_lead_to_the_sign_in(scene: Scene, token: str) -> None:
    case_id = registered(scene)
    if token == "ended":
        add_staff(scene.center, "lijing", "李静", Role.WINDOW_STAFF, "综合窗口1号", PASSWORD)
        browser = Browser(scene.terminal.url)
        browser.sign_in("lijing")
        token = browser.session.cookies["oneseal_session"]
        browser.post("/console/sign-out", {"csrf": browser.csrf()})
    sent = (b"\0" * 65536 for _ in range(100))
    headers = {"Content-Type": "multipart/form-data; boundary=x"} | ({"Cookie": f"oneseal_session={token}"} if token else {})
    address = f"{scene.terminal.url}/console/{{}}/{case_id}/scans"
    # the first request of a process loads modules
    requests.post(address.format("complaints"), headers=headers, data=b"", timeout=20, allow_redirects=False)
    tracemalloc.start()
    try:
        answer = requests.post(address.format("cases"), headers=headers, data=sent, timeout=20, allow_redirects=False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/console/sign-in")
    assert peak < 2_000_000


@pytest.mark.rule("R6.1")
def test_R6_1_evidence_on_paper_is_scanned_by_the_officer_alone(scene: Scene) -> None:
    officer = member(scene.center, Role.COMPLAINT_OFFICER, window="")
    complaint_id = register_at_desk(scene.center, officer, desk())
    add_staff(scene.center, "lifang", "李芳", Role.COMPLAINT_OFFICER, "", PASSWORD)
    add_staff(scene.center, "lijing", "李静", Role.WINDOW_STAFF, "综合窗口1号", PASSWORD)
    browser = Browser(scene.terminal.url)
    browser.sign_in("lifang")
    path = f"/console/complaints/{complaint_id}"
    shown = browser.get(path).text
    hidden = browser.hidden(path)
    assert "录入纸质证据的图片" in shown
    answer = send(browser, f"{path}/scans", [("信.jpg", PAGE)], csrf=hidden["csrf"], revision=hidden["revision"])
    assert (answer.status_code, "1 页" in answer.text) == (200, True)
    assert send(browser, f"{path}/scans", [("信.jpg", PAGE)], csrf=hidden["csrf"], revision=hidden["revision"]).status_code == 409
    window = Browser(scene.terminal.url)
    window.sign_in("lijing")
    csrf = window.hidden("/console/account/password")["csrf"]
    with scene.center.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(StoredFile))
    assert send(window, f"{path}/scans", [("b.jpg", OTHER)], csrf=csrf, revision=hidden["revision"]).status_code == 403
    with scene.center.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == before
