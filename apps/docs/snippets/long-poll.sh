job=$(curl -s "$MEMLANE_BASE_URL/v1/batch" \
  -H "Authorization: Bearer $MEMLANE_API_KEY" \
  -H 'content-type: application/json' \
  -d '{ "memories": [{ "content": "Likes blues." }] }' |
  grep -o 'job_[0-9a-f]*')

curl -s "$MEMLANE_BASE_URL/v1/batch/$job?wait=20" \
  -H "Authorization: Bearer $MEMLANE_API_KEY"
