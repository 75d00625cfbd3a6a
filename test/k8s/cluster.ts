import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processEnvironment } from '#libs/config';
import { Agent, request } from 'undici';
import { z } from 'zod';

const named = (name: string): string => {
  const value = processEnvironment()[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set: run these tests with "npm run test:k8s".`);
  }
  return value;
};

/** What `npm run test:k8s` says about the control plane that it started. */
export const cluster = {
  url: named('HARKA_TEST_KUBE_URL'),
  caFile: named('HARKA_TEST_KUBE_CA'),
  token: named('HARKA_TEST_KUBE_TOKEN'),
  auditFile: named('HARKA_TEST_KUBE_AUDIT'),
  kubeconfig: named('HARKA_TEST_KUBECONFIG'),
  tools: named('HARKA_TEST_KUBE_TOOLS'),
};
const schemas = z.record(z.string(), z.string()).parse(JSON.parse(named('HARKA_TEST_KUBE_SCHEMAS')));

export type Program = 'helm3' | 'helm4' | 'kubectl' | 'kubeconform';
const execute = promisify(execFile);

/** Runs one of the tools as the cluster's administrator. @throws with what it said when it fails */
export async function run(
  program: Program,
  args: readonly string[],
  input?: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = { ...processEnvironment(), KUBECONFIG: cluster.kubeconfig };
  const path = join(cluster.tools, program);
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  if (input === undefined) return execute(path, args, options);
  const child = spawn(path, args, { env });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  const said = { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${said.stderr}${said.stdout}`);
  return said;
}

/** What every object has. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

export interface KubeAnswer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  /** What the server warned of. */
  readonly warnings: readonly string[];
}

const agent = new Agent({ connect: { ca: readFileSync(cluster.caFile) }, connections: 20 });

/** One call of the API; `token` is the administrator's unless another is given. */
export async function call(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  {
    type = 'application/json',
    token = cluster.token,
  }: { readonly type?: string; readonly token?: string } = {},
): Promise<KubeAnswer> {
  const response = await request(`${cluster.url}${path}`, {
    method,
    dispatcher: agent,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const json = (await response.body.json()) as Readonly<Record<string, unknown>>;
  const warnings = [response.headers['warning'] ?? []].flat();
  return { status: response.statusCode, json, warnings };
}

/** As `call`. @throws when the server refuses */
export async function must(...args: Parameters<typeof call>): Promise<KubeAnswer['json']> {
  const { status, json } = await call(...args);
  if (status >= 400) throw new Error(`${args[0]} ${args[1]}: ${status} ${JSON.stringify(json)}`);
  return json;
}

export async function list(path: string): Promise<KubeObject[]> {
  const { items = [] } = (await must('GET', path)) as { items?: KubeObject[] };
  return items;
}

export const MERGE = 'application/merge-patch+json';

/** Applies definitions of resources, and waits until the server serves them. */
export async function applyDefinitions(text: string): Promise<void> {
  await run('kubectl', ['apply', '--server-side', '--force-conflicts', '-f', '-'], text);
  await run('kubectl', ['wait', '--for=condition=Established', '--timeout=60s', '-f', '-'], text);
}

/** The definitions of others' resources, from the modules that bring them. */
export async function definitionsOf(module: string, folder: string, ...only: string[]): Promise<string> {
  const path = join(schemas[module] ?? '', folder);
  const files = (await readdir(path)).filter((file) => only.some((part) => file.includes(part)));
  const texts = await Promise.all(files.map(async (file) => readFile(join(path, file), 'utf8')));
  return texts.join('\n---\n');
}

/** Waits until it is so. @throws with the last answer when it does not become so */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  isSo: (answer: T) => boolean,
  { patience = 60_000, pause = 100 }: { readonly patience?: number; readonly pause?: number } = {},
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (performance.now() > deadline) {
      throw new Error(`${what} does not become so: ${JSON.stringify(answer).slice(0, 4_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
