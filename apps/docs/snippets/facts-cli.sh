npx memlane facts add self "lives in" Rome --user-id liv --valid-from 2026-01-15
npx memlane facts add self "lives in" Oslo --user-id liv --valid-from 2026-03-01
npx memlane facts --user-id liv --as-of 2026-02-01
