/** The part of jq that the pages use, so that they can be run where there is none: `jq -r .members[0].by.path`. */
import { text } from 'node:stream/consumers';

const [path = '.'] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const steps = path.match(/[\w-]+/g) ?? [];
if (!/^\.(?:[\w-]+|\[\d+\]|\.)*$/.test(path)) throw new Error(`jq.mjs does not know ${path}.`);
const found = steps.reduce((value, step) => value?.[step] ?? null, JSON.parse(await text(process.stdin)));
process.stdout.write(`${typeof found === 'string' ? found : JSON.stringify(found, null, 2)}\n`);
