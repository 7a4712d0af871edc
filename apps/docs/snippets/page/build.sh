npx esbuild page.ts --bundle --format=esm --outfile=page.js
