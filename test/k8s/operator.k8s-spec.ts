import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ApiextensionsV1Api, KubeConfig, type V1CustomResourceDefinition } from '@kubernetes/client-node';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { call, cluster, list, MERGE, must, run, until, type KubeObject } from './cluster.js';
import { TestDirectory } from './directory.js';
import { loginOf, OperatorProcess, Wire } from './operator-process.js';

// A thousand Tenants, on a machine that has other work.
jest.setTimeout(300_000);

const NAMESPACE = 'harka-operator-test';
const ACCOUNT = 'harka-operator';
const TENANTS = '/apis/harka.ai/v1alpha1/tenants';
const MANY = 1_000;
const AT_ONCE = 20;

const directory = new TestDirectory();
const wire = new Wire();
let folder: string;
let operator: OperatorProcess;
let account: string;
let started = 0;

const tenant = (name: string, spec: object = {}) => ({
  apiVersion: 'harka.ai/v1alpha1',
  kind: 'Tenant',
  metadata: { name },
  spec: { displayName: `Academy ${name}`, plan: 'starter', ...spec },
});
const nameOf = (index: number) => `many-${String(index).padStart(4, '0')}`;
const many = Array.from({ length: MANY }, (_, index) => nameOf(index));
const read = async (name: string) => (await call('GET', `${TENANTS}/${name}`)).json as unknown as KubeObject;
const make = async (name: string, spec: object = {}) => call('POST', TENANTS, tenant(name, spec));
const change = async (name: string, spec: object) =>
  must('PATCH', `${TENANTS}/${name}`, { spec }, { type: MERGE });
const conditionOf = (object: KubeObject, type: string) =>
  (
    (object.status?.['conditions'] ?? []) as {
      type: string;
      status: string;
      reason: string;
      message: string;
    }[]
  ).find((each) => each.type === type);
const isSettled = (object: KubeObject, phase = 'Ready') =>
  object.status?.['phase'] === phase && object.status['observedGeneration'] === object.metadata.generation;
const settled = async (name: string, phase = 'Ready') =>
  until(
    `${name} ${phase}`,
    async () => read(name),
    (object) => isSettled(object, phase),
  );

async function eachOf(names: readonly string[], work: (name: string) => Promise<unknown>): Promise<void> {
  const rest = [...names];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let name = rest.pop(); name !== undefined; name = rest.pop()) await work(name);
    }),
  );
}

const start = async (settings?: Record<string, string>) => {
  started += 1;
  await operator.start(`operator-${started}`, settings);
};

const auditLine = z.object({
  verb: z.string(),
  user: z.object({ username: z.string() }),
  stage: z.string(),
  objectRef: z
    .object({ resource: z.string(), subresource: z.string().optional(), apiGroup: z.string().optional() })
    .optional(),
  responseStatus: z.object({ code: z.number().optional() }).optional(),
});

/** What the API server wrote down of the operator's account. */
async function asked(): Promise<z.infer<typeof auditLine>[]> {
  const text = await readFile(cluster.auditFile, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.includes(account))
    .map((line) => auditLine.parse(JSON.parse(line)))
    .filter(({ stage, user }) => stage === 'ResponseComplete' && user.username === account);
}

/** Writes but for the Lease, which says that somebody is alive. */
async function writes(): Promise<number> {
  const isWrite = /^(create|update|patch|delete)/;
  return (await asked()).filter(
    ({ verb, objectRef }) => isWrite.test(verb) && objectRef?.resource !== 'leases',
  ).length;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harka-operator-'));
  await must('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
  // As an operator of the cluster does it: the other files of these tests do so as well.
  await run('kubectl', ['apply', '-f', 'k8s/tenants.yaml']);
  await run('kubectl', ['wait', '--for=condition=Established', '--timeout=60s', '-f', 'k8s/tenants.yaml']);
  const { stdout } = await run('helm4', [
    'template',
    'harka',
    'helm/harka',
    '-n',
    NAMESPACE,
    '--kube-version',
    '1.34.0',
    '--set',
    'operator.enabled=true',
    '-s',
    'templates/operator.yaml',
  ]);
  const rights = parseAllDocuments(stdout)
    .map((document) => document.toJS() as KubeObject)
    .filter(({ kind }) => /^(ServiceAccount|(Cluster)?Role(Binding)?)$/.test(kind));
  await run(
    'kubectl',
    ['apply', '-n', NAMESPACE, '-f', '-'],
    rights.map((each) => JSON.stringify(each)).join('\n---\n'),
  );
  account = `system:serviceaccount:${NAMESPACE}:${ACCOUNT}`;
  await directory.start();
  const server = await wire.start();
  operator = new OperatorProcess({
    ...directory.environment,
    KUBECONFIG: await loginOf(ACCOUNT, NAMESPACE, folder, server),
    HARKA_OPERATOR_NAMESPACE: NAMESPACE,
  });
});

afterAll(async () => {
  await operator.kill();
  wire.stop();
  await directory.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the definition of Tenant', () => {
  it('takes what makes sense and refuses the rest in words', async () => {
    const refusals = [
      [tenant('plan', { plan: 'gold' }), 'Unsupported value: "gold"'],
      [tenant('Upper'), 'a lowercase RFC 1123 subdomain'],
      [tenant('admin'), 'this slug is reserved'],
      [tenant('dotted.name'), 'the name is the slug of the academy'],
      [tenant('host', { domains: ['no host'] }), 'should match'],
      [tenant('tier', { tier: 'dedicated' }), 'only the plan enterprise'],
      [tenant('unnamed', { displayName: '' }), 'at least 1 chars long'],
    ] as const;
    for (const [object, words] of refusals) {
      const { status, json } = await call('POST', `${TENANTS}?fieldValidation=Strict`, object);
      expect([status, json['message']]).toEqual([422, expect.stringContaining(words)]);
    }
    const unknown = await call(
      'POST',
      `${TENANTS}?fieldValidation=Strict`,
      tenant('other', { colour: 'red' }),
    );
    expect(unknown).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('unknown field') },
    });
  });

  it('lets nobody move data by editing: residency stays', async () => {
    await must('POST', TENANTS, tenant('resident', { residency: 'eu' }));
    const { status, json } = await call(
      'PATCH',
      `${TENANTS}/resident`,
      { spec: { residency: 'us' } },
      { type: MERGE },
    );
    expect([status, json['message']]).toEqual([422, expect.stringContaining('residency is chosen once')]);
    await must('DELETE', `${TENANTS}/resident`);
  });

  it('is applied as the YAML it is: the typed calls of client-node would lose its enumerations', async () => {
    const schemaOf = (object: unknown) => JSON.stringify(object).match(/"enum":/g)?.length ?? 0;
    const text = await readFile('k8s/tenants.yaml', 'utf8');
    const wanted = schemaOf(parse(text));
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    expect(wanted).toBeGreaterThan(2);
    expect(schemaOf((await must('GET', `${path}/tenants.harka.ai`))['spec'])).toBe(wanted);
    const config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfig);
    const copy = parse(text.replaceAll('harka.ai', 'lost.harka.ai')) as V1CustomResourceDefinition;
    await config.makeApiClient(ApiextensionsV1Api).createCustomResourceDefinition({ body: copy });
    expect(schemaOf((await must('GET', `${path}/tenants.lost.harka.ai`))['spec'])).toBeLessThan(wanted);
    await must('DELETE', `${path}/tenants.lost.harka.ai`);
  });
});

describe('the operator', () => {
  it(`brings ${MANY} Tenants to the directory, in no more memory than a small pod has`, async () => {
    await eachOf(many, async (name) => make(name));
    const began = performance.now();
    await start();
    await until(
      'all of them ready',
      async () => (await list(`${TENANTS}?limit=5000`)).filter((object) => isSettled(object)).length,
      (count) => count === MANY,
      { patience: 240_000, pause: 1_000 },
    );
    const seconds = (performance.now() - began) / 1000;
    const memory = await operator.memory();
    process.stdout.write(`operator: ${MANY} Tenants in ${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB\n`);
    expect(memory).toBeLessThan(150);
    expect(directory.academies.size).toBe(MANY);
    expect(await operator.ask('/readyz')).toContain('"ready"');
  });

  it('writes nothing where nothing changes, through polls and a look at every one', async () => {
    await operator.stop();
    await start({ HARKA_OPERATOR_RESYNC: '10' });
    const looked = async () => operator.metric('harka_operator_reconciles_total');
    await until('the first look', looked, (count) => count >= MANY);
    const before = await writes();
    await until('a second look', looked, (count) => count >= 2 * MANY);
    expect(await writes()).toBe(before);
  });

  it('follows the directory: what is made, changed and closed there', async () => {
    directory.add('from-there', 'growth');
    directory.claim('from-there', 'learn.there.example');
    const made = await settled('from-there');
    expect(made.spec).toMatchObject({
      plan: 'growth',
      displayName: 'Academy from-there',
      domains: ['learn.there.example'],
    });
    directory.change('from-there', { plan: 'enterprise', name: 'New name' });
    await until(
      'the change',
      async () => read('from-there'),
      ({ spec }) => spec?.['plan'] === 'enterprise',
    );
    directory.change('from-there', { status: 'suspended' });
    const closed = await settled('from-there', 'Suspended');
    expect(closed.spec).toMatchObject({ plan: 'enterprise', displayName: 'New name', suspended: true });
    directory.add('closed-there');
    directory.change('closed-there', { status: 'suspended' });
    // The reading that shows this one showed that one, too.
    directory.add('made-later');
    await settled('made-later');
    expect((await call('GET', `${TENANTS}/closed-there`)).status).toBe(404);
  });

  it('leads the directory: plan, domains, suspension, and says what is refused', async () => {
    directory.taken.add('taken.example');
    await make('from-here', { domains: ['a.example', 'b.example'] });
    await settled('from-here');
    await change('from-here', { plan: 'growth', domains: ['b.example', 'c.example', 'taken.example'] });
    const failed = await settled('from-here', 'Failed');
    expect(directory.academies.get('from-here')?.plan).toBe('growth');
    expect(
      directory.domains
        .get('from-here')
        ?.map(({ host }) => host)
        .sort(),
    ).toEqual(['b.example', 'c.example']);
    expect(conditionOf(failed, 'Domains')).toMatchObject({
      status: 'False',
      message: expect.stringContaining('taken.example: It was refused: domain.taken.'),
    });
    await change('from-here', { domains: ['b.example'], suspended: true });
    await settled('from-here', 'Suspended');
    expect(directory.academies.get('from-here')?.status).toBe('suspended');
    await change('from-here', { suspended: false });
    await settled('from-here');
    expect(directory.academies.get('from-here')?.status).toBe('active');
  });

  it('overrules nobody when both changed the same, names it, and goes on when they agree', async () => {
    await make('torn');
    await settled('torn');
    await operator.stop();
    directory.change('torn', { plan: 'enterprise' });
    await change('torn', { plan: 'growth' });
    await start();
    const torn = await settled('torn', 'Disagreed');
    expect(conditionOf(torn, 'Agreed')).toMatchObject({
      status: 'False',
      reason: 'BothChanged',
      message: 'plan is growth here and enterprise in the directory',
    });
    expect(torn.spec?.['plan']).toBe('growth');
    expect(directory.academies.get('torn')?.plan).toBe('enterprise');
    await change('torn', { plan: 'enterprise' });
    await settled('torn');
  });

  it('says what the directory refuses to make', async () => {
    directory.add('known', 'growth');
    await operator.stop();
    await make('known', { plan: 'starter' });
    await start();
    const object = await settled('known', 'Disagreed');
    expect(conditionOf(object, 'Ready')).toMatchObject({ status: 'False', reason: 'BothChanged' });
  });

  describe('for a dedicated tenant', () => {
    const inside = '/api/v1/namespaces/harka-tenant-large';
    const hardOf = async (name: string) =>
      (await must('GET', `${inside}/resourcequotas/${name}`))['spec'] as { hard: Record<string, string> };

    it('limits its namespace to the plan, and puts back what somebody changes', async () => {
      await make('large', { plan: 'enterprise', tier: 'dedicated', residency: 'eu' });
      const object = await settled('large');
      expect(object.status).toMatchObject({ tier: 'dedicated', namespace: 'harka-tenant-large' });
      const wanted = {
        'requests.cpu': '2500m',
        'requests.memory': '5Gi',
        'limits.cpu': '5',
        'limits.memory': '10Gi',
      };
      expect(await hardOf('harka-plan')).toMatchObject({ hard: wanted });
      expect(await hardOf('harka-plan-storage')).toMatchObject({ hard: { 'requests.storage': '1Ti' } });
      const labels = ((await must('GET', inside)) as unknown as KubeObject).metadata.labels;
      expect(labels).toMatchObject({ 'harka.ai/tenant': 'large', 'harka.ai/residency': 'eu' });
      await must(
        'PATCH',
        `${inside}/resourcequotas/harka-plan`,
        { spec: { hard: { 'requests.cpu': '900' } } },
        { type: MERGE },
      );
      await must('DELETE', `${inside}/limitranges/harka-plan`);
      await until(
        'the quota',
        async () => hardOf('harka-plan'),
        ({ hard }) => hard['requests.cpu'] === '2500m',
      );
      await until(
        'the limits',
        async () => (await call('GET', `${inside}/limitranges/harka-plan`)).status,
        (status) => status === 200,
      );
    });

    it('leaves room for a Job when the plan is used up', async () => {
      const podOf = (seconds?: number) => ({
        ...(seconds !== undefined && { activeDeadlineSeconds: seconds }),
        restartPolicy: 'Never',
        securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'main',
            image: 'none',
            resources: { requests: { cpu: '1250m', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      });
      const pod = async (name: string, seconds?: number) =>
        call('POST', `${inside}/pods`, {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name },
          spec: podOf(seconds),
        });
      await until(
        'the account',
        async () => (await call('GET', `${inside}/serviceaccounts/default`)).status,
        (status) => status === 200,
      );
      await until(
        'the quota in force',
        async () => must('GET', `${inside}/resourcequotas/harka-plan`),
        ({ status }) => (status as { hard?: object } | undefined)?.hard !== undefined,
      );
      expect((await pod('one')).status).toBe(201);
      expect((await pod('two')).status).toBe(201);
      expect(await pod('three')).toMatchObject({
        status: 403,
        json: { message: expect.stringContaining('exceeded quota: harka-plan') },
      });
      expect((await pod('migration', 600)).status).toBe(201);
    });
  });

  it('goes on when a watch falls silent, which nobody tells it', async () => {
    await operator.stop();
    await start({ HARKA_OPERATOR_SILENCE: '3', HARKA_OPERATOR_LEASE: '60' });
    await until(
      'work',
      async () => operator.metric('harka_operator_leader'),
      (value) => value === 1,
    );
    await until(
      'a look',
      async () => operator.metric('harka_operator_reconciles_total'),
      (count) => count >= MANY,
    );
    wire.freeze();
    await make('unheard');
    await settled('unheard');
    expect(await operator.ask('/metrics')).toMatch(/watch_restarts_total\{.*reason="silent".*\} [1-9]/);
  });

  it('lets one process work, and another take over', async () => {
    await operator.stop();
    await start();
    await until(
      'the Lease',
      async () => operator.metric('harka_operator_leader'),
      (value) => value === 1,
    );
    const other = new OperatorProcess({
      ...directory.environment,
      KUBECONFIG: join(folder, `${ACCOUNT}.kubeconfig`),
      HARKA_OPERATOR_NAMESPACE: NAMESPACE,
    });
    await other.start('another');
    expect(await other.metric('harka_operator_leader')).toBe(0);
    await operator.kill();
    await until(
      'a new leader',
      async () => other.metric('harka_operator_leader'),
      (value) => value === 1,
    );
    await make('taken-over');
    await settled('taken-over');
    expect(await other.stop()).toBe(0);
    await start();
  });

  it('loses and doubles nothing when it is killed while it makes, changes and closes them', async () => {
    const names = many.slice(0, MANY / 2);
    const disturb = async () => {
      for (let kills = 0; kills < 3; kills += 1) {
        await new Promise((resolve) => setTimeout(resolve, 700));
        await operator.kill();
        await start();
        await until(
          'the Lease',
          async () => operator.metric('harka_operator_leader'),
          (value) => value === 1,
        );
      }
    };
    const all = async () => list(`${TENANTS}?limit=5000`);
    await eachOf(names, async (name) => change(name, { plan: 'growth' }));
    await disturb();
    await until(
      'all changed',
      async () =>
        (await all()).filter((object) => object.spec?.['plan'] === 'growth' && isSettled(object)).length,
      (count) => count >= names.length,
      { patience: 120_000, pause: 1_000 },
    );
    expect(names.filter((name) => directory.academies.get(name)?.plan !== 'growth')).toEqual([]);

    const fresh = names.map((name) => `new-${name}`);
    await Promise.all([
      eachOf(names, async (name) => must('DELETE', `${TENANTS}/${name}`)),
      eachOf(fresh, async (name) => make(name)),
      disturb(),
    ]);
    await until(
      'all closed, all made',
      async () => {
        const left = await all();
        const old = left.filter(({ metadata }) => names.includes(metadata.name)).length;
        const ready = left.filter(
          (object) => fresh.includes(object.metadata.name) && isSettled(object),
        ).length;
        return { old, ready };
      },
      ({ old, ready }) => old === 0 && ready === fresh.length,
      { patience: 120_000, pause: 1_000 },
    );
    expect(names.filter((name) => directory.academies.get(name)?.status !== 'suspended')).toEqual([]);
    expect(fresh.filter((name) => directory.academies.get(name)?.status !== 'active')).toEqual([]);
  });

  it('takes the limits of a tenant that goes away, and leaves its namespace, which may hold its database', async () => {
    await must('DELETE', `${TENANTS}/large`);
    await until(
      'it gone',
      async () => (await call('GET', `${TENANTS}/large`)).status,
      (status) => status === 404,
    );
    expect(await list('/api/v1/namespaces/harka-tenant-large/resourcequotas')).toEqual([]);
    expect((await call('GET', '/api/v1/namespaces/harka-tenant-large')).status).toBe(200);
    expect(directory.academies.get('large')?.status).toBe('suspended');
  });

  it('asked for nothing that its role does not grant, and for all that it grants', async () => {
    const lines = await asked();
    const refused = lines.filter(({ responseStatus }) => responseStatus?.code === 403);
    expect(refused).toEqual([]);
    const used = new Set(
      lines.flatMap(({ verb, objectRef }) =>
        objectRef === undefined
          ? []
          : [`${verb} ${[objectRef.resource, objectRef.subresource].filter(Boolean).join('/')}`],
      ),
    );
    const rules = z.object({
      rules: z.array(z.object({ resources: z.array(z.string()), verbs: z.array(z.string()) })),
    });
    const roles = [
      `/apis/rbac.authorization.k8s.io/v1/clusterroles/${NAMESPACE}-harka-operator`,
      `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/roles/harka-operator`,
    ];
    const granted = new Set<string>();
    for (const path of roles) {
      for (const { resources, verbs } of rules.parse(await must('GET', path)).rules) {
        for (const resource of resources) for (const verb of verbs) granted.add(`${verb} ${resource}`);
      }
    }
    // An object that is applied first is asked for as `patch`, and its maker has to be allowed to create it.
    const implied = ['create namespaces', 'create resourcequotas', 'create limitranges'];
    expect([...granted].filter((each) => !used.has(each)).sort()).toEqual(implied.sort());
    expect([...used].filter((each) => !granted.has(each))).toEqual([]);
  });
});
