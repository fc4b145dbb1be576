"""Kinds of columns that hold nothing of what is looked for, and are easily taken for it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from hashlib import md5, sha256
from typing import Final

from bench import column_words as w
from bench.column_kinds import Case
from bench.column_makers import (
    agent,
    among,
    counted,
    day,
    decimal,
    isbn,
    luhn,
    moment,
    one_of,
    whole,
    written,
)

_ID: Final = "customer_id|order_id|id|event_id|session_id|account_id|user_id|kundennummer|ID"

LOOKALIKES: Final[Sequence[Case]] = (
    Case("row number", None, counted(1000), _ID, "phone_id|email_id|card_id|contact_id|name_id"),
    Case("ten digits", None, written("1#########"), _ID, "message_id|call_id"),
    Case("rising ten digits", None, counted(2_000_000_000, 900), _ID, "transaction|ref"),
    Case("sixteen digits", None, written("9###############"), _ID, "gtin|tracking_number"),
    Case("event id", None, written("evt_################"), "event_id|id", "payment|reference"),
    Case("UUID", None, lambda r, _: str(uuid.UUID(int=r.getrandbits(128))), "uuid|id|session",
         "customer|user|owner|device"),
    Case("order", None, written("ORD-2026-#####"), "order_no|reference|Bestellnummer", "customer"),
    Case("IBAN-like", None, written("DE20##-#######"), "reference|invoice|facture", "account"),
    Case("SKU", None, written("??-####-??"), "sku|article|code", "name|item"),
    Case("EAN", None, written("40######00###"), "ean|barcode|gtin", "code|reference"),
    Case("epoch", None, whole(1_600_000_000, 1_790_000_000), "created|timestamp|updated_at|ts",
         "last_contact|login"),
    Case("epoch ms", None, whole(1_600_000_000_000, 1_790_000_000_000), "ts|event_time", "login"),
    Case("amount", None, decimal(1, 5000), "amount|total|prix|Betrag|importe", "card_fee|balance"),
    Case("count", None, whole(0, 400), "quantity|visits", "phone_count|email_count|name_length"),
    Case("latitude", None, decimal(36, 60, 6), "lat|latitude", "location|position"),
    Case("day", None, lambda r, _: day(r, 2018, 2026).isoformat(), "created_at|order_date|Datum",
         "last_contact_date|name_day"),
    Case("moment", None, moment, "created_at|updated|horodatage",
         "email_sent_at|phone_verified_at"),
    Case("flag", None, among("true", "false"), "active|optin", "email_verified|phone_confirmed"
         "|has_address|name_ok|iban_valid"),
    Case("zero or one", None, among(0, 1), "flag|done", "email_verified|has_card|ssn_ok"),
    Case("version", None, lambda r, _: f"{r.randint(1, 9)}.{r.randint(0, 12)}.{r.randint(0, 9)}."
         f"{r.randint(0, 30)}", "version|app_version|build|firmware|release"),
    Case("version of three", None, lambda r, _: f"{r.randint(0, 9)}.{r.randint(0, 40)}."
         f"{r.randint(0, 9)}", "version|sdk", "client|driver"),
    Case("user agent", None, agent, "user_agent|UserAgent|browser", "client|agent|device"),
    Case("city", None, one_of(w.CITIES), "city|ville|Stadt|ciudad|città|plaats|miasto",
         "location|place|origin|branch|destination|hub"),
    Case("country", None, one_of(w.LANDS), "country|pays|Land|país|paese|kraj",
         "nationality|market"),
    Case("product", None, one_of(w.GOODS), "product|article|produit|Produkt|producto|item_name"
         "|product_name", "title|line|model"),
    Case("firm", None, one_of(w.FIRMS), "company|société|Firma|empresa|azienda|bedrijf|firma"
         "|company_name|employer", "vendor|supplier|partner|account"),
    Case("occupation", None, one_of(w.WORK), "job|profession|Beruf|occupation|job_title", "role"),
    Case("status", None, one_of(w.STATES), "status|état|Zustand|estado|stato|state",
         "email_status|customer_status|phone_status"),
    Case("note", None, one_of(w.NOTES), "notes|comment|Bemerkung|comentario|description",
         "customer_feedback|message"),
    Case("file", None, lambda r, _: f"{r.choice(('report', 'IMG', 'scan', 'invoice'))}_"
         f"{r.randint(1, 9999):04}.{r.choice(('pdf', 'jpg', 'csv'))}", "file|filename|attachment",
         "name|document"),
    Case("MD5", None, lambda r, _: md5(r.randbytes(9)).hexdigest(), "hash|checksum|etag",
         "email_hash|key"),
    Case("SHA-256", None, lambda r, _: sha256(r.randbytes(9)).hexdigest(), "sha256|digest",
         "user_hash|fingerprint"),
    Case("language", None, among("en-GB", "fr-FR", "de-DE", "es-ES"), "locale|language", "name"),
    Case("colour", None, among("#aa11ff", "#0b3d91", "#ffffff", "#123456"), "color|hex", "theme"),
    Case("page", None, among("/home", "/cart", "/products/12", "/about", "/blog/2024/05"),
         "page|path|url_path", "address|referrer"),
    Case("event", None, among("page_view", "add_to_cart", "sign_up", "purchase", "login"),
         "event|event_name|action", "name|type"),
    Case("campaign", None, among("Spring Sale 2026", "Black Friday", "Summer Newsletter",
         "Welcome Series", "Anna Loves Linen"), "campaign|campaign_name", "title|segment"),
    Case("postcode", None, written("5####"), "zip|code_postal|PLZ|cap", "code|area",
         languages="fr de es it pl"),
    Case("SIRET", None, luhn("4############"), "siret|company_number", "customer", silent=False),
    Case("IMEI", None, luhn("35############"), "imei|device_id", "serial"),
    Case("ISBN", None, isbn, "isbn|ISBN10", "book", silent=False),
    Case("nine digits", None, written("5########"), _ID, "ticket|ref"),
    Case("eleven digits", None, written("7##########"), _ID, "ticket|ref"),
    Case("duration", None, written("00:1#:2#"), "duration|length", "call_time"),
    Case("coordinates", None, lambda r, _: f"{r.uniform(40, 55):.5f}, {r.uniform(-4, 20):.5f}",
         "coordinates|geo", "location|position"),
    Case("colour's name", None, among("Rose", "Navy Blue", "Jade", "Amber", "Olive", "Ruby Red"),
         "color|colour_name|shade", "variant"),
    Case("brand", None, among("Ralph Lauren", "Hugo Boss", "Calvin Klein", "Nike", "Levi's",
         "Jack & Jones", "Max Mara", "Adidas"), "brand|marque|Marke", "maker|manufacturer"),
    Case("song", None, among("Hey Jude", "Billie Jean", "Angie", "Roxanne", "Oh Carol", "Jolene",
         "Michelle", "Layla", "Yesterday", "Purple Rain"), "track|song|title", "media"),
    Case("school", None, among("Lycée Victor Hugo", "St. Mary's College", "Goethe-Gymnasium",
         "Marie Curie High School", "Liceo Dante"), "school|école|Schule", "institution"),
    Case("currency", None, among("EUR", "USD", "GBP", "PLN"), "currency|devise|Währung", "name"),
    Case("category", None, among("Garden & Home", "Books", "Toys", "Men", "Women", "Beauty"),
         "category|catégorie|Kategorie", "name|type|customer_group"),
    Case("JSON", None, lambda r, _: f'{{"plan": "pro", "seats": {r.randint(1, 90)}}}',
         "payload|meta|properties", "user|details"),
    Case("rate", None, lambda r, _: f"{r.randint(0, 100)}%", "rate|share|taux", "email_open_rate"),
    Case("initials", None, written("??"), "country_code|unit|iso", "name|owner"),
    Case("section", None, lambda r, _: f"{r.randint(1, 9)}.{r.randint(1, 20)}.{r.randint(1, 9)}",
         "section|chapter", "address_ref"),
    Case("object identifier", None, lambda r, _: f"{r.getrandbits(96):024x}", "_id|oid", "owner"),
    Case("IP range", None, lambda r, _: f"batch-{r.randint(1, 99)}.{r.randint(1, 9)}", "batch|lot",
         "host"),
    Case("domain", None, among("example.com", "shop.example.fr", "mail.example.de", "acme.org"),
         "domain|website", "email_domain|host"),
    Case("size", None, among("S", "M", "L", "XL", "38", "40"), "size|taille|Größe", "fit"),
    Case("tracking", None, written("1Z###?##########"), "tracking|tracking_number", "code"),
    Case("weekday", None, among("Monday", "Friday", "May", "June", "April"), "weekday|month",
         "period"),
    Case("team", None, among("Red Foxes", "Team Alpha", "Support North", "Night Shift", "Lions"),
         "team|group|department", "squad|unit"),
)  # fmt: skip
