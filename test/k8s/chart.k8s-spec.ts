import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serviceNames } from '#libs/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  applyDefinitions,
  definitionsOf,
  list,
  MERGE,
  must,
  run,
  until,
  type KubeObject,
} from './cluster.js';
import { HollowNode } from './hollow-node.js';
import { schemasOfServer } from './server-schemas.js';

// Ten pods of three services, rolled one after another, on a busy machine.
jest.setTimeout(300_000);

const CHART = 'helm/harka';
const NAMESPACE = 'harka';
/** A release is made with the rights of k8s/rbac.yaml, and no more. */
const AS_PIPELINE = ['--kube-as-user', 'pipeline', '--kube-as-group', 'harka:release'];
const profiles = {
  small: ['small'],
  production: ['production'],
  airgapped: ['production', 'airgapped'],
  // All that can be asked for at once.
  everything: [],
} as const;
type Profile = keyof typeof profiles;
const SETTINGS: Readonly<Record<Profile, readonly string[]>> = {
  small: [],
  production: ['haproxy.enabled=true', 'config.trustedProxies={10.244.0.0/16}'],
  airgapped: [],
  everything: [
    'haproxy.enabled=true',
    'haproxy.keeper.enabled=true',
    'haproxy.keeper.certificates[0].host=learn.acme.example',
    'haproxy.keeper.certificates[0].tlsSecret=acme-tls',
    'ingress.enabled=true',
    'ingress.tlsSecret=edge-tls',
    'config.trustedProxies={10.244.0.0/16}',
    'monitoring.podMonitor.enabled=true',
    'monitoring.prometheusRule.enabled=true',
    'operator.enabled=true',
    'gatewayApi.enabled=true',
    'gatewayApi.parentRefs[0].name=edge',
    'gatewayApi.customDomains={learn.acme.example}',
    'externalSecrets.enabled=true',
    'externalSecrets.storeRef.name=vault',
  ],
};

const chartValues = z.object({
  secrets: z.object({ platform: z.string() }),
  services: z.record(
    z.string(),
    z.object({
      existingSecret: z.string(),
      secretKeys: z.array(z.string()),
      optionalSecretKeys: z.array(z.string()).optional(),
    }),
  ),
  migrations: z.object({ existingSecret: z.string(), secretKeys: z.array(z.string()) }),
});

let node: HollowNode;
let folder: string;

const settingsOf = (profile: Profile): string[] => [
  ...profiles[profile].flatMap((name) => ['--values', join(CHART, `values-${name}.yaml`)]),
  ...SETTINGS[profile].flatMap((setting) => ['--set', setting]),
];

/** All that is in the namespace, but for what the cluster itself puts there. */
async function contents(): Promise<string[]> {
  const { stdout } = await run('kubectl', ['api-resources', '--namespaced', '--verbs=list', '-o', 'name']);
  const kinds = stdout
    .split('\n')
    .filter(
      (kind) => kind !== '' && !/^(events|pods\.metrics|bindings|endpointslices|endpoints)\b/.test(kind),
    );
  const found = await run('kubectl', [
    'get',
    kinds.join(','),
    '-n',
    NAMESPACE,
    '-o',
    'name',
    '--ignore-not-found',
  ]);
  return found.stdout
    .split('\n')
    .filter((name) => name !== '' && !/^(configmap\/kube-root-ca.crt|serviceaccount\/default)$/.test(name))
    .sort();
}

const deployments = async (): Promise<KubeObject[]> =>
  list(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments`);

const isAvailable = ({ metadata, spec, status }: KubeObject): boolean =>
  status?.['observedGeneration'] === metadata.generation &&
  status?.['availableReplicas'] === spec?.['replicas'] &&
  status?.['updatedReplicas'] === spec?.['replicas'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harka-k8s-'));
  await applyDefinitions(
    await definitionsOf(
      'github.com/prometheus-operator/prometheus-operator',
      'example/prometheus-operator-crd',
      'podmonitors',
      'prometheusrules',
    ),
  );
  await applyDefinitions(
    await definitionsOf('sigs.k8s.io/gateway-api', 'config/crd/standard', '_gateways', '_httproutes'),
  );
  await applyDefinitions(
    await definitionsOf(
      'github.com/external-secrets/external-secrets',
      'config/crds/bases',
      'external-secrets.io_externalsecrets',
    ),
  );
  const told = await run('kubectl', ['apply', '-k', 'k8s']);
  expect(told.stderr).toBe('');
  node = await HollowNode.start();
  await giveWhatExists();
});

afterAll(async () => {
  await node.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What README.md says has to be there before the first install. */
async function giveWhatExists(): Promise<void> {
  const text = await readFile(join(CHART, 'values.yaml'), 'utf8');
  const { secrets, services, migrations } = chartValues.parse(parse(text));
  const wanted = [
    [secrets.platform, ['HARKA_REDIS_URL', 'HARKA_MASTER_KEY']],
    [migrations.existingSecret, migrations.secretKeys],
    ...Object.values(services).map((each) => [each.existingSecret, each.secretKeys] as const),
  ] as [string, string[]][];
  for (const [name, keys] of wanted) {
    const stringData = Object.fromEntries(keys.map((key) => [key, 'of-a-test']));
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
    await must('POST', `/api/v1/namespaces/${NAMESPACE}/secrets`, secret);
  }
  await must('POST', '/api/v1/persistentvolumes', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk' },
    spec: {
      capacity: { storage: '2Ti' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      persistentVolumeReclaimPolicy: 'Retain',
      hostPath: { path: '/nowhere' },
    },
  });
}

describe.each(Object.keys(profiles) as Profile[])('the chart as %s', (profile) => {
  let objects: string;

  beforeAll(async () => {
    const { stdout } = await run('helm4', [
      'template',
      'harka',
      CHART,
      '-n',
      NAMESPACE,
      '--skip-tests',
      '--kube-version',
      '1.34.0',
      ...settingsOf(profile),
    ]);
    objects = stdout;
  });

  it('is taken by the API server, strictly, and it warns of nothing', async () => {
    const told = await run(
      'kubectl',
      ['apply', '-n', NAMESPACE, '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'],
      objects,
    );
    expect(told.stderr).toBe('');
    expect(told.stdout.split('\n').filter(Boolean).length).toBeGreaterThan(2 * serviceNames.length);
  });

  it('is as the schemas of the server say, to the letter', async () => {
    const location = await schemasOfServer(join(folder, 'schemas'));
    const { stdout } = await run(
      'kubeconform',
      ['-strict', '-summary', '-output', 'json', '-schema-location', location, '-'],
      objects,
    );
    const { summary } = z
      .object({
        summary: z.object({
          valid: z.number(),
          invalid: z.number(),
          errors: z.number(),
          skipped: z.number(),
        }),
      })
      .parse(JSON.parse(stdout));
    expect(summary).toMatchObject({ invalid: 0, errors: 0, skipped: 0 });
    expect(summary.valid).toBeGreaterThan(2 * serviceNames.length);
  });
});

describe.each([
  ['helm3', 'small'],
  ['helm4', 'production'],
  ['helm4', 'airgapped'],
] as const)('a release by %s as %s', (helm, profile) => {
  const isSmall = profile === 'small';
  const helmed = async (...args: string[]) => run(helm, [...args, '-n', NAMESPACE, ...AS_PIPELINE]);
  const changing = (verb: string, ...more: string[]) =>
    helmed(verb, 'harka', CHART, ...settingsOf(profile), '--wait', '--timeout', '3m', ...more);

  it('is installed with the rights of the pipeline alone, migrates first, and becomes ready', async () => {
    const before = node.ended.length;
    await changing('install');
    expect(node.ended.slice(before)).toEqual([expect.stringMatching(/^harka-migrator-1-/)]);
    const all = await deployments();
    expect(all.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(serviceNames.map((name) => `harka-${name}`)),
    );
    expect(all.filter((each) => !isAvailable(each)).map(({ metadata }) => metadata.name)).toEqual([]);
  });

  it('has the number of pods that the profile says', async () => {
    const path = `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app.kubernetes.io%2Fcomponent%3Dgateway`;
    const count = isSmall ? 1 : 10;
    await until(
      'the pods',
      async () => (await list(path)).length,
      (found) => found === count,
    );
    await until('all ready', deployments, (all) => all.every(isAvailable));
  });

  if (profile !== 'airgapped') {
    it('is upgraded, and rolled back to what it was', async () => {
      const before = await deployments();
      await changing('upgrade', '--set', 'defaults.podAnnotations.changed=yes', '--set', 'image.tag=0.2.0');
      const upgraded = await deployments();
      expect(JSON.stringify(upgraded.map(({ spec }) => spec))).toContain('harka:0.2.0');
      await helmed('rollback', 'harka', '1', '--wait', '--timeout', '3m');
      const after = await until('the roll-back', deployments, (all) => all.every(isAvailable));
      expect(after.map(({ spec }) => spec)).toEqual(before.map(({ spec }) => spec));
    });
  }

  if (isSmall) {
    it('changes nothing when a migration fails, and goes on from there', async () => {
      const before = await deployments();
      node.failing.add('migrator');
      await expect(
        changing('upgrade', '--set', 'image.tag=0.3.0', '--set', 'migrations.backoffLimit=0'),
      ).rejects.toThrow(/pre-upgrade/);
      node.failing.clear();
      expect((await deployments()).map(({ spec }) => spec)).toEqual(before.map(({ spec }) => spec));
      await changing('upgrade', '--set', 'image.tag=0.3.0');
      expect(JSON.stringify((await deployments()).map(({ spec }) => spec))).toContain('harka:0.3.0');
      // What the failed one said stays to be read.
      await run('kubectl', ['delete', 'job', 'harka-migrator-4', '-n', NAMESPACE, '--wait']);
    });
  }

  it('has a test that is run', async () => {
    const before = node.ended.length;
    await helmed('test', 'harka', '--timeout', '1m');
    expect(node.ended.slice(before)).toEqual(['harka-test']);
  });

  it('leaves nothing but the files of the academies and what was there before', async () => {
    await helmed('uninstall', 'harka', '--wait', '--timeout', '2m');
    const left = await until(
      'an empty namespace',
      contents,
      (names) => !names.some((name) => name.startsWith('pod/')),
    );
    expect(left.filter((name) => !name.startsWith('secret/harka-'))).toEqual([
      'networkpolicy.networking.k8s.io/default-deny',
      'networkpolicy.networking.k8s.io/first-migration',
      'persistentvolumeclaim/harka-media',
      'role.rbac.authorization.k8s.io/harka-release',
      'role.rbac.authorization.k8s.io/harka-viewer',
      'rolebinding.rbac.authorization.k8s.io/harka-release',
      'rolebinding.rbac.authorization.k8s.io/harka-viewer',
    ]);
  });

  afterEach(() => {
    node.failing.clear();
  });

  afterAll(async () => {
    await run('kubectl', ['delete', 'pvc', '--all', '-n', NAMESPACE, '--wait']);
    // A volume that was let go is free again.
    await must('PATCH', '/api/v1/persistentvolumes/disk', { spec: { claimRef: null } }, { type: MERGE });
  });
});
