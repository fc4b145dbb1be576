"""Live keys and tokens by the shapes that their issuers gave them; test keys are let be."""

from __future__ import annotations

import re
from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

_SHAPES: Final = (
    ("Stripe", r"\b(?:sk|rk)_live_[0-9A-Za-z]{16,247}\b"),
    ("Stripe webhook", r"\bwhsec_[0-9A-Za-z+/]{24,64}"),
    ("AWS access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("GitHub", r"\bgh[pousr]_[0-9A-Za-z]{36,251}\b"),
    ("GitHub fine-grained", r"\bgithub_pat_[0-9A-Za-z_]{22,255}"),
    ("GitLab", r"\bglpat-[0-9A-Za-z_\-]{20,64}"),
    ("Slack", r"\bxox[abeoprs]-[0-9A-Za-z\-]{10,250}"),
    ("Slack webhook", r"hooks\.slack\.com/services/T[0-9A-Z]{6,14}/B[0-9A-Z]{6,14}/\w{16,32}"),
    ("Google API", r"\bAIza[0-9A-Za-z_\-]{35}(?![\w\-])"),
    ("Google OAuth", r"\bya29\.[0-9A-Za-z_\-]{20,1024}"),
    ("SendGrid", r"\bSG\.[0-9A-Za-z_\-]{22}\.[0-9A-Za-z_\-]{43}(?![\w\-])"),
    ("Mailchimp", r"\b[0-9a-f]{32}-us\d{1,2}\b"),
    ("npm", r"\bnpm_[0-9A-Za-z]{36}\b"),
    ("Twilio", r"\bSK[0-9a-f]{32}\b"),
    ("JSON web token", r"\beyJ[0-9A-Za-z_\-]{8,}\.eyJ[0-9A-Za-z_\-]{8,}\.[0-9A-Za-z_\-]{16,}"),
    ("private key", r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"),
    ("password in a link", r"\b[a-z][a-z0-9+.\-]{2,15}://[^\s:/@?#]{1,64}:[^\s:/@?#]{3,64}@"),
)


class SecretRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Finds credentials. Case matters, so Presidio's default IGNORECASE is off."""

    # Fixed lengths, so that a long token ends one match and not a thousand.
    prefilter = (
        r"\b(?:sk|rk)_live_",
        r"\bwhsec_",
        r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
        r"\bgh[pousr]_[0-9A-Za-z]{36}",
        r"\bgithub_pat_",
        r"\bglpat-",
        r"\bxox[abeoprs]-",
        r"hooks\.slack\.com/services/T",
        r"\bAIza[0-9A-Za-z_\-]{35}",
        r"\bya29\.",
        r"\bSG\.[0-9A-Za-z_\-]{22}\.",
        r"\b[0-9a-f]{32}-us\d",
        r"\bnpm_[0-9A-Za-z]{36}\b",
        r"\bSK[0-9a-f]{32}\b",
        r"\beyJ[0-9A-Za-z_\-]{8,}\.eyJ",
        r"PRIVATE KEY",
        r"://[^\s:/@?#]{1,128}:[^\s:/@?#]{3,128}@",
    )

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="SECRET",
            name="SecretRecognizer",
            supported_language=language,
            patterns=[Pattern(name, shape, 0.8) for name, shape in _SHAPES],
            context=["key", "token", "secret", "password", "credential", "bearer"],
            global_regex_flags=re.DOTALL | re.MULTILINE,
        )
