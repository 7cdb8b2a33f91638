"""bin/bench [NAME …] [--quick]: measures, and prints figures, the peer's, the ratio, the spread and the bar. Never a test."""
import argparse
import importlib
import os
import resource
import sys
import time

import build
from figures import Bars

NAMES = ["messages", "delivery", "memory", "restart", "widget", "start", "cluster", "growth", "waiting"]


def main():
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; all when none is given")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, shorter, smaller: to see that it runs, not to quote")
    parser.add_argument("--binary", help="this server instead of a fresh release build")
    options = parser.parse_args()
    for name in options.names:
        if name not in NAMES:
            parser.error(f"there is no benchmark {name}; there are {', '.join(NAMES)}")
    allow_descriptors()
    build.load_client()
    binary = build.server(options.binary)
    print(f"{time.strftime('%Y-%m-%d %H:%M')} · {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} · {binary}", flush=True)
    bars = Bars()
    for name in options.names or NAMES:
        importlib.import_module(name).run(binary, options.quick, bars)
    print("\nall bars\n" + "\n".join(bars.lines))
    return 0


def allow_descriptors():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    sys.exit(main())
