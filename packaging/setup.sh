# Read by packaging/run and packaging/test: makes .venv ready. POSIX sh; needs $root.
# shellcheck shell=sh disable=SC2154

venv=$root/.venv
if [ "${OS:-}" = Windows_NT ]; then venv_python=$venv/Scripts/python.exe; else venv_python=$venv/bin/python; fi

say() { printf '%s\n' "deepstudio: $*" >&2; }
fail() { say "$@"; exit 1; }

is_linux() { [ "$(uname -s)" = Linux ]; }
can_use_apt() { [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; }

# Install Debian packages; only called where can_use_apt.
apt_install() {
    say "Installing system packages: $*"
    apt-get update -q >&2 || say "The list of system packages could not be refreshed; trying with the old one."
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

# Print the newest suited Python that can make virtual environments, or fail with what to type.
find_python() {
    without_venv=
    for candidate in "${DEEPSTUDIO_PYTHON:-}" python3.13 python3.12 python3.11 python3.14 python3 python; do
        [ -n "$candidate" ] || continue
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1 || continue
        if "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
        [ -n "$without_venv" ] || without_venv=$candidate
    done
    if [ -z "$without_venv" ]; then
        if [ -e /etc/debian_version ]; then how=" Type: sudo apt-get install -y python3 python3-venv"; else how=; fi
        fail "Python 3.11 to 3.14 is needed, and none was found (DEEPSTUDIO_PYTHON names one elsewhere).$how"
    fi
    package=$("$without_venv" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if can_use_apt && apt_install "$package" && "$without_venv" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        printf '%s\n' "$without_venv"
        return
    fi
    fail "Python's module for virtual environments is missing. Type: sudo apt-get install -y $package"
}

# Check for the libraries and fonts of the system until all are there; what is only useful is told once.
prepare_system() {
    if ! is_linux || [ -e "$venv/.system-ready" ]; then return; fi
    missing=$("$venv_python" "$root/packaging/libraries.py")
    told=$(cat "$venv/.system-told" 2>/dev/null)
    if [ -n "$missing" ] && [ "$missing" != "$told" ] && can_use_apt; then
        # shellcheck disable=SC2046 # one argument a package
        apt_install $(packages_of "$missing") || say "Some system packages could not be installed."
        missing=$("$venv_python" "$root/packaging/libraries.py")
    fi
    if [ -z "$missing" ]; then
        : >"$venv/.system-ready"
        return
    fi
    if [ "$missing" = "$told" ]; then return; fi
    say "This system lacks libraries or fonts that the window or the microphone needs. On Debian or Ubuntu type:"
    say "    sudo apt-get install -y $(packages_of "$missing")"
    case $missing in *needed*) fail "Without them no window can open." ;; esac
    printf '%s\n' "$missing" >"$venv/.system-told"
}

# What the test of the true microphone needs: a sound server without a sound card. Without it that test is skipped.
prepare_test_sound() {
    if ! is_linux || command -v pulseaudio >/dev/null 2>&1 || ! can_use_apt || [ -e "$venv/.sound-tried" ]; then return; fi
    : >"$venv/.sound-tried"
    apt_install pulseaudio pulseaudio-utils libasound2-plugins || say "Without PulseAudio the microphone is not tested."
}

packages_of() { printf '%s\n' "$1" | cut -d' ' -f2 | tr '\n' ' '; }

# Install the project ($1 is program, or tests for what they need too) unless that was done for this pyproject.toml
# in this place.
prepare_environment() {
    wanted="$(cksum <"$root/pyproject.toml") $root"
    if [ -x "$venv_python" ] && [ "$(cat "$venv/.installed-$1" 2>/dev/null)" = "$wanted" ]; then return; fi

    # A call that was cut short may leave half a package behind that looks whole: begin anew. The wheels are cached.
    if [ -e "$venv/.installing" ] || ! "$venv_python" -c 'import pip' >/dev/null 2>&1; then
        python=$(find_python) || exit 1
        say "Making the virtual environment .venv with $("$python" --version 2>&1)."
        rm -rf "$venv"
        "$python" -m venv "$venv" || fail "The virtual environment could not be made; the lines above say why."
    fi
    : >"$venv/.installing"
    say "Installing DeepStudio and its libraries into .venv: some minutes and gigabytes the first time."
    case $1 in tests) extras='[test]' ;; *) extras='' ;; esac
    # The editable build needs hatchling alone; an isolated one would fetch Qt anew to compile the wheel's translations.
    pip_install 'hatchling>=1.27'
    pip_install --no-build-isolation --editable "$root$extras"
    rm -f "$venv/.installing"
    case $1 in tests) printf '%s\n' "$wanted" >"$venv/.installed-tests" ;; esac
    printf '%s\n' "$wanted" >"$venv/.installed-program"
}

pip_install() {
    "$venv_python" -m pip install --disable-pip-version-check --no-input "$@" >&2 && return
    fail "The installation failed; the lines above say why. Mend that and call this command again."
}

_compile='import sys, pathlib
sys.path.insert(0, sys.argv[1])
import translations
translations.build(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[2]))'

# Compile translations that are older than their source.
prepare_translations() {
    for source in "$root"/resources/i18n/*.ts; do
        compiled=${source%.ts}.qm
        if [ -e "$source" ] && { [ ! -e "$compiled" ] || [ -n "$(find "$source" -newer "$compiled")" ]; }; then
            "$venv_python" -c "$_compile" "$root/packaging" "$root/resources/i18n" >&2 ||
                fail "The translations could not be compiled; the lines above say why."
            return
        fi
    done
}

prepare() {
    prepare_environment "$1"
    prepare_system
    case $1 in tests) prepare_test_sound ;; esac
    prepare_translations
}
