curl -s "$MEMLANE_BASE_URL/v1/batch?wait=20" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{
    "memories": [
      { "content": "Likes green tea.", "user_id": "bob" },
      {
        "content": "Speaks Greek.",
        "user_id": "bob",
        "timestamp": "2026-03-01"
      },
      { "content": "", "metadata": { "id": "note-3" } }
    ]
  }'
