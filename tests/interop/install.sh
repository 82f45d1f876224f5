#!/usr/bin/env bash
# Installs the programs that the tests of this folder drive: OmegaT and Symfony from Debian, translate-toolkit in a place of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
PACKAGES=(omegat default-jre-headless php-cli php-xml php-symfony-translation php-symfony-console)
if ! dpkg --status "${PACKAGES[@]}" >/dev/null 2>&1; then
  SUDO=$([ "$(id -u)" = 0 ] || echo sudo)
  $SUDO apt-get update --quiet
  $SUDO apt-get install --yes --no-install-recommends "${PACKAGES[@]}"
fi
if [ ! -x .cache/interop/bin/xliff2po ]; then
  "${PYTHON:-python3}" -m venv .cache/interop
  .cache/interop/bin/python -m pip install --quiet 'translate-toolkit==3.20.4' lxml
fi
