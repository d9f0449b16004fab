# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who answers while something goes wrong: browsers without scripts, an open wave, respondents who try again."""

import datetime
import hashlib
import http.client
import json
import queue
import random
import re
import threading
import time
import urllib.parse

# Nothing is timed: this only ends a run that hangs.
PATIENCE_SECONDS = 60
CONNECTIONS = 8


class Unanswered(Exception):
    """The connection ended before an answer was there."""


class Refused(Exception):
    """The service said, with a page, that it cannot save now (503)."""


class Unexpected(Exception):
    """An answer that should not be."""


class Browser:
    """One connection that keeps cookies and sends forms as a page of the same site does."""

    def __init__(self, address):
        self.address, self.cookies, self.connection = address, {}, None

    def get(self, path):
        return self.send("GET", path, None)

    def post(self, path, fields):
        return self.send("POST", path, urllib.parse.urlencode(fields))

    def send(self, method, path, body):
        headers = {"sec-fetch-site": "same-origin", "accept-language": "it"}
        if self.cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE_SECONDS)
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            answer.text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unanswered(f"{method} {path}: {error!r}") from error
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies.pop(name, None)
            if value:
                self.cookies[name] = value
        return answer

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class Wave:
    """An open wave, set up in the browser as its staff does, and the link of one group."""

    def __init__(self, service, database):
        self.staff = Browser(service.address)
        account = {"body_name": "Comune di Esempio", "kind": "public_body", "contact": "Ada", "name": "Ada Rossi",
                   "email": "ada@comune.example.org", "password": "lumaca viola scavalca il tram"}
        self.expect(self.staff.post(f"/it/set-up/{service.set_up}", account), 303)
        body = self.link("/it/staff", "/it/staff/organisations/[^/\"]+")
        place = self.project(f"{body}/projects/new")
        groups = [("group", "PA"), ("group", "ETS"), ("listed-PA", "6"), ("listed-ETS", "30")]
        self.send(f"{place}/groups", groups)
        today = datetime.date.today()
        days = {"opens-T0": today, "closes-T0": today + datetime.timedelta(days=30)}
        self.send(f"{place}/calendar", [*days.items(), ("collection", "anonymous"), ("purpose", "Per capire.")])
        wave = self.link(place, "/it/staff/waves/[^/\"]+")
        self.send(f"{wave}/opening", [("note", "")], page=wave)
        links = self.send(f"{wave}/links", [], page=wave, status=200)
        # One link for each group, in the order of the framework; any of them will do.
        self.code = re.search(r"/q/([A-Z0-9]{12})", links.text)[1]
        self.pages = self.questions(service.address)
        (definition,), = database.rows("SELECT definition FROM framework_versions")
        self.order = [item["code"] for one in json.loads(definition)["indicators"] for item in one["items"]]

    def project(self, new):
        framework = re.search(r'<option value="([^"]+)"', self.staff.get(new).text)[1]
        made = self.send(new, [("project_name", "Orto di tutti"), ("framework", framework), ("level", "core")])
        place = made.headers["location"].removesuffix("/context")
        form = self.staff.get(f"{place}/context").text
        lists = re.findall(r'<select[^>]* name="([^"]+)".*?<option value="([^"]+)"', form, re.DOTALL)
        lines = [re.search(r'name="([^"]+)"', tag)[1] for tag in re.findall(r'<input[^>]*type="text"[^>]*>', form)]
        self.send(f"{place}/context", [*lists, *((line, "Firenze") for line in lines), ("revision", "1")])
        return place

    def questions(self, address):
        """The items of each page with the points of their scale, as a respondent is shown them."""
        somebody, pages = Browser(address), []
        self.expect(somebody.post(f"/it/q/{self.code}", {}), 303)
        while (shown := somebody.get(f"/it/questionnaire/{len(pages) + 1}")).status == 200:
            points = {}
            for tag in re.findall(r'<input type="radio"[^>]*>', shown.text):
                name, value = (re.search(f'{key}="([^"]+)"', tag)[1] for key in ("name", "value"))
                points.setdefault(name, []).extend([value] if value.isdigit() else [])
            pages.append(points)
        return pages

    def link(self, page, pattern):
        return re.search(f'href="({pattern})', self.staff.get(page).text)[1]

    def send(self, path, fields, page=None, status=303):
        token = re.search(r'name="form_token" value="([^"]+)"', self.staff.get(page or path).text)[1]
        return self.expect(self.staff.post(path, [("form_token", token), *fields]), status)

    @staticmethod
    def expect(answer, status):
        if answer.status != status:
            raise RuntimeError(f"{answer.status} instead of {status}: {answer.text}")
        return answer


class Respondent:
    """Goes on where the last answer left off."""

    def __init__(self, number, wave, address):
        chance = random.Random(number)
        self.wave, self.browser = wave, Browser(address)
        self.answers = {item: chance.choice([*points, None]) for page in wave.pages for item, points in page.items()}
        self.saved, self.acknowledged, self.receipt = 0, False, None

    def go_on(self):
        if not self.browser.cookies:
            self.post(f"/it/q/{self.wave.code}", {})
        while self.saved < len(self.wave.pages):
            page = self.wave.pages[self.saved]
            given = {item: self.answers[item] for item in page if self.answers[item] is not None}
            self.post(f"/it/questionnaire/{self.saved + 1}", {"go": "next", **given})
            self.saved += 1
        if not self.acknowledged:
            self.post("/it/questionnaire/submission", {})
            self.acknowledged = True
        self.receipt = self.shown_receipt()

    def post(self, path, fields):
        session = self.browser.cookies.get("__Host-insieme-answers", "").split(".")[0]
        token = hashlib.sha256(f"form:{session}".encode()).hexdigest()
        answer = self.browser.post(path, {"form_token": token, **fields})
        if answer.status == 503:
            # What was typed has to be in the page that asks to try again.
            lost = [value for value in fields.values() if self.browser.cookies and f'value="{value}"' not in answer.text]
            raise Unexpected(f"{path} lost {lost}") if lost else Refused(path)
        if answer.status != 303:
            raise Unexpected(f"{path}: {answer.status} {answer.text}")

    def shown_receipt(self):
        answer = self.browser.get("/it/questionnaire/receipt")
        if answer.status == 503:
            raise Refused("receipt")
        if answer.status != 200:
            raise Unexpected(f"receipt: {answer.status} {answer.headers['location']} {answer.text}")
        block = re.search(r'class="resume-code">(.*?)</p>', answer.text, re.DOTALL)[1]
        return "".join(re.findall(r"<span>([A-Z0-9]+)</span>", block))

    def stored(self):
        """What has to stand in the database: the hash of the receipt, and a letter for each item."""
        letters = ["." if item not in self.answers else self.answers[item] or "-" for item in self.wave.order]
        return hashlib.sha256(self.receipt.encode()).hexdigest(), "".join("a" if one == "10" else one for one in letters)


class Crowd:
    """Respondents on several connections, one after the other, until it is over."""

    def __init__(self, wave, service):
        self.wave, self.address = wave, service.address
        self.all, self.waiting, self.wrong = [], queue.SimpleQueue(), []
        self.refused, self.unanswered = 0, 0
        self.lock, self.over = threading.Lock(), threading.Event()
        self.threads = [threading.Thread(target=self.work) for _ in range(CONNECTIONS)]
        for thread in self.threads:
            thread.start()

    def work(self):
        while not self.over.is_set():
            one = self.next()
            try:
                one.go_on()
                one.browser.close()
            except (Unanswered, Refused) as again:
                with self.lock:
                    self.refused += isinstance(again, Refused)
                    self.unanswered += isinstance(again, Unanswered)
                self.waiting.put(one)
                time.sleep(0.02)
            except Exception as error:  # whatever it is, it is what this test looks for
                self.wrong.append(repr(error)[:2000])
                self.over.set()

    def next(self):
        try:
            return self.waiting.get_nowait()
        except queue.Empty:
            with self.lock:
                one = Respondent(len(self.all), self.wave, self.address)
                self.all.append(one)
            return one

    def acknowledged(self):
        with self.lock:
            return sum(one.acknowledged for one in self.all)

    def wait(self, what, enough):
        end = time.monotonic() + PATIENCE_SECONDS
        while not enough() and not self.over.is_set():
            if time.monotonic() > end:
                self.wrong.append(f"nothing came of waiting for {what}")
                self.over.set()
            time.sleep(0.005)

    def wait_for_receipts(self, more):
        wanted = self.acknowledged() + more
        self.wait(f"{more} receipts", lambda: self.acknowledged() >= wanted)

    def finish(self):
        """Lets everybody who has begun come to their receipt."""
        self.over.set()
        for thread in self.threads:
            thread.join()
        while not self.wrong and not self.waiting.empty():
            one = self.waiting.get()
            try:
                one.go_on()
            except (Unanswered, Refused, Unexpected) as error:
                self.wrong.append(repr(error)[:2000])
