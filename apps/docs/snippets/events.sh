job=$(curl -s "$MEMLANE_BASE_URL/v1/batch" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{ "memories": [{ "content": "Likes jazz." }] }' |
  grep -o 'job_[0-9a-f]*')

curl -sN "$MEMLANE_BASE_URL/v1/jobs/$job/events" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" |
  grep -o '"status":"completed","received":1'
