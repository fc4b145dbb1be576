---
title: Feedback
doc: How users rate the product when asked. One row an answer.
needs:
  feedback: [rating, created_at]
clock: feedback.created_at
person: person_key
event: event_id
rows_per_person: 3
threshold: 10
dimensions:
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
  rating:
    column: rating
    title: Rating
    high: 10
    unit: points
    note: On the company's own scale. An average is of what a person gave, so that two answers of
      one person in the time asked add up.
  satisfied:
    column: satisfied
    kind: outcome
    title: Gave four points or more
---
WITH people AS (
    SELECT person_key, max(country) AS country, max(account_type) AS account_type
    FROM accounts WHERE person_key IS NOT NULL GROUP BY person_key
)
SELECT
    person_key,
    CAST(created_at AS DATE) AS day,
    id AS event_id,
    economic_area(country) AS region,
    country,
    account_type,
    rating,
    CASE WHEN rating >= 4 THEN 1 ELSE 0 END AS satisfied
FROM feedback
LEFT JOIN people USING (person_key)
WHERE person_key IS NOT NULL AND created_at IS NOT NULL AND rating IS NOT NULL
