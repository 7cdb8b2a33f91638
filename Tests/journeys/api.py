"""What a journey needs to arrange before it begins, over the same API that everyone uses."""

import json
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlparse


class Api:
    def __init__(self, base, token=None, site=None):
        self.base = base
        self.token = token
        self.site = site

    def __call__(self, method, path, body=None):
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.site:
            headers["Moro-Site"] = self.site
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1/{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None
        return json.loads(text) if text else {}


class Company:
    """Löylymäki: Tuula owns it, Aino and Juhani answer."""

    PASSWORD = "neljä pientä saunatonttua"

    def __init__(self, server):
        self.server = server
        self.link = server.link
        self.tokens = {}
        self.agents = {}
        self.owner = self.sign_in("tuula", server.link, "Tuula", "Tuula Salmi")
        self.site = self.first_site()
        self.hire("aino", "Aino", "Aino Mäkelä")
        self.hire("juhani", "Juhani", "Juhani Lehtonen")
        self.prepare_replies()

    def sign_in(self, key, link, name, full_name):
        answer = Api(self.server.base)("POST", "agent-sessions", {"link": link})
        api = Api(self.server.base, answer["token"])
        me = api("PATCH", "me", {"name": name, "fullName": full_name, "language": "fi", "password": {"new": self.PASSWORD}})["agent"]
        api("PUT", "me/presence", {"presence": "here"})
        self.tokens[key], self.agents[key] = answer["token"], me
        return api

    def hire(self, key, name, full_name):
        return self.sign_in(key, self.invite(key, name, full_name), name, full_name)

    def invite(self, key, name="Uusi", full_name="Uusi Ihminen", role="agent"):
        return link_in(self.owner("POST", "agents", {"email": f"{key}@loylymaki.example", "name": name, "fullName": full_name, "role": role})["link"])

    def first_site(self):
        sites = self.owner("GET", "sites")["sites"]
        return self.owner("GET", f"sites/{sites[0]['id']}")["site"]

    def change_site(self, **facts):
        self.site = self.owner("PATCH", f"sites/{self.site['id']}", facts)["site"]

    def prepare_replies(self):
        if self.owner("GET", "canned-replies")["cannedReplies"]:
            return
        self.owner("POST", "canned-replies", {"kind": "closing", "shortcut": "kiitos", "title": "Kiitos", "texts": {
            "fi": "Kiitos, kun kysyit! Leppoisia löylyjä.", "sv": "Tack för att du frågade!", "en": "Thank you for asking!"}})
        self.owner("POST", "canned-replies", {"kind": "reply", "shortcut": "toimitus", "title": "Toimitusaika", "texts": {
            "fi": "Moro {{etunimi}}! Paketti lähtee meiltä huomenna.", "en": "Hello {{first name}}! Your parcel leaves tomorrow."}})

    def api(self, key):
        return Api(self.server.base, self.tokens[key])

    def renew(self, key):
        """A session of one's own again, after all were ended."""
        answer = Api(self.server.base)("POST", "agent-sessions", {"email": self.agents[key]["email"], "password": self.PASSWORD})
        self.tokens[key] = answer["token"]

    def messages(self, conversation):
        """What is on disk: replies in order."""
        answer = self.owner("GET", f"conversations/{conversation}/messages?limit=100")
        return [message for message in answer["messages"] if message["kind"] == "reply"]


def link_in(address):
    return parse_qs(urlparse(address).query)["link"][0]
