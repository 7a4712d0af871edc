curl -s "$MEMLANE_BASE_URL/mcp?user_id=ann" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -H 'accept: application/json, text/event-stream' \
  -d '{ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }' |
  grep -o '"name":"[a-z_]*"'
