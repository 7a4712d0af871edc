curl -s "$MEMLANE_BASE_URL/v1/memories" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'X-Korely-Client: my-agent' \
  -H 'content-type: application/json' \
  -d '{ "content": "Prefers tea to coffee.", "user_id": "jon" }'
