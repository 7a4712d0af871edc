curl -s "$MEMLANE_BASE_URL/v1/memories/search" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{ "user_id": "ann" }'
