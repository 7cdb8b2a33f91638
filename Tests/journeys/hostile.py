"""Texts that people with bad intentions, old keyboards or good humour send."""

SCRIPTS = [
    "<script>window.hacked=1;alert(1)</script>",
    "<img src=x onerror=\"window.hacked=1;alert(1)\">",
    "<svg/onload=window.hacked=1>",
    "\"><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "javascript:window.hacked=1",
    "[klikkaa](javascript:window.hacked=1)",
    "https://example.fi/\"onmouseover=\"window.hacked=1",
    "https://example.fi/<img src=x onerror=window.hacked=1>",
    "data:text/html,<script>window.hacked=1</script>",
    "${window.hacked=1} {{constructor.constructor('window.hacked=1')()}} #{hacked}",
    "</textarea></title></style></script><b>lihava</b>",
    "&lt;b&gt; &amp;amp; &#x3C;img&#x3E;",
    "'; DROP TABLE messages; --",
    "{{etunimi}} {name} {count} %s %@ $1 $& \\u003cb\\u003e",
]

TRICKS = [
    "käänteinen \u202egnp.exe\u202c loppu",
    "kätketty\u200b\u200c\u200d\ufeff\u2060 väli",
    "\u2066eristetty\u2069 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 sekaisin",
    "Z\u0335\u0353\u0347a\u0336\u0354l\u0334g\u0337o\u0338",
    "null\u0001\u0008 merkit \u007f välissä",
    "👩‍👩‍👧‍👦🏳️‍🌈🇫🇮" * 40,
    "ä" * 500 + "sanaton",
]

NAME = "<img src=x onerror=\"window.hacked=1\"> \u202eonkuu"
TITLE = "<script>window.hacked=1</script> Kiulut \u202e"

EMOJI = "🧖" * (64 * 1024 // 4)
LINES = "\n".join(f"rivi {number}" for number in range(10_000))[: 60 * 1024].strip()
