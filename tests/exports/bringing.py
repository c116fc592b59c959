"""How a plain list is brought, read and taken in by the pages."""

from io import BytesIO

from tests.conftest import csrf_of


def bring(browser, text, *, register="risks", organisation="EDU", name="riskit.csv"):
    """Bring a list; gives the page on which it is read, or the page that refuses it."""
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    sent = {"register": register, "organisation": organisation, "csrf_token": csrf_of(browser.get("/lists/").text)}
    sent["file"] = (BytesIO(content), name)
    return onward(browser, browser.post("/lists/", data=sent, content_type="multipart/form-data"))


def onward(browser, answer):
    """The page to which an answer leads."""
    return browser.get(answer.headers["Location"]) if answer.status_code == 302 else answer


def choose(browser, columns, words=()):
    """Say what columns and words mean."""
    token = csrf_of(browser.get("/lists/reading").text)
    data = {"csrf_token": token, "column": list(columns), "word": list(words)}
    return onward(browser, browser.post("/lists/reading", data=data))


def take(browser):
    """Take the list in, as far as it can be."""
    token = csrf_of(browser.get("/lists/").text)
    return onward(browser, browser.post("/lists/take", data={"csrf_token": token}))
