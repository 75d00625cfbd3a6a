import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MapFiles } from '#apps/haproxy';
import { processEnvironment } from '#libs/config';

const CONFIGURATION = 'deploy/haproxy/haproxy.cfg';
const run = promisify(execFile);

/** A HAProxy with the configuration of this repository, on ports of its own. */
export class Edge {
  private process: ChildProcess | undefined;
  private log = '';

  private constructor(
    readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
    readonly httpPort: number,
    readonly httpsPort: number,
    readonly statsPort: number,
  ) {}

  /** An edge before these gateways, with a certificate for `*.localhost` made now. It does not run yet. */
  static async prepare(gateways: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'harka-edge-'));
    await mkdir(join(folder, 'certs'));
    await makeCertificate(join(folder, 'certs', 'tls'), ['localhost', '*.localhost']);
    const [http, https, stats] = await Promise.all([freePort(), freePort(), freePort()]);
    const named: Record<string, string> = {};
    for (const [index, address] of gateways.entries()) named[`HARKA_GATEWAY_${index + 1}`] = address;
    return new Edge(folder, { ...named, ...settings }, http, https, stats);
  }

  /** An edge whose maps and certificates somebody keeps; the maps are empty. */
  static async prepareKept(gateways: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const edge = await Edge.prepare(gateways, settings);
    await mkdir(edge.domainCertificates);
    await mkdir(edge.brought);
    await new MapFiles(edge.maps).ensure();
    return new Edge(
      edge.folder,
      {
        HARKA_EDGE_SOCKET: edge.socket,
        HARKA_EDGE_MAPS: edge.maps,
        HARKA_EDGE_DOMAIN_CERTS: edge.domainCertificates,
        ...edge.settings,
      },
      edge.httpPort,
      edge.httpsPort,
      edge.statsPort,
    );
  }

  get socket(): string {
    return join(this.folder, 'admin.sock');
  }

  get maps(): string {
    return join(this.folder, 'maps');
  }

  /** Where HAProxy reads them. */
  get domainCertificates(): string {
    return join(this.folder, 'domains');
  }

  /** Where somebody puts them. */
  get brought(): string {
    return join(this.folder, 'brought');
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

  /** Ends it; it can be started again. */
  async stop(): Promise<void> {
    const child = this.process;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
  }

  async close(): Promise<void> {
    await this.stop();
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
      HARKA_EDGE_CERTS: join(this.folder, 'certs'),
      HARKA_EDGE_MAXCONN: '500',
      ...this.settings,
    };
  }
}

/** `<path>.crt` and `<path>.key`, for these names. */
export async function makeCertificate(path: string, names: readonly string[]): Promise<void> {
  const [first = 'localhost'] = names;
  const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`;
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const files = ['-keyout', `${path}.key`, '-out', `${path}.crt`];
  await run('openssl', ['req', '-x509', ...kind, '-subj', `/CN=${first}`, '-addext', alternatives, ...files]);
}

/** A port that is free at this moment, and on which nobody answers. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
