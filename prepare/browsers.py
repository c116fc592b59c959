"""What a browser calls itself, in words that its user knows; the name is only a hint and opens nothing."""

#: A word in the browser's own description → the browser; the first that is found counts.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Vivaldi": "Vivaldi",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def in_words(described: str) -> tuple[str | None, str | None]:
    """The browser and the system that a User-Agent header names; None for what is not known."""
    browser = next((name for word, name in BROWSERS.items() if f"{word}/" in described), None)
    system = next((name for word, name in SYSTEMS.items() if word in described), None)
    return browser, system
