"""The shapes of keys, tokens and credentials that issuers hand out.

Sources: Shopify's changelog of April 2020 (``shpat_`` and its kin, 38 characters), AWS's IAM
identifiers, RFC 7617 (Basic), RFC 6750 (Bearer), RFC 7519 (JWT), RFC 7468 (PEM). The others are
told by the prefix that their issuer gave them so that they can be found.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Shape(NamedTuple):
    """``regex`` finds the secret; ``call`` matches wherever that does. ``call`` is short, and where
    it can of fixed length, so that a long token ends one match of the pass and not a thousand."""

    name: str
    regex: str
    call: str


_TOKENS: Final = (
    Shape("Stripe", r"\b(?:sk|rk)_live_[0-9A-Za-z]{16,247}\b", r"\b(?:sk|rk)_live_"),
    Shape("Stripe webhook", r"\bwhsec_[0-9A-Za-z+/]{24,64}", r"\bwhsec_"),
    Shape("AWS access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    Shape("GitHub", r"\bgh[pousr]_[0-9A-Za-z]{36,251}\b", r"\bgh[pousr]_[0-9A-Za-z]{36}"),
    Shape("GitHub fine-grained", r"\bgithub_pat_[0-9A-Za-z_]{22,255}", r"\bgithub_pat_"),
    Shape(
        "GitLab",
        r"\bgl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[0-9A-Za-z_\-.]{20,300}",
        r"\bgl[a-z]{2,5}-[0-9A-Za-z_\-.]{20}",
    ),
    Shape("Slack", r"\bxox[abeoprs]-[0-9A-Za-z\-]{10,250}", r"\bxox[abeoprs]-"),
    Shape("Slack app", r"\bxapp-\d-[0-9A-Z]{8,16}-\d{8,16}-[0-9a-f]{32,128}", r"\bxapp-\d-"),
    Shape(
        "Slack webhook",
        r"hooks\.slack\.com/(?:services|workflows)/T[0-9A-Z]{6,14}/[AB][0-9A-Z]{6,14}/[\w/]{16,64}",
        r"hooks\.slack\.com/[a-z]{8,9}/T",
    ),
    Shape("Google API", r"\bAIza[0-9A-Za-z_\-]{35}(?![\w\-])", r"\bAIza[0-9A-Za-z_\-]{35}"),
    Shape("Google OAuth", r"\bya29\.[0-9A-Za-z_\-]{20,1024}", r"\bya29\."),
    Shape("Google client secret", r"\bGOCSPX-[0-9A-Za-z_\-]{28}(?![\w\-])", r"\bGOCSPX-"),
    Shape(
        "SendGrid",
        r"\bSG\.[0-9A-Za-z_\-]{22}\.[0-9A-Za-z_\-]{43}(?![\w\-])",
        r"\bSG\.[0-9A-Za-z_\-]{22}\.",
    ),
    Shape("Mailchimp", r"\b[0-9a-f]{32}-us\d{1,2}\b", r"\b[0-9a-f]{32}-us\d"),
    Shape("Mailgun", r"\bkey-[0-9a-f]{32}\b", r"\bkey-[0-9a-f]{32}\b"),
    Shape(
        "Mailgun of today",
        r"(?<![\w\-])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![\w\-])",
        r"\b[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}\b",
    ),
    Shape("Twilio", r"\bSK[0-9a-f]{32}\b", r"\bSK[0-9a-f]{32}\b"),
    Shape(
        "Twilio auth token",
        r"(?<=\bAC[0-9a-f]{32}[^0-9a-z]{1,4}(?:\w{0,8}auth_?token[^0-9a-z]{1,5})?)[0-9a-f]{32}\b",
        r"\bAC[0-9a-f]{32}[^0-9a-z]",
    ),
    Shape("npm", r"\bnpm_[0-9A-Za-z]{36}\b", r"\bnpm_[0-9A-Za-z]{36}\b"),
    Shape("PyPI", r"\bpypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)[\w\-]{50,}", r"\bpypi-AgE"),
    Shape("Shopify", r"\bshp(?:at|ca|pa|ss|ua)_[0-9a-fA-F]{32}\b", r"\bshp[acpsu][ats]_"),
    Shape("Anthropic", r"\bsk-ant-[a-z]{3,8}\d\d-[\w\-]{40,200}", r"\bsk-ant-"),
    Shape("OpenAI", r"\bsk-(?:proj|svcacct|admin)-[\w\-]{40,240}", r"\bsk-(?:proj|svcacct|admin)-"),
    Shape(
        "OpenAI of before",
        r"\bsk-[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}\b",
        r"\bsk-[0-9A-Za-z]{20}T3B",
    ),
    Shape(
        "Hugging Face", r"\b(?:hf|api_org)_[0-9A-Za-z]{34}\b", r"\b(?:hf|api_org)_[0-9A-Za-z]{34}"
    ),
    Shape(
        "JSON web token",
        r"\beyJ[0-9A-Za-z_\-]{8,}\.eyJ[0-9A-Za-z_\-]{8,}\.[0-9A-Za-z_\-]{16,}",
        r"\beyJ[0-9A-Za-z_\-]{8,}\.eyJ",
    ),
)

_PEM: Final = r"(?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
_BREAK: Final = r"(?:\s|\\[rn])"
_HOST: Final = r"(?:server|data source|host|hostname|addr|user id|uid|user|username|database)"

_NAMED: Final = (
    Shape(
        "private key",
        rf"-----BEGIN {_PEM}(?:(?:[\w+/=,:.()\s\\]|-(?!----)){{1,16000}}?-----END {_PEM}"
        rf"|(?:{_BREAK}{{0,4}}[A-Za-z0-9+/=]{{16,}})*)",
        r"PRIVATE KEY",
    ),
    Shape(
        "AWS secret key",
        r"(?<=(?i:secret_?(?:access)?_?key)[\"']?\s?[:=]\s?[\"']?)[0-9A-Za-z+/]{40}(?![\w+/=])"
        r"|(?<=\b(?:AKIA|ASIA)[0-9A-Z]{16}[^\w+/]{1,4})[0-9A-Za-z+/]{40}(?![\w+/=])",
        r"(?i:secret_?(?:access)?_?key)|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    ),
    Shape(
        "Azure account key",
        r"(?<=\bAccountKey=)[0-9A-Za-z+/]{86}==",
        r"\bAccountKey=",
    ),
    Shape(
        "Azure shared access key",
        r"(?<=\bSharedAccessKey=)[0-9A-Za-z+/]{43}=",
        r"\bSharedAccessKey=",
    ),
    Shape(
        "Azure shared access signature",
        r"(?<=[?&;]sig=)(?:[0-9A-Za-z+/]|%2[BbFf]){43}(?:=|%3[Dd])",
        r"[?&;]sig=[0-9A-Za-z+/%]{43}",
    ),
    Shape(
        "password in a link",
        r"\b[a-z][a-z0-9+.\-]{2,20}://[^\s:/@?#\"'<>]{0,64}:[^\s:/@?#\"']{3,64}@",
        r"://[^\s:/@?#]{0,128}:[^\s:/@?#]{3,128}@",
    ),
    Shape(
        "password of a connection",
        rf"(?<=\b(?i:{_HOST}\s?=[^;\n]{{1,100}};(?:[^;=\n]{{1,30}}=[^;\n]{{0,100}};){{0,6}}\s?"
        r"(?:password|pwd)\s?=\s?))[^;\s\"'<>]{3,128}"
        rf"|(?<=\b(?i:password|pwd)\s?=\s?)[^;\s\"'<>]{{3,128}}(?=;\s?(?i:{_HOST})\s?=)"
        rf"|(?<=\b(?:host|user|dbname|port)=\S{{1,80}}\s(?:\w{{1,20}}=\S{{1,80}}\s){{0,5}}"
        r"password=)[^\s;\"'<>]{3,128}",
        r"(?i:\b(?:password|pwd)\s?=)",
    ),
    Shape(
        "Basic authorization", r"\bBasic [0-9A-Za-z+/]{8,512}={0,2}", r"\bBasic [0-9A-Za-z+/]{8}"
    ),
    Shape(
        "Bearer authorization",
        r"(?<=\b(?i:authorization)[\"']?\s?[:=]\s?[\"']?)Bearer [0-9A-Za-z_.~+/\-]{20,2048}={0,2}",
        r"\bBearer [0-9A-Za-z_.~+/\-]{20}",
    ),
)

SHAPES: Final = (*_TOKENS, *_NAMED)
