npx memlane webhooks create https://example.com/batches \
  --events memory.batch.completed,memory.batch.failed
npx memlane webhooks
