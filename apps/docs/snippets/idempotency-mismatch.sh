send() {
  curl -s "$MEMLANE_BASE_URL/v1/batch" \
    -H "Authorization: Bearer $MEMLANE_API_KEY" \
    -H 'content-type: application/json' \
    -H 'Idempotency-Key: import-7' -d "$1"
  echo
}
send '{ "memories": [{ "content": "Likes tea." }] }' > /dev/null
send '{ "memories": [{ "content": "Likes coffee." }] }'
