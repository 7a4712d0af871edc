echo '{"content": "Likes tea.", "user_id": "ann"}' > memories.jsonl
npx memlane import memories.jsonl
