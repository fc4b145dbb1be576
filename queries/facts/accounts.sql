---
title: Accounts
doc: Accounts made, in use and closed, by the month in which they were made. One row for making an
  account, one for closing it, and one for each day on which it was used. How many were made, used
  and closed are outcomes of those about whom anything is known in the time asked; retention is how
  many used it, by cohort and month.
needs:
  accounts: [account_id, created_at]
clock: accounts.created_at
person: person_key
rows_per_person: 33
threshold: 10
dimensions:
  change:
    kind: event
    title: What happened
    values: [created, active, closed]
    coarsest: There are three.
  cohort_year:
    kind: person
    title: Year of joining
    coarsest: A cohort of several years would compare with none.
  cohort: {kind: person, title: Month of joining, parent: cohort_year}
  region:
    kind: person
    title: Region
    coarsest: The GDPR's area and the rest are as coarse as a place gets.
    needs: {accounts: [country]}
  country: {kind: person, title: Country, parent: region, needs: {accounts: [country]}}
  account_type:
    kind: person
    title: Plan or kind of account
    coarsest: What a company calls its plans has no order that all share.
    needs: {accounts: [account_type]}
  week: {kind: period, title: Week, grain: week, parent: month}
  month: {kind: period, title: Month, grain: month, coarsest: Longer spans are asked as such.}
measures:
  made: {column: made, kind: outcome, title: Made the account}
  used: {column: used, kind: outcome, title: Used the account, needs: {events: [ts]}}
  closed:
    column: closed
    kind: outcome
    title: Closed the account
    needs: {accounts: [closed_at]}
  churned:
    column: churned
    kind: outcome
    title: Closed the account within 30 days
    closes_after: 30
    note: After making or using it; asked with `change` = active it is the rate of churn.
    needs: {accounts: [closed_at]}
---
-- No event has an id here: each is one of its kind by how it is made.
WITH known AS (
    SELECT
        person_key,
        min(created_at) AS created_at,
        strftime(min(created_at), '%Y') AS cohort_year,
        strftime(min(created_at), '%Y-%m') AS cohort,
        max(coalesce(closed_at, deleted_at)) AS closed_at,
        max(country) AS country,
        max(account_type) AS account_type
    FROM accounts WHERE person_key IS NOT NULL GROUP BY person_key
),
life AS (
    SELECT person_key, CAST(created_at AS DATE) AS day, 'created' AS change
    FROM known WHERE created_at IS NOT NULL
    UNION ALL
    SELECT person_key, CAST(closed_at AS DATE), 'closed' FROM known WHERE closed_at IS NOT NULL
    UNION ALL
    SELECT DISTINCT person_key, CAST(ts AS DATE), 'active'
    FROM events WHERE person_key IS NOT NULL AND ts IS NOT NULL
)
SELECT
    person_key,
    day,
    change,
    cohort_year,
    cohort,
    economic_area(country) AS region,
    country,
    account_type,
    CAST(change = 'created' AS INTEGER) AS made,
    CAST(change = 'active' AS INTEGER) AS used,
    CAST(change = 'closed' AS INTEGER) AS closed,
    CASE
        WHEN change <> 'closed' AND CAST(closed_at AS DATE) - day BETWEEN 0 AND 30 THEN 1 ELSE 0
    END AS churned
FROM life
JOIN known USING (person_key)
