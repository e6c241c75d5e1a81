import base from './jest.config.js';

/** `npm run test:walks`: people in a real browser, most of them at a platform as `npm start` makes it. */
export default {
  ...base,
  roots: ['<rootDir>/test/walks'],
  testRegex: '\\.walk\\.ts$',
  testTimeout: 120_000,
  reporters: ['<rootDir>/scripts/progress-reporter.js'],
};
