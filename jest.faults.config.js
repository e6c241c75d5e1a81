import base from './jest.config.js';

/** `npm run test:faults`: each scenario starts its own PostgreSQL and its own processes. */
const { globalSetup, globalTeardown, ...rest } = base;
export default {
  ...rest,
  roots: ['<rootDir>/test/faults'],
  testRegex: '\\.fault\\.ts$',
  testTimeout: 300_000,
  reporters: ['<rootDir>/scripts/progress-reporter.js'],
};
