import base from './jest.config.js';

/** `npm run test:timing`: how long answers take, for who is known and who is not. Run by hand, on a quiet machine. */
export default {
  ...base,
  roots: ['<rootDir>/test/timing'],
  testRegex: '\\.timing\\.ts$',
  testTimeout: 3_600_000,
  reporters: ['<rootDir>/scripts/progress-reporter.js'],
};
