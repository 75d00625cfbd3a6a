import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createTcp, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { cluster, must, until } from './cluster.js';

/** A login as the operator's own account, through a wire that can be frozen. */
export async function loginOf(
  account: string,
  namespace: string,
  folder: string,
  server: string,
): Promise<string> {
  const { status } = (await must('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 7200 },
  })) as { status: { token: string } };
  const file = join(folder, `${account}.kubeconfig`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': cluster.caFile } }],
    users: [{ name: account, user: { token: status.token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: account } }],
    'current-context': 'test',
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}

/** The operator as a process of its own, as the image runs it. */
export class OperatorProcess {
  private child: ChildProcess | undefined;
  private readonly said: string[] = [];
  private port = 0;

  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  async start(identity: string, settings: Readonly<Record<string, string>> = {}): Promise<void> {
    this.port = await freePort();
    this.child = spawn(
      process.execPath,
      ['--max-semi-space-size=2', '--max-old-space-size=96', 'dist/apps/operator/src/main.js'],
      {
        env: {
          PATH: process.execPath,
          ...this.environment,
          HARKA_METRICS_PORT: String(this.port),
          HARKA_OPERATOR_IDENTITY: identity,
          HARKA_OPERATOR_LEASE: '3',
          HARKA_OPERATOR_POLL: '1',
          HARKA_LOG_LEVEL: 'warn',
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const hear = (chunk: Buffer) => this.said.push(chunk.toString());
    this.child.stdout?.on('data', hear);
    this.child.stderr?.on('data', hear);
    await until(
      '/healthz',
      async () => this.ask('/healthz'),
      (text) => text.includes('alive'),
    );
  }

  /** As the kernel does when memory runs out. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As a roll-out does. Answers the exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  get log(): string {
    return this.said.join('');
  }

  /** The body, or nothing while it does not answer. */
  async ask(path: string): Promise<string> {
    try {
      return await (await fetch(`http://127.0.0.1:${this.port}${path}`)).text();
    } catch {
      return '';
    }
  }

  async metric(name: string): Promise<number> {
    const lines = (await this.ask('/metrics')).split('\n').filter((line) => line.startsWith(name));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** What it holds of the machine's memory, in MB. */
  async memory(): Promise<number> {
    const status = await readFile(`/proc/${this.child?.pid ?? 0}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null) return child?.exitCode ?? null;
    const closed = once(child, 'close') as Promise<[number | null]>;
    child.kill(signal);
    return (await closed)[0];
  }
}

/** A wire to the API server. Frozen, it swallows what is sent on open connections and closes none: a firewall that forgot. */
export class Wire {
  private readonly server: Server;
  private readonly open = new Set<{ readonly near: Socket; readonly far: Socket }>();

  constructor() {
    const target = new URL(cluster.url);
    this.server = createTcp((near) => {
      const far = connect(Number(target.port), target.hostname);
      const pair = { near, far };
      this.open.add(pair);
      near.pipe(far);
      far.pipe(near);
      const drop = () => {
        this.open.delete(pair);
        near.destroy();
        far.destroy();
      };
      for (const socket of [near, far]) socket.on('error', drop).on('close', drop);
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  freeze(): void {
    for (const { near, far } of this.open) {
      near.unpipe(far).pause();
      far.unpipe(near).pause();
    }
  }

  stop(): void {
    for (const { near, far } of this.open) {
      near.destroy();
      far.destroy();
    }
    this.server.close();
  }
}

async function freePort(): Promise<number> {
  const server = createTcp();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
