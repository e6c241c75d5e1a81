import { generate } from 'otplib';
import pg from 'pg';
import { browseAccount } from './browser.js';

/**
 * The platform twice: people who sign in with a password, and people who have an authenticator app besides.
 * @param superuserUrl its database, for what a person would have to wait for
 */
export function factorViews(target, superuserUrl) {
  const database = new pg.Pool({ connectionString: superuserUrl, max: 8 });
  const steps = {
    /** A code counts once in 30 seconds. A person would wait; here the last one is forgotten. */
    forget: (username) =>
      database.query(
        'UPDATE user_totp t SET last_step = 0 FROM users u WHERE u.tenant_id = t.tenant_id AND u.id = t.user_id AND u.username = $1',
        [username],
      ),
  };
  return {
    views: [
      { ...target, name: 'password' },
      { ...target, name: 'password and app', steps },
    ],
    stop: () => database.end(),
  };
}

/** Sets up an authenticator app for this person, who has none. */
export async function readyApp({ paths, password }, connection, username) {
  let secret;
  const codeOn = (text) => {
    secret = /id="totp-secret"[^>]*>([^<]+)</.exec(text)?.[1].replace(/\s/g, '');
    return generate({ secret });
  };
  await browseAccount(
    connection,
    { signIn: paths.signIn, page: paths.appSetUp },
    { username, password, codeOn },
    'id="recovery-codes"',
  );
  return { code: () => generate({ secret }) };
}
