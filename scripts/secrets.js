import { randomBytes } from 'node:crypto';

/**
 * Prints the settings for docker-compose.yml, for the public address that is given, with new secrets. They are shown
 * nowhere else: keep the file, and keep it private.
 */
const [publicUrl = ''] = process.argv.slice(2);
if (!URL.canParse(publicUrl) || new URL(publicUrl).protocol !== 'https:') {
  process.stderr.write(
    'Give the address that clients will use: node scripts/secrets.js https://id.example.com > .env\n',
  );
  process.exit(1);
}
const secrets = {
  PUBLIC_URL: new URL(publicUrl).origin,
  TENANT_HOST_SUFFIX: new URL(publicUrl).hostname,
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
