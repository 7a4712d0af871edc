npx memlane facts add self "works at" Acme --user-id kai --valid-from 2026-01-15 > /dev/null
npx memlane facts add self "lives in" Rome --user-id kai --valid-from 2026-02-01 > /dev/null
npx memlane profile kai
