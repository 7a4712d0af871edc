job=$(curl -s "$MEMLANE_BASE_URL/v1/batch?wait=20" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{ "memories": [{ "content": "Likes soul." }] }' |
  grep -o 'job_[0-9a-f]*')

etag=$(curl -si "$MEMLANE_BASE_URL/v1/batch/$job" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" |
  tr -d '\r' | sed -n 's/^etag: //p')
curl -s -o /dev/null -w '%{http_code}\n' \
  "$MEMLANE_BASE_URL/v1/batch/$job" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H "If-None-Match: $etag"
