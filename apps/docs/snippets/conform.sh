npx memlane conform --only batch.imports.empty-item --only batch.imports.foreign-id --verbose
