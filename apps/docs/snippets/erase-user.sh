curl -s -X DELETE "$MEMLANE_BASE_URL/v1/users/gwen/memories" \
  -H "Authorization: Bearer $MEMLANE_API_KEY"
