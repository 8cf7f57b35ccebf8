"""The window: sets Kivy up the way a kiosk needs it before Kivy is first imported, and opens one window for the life of the process."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from typing import Any

#: Read by Kivy at its first import; `screens/__init__` sets them.
ENVIRONMENT = {
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_ARGS": "1",
    # Kivy would take stderr for itself, and a traceback would be seen by nobody
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_METRICS_DENSITY": "1",
    "KIVY_METRICS_FONTSCALE": "1",
    # without a window manager SDL takes the first touch for "give me the focus" and swallows it
    "SDL_MOUSE_FOCUS_CLICKTHROUGH": "1",
    # or SDL would draw into memory where there is no display, and nobody would learn that the glass is dark
    "SDL_VIDEODRIVER": "x11,kmsdrm",
    # Kivy's other kinds of window end the process when there is no display
    "KIVY_WINDOW": "sdl2",
    # nothing typed or shown ever goes to a clipboard that another program could keep
    "KIVY_CLIPBOARD": "dummy",
}

#: Input is polled this often while somebody is there (touch to pixel 11 ms), and when nobody is.
AWAKE_FPS = 240
ASLEEP_FPS = 10


class NoDisplay(Exception):
    """There is no display to open a window on."""


def prepare_environment() -> None:
    """Set Kivy's variables unless the caller did."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)


def display_size() -> tuple[int, int] | None:
    """Size of the X display in px; None where there is no X."""
    try:
        library = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    except OSError:
        return None
    library.XOpenDisplay.restype = ctypes.c_void_p
    for function in (library.XDisplayWidth, library.XDisplayHeight):
        function.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = library.XOpenDisplay(None)
    if not display:
        return None
    try:
        return library.XDisplayWidth(display, 0), library.XDisplayHeight(display, 0)
    finally:
        library.XCloseDisplay(display)


def open_window(size: tuple[int, int], *, fullscreen: bool) -> Any:
    """Kivy's window of `size` px; fullscreen takes the display's own size. A second call in a process returns the same window, resized.

    Raises NoDisplay.
    """
    prepare_environment()
    from kivy.config import Config

    # SDL's own full screen needs a window manager, which a kiosk has not: a window without frame of the display's size instead
    whole = display_size() if fullscreen else None
    if whole:
        size, by_sdl = whole, False
    else:
        by_sdl = fullscreen
    settings = {
        ("kivy", "exit_on_escape"): "0",
        ("kivy", "window_icon"): "",
        ("kivy", "keyboard_mode"): "",
        ("graphics", "multisamples"): "0",
        ("graphics", "width"): str(size[0]),
        ("graphics", "height"): str(size[1]),
        ("graphics", "fullscreen"): "auto" if by_sdl else "0",
        ("graphics", "borderless"): "1",
        ("graphics", "resizable"): "0",
        ("graphics", "position"): "custom",
        ("graphics", "left"): "0",
        ("graphics", "top"): "0",
        ("graphics", "show_cursor"): "0" if fullscreen else "1",
        ("graphics", "maxfps"): str(AWAKE_FPS),
        ("graphics", "min_state_time"): "0",
        ("input", "mouse"): "mouse,disable_multitouch",
    }
    for (section, option), value in settings.items():
        Config.set(section, option, value)
    # the glass comes through SDL; reading its device file as well would press everything twice
    Config.remove_option("input", "%(name)s")
    from kivy.core.window import Window

    if Window is None:
        raise NoDisplay
    if tuple(Window.system_size) != size and not by_sdl:
        Window.system_size = size
    Window.bind(on_key_down=_swallow, on_key_up=_swallow, on_textinput=_swallow, on_keyboard=_swallow)
    return Window


def _swallow(*_: object) -> bool:
    """No key on a physical keyboard reaches anything."""
    return True


def set_pace(awake: bool) -> None:
    """Poll fast while somebody is there, slowly when not. Kivy has no public setter; its clock reads this each frame."""
    from kivy.clock import Clock

    Clock._max_fps = float(AWAKE_FPS if awake else ASLEEP_FPS)
