/** Who may import whom. The tiers are the table in ARCHITECTURE.md; change both together. */
const tiers = [
  ['kernel'],
  ['config', 'contracts', 'crypto', 'metrics', 'outbound'],
  ['tenancy'],
  ['database'],
  ['sharding'],
  ['cache', 'queue', 'events', 'entitlements'],
  ['service'],
];

const tierRules = tiers.slice(0, -1).map((libs, index) => ({
  name: `tier-${index}-looks-down-only`,
  severity: 'error',
  from: { path: `^libs/(${libs.join('|')})/src` },
  to: {
    path: `^libs/(${tiers
      .slice(index + 1)
      .flat()
      .join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...tierRules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'apps-are-islands',
      comment: 'Services talk over contracts. Only apps/all and test/ hold more than one.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/(all|migrator)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'front-door-only',
      comment: "Enter another room by '#libs/<name>' or '#apps/<name>', never by a path into it.",
      severity: 'error',
      from: { path: '^(?:apps|libs|test)/([^/]+)' },
      to: {
        path: '^(?:apps|libs)/[^/]+/src/',
        pathNot: ['/src/index\\.ts$', '^libs/contracts/src/[^/]+/index\\.ts$', '^(?:apps|libs)/$1/'],
      },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Domain files, errors, ports and use cases see each other and libs; never a driver or an adapter.',
      severity: 'error',
      // The gateway and what keeps HAProxy have no domain: they are adapters throughout.
      from: {
        path: '^apps/[^/]+/src/[^/]+/[^/.]+(\\.(use-case|errors|repository|events))?\\.ts$',
        pathNot: '^apps/(gateway|haproxy)/',
      },
      to: {
        path: [
          'node_modules/(typeorm|pg|fastify|bull|ioredis)/',
          '^libs/(sharding|database|service)/',
          '\\.(entity|controller|pg-repository|module|config)\\.ts$',
        ],
      },
    },
    {
      name: 'controllers-never-touch-data',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: {
        path: [
          'node_modules/(typeorm|pg)/',
          '\\.(entity|repository|pg-repository)\\.ts$',
          '^libs/(sharding|database)/',
        ],
      },
    },
    {
      name: 'production-never-imports-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: '\\.(spec|int-spec)\\.ts$|\\.fake-[^/]+$' },
      to: { path: ['\\.(spec|int-spec|e2e-spec|k8s-spec)\\.ts$', '/testing/', '\\.fake-', '^test/'] },
    },
    {
      name: 'production-never-imports-dev-packages',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: ['\\.(spec|int-spec)\\.ts$', '^apps/web/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      comment:
        'React Aria names a `source` condition in its exports but ships no source: tsc and Vite see to it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^react-aria(?:-components)?/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^apps/web/dist' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
