curl -s "$MEMLANE_BASE_URL/v1/memories?wait=true" \
  -H "x-api-key: $MEMLANE_API_KEY" -H "X-Org-Id: $MEMLANE_ORG_ID" \
  -H 'content-type: application/json' \
  -d '{
    "user_id": "eve",
    "conv_id": "c2",
    "messages": [
      { "role": "user", "content": "I live in Paris." },
      { "role": "user", "content": "I moved to Berlin." }
    ]
  }'
