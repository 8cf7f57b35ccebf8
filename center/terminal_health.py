"""How the terminals are: what each last said of itself, and which are silent. Nothing here is about a citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from center.center import Center
from center.clock import security_now
from center.store.tables import Terminal, TerminalReport
from kiosk.wire.health import DeviceCondition, DeviceHealth, PaperState, TerminalHealth

#: A terminal reports every minute; one that was silent for so long is down, or cut off.
SILENT_AFTER = timedelta(minutes=10)
#: A roll of paper and a disk that somebody should see to; MB.
LOW_DISK_MB = 1000
#: An application that waits longer than the longest pause between two tries, twice over, is stuck.
STUCK_AFTER = timedelta(minutes=10)


def keep_report(center: Center, terminal: Terminal, report: TerminalHealth) -> datetime:
    """Keep what a terminal says in place of what it said before; returns when."""
    now = security_now()
    content = report.model_dump_json()
    # It is said again in a minute: no need to wait for the disk.
    with center.database.noting() as session:
        said_again = (
            update(TerminalReport).where(TerminalReport.terminal_row == terminal.id, TerminalReport.township_id == center.township_id)
        ).values(received_at=now, content=content)
        if session.execute(said_again.returning(TerminalReport.id)).first():
            return now
    try:
        with center.database.noting() as session:
            session.add(TerminalReport(township_id=center.township_id, terminal_row=terminal.id, received_at=now, content=content))
    except IntegrityError:
        # Its first two reports at once: either will do.
        return now
    return now


@dataclass(frozen=True)
class TerminalState:
    """A terminal as staff see it. `health` None: it never said anything. `troubles`: sentences, the worst first."""

    terminal_id: str
    short_name: str
    added_at: datetime
    revoked_at: datetime | None
    seen_at: datetime | None
    silent: bool
    health: TerminalHealth | None
    troubles: tuple[str, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to look."""
        return bool(self.troubles)


def terminal_states(center: Center) -> tuple[TerminalState, ...]:
    """Every terminal, those that need somebody first, revoked ones last."""
    with center.database.reading() as session:
        rows = session.execute(
            select(Terminal, TerminalReport)
            .outerjoin(TerminalReport, TerminalReport.terminal_row == Terminal.id)
            .where(Terminal.township_id == center.township_id)
            .order_by(Terminal.terminal_id)
        ).all()
    now = security_now()
    states = [_state(terminal, report, now) for terminal, report in rows]
    return tuple(sorted(states, key=lambda state: (state.revoked_at is not None, not state.needs_attention, state.terminal_id)))


def silent_terminals(center: Center) -> tuple[str, ...]:
    """Terminals in use that have said nothing for ten minutes."""
    return tuple(state.terminal_id for state in terminal_states(center) if state.silent)


def _state(terminal: Terminal, report: TerminalReport | None, now: datetime) -> TerminalState:
    health = _read(report)
    seen_at = report.received_at if report else None
    # One that was just added has not had the time to speak.
    silent = terminal.revoked_at is None and now - (seen_at or terminal.added_at) > SILENT_AFTER
    troubles = () if terminal.revoked_at is not None else tuple(_troubles(health, silent, seen_at is None))
    return TerminalState(
        terminal.terminal_id, terminal.short_name, terminal.added_at, terminal.revoked_at, seen_at, silent, health, troubles
    )


def _read(report: TerminalReport | None) -> TerminalHealth | None:
    if report is None:
        return None
    try:
        return TerminalHealth.model_validate_json(report.content)
    except ValidationError:
        # Of another version of this program; the next report is of this one.
        return None


_DEVICES = {"id_card": "身份证读卡器", "scanner": "扫码器", "printer": "打印机", "document_camera": "高拍仪"}

#: What is said of a device that gives no words of its own.
_CONDITIONS = {
    DeviceCondition.STARTING: "正在启动",
    DeviceCondition.READY: "正常",
    DeviceCondition.FAULT: "有故障",
    DeviceCondition.ABSENT: "没有连接",
    DeviceCondition.UNKNOWN: "状态不明",
}

PAPER_WORDS = {PaperState.GOOD: "充足", PaperState.NEAR_END: "快用完", PaperState.OUT: "用完", PaperState.UNKNOWN: "不清楚"}


def device_name(device: DeviceHealth) -> str:
    """What staff call it."""
    return _DEVICES.get(device.device, device.device)


def device_words(device: DeviceHealth) -> str:
    """How it is, in the driver's own words where it has some: they say what to do."""
    return device.hint or _CONDITIONS[device.state]


def is_well(device: DeviceHealth) -> bool:
    """Whether nobody has to look at it."""
    return device.state in (DeviceCondition.READY, DeviceCondition.STARTING) and not device.fault


def _troubles(health: TerminalHealth | None, silent: bool, never: bool) -> list[str]:
    if never:
        return ["登记后还没有联系过中心，请检查终端是否开机、公钥是否一致"] if silent else []
    if silent:
        return ["超过 10 分钟没有消息，请到终端前看看是否开机、网线是否接好"]
    if health is None:
        return []
    troubles = []
    if health.refused:
        troubles.append(f"有 {health.refused} 件申请被中心退回，留在终端上，请技术员处理")
    if health.oldest_unsent_seconds is not None and health.oldest_unsent_seconds > STUCK_AFTER.total_seconds():
        troubles.append(f"有 {health.unsent} 件申请还没有送到中心，最早的已等了 {health.oldest_unsent_seconds // 60} 分钟")
    troubles += [f"{device_name(device)}：{device_words(device)}" for device in health.devices if not is_well(device)]
    if health.free_disk_mb is not None and health.free_disk_mb < LOW_DISK_MB:
        troubles.append(f"磁盘只剩 {health.free_disk_mb} MB，请技术员清理")
    return troubles
