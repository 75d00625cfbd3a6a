import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { serviceNames } from '#libs/contracts';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { run } from './cluster.js';

const CHART = 'helm/harka';

const resources = {
  requests: { memory: '512Mi', cpu: '500m' },
  limits: { memory: '1Gi', cpu: '1000m' },
};
const ports = { gateway: 8080, tenants: 3001, auth: 3002, courses: 3003, media: 3004, insights: 3005 };
const secretName = /(KEY|KEYS|SECRET|TOKEN|PASSWORD|PASSWORDS|REDIS_URL|SMTP_URL|SHARDS)$/;

const variable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional(),
});
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const pod = z.object({
  automountServiceAccountToken: z.literal(false),
  securityContext: z.object({
    runAsNonRoot: z.literal(true),
    seccompProfile: z.object({ type: z.literal('RuntimeDefault') }),
  }),
  containers: z.array(
    z.object({
      args: z.array(z.string()).optional(),
      env: z.array(variable).default([]),
      startupProbe: probe.optional(),
      livenessProbe: probe.optional(),
      readinessProbe: probe.optional(),
      resources: z.object({ requests: z.unknown(), limits: z.unknown() }),
      securityContext: z.object({
        allowPrivilegeEscalation: z.literal(false),
        readOnlyRootFilesystem: z.literal(true),
        capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
      }),
    }),
  ),
});
const manifest = z.looseObject({
  spec: z.unknown().optional(),
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
const withPod = z.object({ spec: z.object({ template: z.object({ spec: pod }) }) });
const selector = z.looseObject({
  matchExpressions: z.array(z.looseObject({ values: z.array(z.string()) })).optional(),
});
const policies = z.array(
  z.object({
    metadata: z.object({ name: z.string() }),
    spec: z.looseObject({
      ingress: z
        .array(z.object({ from: z.array(z.looseObject({ podSelector: selector.optional() })) }))
        .optional(),
      egress: z
        .array(z.object({ ports: z.array(z.unknown()).min(1), to: z.array(z.unknown()).optional() }))
        .optional(),
    }),
  }),
);
type Manifest = z.infer<typeof manifest>;

const read = async (...path: string[]) => readFile(join(...path), 'utf8');

describe.each(['helm3', 'helm4'] as const)('the chart, rendered by %s', (helm) => {
  let rendered: Manifest[];

  const render = async (...settings: string[]): Promise<Manifest[]> => {
    const flags = settings.flatMap((setting) => ['--set', setting]);
    const { stdout } = await run(helm, ['template', 'harka', CHART, '--kube-version', '1.34.0', ...flags]);
    return manifestsOf(stdout);
  };
  const profile = async (...names: string[]): Promise<Manifest[]> => {
    const files = names.flatMap((name) => ['--values', join(CHART, `values-${name}.yaml`)]);
    const { stdout } = await run(helm, ['template', 'harka', CHART, '--kube-version', '1.34.0', ...files]);
    return manifestsOf(stdout);
  };
  const named = (kind: string, name: string) =>
    rendered.find((each) => each.kind === kind && each.metadata.name === name);

  beforeAll(async () => {
    rendered = await render();
  });

  it('passes the linter', async () => {
    const { stdout } = await run(helm, ['lint', '--strict', CHART]);
    expect(stdout).toContain('0 chart(s) failed');
  });

  it.each(serviceNames)('runs %s as the restricted user, probed on the internal port', (service) => {
    const { spec } = withPod.parse(named('Deployment', `harka-${service}`));
    const [container] = spec.template.spec.containers;
    expect(container).toMatchObject({
      args: [`dist/apps/${service}/src/main.js`],
      startupProbe: { httpGet: { path: '/readyz', port: 'internal' } },
      livenessProbe: { httpGet: { path: '/healthz', port: 'internal' } },
      readinessProbe: { httpGet: { path: '/healthz', port: 'internal' } },
      resources,
    });
    expect(named('Service', `harka-${service}`)).toMatchObject({
      spec: { ports: [{ name: 'http', port: ports[service] }] },
    });
  });

  it('migrates before the release, from a Secret that no service reads', () => {
    const [job] = rendered.filter(({ kind }) => kind === 'Job');
    expect(job?.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
    const ofJob = secretsOf(job);
    const ofServices = rendered.filter(({ kind }) => kind === 'Deployment').flatMap(secretsOf);
    expect([...new Set(ofJob)]).toEqual(['harka-migrator']);
    expect(ofServices).not.toContain('harka-migrator');
  });

  it('lets services call each other exactly as the code does, and nobody else', async () => {
    const allowed = policies.parse(rendered.filter(({ kind }) => kind === 'NetworkPolicy'));
    const callers = Object.fromEntries(
      allowed.flatMap(({ metadata, spec }) => {
        const callee = /^harka-(\w+)-from-services$/.exec(metadata.name)?.[1];
        const [expression] = spec.ingress?.[0]?.from[0]?.podSelector?.matchExpressions ?? [];
        return callee === undefined ? [] : [[callee, expression?.values.toSorted()]];
      }),
    );
    expect(callers).toEqual(await callersInTheCode());
    expect(allowed.find(({ metadata }) => metadata.name === 'harka-default-deny')?.spec).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'harka', 'app.kubernetes.io/instance': 'harka' },
      },
      policyTypes: ['Ingress', 'Egress'],
    });
    // Only auth speaks to strangers, only tenants and auth to any name server.
    const outward = allowed.filter(({ spec }) => spec.egress?.some(({ to }) => to === undefined));
    expect(outward.map(({ metadata }) => metadata.name).sort()).toEqual([
      'harka-auth-to-outside',
      'harka-databases',
      'harka-domain-proofs',
    ]);
    const narrowed = await render('networkPolicies.postgres.cidrs={10.1.0.0/16}');
    expect(narrowed.find(({ metadata }) => metadata.name === 'harka-databases')).toMatchObject({
      spec: { egress: [{ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] }, {}] },
    });
  });

  it('holds no secret value', () => {
    expect(rendered.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const workloads = rendered.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
    const plain = workloads.flatMap(variablesOf).filter(({ value }) => value !== undefined);
    const configured = Object.keys(named('ConfigMap', 'harka')?.['data'] ?? {});
    expect([...plain.map(({ name }) => name), ...configured].filter((name) => secretName.test(name))).toEqual(
      [],
    );
  });

  it('refuses values that would not work, and says why', async () => {
    await expect(render('haproxy.enabled=true')).rejects.toThrow('config.trustedProxies is empty');
    await expect(render('gatewayApi.enabled=true', 'config.trustedProxies={10.0.0.0/8}')).rejects.toThrow(
      'parentRefs',
    );
    await expect(render('externalSecrets.enabled=true')).rejects.toThrow('storeRef');
    await expect(render('services.media.replicas=2')).rejects.toThrow('ReadWriteMany');
    await expect(render('config.directoryUrl=postgres://user:word@db/harka')).rejects.toThrow('directoryUrl');
    await expect(render('config.extra.HARKA_MASTER_KEY=x')).rejects.toThrow('HARKA_MASTER_KEY');
    await expect(render('sevices.gateway.replicas=2')).rejects.toThrow('sevices');
  });

  it('brings what the Prometheus Operator reads when asked: the pods with their service, and the rules that are tested', async () => {
    const all = await render('monitoring.podMonitor.enabled=true', 'monitoring.prometheusRule.enabled=true');
    const monitor = all.find(({ kind }) => kind === 'PodMonitor');
    expect(monitor).toMatchObject({
      spec: {
        sampleLimit: 50_000,
        podMetricsEndpoints: [
          { port: 'internal', path: '/metrics', relabelings: [{ targetLabel: 'service' }] },
        ],
      },
    });
    const { groups } = z
      .object({ groups: z.array(z.unknown()).min(1) })
      .parse(parse(await read('deploy/prometheus/harka.rules.yaml')));
    expect(all.find(({ kind }) => kind === 'PrometheusRule')).toMatchObject({ spec: { groups } });
    expect(rendered.filter(({ apiVersion }) => apiVersion.startsWith('monitoring.'))).toEqual([]);
  });

  it('has a profile for small clusters: one pod each, and no budget that would block a drain', async () => {
    const all = await profile('small');
    const deployments = all.filter(({ kind }) => kind === 'Deployment');
    expect(deployments.map(({ spec }) => spec)).toEqual(
      serviceNames.map(() => expect.objectContaining({ replicas: 1 })),
    );
    expect(all.filter(({ kind }) => /^(PodDisruptionBudget|HorizontalPodAutoscaler)$/.test(kind))).toEqual(
      [],
    );
  });

  it('has a profile for production: ten pods, rolling, 512Mi and 500m to 1Gi and 1000m, many tenants', async () => {
    const all = await profile('production');
    for (const service of ['gateway', 'auth', 'courses']) {
      const scaler = all.find(
        ({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === `harka-${service}`,
      );
      expect(scaler).toMatchObject({ spec: { minReplicas: 10, maxReplicas: 40 } });
    }
    const deployments = all.filter(({ kind }) => kind === 'Deployment');
    expect(deployments).toHaveLength(serviceNames.length);
    for (const deployment of deployments) {
      expect(deployment).toMatchObject({ spec: { strategy: { type: 'RollingUpdate' } } });
      expect(withPod.parse(deployment).spec.template.spec.containers[0]?.resources).toEqual(resources);
    }
    const configured = all.find(({ kind }) => kind === 'ConfigMap');
    expect(configured).toMatchObject({ data: { TENANT_MODE: 'multi' } });
  });

  it('has a profile without a way out: no image and no network from outside', async () => {
    const all = await profile('production', 'airgapped');
    const images = [...JSON.stringify(all).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image);
    expect(images.length).toBeGreaterThan(serviceNames.length);
    expect(images.filter((image) => !image?.startsWith('registry.internal/'))).toEqual([]);
    const outward = policies
      .parse(all.filter(({ kind }) => kind === 'NetworkPolicy'))
      .filter(({ spec }) => spec.egress?.some(({ to }) => to === undefined));
    expect(outward).toEqual([]);
  });

  it('has a test of a release: the one that is tried on a platform', async () => {
    const tested = z.object({ spec: pod }).parse(rendered.find(({ kind }) => kind === 'Pod'));
    expect(tested.spec.containers[0]?.args).toEqual([
      '--input-type=module',
      '--eval',
      await read(CHART, 'files/release-test.mjs'),
      'http://harka-gateway:8080',
      'harka.example',
    ]);
  });

  it('leads a Gateway to its gateway when asked', async () => {
    const all = await render(
      'gatewayApi.enabled=true',
      'gatewayApi.parentRefs[0].name=edge',
      'gatewayApi.customDomains={learn.acme.example}',
      'config.trustedProxies={10.0.0.0/8}',
    );
    expect(all.find(({ kind }) => kind === 'HTTPRoute')).toMatchObject({
      spec: {
        parentRefs: [{ name: 'edge' }],
        hostnames: ['harka.example', '*.harka.example', 'learn.acme.example'],
        rules: [{ backendRefs: [{ name: 'harka-gateway', port: 8080 }] }],
      },
    });
  });

  it('takes every Secret that it refers to from a store when asked, the one of the migrator first', async () => {
    const all = await render(
      'externalSecrets.enabled=true',
      'externalSecrets.storeRef.name=vault',
      'externalSecrets.prefix=harka/',
    );
    const external = all.filter(({ kind }) => kind === 'ExternalSecret');
    const workloads = all.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
    const referred = [...new Set(workloads.flatMap(secretsOf))].sort();
    expect(external.map(({ metadata }) => metadata.name).sort()).toEqual(referred);
    const [first] = external.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined);
    expect(first).toMatchObject({
      metadata: { name: 'harka-migrator', annotations: { 'helm.sh/hook-weight': '-10' } },
      spec: { dataFrom: [{ extract: { key: 'harka/harka-migrator' } }] },
    });
  });

  it('brings the edge when asked', async () => {
    const all = await render('haproxy.enabled=true', 'config.trustedProxies={10.0.0.0/8}');
    const edge = all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'harka-haproxy');
    expect(() => withPod.parse(edge)).not.toThrow();
    expect(secretsOf(edge)).toEqual([]);
  });

  it('brings what keeps the edge when asked, and lets it out to the directory', async () => {
    const asked = ['haproxy.enabled=true', 'config.trustedProxies={10.0.0.0/8}'];
    const all = await render(...asked, 'haproxy.keeper.enabled=true');
    const edge = all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'harka-haproxy');
    expect(edge).toMatchObject({
      spec: {
        template: {
          spec: {
            initContainers: [{ name: 'maps', args: ['dist/apps/haproxy/src/main.js'] }],
            containers: [{ name: 'keeper', args: ['dist/apps/haproxy/src/main.js'] }, { name: 'haproxy' }],
          },
        },
      },
    });
    expect(secretsOf(edge)).toEqual(['harka-haproxy']);
    const policy = (list: readonly Manifest[]) =>
      list.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'harka-haproxy');
    expect(JSON.stringify(policy(all))).toContain('5432');
    expect(JSON.stringify(policy(await render(...asked)))).not.toContain('5432');
  });
});

/** Which services call which: the gateway all of them, a service those whose contracts its HTTP clients import. */
async function callersInTheCode(): Promise<Record<string, string[]>> {
  const callees = serviceNames.filter((name) => name !== 'gateway');
  const callers: Record<string, string[]> = Object.fromEntries(callees.map((name) => [name, ['gateway']]));
  for (const caller of callees) {
    const folder = join('apps', caller, 'src');
    const files = await readdir(folder, { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('spec.ts'))) {
      const code = await read(folder, file);
      if (!/\bServiceClient\b/.test(code)) continue;
      for (const [, callee = ''] of code.matchAll(/#libs\/contracts\/(\w+)/g)) {
        if (callee !== caller) callers[callee] = [...new Set([...(callers[callee] ?? []), caller])].sort();
      }
    }
  }
  return callers;
}

function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document): unknown => {
      if (document.errors.length > 0) throw document.errors[0] ?? new Error('not YAML');
      return document.toJS() as unknown;
    })
    .filter((document) => document !== null)
    .map((document) => manifest.parse(document));
}

function variablesOf(each: Manifest | undefined): z.infer<typeof variable>[] {
  return withPod.parse(each).spec.template.spec.containers.flatMap(({ env }) => env);
}

function secretsOf(each: Manifest | undefined): string[] {
  return variablesOf(each).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef.name ?? []);
}
