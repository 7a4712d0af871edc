npx @hey-api/openapi-ts --output client \
  --input "$MEMLANE_BASE_URL/openapi.json?dialect=ingest"
