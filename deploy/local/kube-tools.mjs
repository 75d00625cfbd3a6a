import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say, step } from './console.mjs';
import { findProgram } from './debian.mjs';
import { takeLock } from './lock.mjs';
import { Problem, Stopped } from './problem.mjs';

const POLL_MS = 1_000;
const TRIES = 3;
const FLOOR = [1, 24];
/** Beside others' work, not before it. */
const NICENESS = '10';
const GO_FOLDER = '/usr/local/go/bin';
const VERSION = 'k8s.io/component-base/version';

/** Every program that the tests run, by the package of the pinned module that it is built from. */
const PROGRAMS = {
  etcd: 'go.etcd.io/etcd/server/v3',
  helm3: 'helm.sh/helm/v3/cmd/helm',
  helm4: 'helm.sh/helm/v4/cmd/helm',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
};
/** Modules of which only the definitions of their resources are read. */
const SCHEMAS = [
  'github.com/prometheus-operator/prometheus-operator',
  'sigs.k8s.io/gateway-api',
  'github.com/external-secrets/external-secrets',
];

/** Nobody answers where modules come from: no fault of what is tested. */
export class NoModules extends Problem {}

/** The Go of this machine, or null when there is none that is new enough. */
export async function findGo(children) {
  const path = findProgram('go', { PATH: `${process.env.PATH ?? ''}${delimiter}${GO_FOLDER}` });
  if (path === null) return null;
  const { code, tail } = await children.run('go-version', path, ['env', 'GOVERSION'], { cwd: '/' });
  const version = tail.at(-1) ?? '';
  return code === 0 && isNewEnough(version) ? { path, version } : null;
}

/** `go1.26.8` */
export function isNewEnough(version) {
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return false;
  return Number(major) > FLOOR[0] || (Number(major) === FLOOR[0] && Number(minor) >= FLOOR[1]);
}

/** The programs of `test/k8s/tools`, built where they are not in the cache yet. Tells the folder of each. */
export async function prepareTools({ root, children, go }) {
  const source = join(root, 'test/k8s/tools');
  const definition = readFileSync(join(source, 'go.mod'), 'utf8');
  const kubernetes = /k8s\.io\/kubernetes v(\S+)/.exec(definition)?.[1];
  if (kubernetes === undefined) throw new Problem(`${source}/go.mod names no Kubernetes.`);
  const sums = readFileSync(join(source, 'go.sum'), 'utf8');
  const key = hash([definition, sums, go.version, JSON.stringify(PROGRAMS)]);
  const folder = join(cacheFolder(process.env), 'tools', key);
  mkdirSync(folder, { recursive: true });
  const missing = () => Object.keys(PROGRAMS).filter((name) => !existsSync(join(folder, name)));
  if (missing().length > 0) {
    const flags = ldflags(kubernetes);
    await download({ children, go, source, module: `k8s.io/kubernetes@v${kubernetes}` });
    await alone(children, join(folder, 'lock'), async () => {
      for (const name of missing()) {
        await step(`Building ${name}`, () => build({ children, go, source, folder, name, flags }));
      }
    });
  }
  return { folder, kubernetes };
}

/** Where the modules lie whose resources the chart may use. */
export async function prepareSchemas({ root, children, go }) {
  const source = join(root, 'test/k8s/schemas');
  const folders = {};
  for (const module of SCHEMAS) {
    const version = new RegExp(`${module} v(\\S+)`).exec(readFileSync(join(source, 'go.mod'), 'utf8'))?.[1];
    const lines = await download({ children, go, source, module: `${module}@v${version}` });
    folders[module] = JSON.parse(lines.join('\n')).Dir;
  }
  return folders;
}

/** `$XDG_CACHE_HOME/harka`: outside of every clone, so that each version is built once on a machine. */
export function cacheFolder(environment) {
  const base = environment.XDG_CACHE_HOME;
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'harka');
}

/** What Go tells of a module, in lines of JSON. @throws NoModules when it cannot be had */
async function download({ children, go, source, module }) {
  const lines = [];
  await repeat(
    children,
    () => {
      lines.length = 0;
      return children.run('go-download', go.path, ['mod', 'download', '-json', module], {
        cwd: source,
        env: goEnvironment(),
        onLine: (line) => lines.push(line),
      });
    },
    (tail) => new NoModules(`The module ${module} could not be fetched: ${tail}`),
  );
  return lines;
}

async function build({ children, go, source, folder, name, flags }) {
  const draft = join(folder, `${name}.new`);
  await repeat(
    children,
    () =>
      children.run(
        'go-build',
        'nice',
        ['-n', NICENESS, go.path, 'build', '-trimpath', '-ldflags', flags, '-o', draft, PROGRAMS[name]],
        { cwd: source, env: goEnvironment() },
      ),
    (tail) => new Problem(`Building ${name} failed: ${tail}`),
  );
  renameSync(draft, join(folder, name));
}

/** A network that is away for a moment is no reason to give up: Go goes on where it stopped. */
async function repeat(children, attempt, problemOf) {
  for (let tries = 1; ; tries += 1) {
    const { code, tail } = await attempt();
    if (code === 0) return;
    if (tries === TRIES) throw problemOf(tail.slice(-5).join(' '));
    await sleep(POLL_MS * tries);
    if (children.closed) throw new Stopped();
  }
}

function goEnvironment() {
  return {
    ...process.env,
    CGO_ENABLED: '0',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    GOFLAGS: '-mod=readonly -buildvcs=false',
  };
}

/** What a build from the release's own Makefile writes into the programs: a client compares versions. */
function ldflags(version) {
  const [major, minor] = version.split('.');
  return `-s -w -X ${VERSION}.gitVersion=v${version} -X ${VERSION}.gitMajor=${major} -X ${VERSION}.gitMinor=${minor}`;
}

async function alone(children, file, work) {
  let lock = takeLock(file);
  if (lock.holder !== undefined) say(`  …  Waiting for process ${lock.holder}, which is building the tools`);
  while (lock.holder !== undefined) {
    if (children.closed) throw new Stopped();
    await sleep(POLL_MS);
    lock = takeLock(file);
  }
  try {
    await work();
  } finally {
    lock.release();
  }
}

function hash(parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}
