curl -s "$MEMLANE_BASE_URL/v1/memories/trigger" \
  -H "x-api-key: $MEMLANE_API_KEY" -H "X-Org-Id: $MEMLANE_ORG_ID" \
  -H 'content-type: application/json' \
  -d '{ "user_id": "max", "entities": ["git pull"] }'
