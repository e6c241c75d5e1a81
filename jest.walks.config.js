import base from './jest.config.js';

/** `npm run test:walks`: people in a real browser at a platform as `npm start` makes it. */
const { globalSetup, globalTeardown, ...rest } = base;
export default {
  ...rest,
  roots: ['<rootDir>/test/walks'],
  testRegex: '\\.walk\\.ts$',
  testTimeout: 120_000,
  reporters: ['<rootDir>/scripts/progress-reporter.js'],
};
