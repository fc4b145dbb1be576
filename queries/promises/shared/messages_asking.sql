-- users' messages that support filed under one of $topics, or that read like one ($words)
asked AS (
    SELECT
        m.message_id,
        m.conversation_id,
        m.person_key,
        m.created_at,
        COALESCE(LIST_CONTAINS($topics, LOWER(m.topic)), FALSE) AS is_filed
    FROM support_messages AS m
    WHERE
        m.author = 'user'
        AND (LIST_CONTAINS($topics, LOWER(m.topic)) OR REGEXP_MATCHES(LOWER(m."text"), $words))
),
