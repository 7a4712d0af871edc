curl -s "$MEMLANE_BASE_URL/v1/batch" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{
    "memories": [
      { "content": "Likes tea." },
      { "content": "Sails.", "timestamp": "yesterday" }
    ]
  }'
