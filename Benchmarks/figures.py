"""Figures over several rounds, and how they are printed: median, spread, ratio to the peer, and the bar they must hold."""
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Figure:
    values: list[float] = field(default_factory=list)

    def add(self, value):
        self.values.append(float(value))

    @property
    def median(self):
        return median(self.values) if self.values else float("nan")

    def __str__(self):
        if not self.values:
            return "–"
        if len(self.values) == 1:
            return number(self.median)
        return f"{number(self.median)} [{number(min(self.values))}–{number(max(self.values))}]"


class Table:
    """Rows of named figures; a figure comes into being when its first value is added."""

    def __init__(self, title, *columns):
        self.title, self.columns = title, columns
        self.rows = {}

    def add(self, row, **values):
        figures = self.rows.setdefault(row, {column: Figure() for column in self.columns})
        for column, value in values.items():
            figures[column.replace("_", " ")].add(value)

    def median(self, row, column):
        return self.rows[row][column].median if row in self.rows else float("nan")

    def print(self):
        print(f"\n{self.title}")
        widths = [max(len(column), *(len(str(row[column])) for row in self.rows.values())) for column in self.columns]
        first = max(map(len, self.rows))
        print("  " + " " * first + "".join(f"  {c:>{w}}" for c, w in zip(self.columns, widths)))
        for name, row in self.rows.items():
            print(f"  {name:<{first}}" + "".join(f"  {str(row[c]):>{w}}" for c, w in zip(self.columns, widths)), flush=True)


class Bars:
    """What must hold, and whether it did. Printed as it is found, and once more when all is over."""

    def __init__(self):
        self.lines = []

    def at_most(self, what, value, bar, unit=""):
        self.put(what, value, f"≤ {number(bar)}{unit}", value <= bar, unit)

    def at_least(self, what, value, bar, unit=""):
        self.put(what, value, f"≥ {number(bar)}{unit}", value >= bar, unit)

    def put(self, what, value, bar, holds, unit):
        line = f"  {'holds ' if holds else 'MISSED'}  {what}: {number(value)}{unit} (bar {bar})"
        self.lines.append(line)
        print(line, flush=True)


def number(value):
    if value != value:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
