"""The texts a person reads, by name: journeys look for what stands in Web/words, in the language of the screen."""

import json
import re
from functools import cache

from server import ROOT

LANGUAGES = ("fi", "sv", "en")
KEY = re.compile(r"\b(?:common|widget|desk|shop)(?:\.[a-zA-Z]\w*)+\b")


@cache
def texts(area, language):
    return json.loads((ROOT / "Web" / "words" / language / f"{area}.json").read_text())


def words(name, language="fi", /, **values):
    text = texts(name.split(".")[0], language)[name]
    return re.sub(r"\{(\w+)\}", lambda hole: str(values.get(hole[1], hole[0])), text)


def missing(text):
    """Names of words that nobody has translated, shown as they are."""
    return KEY.findall(text)
