#!/usr/bin/env bash
# What the tests in a real browser need: Debian's Chromium, fonts and epubcheck; Playwright for Python; axe-core, the Nu checker, the schema of sitemaps.
set -euo pipefail
cd "$(dirname "$0")/../.."
packages=(chromium poppler-utils epubcheck default-jre-headless npm fonts-noto-core fonts-noto-cjk)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
done
# Java and npm may have come another way.
for index in "${!missing[@]}"; do
  case ${missing[$index]} in
    default-jre-headless) command -v java >/dev/null && unset "missing[$index]" ;;
    npm) command -v npm >/dev/null && unset "missing[$index]" ;;
  esac
done
if ((${#missing[@]})); then
  sudo=$([[ $EUID -eq 0 ]] || echo sudo)
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
venv=.cache/browser/venv
if [[ ! -e $venv/.installed || pyproject.toml -nt $venv/.installed ]]; then
  "${PYTHON:-python3}" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --upgrade 'pip>=25.1'
  "$venv/bin/python" -m pip install --quiet --editable . --group test --group browser
  touch "$venv/.installed"
fi
npm install --silent --no-audit --no-fund --prefix .cache/browser axe-core@4 vnu-jar sitemap
