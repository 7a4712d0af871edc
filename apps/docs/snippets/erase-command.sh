echo '{"content": "Green tea.", "user_id": "iris"}' > iris.jsonl
npx memlane import iris.jsonl
npx memlane erase --user-id iris --yes
