import { swcOptions } from './scripts/swc-options.js';

/** One worker database per suite (test/support), the whole application over HTTP; see CONTRIBUTING.md, "Tests". */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.spec\\.tsx?$',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', { sourceMaps: 'inline', ...swcOptions }],
  },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  coverageProvider: 'v8',
  workerIdleMemoryLimit: '1GB',
  // Nothing is judged by it: on a busy machine a start of several processes takes most of a minute.
  testTimeout: 180_000,
};
