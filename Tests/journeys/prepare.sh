# What journeys and pictures need: Python packages, Chromium, the program. Sourced from the project's root; safe twice.

[ -x .venv/bin/python ] || { echo "Making .venv"; python3 -m venv .venv; }
if ! cmp -s Tests/journeys/requirements.txt .venv/journeys.txt; then
  echo "Installing what the journeys need"
  .venv/bin/pip install --quiet --disable-pip-version-check -r Tests/journeys/requirements.txt
  cp Tests/journeys/requirements.txt .venv/journeys.txt
fi
missing=()
for package in chromium chromium-headless-shell; do command -v "$package" >/dev/null || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]}"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" fonts-noto-color-emoji >/dev/null
fi
if [ -z "${MORO_PROGRAM:-}" ]; then
  echo "Building moro"
  swift build --product moro 2>&1 | tail -1
  # A copy, so that the next build does not pull it away in the middle of a journey.
  mkdir -p .build/journeys && cp .build/debug/moro ".build/journeys/moro.$$" && mv -f ".build/journeys/moro.$$" .build/journeys/moro
  export MORO_PROGRAM="$PWD/.build/journeys/moro"
fi
