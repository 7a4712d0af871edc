# Memlane's server. Run `api` and `worker` with your own PostgreSQL, or `serve` for both in one process. Without a `DATABASE_URL`,
# `serve` keeps its own database in /data.
FROM node:24-slim AS build
WORKDIR /memlane
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --filter "@memlane/server..." --filter-prod "@memlane/console..." \
 && npx --yes pnpm@12.21.0 --filter "@memlane/server..." --filter @memlane/console run build \
 && npx --yes pnpm@12.21.0 --filter @memlane/server deploy --prod --legacy /server

FROM node:24-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production MEMLANE_HOST=0.0.0.0 MEMLANE_DATA=/data
COPY --from=build /server /server
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8787 8788
# The watchdog kills a server whose event loop has stopped, but the kernel lets no process kill the first one of its container. So tini
# is the first process; it also reaps orphans. -s lets it work under an init of the container as well.
# V8 rarely aborts the process when a thread ends ("Check failed: jit_page.has_value()"). The flag is the known way around it.
ENTRYPOINT ["tini", "-s", "--", "node", "--no-memory-protection-keys", "/server/dist/cli.js"]
CMD ["serve"]
