import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { choosePort } from './ports.mjs';
import { Problem } from './problem.mjs';

const LOOPBACK = '127.0.0.1';
const POLL_MS = 200;
const START_MS = 120_000;
const STOP = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 5_000],
];
/** Who logs in with a token: name, groups. */
const LOGINS = {
  admin: ['admin', 'system:masters'],
  'controller-manager': ['system:kube-controller-manager', ''],
  scheduler: ['system:kube-scheduler', ''],
};
/** Nodes are not machines here: what watches their heartbeat would take them away. */
const CONTROLLERS =
  '*,-node-lifecycle-controller,-node-ipam-controller,-node-route-controller,-cloud-node-lifecycle-controller';
const AUDIT_POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: Metadata
`;

/** A Kubernetes control plane, with TLS, RBAC and every admission plugin that is on by default; no machine runs a pod. */
export class KubeCluster {
  #children;
  #data;
  #tools;
  #running = [];
  #log = [];
  #tokens = Object.fromEntries(Object.keys(LOGINS).map((name) => [name, randomBytes(24).toString('hex')]));

  constructor({ children, data, tools }) {
    this.#children = children;
    this.#data = data;
    this.#tools = tools;
  }

  /** Tells the environment by which tests find it. */
  async start() {
    const etcd = await this.#startEtcd();
    const port = await choosePort();
    const url = `https://${LOOPBACK}:${port}`;
    await this.#startServer(etcd, port);
    const ca = this.#file('certificates', 'apiserver.crt');
    await this.#until('The API server', () => existsSync(ca) && answers(url, readFileSync(ca)));
    const kubeconfig = this.#kubeconfig('admin', url, ca);
    await this.#run('kube-controller-manager', [
      `--kubeconfig=${this.#kubeconfig('controller-manager', url, ca)}`,
      `--service-account-private-key-file=${this.#file('accounts.key')}`,
      `--root-ca-file=${ca}`,
      `--controllers=${CONTROLLERS}`,
      '--use-service-account-credentials=true',
      '--leader-elect=false',
      '--secure-port=0',
    ]);
    await this.#run('kube-scheduler', [
      `--kubeconfig=${this.#kubeconfig('scheduler', url, ca)}`,
      '--leader-elect=false',
      '--secure-port=0',
    ]);
    return {
      HARKA_TEST_KUBE_URL: url,
      HARKA_TEST_KUBE_CA: ca,
      HARKA_TEST_KUBE_TOKEN: this.#tokens.admin,
      HARKA_TEST_KUBE_AUDIT: this.#file('audit.log'),
      HARKA_TEST_KUBECONFIG: kubeconfig,
    };
  }

  async stop() {
    for (const child of this.#running.splice(0).reverse()) await child.end(STOP);
  }

  /** What the parts said last. */
  get log() {
    return this.#log;
  }

  async #startEtcd() {
    const client = `http://${LOOPBACK}:${await choosePort()}`;
    const peer = `http://${LOOPBACK}:${await choosePort()}`;
    await this.#run('etcd', [
      `--data-dir=${this.#data.folder('kube', 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
    ]);
    return client;
  }

  async #startServer(etcd, port) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const tokens = Object.entries(LOGINS).map(([name, [user, groups]]) =>
      [this.#tokens[name], user, name, groups].filter(Boolean).join(','),
    );
    await this.#run('kube-apiserver', [
      `--etcd-servers=${etcd}`,
      `--bind-address=${LOOPBACK}`,
      `--secure-port=${port}`,
      `--cert-dir=${this.#data.folder('kube', 'certificates')}`,
      `--token-auth-file=${this.#write('tokens.csv', `${tokens.join('\n')}\n`)}`,
      '--authorization-mode=RBAC',
      '--anonymous-auth=true',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${this.#write('accounts.pub', publicKey)}`,
      `--service-account-signing-key-file=${this.#write('accounts.key', privateKey)}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--endpoint-reconciler-type=none',
      `--audit-policy-file=${this.#write('audit.yaml', AUDIT_POLICY)}`,
      `--audit-log-path=${this.#file('audit.log')}`,
    ]);
  }

  async #run(name, args) {
    const child = await this.#children.start(name, join(this.#tools, name), args, {
      cwd: this.#data.path,
      onLine: (line) => {
        this.#log.push(`${name}: ${line}`);
        if (this.#log.length > 2_000) this.#log.shift();
      },
    });
    this.#running.push(child);
  }

  async #until(what, isTrue) {
    const deadline = performance.now() + START_MS;
    while (!(await isTrue())) {
      const gone = this.#running.find((child) => !child.running);
      if (gone || performance.now() > deadline) {
        const last = this.#log.slice(-5).join('\n');
        throw new Problem(`${what} ${gone ? 'ended' : 'does not become ready'}. It said last:\n${last}`);
      }
      await sleep(POLL_MS);
    }
  }

  #kubeconfig(name, server, ca) {
    return this.#write(
      `${name}.kubeconfig`,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'test', cluster: { server, 'certificate-authority': ca } }],
        users: [{ name, user: { token: this.#tokens[name] } }],
        contexts: [{ name: 'test', context: { cluster: 'test', user: name } }],
        'current-context': 'test',
      }),
    );
  }

  #file(...names) {
    return this.#data.file('kube', ...names);
  }

  #write(name, text) {
    const path = join(this.#data.folder('kube'), name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }
}

/** Ready, and with the roles that it brings: they are there a moment after it listens. */
function answers(url, ca) {
  return new Promise((resolve) => {
    const asked = request(`${url}/readyz`, { ca, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
