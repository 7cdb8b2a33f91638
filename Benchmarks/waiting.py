"""Promises of how long a customer waits, over simulated days: how many hold, and how wide they are beside two guesses that know the outcome."""
import json
import subprocess
from statistics import median

import simulation
from figures import Table


def run(binary, quick, bars):
    days, rounds = (5, 3) if quick else (20, 6)
    table = Table(f"waiting · {rounds} times {days} days of each kind", "promised", "held %", "median upper s", "constant s", "moving average s", "median wait s")
    for name in simulation.KINDS:
        for seed in range(rounds):
            put(table, name, replay(binary, simulation.days(name, days, seed)))
        held = table.rows[name]["held %"].median
        bars.at_least(f"{name}: held, of 100", held, 88)
        bars.at_most(f"{name}: held, of 100", held, 92)
        bars.at_most(f"{name}: median upper end, as a multiple of the best constant", table.median(name, "median upper s") / table.median(name, "constant s"), 1)
    table.print()
    print("  The constant is the one that would have held 90 of 100 for all of these customers, and the moving average (of the last 20 waits) is\n"
          "  multiplied by the factor that would have: both chosen afterwards, as nobody can who promises.")


def replay(binary, log):
    done = subprocess.run([binary, "queue", "replay", "-", "--json"], input="\n".join(map(json.dumps, log)), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def put(table, name, outcome):
    served = [one for one in outcome["customers"] if "upper_s" in one and "waited_s" in one]
    waits = [one["waited_s"] for one in served]
    averages = moving_averages(served)
    factor = tenth_from_top([wait / max(1, average) for wait, average in zip(waits, averages)])
    table.add(name, promised=outcome["promised"], **{
        "held %": 100 * outcome["held_share"], "median upper s": outcome["median_upper_s"], "median wait s": outcome["median_wait_s"],
        "constant s": tenth_from_top(waits), "moving average s": median(factor * average for average in averages)})


def moving_averages(served):
    """For each, the mean of the last twenty waits that were over when they came."""
    over = sorted((one["at"] + one["waited_s"], one["waited_s"]) for one in served)
    averages, known, place = [], [], 0
    for one in sorted(served, key=lambda one: one["at"]):
        while place < len(over) and over[place][0] <= one["at"]:
            known.append(over[place][1])
            place += 1
        averages.append(sum(known[-20:]) / len(known[-20:]) if known else one["waited_s"])
    return averages


def tenth_from_top(values):
    return sorted(values)[int(0.9 * (len(values) - 1))]
