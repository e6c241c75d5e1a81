import base from './jest.config.js';

/** `npm run test:slow`: suites that take long and seldom concern a change, such as those of many pages in Chromium. */
export default { ...base, testRegex: '\\.slow\\.ts$' };
