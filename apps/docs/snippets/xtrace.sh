curl -s "$MEMLANE_BASE_URL/v1/memories" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H "X-Org-Id: $MEMLANE_ORG_ID" \
  -H 'content-type: application/json' \
  -d '{
    "user_id": "ida",
    "conv_id": "c1",
    "messages": [{ "role": "user", "content": "I live in Rome." }]
  }'
