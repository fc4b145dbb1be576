"""Names of columns whose cells are digits: of what kind of number they speak."""

from __future__ import annotations

from typing import Final

ROW_NUMBERS: Final = frozenset({
    "id", "ids", "ref", "reference", "order", "invoice", "code", "sku", "ean", "gtin", "isbn",
    "barcode", "serial", "key", "number", "no", "num", "numero", "epoch", "timestamp", "ts", "unix",
    "siren", "siret", "uuid", "guid", "token", "hash", "commande", "facture", "article", "product",
    "amount", "count", "total", "quantity", "zip", "postcode", "version", "tracking",
})  # fmt: skip
"""Of a table's own counting, or of something that is counted."""
CODES: Final = frozenset({
    "isbn", "issn", "book", "books", "livre", "buch", "libro", "boek", "książka", "imei", "iccid",
    "ean", "gtin", "upc", "sku", "barcode", "siren", "siret", "article", "artikel",
    "artikelnummer", "tracking", "invoice", "serial",
})  # fmt: skip
"""Of goods, devices, firms and books, which have numbers with check digits too."""
PHONES: Final = frozenset({
    "phone", "phones", "fax", "tel", "telephone", "mobile", "cell", "cellphone", "gsm", "msisdn",
    "telefon", "handy", "mobil", "rufnummer", "telefono", "teléfono", "movil", "móvil", "cellulare",
    "téléphone", "portable", "celular", "telefone", "telemóvel", "telemovel", "telefoon", "mobiel",
    "phonenumber", "telefonnummer", "handynummer", "telefoonnummer", "whatsapp",
})  # fmt: skip
HOSTS: Final = frozenset({
    "ip", "ips", "ipv4", "ipaddress", "ipaddr", "address", "addr", "host", "server", "client",
    "remote", "peer", "source", "src", "dst", "destination", "dest", "gateway", "dns", "node",
    "inet", "network", "visitor", "origin", "adresse", "dirección", "indirizzo", "adres",
})  # fmt: skip
"""Of machines: dotted quads are addresses."""
VERSIONS: Final = frozenset({
    "version", "versions", "ver", "v", "rv", "release", "build", "firmware", "agent", "useragent",
    "os", "browser", "driver", "kernel", "sdk", "section", "chapter", "chapitre", "abschnitt",
    "kapitel", "clause", "paragraph", "sección", "sezione", "capitolo", "oid",
})  # fmt: skip
"""Of programs and of parts of a document: dotted quads are none. In texts, the word before."""
