"""axe looks at one screen after another; what it finds is told together, screen by screen."""

from axe_playwright_python.sync_playwright import Axe

# Without preload, because axe fetches style sheets by inline styles, which our own policy rightly refuses.
OPTIONS = {"resultTypes": ["violations"], "iframes": False, "preload": False}
COLOURS = {**OPTIONS, "runOnly": ["color-contrast"]}


class Access:
    source = Axe().axe_script

    def __init__(self, only_colours=False):
        self.options = COLOURS if only_colours else OPTIONS
        self.found = []
        self.looked = []

    def look(self, target, screen, within="document"):
        """`target` is a page, or a frame of it."""
        self.looked.append(screen)
        target.wait_for_timeout(80)
        if not target.evaluate("Boolean(window.axe)"):
            target.evaluate(self.source)
        for violation in target.evaluate(f"options => axe.run({within}, options)", self.options)["violations"]:
            for node in violation["nodes"][:4]:
                self.found.append(f"{screen}: {violation['id']}: {node['target']}: {' '.join(node['failureSummary'].split())[:300]}")

    def assert_nothing_found(self):
        assert not self.found, f"{len(self.found)} in {len(self.looked)} screens:\n" + "\n".join(self.found)
