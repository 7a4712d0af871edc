curl -s "$MEMLANE_BASE_URL/v1/memories/search" \
  -H "x-api-key: $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{ "mode": "compose", "user_id": "ann" }'
