"""Signatures of what leaves the house as files: anybody who has the public key can tell whether one was changed.

The key is made from the one that seals the trail, so an installation keeps one secret less and a restored one signs
as before. Ed25519 (RFC 8032): the same text always gets the same signature.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PURPOSE = b"prepare: signature of crisis packages, 1"
KEY_BYTES, SIGNATURE_BYTES = 32, 64

_key = Ed25519PrivateKey.from_private_bytes(bytes(KEY_BYTES))


def use_key(key: str) -> None:
    """Sign with a key made from this one from here on (the roof calls this once)."""
    global _key
    _key = Ed25519PrivateKey.from_private_bytes(hmac.digest(key.encode(), PURPOSE, hashlib.sha256))


def public_key() -> str:
    """The key by which others verify what this installation signs, in hexadecimal digits."""
    return _key.public_key().public_bytes_raw().hex()


def signed(content: bytes) -> str:
    """The signature of the content, in hexadecimal digits."""
    return _key.sign(content).hex()


def is_signed(content: bytes, signature: str, key: str) -> bool:
    """Whether the holder of the key that belongs to this public `key` signed exactly this content."""
    try:
        told, public = bytes.fromhex(signature), bytes.fromhex(key)
        Ed25519PublicKey.from_public_bytes(public).verify(told, content)
    except (ValueError, InvalidSignature):
        return False
    return True
