"""The terminal's mind: no Kivy, no hardware, no HTTP server. Imports nothing here, so that the center can use `kiosk.wire` alone."""
