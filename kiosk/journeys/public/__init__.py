"""公示信息 (R1.5, 四公开): who is on duty, duties, procedures, rules and promises, ways to complain, announcements. Kept here, so there without the center."""

from kiosk.journeys.public.ways import PublicStep
from kiosk.journeys.step import Journey

PUBLIC = Journey("public", (PublicStep,))

__all__ = ["PUBLIC"]
