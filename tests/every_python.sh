#!/bin/sh
# Run the test suite on every supported Python that this machine has, each in a virtual environment of its own.
set -eu
cd "$(dirname "$0")/.."

# A python of this version that really starts: on the PATH, or kept by pyenv.
find_python() {
    for candidate in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python; do
        if "$candidate" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

tested="" missing=""
for version in 3.11 3.12 3.13; do
    python=$(find_python "$version")
    if [ -z "$python" ]; then
        missing="$missing $version"
        continue
    fi
    echo "== Python $version: $python"
    make --no-print-directory test PYTHON="$python" VENV=".venv-$version"
    tested="$tested $version"
done

[ -z "$missing" ] || echo "not found on this machine:$missing"
[ -n "$tested" ] || { echo "no supported Python was found"; exit 1; }
echo "passed on:$tested"
