const shared = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  restoreMocks: true,
};

/** @type {import('jest').Config} */
export default {
  coverageProvider: 'v8',
  // A busy machine is slow, not wrong. (Jest takes this one from here only, not from a project.)
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      roots: ['<rootDir>/apps', '<rootDir>/libs'],
      testMatch: ['**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'integration',
      roots: ['<rootDir>/apps', '<rootDir>/libs'],
      testMatch: ['**/*.int-spec.ts'],
    },
    { ...shared, displayName: 'e2e', roots: ['<rootDir>/test'], testMatch: ['**/*.e2e-spec.ts'] },
    // `npm run test:k8s`.
    { ...shared, displayName: 'kubernetes', roots: ['<rootDir>/test'], testMatch: ['**/*.k8s-spec.ts'] },
    // `npm run screenshots` and `npm run figures`.
    { ...shared, displayName: 'pictures', roots: ['<rootDir>/test'], testMatch: ['**/*.pictures.ts'] },
    { ...shared, displayName: 'figures', roots: ['<rootDir>/test'], testMatch: ['**/*.figures.ts'] },
  ],
};
