job=$(curl -s "$MEMLANE_BASE_URL/v1/batch?wait=20" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{ "memories": [{ "content": "" }, { "content": "Likes tea." }] }' |
  grep -o 'job_[0-9a-f]*')

# The new job contains only the failed items.
curl -s -X POST "$MEMLANE_BASE_URL/v1/jobs/$job/retry" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" |
  grep -o '"received":1'
