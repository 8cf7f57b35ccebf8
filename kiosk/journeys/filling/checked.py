"""What keeps a citizen from going on from a form: the same for its own pages and for the check page, which looks again."""

from __future__ import annotations

from kiosk.journeys.filling.declared import DeclaredForm
from kiosk.wire.forms import FieldFault, FormField, check_form, open_fields


class CheckedForm(DeclaredForm):
    """A form over its sheet. Looks, and changes nothing: it can be asked without being entered."""

    def left_open(self) -> tuple[FormField, ...]:
        """What is to be written in Chinese, is not, and was not left to the window."""
        return tuple(field for field in open_fields(self.fields, self.sheet.values) if field.code not in self.sheet.later)

    def faults(self) -> dict[str, FieldFault]:
        """What is wrong with each field by its kind, all at once (R2.2)."""
        faults = check_form(self.fields, self.sheet.values, self.work.clock.now().date())
        if self.work.typing.impossible and self.leaving()[0]:
            return faults  # what this machine cannot take is nobody's fault
        return faults | {field.code: FieldFault.MISSING for field in self.left_open()}

    def told(self, faults: dict[str, FieldFault]) -> dict[str, str]:
        """What is wrong beyond that, in words; a field is told of one fault."""
        return {code: words for code, words in self.refused().items() if code not in faults}

    def wrong(self) -> tuple[str, ...]:
        """Codes of the fields that keep from going on, in order."""
        faults = self.faults()
        wrong = faults.keys() | self.told(faults).keys() | self.sheet.unread
        return tuple(field.code for field in self.fields if field.code in wrong)

    def marks_at_once(self) -> bool:
        """Whether what is wrong is marked when the form is opened: it was gone on from before."""
        return self.sheet.checked
