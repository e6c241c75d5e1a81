import { expect, it } from '@jest/globals';
import { keptSelection } from '../../console/src/kit/list-selection.js';

const page = (ids: readonly string[], question = 'everybody') => ({ question, ids });
const chosen = { ada: true, bob: true } as const;

it.each([
  ['of a row that is gone from its page ends', page(['ada', 'bob']), page(['bob', 'cid']), { bob: true }],
  ['is kept while the rows are those of another page', page(['ada', 'bob']), page(['cid'], 'the next'), chosen],
  ['of a row that was on another page is kept', page(['cid', 'dan']), page(['cid']), chosen],
  ['is kept when the first answer comes', undefined, page(['ada']), chosen],
] as const)('The selection %s', (_, before, now, kept) => {
  expect(keptSelection(chosen, before, now)).toEqual(kept);
});
