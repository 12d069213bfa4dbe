#!/bin/sh
# Makes the virtual environment and installs into it what requirements.lock pins, then the project.
# Needs Python 3.11 or later with venv, and the package index; nothing else.
#
#   sh tools/set_up.sh DIRECTORY        (PYTHON=/path/to/python3 chooses the interpreter)
set -eu

venv=${1:?"say where the virtual environment goes"}
suitable='import sys; raise SystemExit(sys.version_info < (3, 11))'
with_venv='import ensurepip, venv'
with_widelens='import importlib.metadata; importlib.metadata.version("widelens")'

stop() {
    printf 'set-up: %s\n' "$1" >&2
    exit 1
}

# Prints the newest suitable interpreter among those the project is tested with, else whatever
# python3 is. Each is run, not only looked for: a name on the path may be a shim with nothing behind.
find_python() {
    found_without_venv=
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        "$name" -c "$suitable" >/dev/null 2>&1 || continue
        if "$name" -c "$with_venv" >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
        found_without_venv=$name
    done
    [ -z "$found_without_venv" ] ||
        stop "$found_without_venv has no venv module. On Debian and Ubuntu: apt install python3-venv"
    [ -z "${PYTHON:-}" ] || stop "PYTHON=$PYTHON is not Python 3.11 or later"
    stop "no Python 3.11 or later found. Install one, or say where it is: make setup PYTHON=/path/to/python3"
}

if ! "$venv/bin/python" -c "$suitable" >/dev/null 2>&1 || ! [ -x "$venv/bin/pip" ]; then
    python=$(find_python)
    printf 'Making %s with %s\n' "$venv" "$("$python" --version)"
    "$python" -m venv --clear "$venv" || stop "$python could not make a virtual environment in $venv"
fi

pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@"
}

printf 'Installing what requirements.lock pins (a minute or so, once)\n'
pip install --quiet --require-hashes -r requirements.lock ||
    stop "the pinned packages could not be installed: is the package index within reach?"
pip install --quiet --no-deps --no-build-isolation --editable .
"$venv/bin/python" -c "$with_widelens" || stop "the project did not install"
