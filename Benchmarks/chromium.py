"""Chromium by its own protocol over a pipe. What an automation library switches on in every page (network, runtime, log) costs the page's main thread."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time

SWITCHES = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-component-update",
            "--disable-background-networking", "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
            "--lang=fi", "--accept-lang=fi-FI", "--force-color-profile=srgb", "--hide-scrollbars", "--mute-audio"]


@contextlib.contextmanager
def chromium(program="/usr/bin/chromium"):
    profile = tempfile.mkdtemp(prefix="moro-bench-chromium-")
    to_browser, ours = os.pipe()
    theirs, from_browser = os.pipe()
    # The browser reads commands from descriptor 3 and answers on 4.
    command = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
    started = subprocess.Popen(["bash", "-c", command, program, *SWITCHES, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
                               pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(to_browser)
    os.close(from_browser)
    try:
        yield Browser(ours, theirs)
    finally:
        os.close(ours)
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(10)
        if started.poll() is None:
            started.kill()
            started.wait()
        os.close(theirs)
        shutil.rmtree(profile, ignore_errors=True)


class Browser:
    def __init__(self, ours, theirs):
        self.commands, self.answers = ours, theirs
        self.count, self.rest, self.heard = 0, b"", []

    def ask(self, method, session=None, **parameters):
        self.count += 1
        number = self.count
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.heard.append(answer)

    def wait_for(self, method):
        """Everything the browser has told since, up to and with the first `method`."""
        told, self.heard = self.heard, []
        while not any(one.get("method") == method for one in told):
            told.append(self.read())
        return told

    def read(self):
        while b"\0" not in self.rest:
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                raise SystemExit("chromium has ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def trace(self, address, slowdown, seconds):
        """The trace of one page load by somebody who has never been here."""
        context = self.ask("Target.createBrowserContext")["browserContextId"]
        target = self.ask("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Emulation.setCPUThrottlingRate", session, rate=slowdown)
        self.heard.clear()
        self.ask("Tracing.start", transferMode="ReportEvents", traceConfig={"includedCategories": ["devtools.timeline", "toplevel", "loading"]})
        self.ask("Page.navigate", session, url=address)
        time.sleep(seconds)
        self.ask("Tracing.end")
        told = self.wait_for("Tracing.tracingComplete")
        self.ask("Target.disposeBrowserContext", browserContextId=context)
        return [event for one in told if one.get("method") == "Tracing.dataCollected" for event in one["params"]["value"]]
