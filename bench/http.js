import { Pool } from 'undici';

/** Keep-alive connections to one origin. An answer is its status, headers and text. */
export function connect(origin, connections) {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  return {
    request: async (method, path, { headers = {}, body } = {}) => {
      const answer = await pool.request({ method, path, headers, body });
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    },
    close: () => pool.close(),
  };
}

export function form(fields) {
  return new URLSearchParams(fields).toString();
}

export function basic(id, secret) {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** The JSON of an answer that has to be a success. */
export function expectJson({ status, text }, what) {
  if (status !== 200 && status !== 201) throw new Error(`${what}: ${status} ${text.slice(0, 500)}`);
  return JSON.parse(text);
}
