import { randomBytes } from 'node:crypto';

/** Prints new secrets for docker-compose.yml. They are shown nowhere else: keep the file, and keep it private. */
const secrets = {
  MASTER_KEY: randomBytes(32).toString('base64'),
  BOOTSTRAP_CLIENT_SECRET: randomBytes(32).toString('base64url'),
  BOOTSTRAP_ADMIN_PASSWORD: randomBytes(18).toString('base64url'),
  // These stand in database URLs, so they have no characters that would need encoding there.
  POSTGRES_PASSWORD: randomBytes(24).toString('hex'),
  TENANTRY_OWNER_PASSWORD: randomBytes(24).toString('hex'),
  TENANTRY_APP_PASSWORD: randomBytes(24).toString('hex'),
};
process.stdout.write(
  `${Object.entries(secrets)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`,
);
