"""What a journey says of its form: what is asked, where it is kept, what is known already. Draws nothing."""

from __future__ import annotations

from kiosk.journeys.step import Next, Stay, Step
from kiosk.session import Sheet
from kiosk.views import Button
from kiosk.wire.forms import FormField


class DeclaredForm(Step):
    """A form as its journey declares it."""

    @property
    def sheet(self) -> Sheet:
        """Where the values are kept: in the session, so that they outlive the page."""
        raise NotImplementedError

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What is asked. At least one field."""
        raise NotImplementedError

    def check_page(self) -> type[Step] | None:
        """Where what is edited is checked: once that page was reached, going on and back lead there."""
        return None

    def locked(self, field: FormField) -> bool:
        """Whether a field is as the card says, and not to be changed."""
        return False

    def offered(self, field: FormField) -> str:
        """What the card offers for a field that can be changed; empty: nothing."""
        return ""

    def heading(self) -> tuple[str, str]:
        """The pages' question and the line under it."""
        return self.t("请填写，没错就下一步"), ""

    def whose(self) -> str:
        """Whose answers are wanted, where 您 may not be the one who stands here; said with every question."""
        return ""

    def refused(self) -> dict[str, str]:
        """What is wrong beyond each field's own kind, by field code, as the citizen is told. Asked when going on."""
        return {}

    def opened(self, field: FormField) -> Next:
        """Where a field leads that has a page of its own: a repeating group's rows."""
        return Stay()

    def secret(self, field: FormField) -> bool:
        """Whether a value is not shown, not even while it is typed: only how long it is."""
        return False

    def aside(self) -> Button | None:
        """One thing more that can be done on a page, beside going on."""
        return None

    def leaving(self) -> tuple[str, str]:
        """For whoever cannot write what is wanted: how it can be left open, and what then stands in the field. Empty: it cannot."""
        return self.t("不会写？到窗口补填"), self.t("到窗口补填")
