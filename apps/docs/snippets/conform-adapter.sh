cat > adapter.sh <<'END'
# Start your server here. Then print where it is, and stay until SIGTERM.
echo "{\"baseUrl\": \"$MEMLANE_BASE_URL\", \"apiKey\": \"$MEMLANE_API_KEY\", \"orgId\": \"$MEMLANE_ORG_ID\"}"
exec sleep 600
END
npx memlane conform --adapter "sh adapter.sh" --only batch.imports.completed
