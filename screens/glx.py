"""Bringing a part of the drawn picture to the glass without a swap, by `GLX_MESA_copy_sub_buffer`. Nothing here draws."""

from __future__ import annotations

import ctypes
import ctypes.util
from dataclasses import dataclass
from typing import Any

EXTENSION = b"GLX_MESA_copy_sub_buffer"
#: Attributes of `glXQueryDrawable` (glx.h).
_GLX_WIDTH, _GLX_HEIGHT = 0x801D, 0x801E


@dataclass(frozen=True)
class SubBuffer:
    """The presenting function of the current GLX context. After `copy` the back buffer still holds the whole picture."""

    _copy: Any
    _query: Any
    _display: int
    _drawable: int

    @classmethod
    def of_current_context(cls) -> SubBuffer | None:
        """None where the extension, GLX or a current context is missing: swap the whole window then."""
        name = ctypes.util.find_library("GL") or "libGL.so.1"
        try:
            library = ctypes.CDLL(name)
            library.glXGetCurrentDisplay.restype = ctypes.c_void_p
            library.glXGetCurrentDrawable.restype = ctypes.c_ulong
            library.glXQueryExtensionsString.restype = ctypes.c_char_p
            library.glXQueryExtensionsString.argtypes = [ctypes.c_void_p, ctypes.c_int]
            library.glXGetProcAddressARB.restype = ctypes.c_void_p
            library.glXGetProcAddressARB.argtypes = [ctypes.c_char_p]
        except (OSError, AttributeError):  # no libGL, or one without GLX
            return None
        display = library.glXGetCurrentDisplay()
        drawable = library.glXGetCurrentDrawable()
        if not display or not drawable:
            return None
        if EXTENSION not in (library.glXQueryExtensionsString(display, 0) or b"").split():
            return None
        address = library.glXGetProcAddressARB(b"glXCopySubBufferMESA")
        if not address:
            return None
        integer = ctypes.c_int
        function = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_ulong, integer, integer, integer, integer)(address)
        library.glXQueryDrawable.restype = None
        library.glXQueryDrawable.argtypes = [ctypes.c_void_p, ctypes.c_ulong, integer, ctypes.POINTER(ctypes.c_uint)]
        return cls(function, library.glXQueryDrawable, display, drawable)

    def size(self) -> tuple[int, int]:
        """Width and height the drawable really has, px; asks the X server."""
        result = []
        for attribute in (_GLX_WIDTH, _GLX_HEIGHT):
            value = ctypes.c_uint()
            self._query(self._display, self._drawable, attribute, ctypes.byref(value))
            result.append(value.value)
        return result[0], result[1]

    def copy(self, x: int, y: int, width: int, height: int) -> None:
        """Show this rectangle of the back buffer; px, y up from the bottom left."""
        self._copy(self._display, self._drawable, x, y, width, height)
