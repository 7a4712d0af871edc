# Memlane's server, for a PostgreSQL of your own: `api`, `worker`, or `serve` for both in one.
FROM node:24-slim AS build
WORKDIR /memlane
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --filter "@memlane/server..." \
 && npx --yes pnpm@12.21.0 --filter "@memlane/server..." run build \
 && npx --yes pnpm@12.21.0 --filter @memlane/server deploy --prod --legacy /server

FROM node:24-slim
ENV NODE_ENV=production MEMLANE_HOST=0.0.0.0
COPY --from=build /server /server
USER node
EXPOSE 8787 8788
ENTRYPOINT ["node", "/server/dist/cli.js"]
CMD ["serve"]
