---
title: Support
doc: Who writes to support, about what, and how soon a person answers. One row a conversation, under
  the day of its first message.
needs:
  support_messages: [conversation_id, created_at]
clock: support_messages.created_at
person: person_key
event: event_id
rows_per_person: 5
threshold: 10
dimensions:
  channel:
    kind: event
    title: Channel
    coarsest: There are four.
    needs: {support_messages: [channel]}
  topic:
    kind: event
    title: Topic
    coarsest: The word is the company's own, and what it groups under is not exported.
    needs: {support_messages: [topic]}
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
  messages:
    column: messages
    title: Messages of all sides within three days
    high: 60
    unit: messages
    closes_after: 3
  response_minutes:
    column: response_minutes
    title: Wait for the first answer
    high: 8640
    unit: minutes
    closes_after: 3
    note: From the user's first message to an agent's first after it (a bot's is none), at most
      three days, which no answer counts as too. An average is of the minutes that a person waited.
    needs: {support_messages: [author]}
  answered_1d:
    column: answered_1d
    kind: outcome
    title: Answered by an agent within a day
    closes_after: 1
    needs: {support_messages: [author]}
---
WITH people AS (
    SELECT person_key, max(country) AS country, max(account_type) AS account_type
    FROM accounts WHERE person_key IS NOT NULL GROUP BY person_key
),
-- Two systems may count their conversations alike; their channels tell them apart.
said AS (
    SELECT
        concat_ws(' ', channel, conversation_id) AS conversation,
        person_key, channel, topic, author, created_at
    FROM support_messages
    WHERE conversation_id IS NOT NULL AND created_at IS NOT NULL
),
talks AS (
    SELECT
        conversation,
        min(person_key) AS person_key,
        max(channel) AS channel,
        max(topic) AS topic,
        min(created_at) AS began_at,
        min(created_at) FILTER (author = 'user') AS asked_at
    FROM said GROUP BY conversation
),
-- What is written later than three days after is of no period that has closed.
told AS (
    SELECT
        conversation,
        count(*) FILTER (epoch(created_at) - epoch(began_at) <= 3 * 86400) AS messages,
        min(epoch(created_at) - epoch(asked_at))
            FILTER (author = 'agent' AND created_at >= asked_at) AS seconds
    FROM said JOIN talks USING (conversation) GROUP BY conversation
)
SELECT
    person_key,
    CAST(began_at AS DATE) AS day,
    conversation AS event_id,
    channel,
    lower(topic) AS topic,
    economic_area(country) AS region,
    country,
    account_type,
    messages,
    CASE
        WHEN asked_at IS NULL THEN 0
        ELSE CAST(least(coalesce(seconds, 3 * 86400), 3 * 86400) // 60 AS BIGINT)
    END AS response_minutes,
    CASE WHEN seconds <= 86400 THEN 1 ELSE 0 END AS answered_1d
FROM talks
JOIN told USING (conversation)
LEFT JOIN people USING (person_key)
WHERE person_key IS NOT NULL
