#!/usr/bin/env bash
# Sets up this checkout: Debian packages that are missing, the virtual environment .venv/, and the project in it.
# Does nothing that is done already. Needs Debian 12, Python 3.11, and for missing packages root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."

# Virtual screen and its tools; GL for Kivy; barcode and USB libraries; rare characters of names, and Chinese for the browser;
# the browser of the console's tests and of the demonstration, and what its driver's own node needs; the pinyin engine and its model.
packages=(python3-venv xvfb xdotool libgl1 libgl1-mesa-dri libmtdev1 libzbar0 libusb-1.0-0 fonts-noto-cjk chromium libatomic1
  libpinyin15 libpinyin-data)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  echo "setup: installing Debian packages: ${missing[*]}"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup: run once as root: apt-get install ${missing[*]}" >&2; exit 2; }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "setup: Python 3.11 or newer is needed; set PYTHON=…" >&2; exit 2; }
stamp=.venv/.set-up-for
wanted=$(sha256sum pyproject.toml | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  echo "setup: making .venv"
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev,browser]'
  echo "$wanted" > "$stamp"
fi
