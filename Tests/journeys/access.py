"""axe looks at one screen after another; what it finds is told together, screen by screen."""

from axe_playwright_python.base import AxeBase

OPTIONS = {"resultTypes": ["violations"], "iframes": False}


class Access:
    source = AxeBase().axe_script

    def __init__(self):
        self.found = []
        self.looked = []

    def look(self, target, screen):
        """`target` is a page, or a frame of it."""
        self.looked.append(screen)
        target.wait_for_timeout(80)
        if not target.evaluate("Boolean(window.axe)"):
            target.evaluate(self.source)
        for violation in target.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]:
            for node in violation["nodes"][:4]:
                self.found.append(f"{screen}: {violation['id']}: {node['target']}: {' '.join(node['failureSummary'].split())[:300]}")

    def assert_nothing_found(self):
        assert not self.found, f"{len(self.found)} in {len(self.looked)} screens:\n" + "\n".join(self.found)
