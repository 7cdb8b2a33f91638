"""Compares `moro holidays` with PyPI's `holidays`, from 2000 to 2050. Every deliberate difference is stated here."""
import json
import subprocess
import sys
from collections import defaultdict
from datetime import date

import holidays

YEARS = range(2000, 2051)


def ours(binary, country, region=None):
    """The days of each kind."""
    command = [binary, "holidays", "--country", country, "--year", f"{YEARS[0]}-{YEARS[-1]}", "--json"]
    done = subprocess.run(command + (["--region", region] if region else []), capture_output=True, text=True, check=True)
    days = defaultdict(set)
    for holiday in json.loads(done.stdout)["holidays"]:
        days[holiday["kind"]].add(date.fromisoformat(holiday["date"]))
    return days


def theirs(country, category, region=None):
    return set(getattr(holidays, country)(years=YEARS, categories=(category,), subdiv=region))


def weekdays(days):
    return {day for day in days if day.weekday() < 5}


def comparisons(binary):
    """What is compared, our days, theirs."""
    finland = ours(binary, "FI")
    # They count Midsummer Eve and Christmas Eve, on which almost nobody works, among the public holidays; we call them eves.
    yield "Finland: holidays and eves", finland["holiday"] | finland["eve"], theirs("FI", "public")

    sweden = ours(binary, "SE")
    yield "Sweden: holidays", sweden["holiday"], theirs("SE", "public")
    yield "Sweden: eves", sweden["eve"], theirs("SE", "de_facto")
    # Theirs has squeeze days, and Saturdays on which nobody works anyway; we have the four weekdays that banks shorten.
    short = {day for day, name in holidays.SE(years=YEARS, categories=("optional",), language="en_US").items() if "(from 2pm)" in name}
    yield "Sweden: short days", sweden["short"], short

    estonia = ours(binary, "EE")
    yield "Estonia: holidays", estonia["holiday"], theirs("EE", "public")
    # The law shortens working days; theirs has some that fall on a weekend.
    yield "Estonia: short days", estonia["short"], weekdays(theirs("EE", "half_day"))

    # Theirs has no short days for Norway; ours are those of its law on the peace of holidays.
    yield "Norway: holidays", ours(binary, "NO")["holiday"], theirs("NO", "public")

    denmark = ours(binary, "DK")
    yield "Denmark: holidays", denmark["holiday"], theirs("DK", "public")
    yield "Denmark: eves and short days", denmark["eve"] | denmark["short"], theirs("DK", "optional")

    # Theirs has no short days for Germany.
    yield "Germany: holidays", ours(binary, "DE")["holiday"], theirs("DE", "public")
    for region in holidays.DE.subdivisions:
        if region == "Augsburg":
            continue  # A town: its own holiday is not ours.
        expected = theirs("DE", "public", region)
        if region == "BY":
            # Assumption is a holiday in most of Bavaria's towns; theirs has it under a category of its own, and so for all or none.
            expected |= {date(year, 8, 15) for year in YEARS}
        yield f"Germany, {region}: holidays", ours(binary, "DE", region)["holiday"], expected


def main():
    passed = failed = 0
    for what, mine, peers in comparisons(sys.argv[1]):
        if mine == peers:
            passed += 1
            continue
        failed += 1
        only = [("only ours", mine - peers), ("only theirs", peers - mine)]
        print(f"FAIL {what}:", "; ".join(f"{label}: {', '.join(map(str, sorted(days)[:8]))}" for label, days in only if days))
    print(f"holidays {holidays.__version__}, {YEARS[0]}–{YEARS[-1]}: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
