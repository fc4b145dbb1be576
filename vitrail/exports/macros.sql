-- What a mapping's expressions may call beside DuckDB's own functions, and what the importer
-- itself converts with. None of them fails: what cannot be read becomes NULL, and is counted.
--
-- A macro is its words with the argument pasted in wherever it is named. Macros within macros grow
-- to hundreds of copies so, which take longer to plan than a small export to read: a lambda over a
-- list of one gives a long argument a name.

-- Whole numbers as written, `12` or `12.0`; `12.5` is none (a cast would round it without a word).
CREATE MACRO whole_number(x) AS
    TRY_CAST(CASE WHEN regexp_full_match(trim(x), '[+-]?\d+(\.0+)?') THEN trim(x) END AS BIGINT);

-- Decimal numbers with a point or a comma, blanks and group separators allowed.
CREATE MACRO decimal_number(x) AS TRY_CAST(
    CASE
        WHEN contains(x, ',') AND contains(x, '.') AND instr(x, ',') > instr(x, '.')
            THEN replace(replace(x, '.', ''), ',', '.')
        WHEN contains(x, ',') AND contains(x, '.') THEN replace(x, ',', '')
        ELSE replace(regexp_replace(x, '[\s\x{a0}\x{202f}'']', '', 'g'), ',', '.')
    END AS DECIMAL(38, 6));

-- Money written in major units (`49.90`, `EUR`) as an integer in minor units. ISO 4217 gives the
-- currencies without and with three decimals.
CREATE MACRO minor_units(amount, currency) AS CAST(round(
    decimal_number(CAST(amount AS VARCHAR)) * CASE
        WHEN upper(currency) IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG',
            'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 1
        WHEN upper(currency) IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 1000
        ELSE 100
    END) AS BIGINT);

-- Yes and no as people and systems write them in the languages at hand.
CREATE MACRO yes_or_no(x) AS CASE
    WHEN lower(trim(x)) IN ('true', 't', '1', '1.0', 'yes', 'y', 'on', 'x', 'oui', 'vrai', 'o', 'ja',
        'wahr', 'sí', 'si', 'verdadero', 'sì', 'vero', 'waar', 'sim', 'verdadeiro') THEN true
    WHEN lower(trim(x)) IN ('false', 'f', '0', '0.0', 'no', 'n', 'off', 'non', 'faux', 'nein', 'falsch',
        'falso', 'nee', 'onwaar', 'não', 'nao') THEN false
END;

-- A list: a JSON array, or words between semicolons, commas or bars.
CREATE MACRO word_list(x) AS CASE
    WHEN starts_with(trim(x), '[') THEN TRY_CAST(TRY_CAST(x AS JSON) AS VARCHAR[])
    WHEN trim(x) <> '' THEN string_split_regex(trim(x), '\s*[;,|]\s*')
END;

-- The first of some tags; a text is no list, and gives none.
CREATE MACRO first_word(words) AS list_filter(words, lambda w: trim(w) <> '')[1];

-- Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size: no unit
-- is ambiguous between March 1973 and the year 5138.
CREATE MACRO since_1970(n) AS CASE
    WHEN abs(n) < 1e11 THEN make_timestamptz(CAST(CAST(n AS DOUBLE) * 1e6 AS BIGINT))
    WHEN abs(n) < 1e14 THEN make_timestamptz(CAST(CAST(n AS DOUBLE) * 1e3 AS BIGINT))
    WHEN abs(n) < 1e17 THEN make_timestamptz(CAST(n AS BIGINT))
    WHEN abs(n) < 9.2e18 THEN make_timestamptz(CAST(n AS BIGINT) // 1000)
END;

-- Nine digits and more in a text column are such a count.
CREATE MACRO digits_since_1970(x) AS list_transform(
    [TRY_CAST(CASE WHEN regexp_full_match(x, '\d{9,19}(\.\d{1,6})?') THEN x END AS DECIMAL(38, 6))],
    lambda n: since_1970(n))[1];

-- Whether a written time says its zone, by an offset or by a name that means one zone alone: BST is
-- a summer's time in London and the time of Dhaka.
CREATE MACRO says_zone(x) AS regexp_matches(x, ':\d\d([.,]\d+)?\s*(Z|z|[+-]\d\d(:?\d\d)?'
    || '|(UTC|GMT)([+-]?\d{1,2}(:?\d\d)?)?|[CEWM]ES?T|[A-Z][A-Za-z]+(/[A-Z][A-Za-z0-9_+-]*)+)$');

-- A time after noon in the hours of a whole day: `3:00 PM` is `15:00`, and no `15:00 PM` is a time.
-- A blank before PM may be one that does not break.
CREATE MACRO twelve_hours(x) AS regexp_extract(x,
    '(\d{1,2})(:\d\d(?::\d\d(?:[.,]\d+)?)?)[\s\x{a0}\x{202f}]*([AaPp])\.?[Mm]\b\.?',
    ['hour', 'behind', 'half']);
CREATE MACRO of_whole_day(x) AS CASE
    WHEN NOT (contains(x, 'M') OR contains(x, 'm')) THEN x
    ELSE list_transform([twelve_hours(x)], lambda t: CASE
        WHEN t.half = '' THEN x
        WHEN CAST(t.hour AS INTEGER) BETWEEN 1 AND 12 THEN regexp_replace(x,
            '\d{1,2}:\d\d(:\d\d([.,]\d+)?)?[\s\x{a0}\x{202f}]*[AaPp]\.?[Mm]\b\.?',
            format('{:02d}', CAST(t.hour AS INTEGER) % 12
                + CASE WHEN lower(t.half) = 'p' THEN 12 ELSE 0 END)
            || t.behind)
    END)[1]
END;

-- `24/01/02` reads as the year 24, by casts and by %Y; no company exports a year before 100.
CREATE MACRO modern(t) AS CASE WHEN year(t) >= 100 THEN t END;

-- ISO 8601 with its zone, else in `zone`. A cast to TIMESTAMP would drop any word behind the time
-- unseen, a zone or PM: so only what ends in a digit is cast to one.
CREATE MACRO iso_time_of_day(x, zone) AS CASE
    WHEN says_zone(x) THEN COALESCE(
        TRY_CAST(x AS TIMESTAMPTZ), TRY_CAST(regexp_replace(
            regexp_replace(x, '([CEWM]E)ST$', '\1T'), '\s+([+-]\d)', '\1') AS TIMESTAMPTZ))
    WHEN right(x, 1) BETWEEN '0' AND '9' THEN timezone(zone, modern(TRY_CAST(x AS TIMESTAMP)))
END;
CREATE MACRO iso_time_in_words(x, zone) AS list_transform(
    list_transform([x], lambda written: of_whole_day(written)),
    lambda written: iso_time_of_day(written, zone))[1];

-- What machines write is told by its form alone, in a fifth of the time.
CREATE MACRO iso_time(x, zone) AS COALESCE(
    CASE
        WHEN x LIKE '____-__-__T__:__:__Z' THEN TRY_CAST(x AS TIMESTAMPTZ)
        WHEN x LIKE '____-__-_____:__:__'
            THEN timezone(zone, modern(TRY_CAST(x AS TIMESTAMP)))
    END,
    iso_time_in_words(x, zone));

-- `31/12/2024 …`, `31.12.24 …` in the order of ISO 8601; what is written otherwise stays. Two digits
-- of a year mean 1969 to 2068, as in POSIX.
CREATE MACRO day_first_iso(x) AS CASE
    WHEN regexp_matches(x, '^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}')
        THEN regexp_replace(x, '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})', '\3-\2-\1')
    WHEN regexp_matches(x, '^\d{1,2}[-/. ]\d{1,2}[-/. ](69|[7-9]\d)($|\D)')
        THEN regexp_replace(x, '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d\d)', '19\3-\2-\1')
    WHEN regexp_matches(x, '^\d{1,2}[-/. ]\d{1,2}[-/. ]\d\d($|\D)')
        THEN regexp_replace(x, '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d\d)', '20\3-\2-\1')
    ELSE x
END;

-- `10/Oct/2026:13:55:36 +0200`, as web servers write it; the zone is always there.
CREATE MACRO web_log_time(x) AS try_strptime(x, '%d/%b/%Y:%H:%M:%S %z');

-- Whether a written time of day leaves its zone to guess.
CREATE MACRO written_zoneless(x) AS
    contains(x, ':') AND NOT x LIKE '____-__-__T__:__:__Z'
    AND NOT says_zone(of_whole_day(x)) AND web_log_time(x) IS NULL;

-- The text of one parameter of a GA4 event (event_params or user_properties of the BigQuery export).
CREATE MACRO ga4_text(v) AS COALESCE(v.string_value, CAST(v.int_value AS VARCHAR),
    CAST(v.float_value AS VARCHAR), CAST(v.double_value AS VARCHAR));
-- The keys are listed once for all parameters that a query asks for.
CREATE MACRO ga4_param(params, wanted) AS
    ga4_text(params[list_position(list_transform(params, lambda p: p.key), wanted)].value);
CREATE MACRO ga4_params(params) AS
    to_json(list_transform(params, lambda p: {'key': p.key, 'value': ga4_text(p.value)}));

-- The economic area in which the GDPR holds, and what lies outside; by ISO 3166-1's two letters, or
-- by the English names that web analytics writes.
CREATE MACRO economic_area(country) AS CASE
    WHEN upper(trim(country)) IN ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR',
        'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT',
        'RO', 'SE', 'SI', 'SK', 'AUSTRIA', 'BELGIUM', 'BULGARIA', 'CYPRUS', 'CZECHIA', 'GERMANY',
        'DENMARK', 'ESTONIA', 'SPAIN', 'FINLAND', 'FRANCE', 'GREECE', 'CROATIA', 'HUNGARY',
        'IRELAND', 'ICELAND', 'ITALY', 'LIECHTENSTEIN', 'LITHUANIA', 'LUXEMBOURG', 'LATVIA',
        'MALTA', 'NETHERLANDS', 'NORWAY', 'POLAND', 'PORTUGAL', 'ROMANIA', 'SWEDEN', 'SLOVENIA',
        'SLOVAKIA') THEN 'EEA'
    WHEN trim(country) NOT IN ('', '(not set)') THEN 'outside the EEA'
END;

-- The first word of an address's path, after a language (`/fr-be/`).
CREATE MACRO first_of_path(address) AS lower(regexp_extract(
    regexp_replace(address, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', ''),
    '^/*(?:[A-Za-z]{2}(?:[-_][A-Za-z]{2})?(?:/+|$|[?#].*))?([^/?#]*)', 1));

-- The section of a site that an address lies in. All else of an address may name a person and is
-- dropped: its query, deeper words, and a first word that is none (a number, an id, an e-mail
-- address), which is `other`.
CREATE MACRO web_section(address) AS CASE
    WHEN first_of_path(address) = '' THEN 'home'
    WHEN regexp_full_match(first_of_path(address), '[a-z]{1,20}([-_][a-z]{1,20}){0,3}')
        THEN first_of_path(address)
    WHEN address IS NOT NULL THEN 'other'
END;

-- The day of a moment in UTC, the engine's own zone: a cast asks the calendar for each, in thrice
-- the time.
CREATE MACRO utc_day(moment) AS CASE
    WHEN isfinite(moment) THEN CAST(make_timestamp(epoch_us(moment)) AS DATE)
    ELSE CAST(moment AS DATE)
END;
