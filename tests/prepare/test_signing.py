"""What is kept about a form tells nobody what was typed in it."""

import hashlib

from prepare.gate import signing


def test_a_digest_can_not_be_tried_without_the_key(app, monkeypatch):
    with app.app_context():
        mine = signing.digest("a password", purpose="test")
        assert mine == signing.digest("a password", purpose="test")
        assert mine != signing.digest("a passwor", purpose="test")
        assert mine != signing.digest("a password", purpose="another")
        assert mine != hashlib.sha256(b"a password").hexdigest()

        monkeypatch.setitem(app.config, "SECRET_KEY", "another key of this installation, as long")
        assert mine != signing.digest("a password", purpose="test")
