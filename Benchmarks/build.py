"""What the benchmarks stand on: Debian packages, the C programs, a release build of the server. Safe to run again."""
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


def packages(**needed):
    """Installs Debian packages whose file is not there: `packages(nginx="/usr/sbin/nginx")`."""
    missing = [name.replace("_", "-") for name, file in needed.items() if not Path(file).exists()]
    if not missing:
        return
    print(f"installing {' '.join(missing)}", flush=True)
    root = [] if os.geteuid() == 0 else ["sudo"]
    with services_left_alone(root):
        quiet(root + ["apt-get", "update", "-q"])
        quiet(root + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", *missing])


class services_left_alone:
    """Debian starts a server when it is installed; ours are started by hand on ports of their own."""
    policy = Path("/usr/sbin/policy-rc.d")

    def __init__(self, root):
        self.root = root

    def __enter__(self):
        self.ours = not self.policy.exists()
        if self.ours:
            quiet(self.root + ["sh", "-c", f"printf '#!/bin/sh\\nexit 101\\n' > {self.policy}; chmod +x {self.policy}"])

    def __exit__(self, *_):
        if self.ours:
            quiet(self.root + ["rm", "-f", str(self.policy)])


def load_client():
    packages(gcc="/usr/bin/gcc", make="/usr/bin/make", libsqlite3_dev="/usr/include/sqlite3.h")
    quiet(["make", "-C", str(ROOT / "Benchmarks/load")])


def peer():
    packages(nginx="/usr/sbin/nginx", libnginx_mod_nchan="/usr/lib/nginx/modules/ngx_nchan_module.so")


def browser():
    packages(chromium="/usr/bin/chromium")
    python_with("playwright")


def python_with(*modules):
    """Goes on in the project's own virtual environment, which has these modules from PyPI."""
    python = VENV / "bin/python"
    if not python.exists():
        quiet([sys.executable, "-m", "venv", str(VENV)])
    if subprocess.run([python, "-c", f"import {', '.join(modules)}"], capture_output=True).returncode:
        quiet([str(python), "-m", "pip", "install", "-q", *modules])
    sys.path[:0] = [str(path) for path in VENV.glob("lib/python*/site-packages")]


def server(given=None):
    """The release build of `moro`, unless another binary is given (which makes the figures worth less)."""
    if given:
        return Path(given).resolve()
    # A folder of its own: a release build would keep whoever works on the debug build waiting.
    command = ["swift", "build", "-c", "release", "--product", "moro", "--scratch-path", ".build-release"]
    print(" ".join(command), flush=True)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return ROOT / ".build-release/release/moro"


def quiet(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {(done.stderr or done.stdout)[-2000:]}")
