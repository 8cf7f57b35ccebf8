"""Drivers of the terminal's devices: each fulfils one port of `kiosk.ports` over real bytes. No screens, no journeys."""
