import { parseArgs } from 'node:util';
import { DATABASES, openScaleDatabase } from './scale-database.js';
import { seedTenants } from './seed-tenants.js';
import { seedUsers } from './seed-users.js';
import { createMachineTenant, operatorOf, startTenantry } from './targets.js';

export const SCALE_OPTIONS = { dir: { type: 'string', default: '.data/scale' } };
/** The tenant with all the users. */
export const LARGE = 'large';

/** Makes many tenants and one large one in a database of their own, and an empty one beside it. */
export async function seedScale() {
  const { values } = parseArgs({
    options: {
      ...SCALE_OPTIONS,
      tenants: { type: 'string', default: '100000' },
      users: { type: 'string', default: '1000000' },
    },
  });
  const [tenants, users] = [Number(values.tenants), Number(values.users)];
  const database = await openScaleDatabase(values.dir);
  const { keys } = database;
  try {
    for (const name of DATABASES) {
      await database.create(name);
      const server = await startTenantry(database.urlOf(name), { keys });
      if (name === 'scale') {
        const operator = await operatorOf(server);
        for (const slug of ['tenant-0', LARGE]) await createMachineTenant(operator, slug);
        await operator.close();
      }
      await server.stop();
    }
    const superuserUrl = database.superuserUrlOf('scale');
    const slugOf = (index) => `tenant-${index}`;
    const masterKey = Buffer.from(keys.masterKey, 'base64');
    await timed(`${tenants} tenants`, () =>
      seedTenants(superuserUrl, { model: 'tenant-0', slugOf, count: tenants, masterKey }),
    );
    await timed(`${users} users of one tenant`, () => seedUsers(superuserUrl, { slug: LARGE, count: users }));
    process.stdout.write(
      `They are in ${process.env['DATABASE_URL'] ? 'the database scale' : values.dir}. Measure: npm run bench:scale\n`,
    );
  } finally {
    await database.stop();
  }
}

async function timed(what, work) {
  const began = Date.now();
  await work();
  process.stdout.write(`${what} in ${((Date.now() - began) / 1000).toFixed(0)} s\n`);
}
