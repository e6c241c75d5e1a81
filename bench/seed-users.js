import pg from 'pg';
import { copyIn } from './copy-in.js';

const GIVEN = [
  'Anna',
  'Ben',
  'Carla',
  'David',
  'Elif',
  'Farid',
  'Grace',
  'Hiro',
  'Inés',
  'Jonas',
  'Kofi',
  'Lena',
  'Mei',
  'Noor',
];
const FAMILY = [
  'Smith',
  'Müller',
  'García',
  'Rossi',
  'Tanaka',
  'Okafor',
  'Novák',
  'Silva',
  'Dubois',
  'Jansen',
  'Larsen',
  'Haddad',
];
const BEGAN_AT = Date.UTC(2024, 0, 1);
const STEP_MS = 60_000;

/**
 * Makes the users of one tenant by COPY, a row at a time: neither this process nor the server keeps them. What triggers
 * would do for each is done once at the end.
 * @param superuserUrl of the platform's database
 */
export async function seedUsers(superuserUrl, { slug, count }) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    const { rows } = await client.query('SELECT id FROM tenants WHERE slug = $1', [slug]);
    const tenant = rows[0].id;
    const columns = 'tenant_id, id, username, email, email_verified, claims, enabled, created_at';
    await copyIn(client, `COPY users (${columns}) FROM STDIN`, usersOf(tenant, count));
    await copyIn(client, 'COPY user_identifiers (tenant_id, value, user_id) FROM STDIN', identifiersOf(tenant, count));
    await client.query("INSERT INTO tenant_usage (tenant_id, resource, used) VALUES ($1, 'users', $2)", [
      tenant,
      count,
    ]);
    await client.query('VACUUM (ANALYZE) users');
    await client.query('VACUUM (ANALYZE) user_identifiers');
  } finally {
    await client.end();
  }
}

export function personOf(number) {
  const given = GIVEN[number % GIVEN.length];
  const family = FAMILY[Math.floor(number / GIVEN.length) % FAMILY.length];
  const username = `${given}.${family}.${number}`.toLowerCase();
  return { id: idOf(number), username, email: `${username}@example.com`, name: `${given} ${family} ${number % 977}` };
}

/** Version 7, in the order of the numbers. */
function idOf(number) {
  const time = (BEGAN_AT + number * STEP_MS).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

function* usersOf(tenant, count) {
  for (let number = 0; number < count; number += 1) {
    const { id, username, email, name } = personOf(number);
    const claims = JSON.stringify({ name });
    const [isVerified, isEnabled] = [number % 3 !== 0, number % 1000 !== 0];
    const madeAt = new Date(BEGAN_AT + number * STEP_MS).toISOString();
    yield [tenant, id, username, email, isVerified, claims, isEnabled, madeAt].join('\t');
  }
}

function* identifiersOf(tenant, count) {
  for (let number = 0; number < count; number += 1) {
    const { id, username, email } = personOf(number);
    yield `${tenant}\t${username}\t${id}`;
    yield `${tenant}\t${email}\t${id}`;
  }
}
