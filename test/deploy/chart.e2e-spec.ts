import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '#libs/contracts';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { testPlatform } from '../support/platform.js';

// What Helm and Kubernetes make of it is looked at in test/k8s.
const CHART = 'helm/harka';
const run = promisify(execFile);

const values = z.object({
  services: z.record(
    z.string(),
    z.object({ port: z.number(), existingSecret: z.string().min(1), secretKeys: z.array(z.string()) }),
  ),
  defaults: z.object({ internalPort: z.literal(9464), resources: z.unknown() }),
  migrations: z.object({ enabled: z.literal(true), existingSecret: z.string().min(1) }),
});
const ports = { gateway: 8080, tenants: 3001, auth: 3002, courses: 3003, media: 3004, insights: 3005 };
const manifest = z.looseObject({
  spec: z.unknown().optional(),
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
type Manifest = z.infer<typeof manifest>;

const read = async (...path: string[]) => readFile(join(...path), 'utf8');

describe('the chart', () => {
  it('names exactly the services of the platform, each with its port and Secrets that exist elsewhere', async () => {
    const { services } = values.parse(parse(await read(CHART, 'values.yaml')));
    expect(Object.keys(services).sort()).toEqual([...serviceNames].sort());
    expect(Object.fromEntries(Object.entries(services).map(([name, { port }]) => [name, port]))).toEqual(
      ports,
    );
    for (const { secretKeys } of Object.values(services)) {
      expect(secretKeys).toEqual(expect.arrayContaining(['HARKA_SERVICE_KEYS', 'HARKA_DATABASE_PASSWORDS']));
    }
  });

  it('has a description and a schema that knows every value', async () => {
    const chart = z.object({ apiVersion: z.literal('v2'), name: z.literal('harka'), version: z.string() });
    chart.parse(parse(await read(CHART, 'Chart.yaml')));
    const schema = z
      .object({ properties: z.record(z.string(), z.unknown()), additionalProperties: z.literal(false) })
      .parse(JSON.parse(await read(CHART, 'values.schema.json')));
    const given = z.record(z.string(), z.unknown()).parse(parse(await read(CHART, 'values.yaml')));
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  it('gives the edge the configuration that is tested here', async () => {
    expect(await read(CHART, 'files/haproxy.cfg')).toBe(await read('deploy/haproxy/haproxy.cfg'));
  });

  it('has a test of a release, which passes on this platform and fails where there is none', async () => {
    const args = ['--input-type=module', '--eval', await read(CHART, 'files/release-test.mjs')];
    const { baseUrl, baseDomain } = testPlatform();
    const { stdout } = await run(process.execPath, [...args, baseUrl, baseDomain]);
    expect(stdout.match(/^ok /gm)).toHaveLength(4);
    const elsewhere = run(process.execPath, [...args, baseUrl, 'elsewhere.example']);
    await expect(elsewhere).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('FAILED') });
  });
});

describe('the manifests of k8s', () => {
  it('are all named by the kustomization, and parse', async () => {
    const { resources: named } = z
      .object({ resources: z.array(z.string()) })
      .parse(parse(await read('k8s', 'kustomization.yaml')));
    const files = (await readdir('k8s')).filter(
      (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
    );
    expect([...named].sort()).toEqual(files.sort());
    const all = (await Promise.all(files.map(async (file) => manifestsOf(await read('k8s', file))))).flat();
    const kinds = new Set(all.map(({ kind }) => kind));
    expect(kinds).toEqual(
      new Set(['CustomResourceDefinition', 'Namespace', 'NetworkPolicy', 'Role', 'RoleBinding']),
    );
    const denying = all.find(({ metadata }) => metadata.name === 'default-deny');
    expect(denying).toMatchObject({ spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } });
  });
});

function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document): unknown => {
      if (document.errors.length > 0) throw document.errors[0] ?? new Error('not YAML');
      return document.toJS() as unknown;
    })
    .filter((document) => document !== null)
    .map((document) => manifest.parse(document));
}
