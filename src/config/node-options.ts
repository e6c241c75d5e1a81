/** The options of Node.js that the environment holds, as one line (`NODE_OPTIONS`); empty where there are none. */
export function readNodeOptions(env: NodeJS.ProcessEnv = process.env): string {
  return env['NODE_OPTIONS'] ?? '';
}
