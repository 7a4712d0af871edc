curl -s "$MEMLANE_BASE_URL/v1/facts" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{
    "subject": "Alice",
    "predicate": "works_at",
    "object": "Acme",
    "user_id": "noa",
    "valid_from": "2026-01-15",
    "confidence": 1
  }'
