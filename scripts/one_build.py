"""Checks that no second build of a library is installed that hides the one we chose (devices.md §3, reliability.md)."""

from __future__ import annotations

import sys
from importlib.metadata import distributions

#: Import name → the one distribution that may bring it.
ONLY = {"cv2": "opencv-python-headless", "escpos": "python-escpos"}
RIVALS = {"opencv-python": "cv2", "opencv-contrib-python": "cv2", "opencv-contrib-python-headless": "cv2", "escpos": "escpos"}

found = sorted(name for name in {(d.metadata["Name"] or "").lower() for d in distributions()} if name in RIVALS)
for name in found:
    sys.stderr.write(f"{name} is installed beside {ONLY[RIVALS[name]]}: both bring {RIVALS[name]}; uninstall {name}.\n")
sys.exit(bool(found))
