import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processEnvironment } from '#libs/config';

const CONFIGURATION = 'deploy/haproxy/haproxy.cfg';
const run = promisify(execFile);

/** A HAProxy with the configuration of this repository, on ports of its own. */
export class Edge {
  private process: ChildProcess | undefined;
  private log = '';

  private constructor(
    private readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
    readonly httpPort: number,
    readonly httpsPort: number,
    readonly statsPort: number,
  ) {}

  /** An edge before these gateways, with a certificate for `*.localhost` made now. It does not run yet. */
  static async prepare(gateways: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'harka-edge-'));
    await makeCertificate(folder);
    const [http, https, stats] = await Promise.all([freePort(), freePort(), freePort()]);
    const named: Record<string, string> = {};
    for (const [index, address] of gateways.entries()) named[`HARKA_GATEWAY_${index + 1}`] = address;
    return new Edge(folder, { ...named, ...settings }, http, https, stats);
  }

  /** What `haproxy -c` says. @throws Error when it finds a fault. */
  async check(): Promise<string> {
    const { stdout, stderr } = await run('haproxy', ['-c', '-f', CONFIGURATION], { env: this.environment() });
    return stdout + stderr;
  }

  async start(): Promise<void> {
    const child = spawn('haproxy', ['-db', '-f', CONFIGURATION], { env: this.environment() });
    this.process = child;
    const listen = (chunk: Buffer) => (this.log += chunk.toString());
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => (this.log += error.message));
    const deadline = Date.now() + 10_000;
    while (!(await this.answers())) {
      if (Date.now() > deadline) throw new Error(`haproxy does not answer: ${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** What it has logged so far. */
  get logged(): string {
    return this.log;
  }

  async metrics(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.statsPort}/metrics`);
    return response.text();
  }

  async close(): Promise<void> {
    const child = this.process;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.statsPort}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  private environment(): Record<string, string> {
    return {
      PATH: processEnvironment()['PATH'] ?? '/usr/sbin:/usr/bin:/bin',
      HARKA_EDGE_HTTP_BIND: `127.0.0.1:${this.httpPort}`,
      HARKA_EDGE_HTTPS_BIND: `127.0.0.1:${this.httpsPort}`,
      HARKA_EDGE_HTTPS_SUFFIX: `:${this.httpsPort}`,
      HARKA_EDGE_STATS_BIND: `127.0.0.1:${this.statsPort}`,
      HARKA_EDGE_CERTS: this.folder,
      HARKA_EDGE_MAXCONN: '500',
      ...this.settings,
    };
  }
}

async function makeCertificate(folder: string): Promise<void> {
  const names = 'subjectAltName=DNS:localhost,DNS:*.localhost';
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const files = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
  await run('openssl', ['req', '-x509', ...kind, '-subj', '/CN=localhost', '-addext', names, ...files]);
}

/** A port that is free at this moment, and on which nobody answers. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
