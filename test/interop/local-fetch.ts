import { Agent, fetch as undiciFetch } from 'undici';

/** `*.localhost` is this machine for browsers and curl, and for Node.js only when the resolver says so. */
const agent = new Agent({
  connect: {
    lookup: (_host, options, callback) => {
      if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
    },
  },
});

/** `fetch` for libraries that take one, which finds host addresses without the machine's resolver. */
export const localFetch = ((input: string | URL, init?: object) =>
  undiciFetch(input, { ...init, dispatcher: agent })) as unknown as typeof fetch;
