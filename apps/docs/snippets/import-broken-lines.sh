cat > notes.jsonl <<'END'
{"content": "Likes rowing.", "user_id": "hana"}
{"content": "Plays the oboe.", "user_id": "hana", "metadata": {"source": "notes"}}
Likes tea.
{"id": "c1", "turns": [{"speaker": "Hana", "text": "I live in Turku."}, {"speaker": "Ivo", "text": "I have a cat."}]}
END
npx memlane import notes.jsonl 2>&1 || echo "exit status $?"
