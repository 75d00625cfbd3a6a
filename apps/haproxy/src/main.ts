import { ConfigError, loadConfig, processEnvironment } from '#libs/config';
import { createLogger, processMetrics } from '#libs/metrics';
import { Readiness, startInternalServer, untilStopped } from '#libs/service';
import { PgShardDirectory } from '#libs/sharding';
import { CertificateKeeper } from './certificates/certificate-keeper.js';
import { FolderCertificateSource } from './certificates/folder.certificate-source.js';
import { EdgeKeeper } from './edge-keeper.js';
import { EdgeMetrics } from './edge-metrics.js';
import { haproxyConfig, type HaproxyConfig } from './haproxy.config.js';
import { MapFiles } from './maps/map-files.js';
import { MapKeeper } from './maps/map-keeper.js';
import { RuntimeApi } from './runtime/runtime-api.js';

/** How long a HAProxy waits for its first maps when the directory is away: it is of use without them. */
const FIRST_MAPS_MS = 15_000;

function certificatesOf(api: RuntimeApi, config: HaproxyConfig): CertificateKeeper | null {
  const { HARKA_EDGE_CERT_SOURCE: source, HARKA_EDGE_DOMAIN_CERTS: folder } = config;
  if (source === undefined || folder === undefined) return null;
  return new CertificateKeeper(api, new FolderCertificateSource(source), folder);
}

async function main(): Promise<void> {
  const config = loadConfig(haproxyConfig, processEnvironment());
  const logger = createLogger({ service: 'haproxy', level: config.HARKA_LOG_LEVEL });
  const warn = (words: string, detail: object) => {
    logger.warn(detail, words);
  };
  const directory = new PgShardDirectory({
    url: config.HARKA_DIRECTORY_URL,
    login: { user: 'harka_router', password: config.HARKA_DATABASE_PASSWORDS.harka_router },
    pollMs: 1_000,
    onError: (error) => {
      warn('the directory cannot be read', { err: error });
    },
  });
  const api = new RuntimeApi(config.HARKA_EDGE_SOCKET);
  const files = new MapFiles(config.HARKA_EDGE_MAPS);
  const metrics = new EdgeMetrics();
  const keeper = new EdgeKeeper({
    directory,
    terms: {
      baseDomain: config.HARKA_BASE_DOMAIN,
      replicas: config.HARKA_EDGE_REPLICAS,
      pageRequests: config.HARKA_EDGE_HOST_RATE,
    },
    api,
    maps: new MapKeeper(api, files),
    certificates: certificatesOf(api, config),
    metrics,
    warn,
  });
  await files.ensure();
  if (config.HARKA_EDGE_ONCE) {
    await writeOnce(keeper, warn);
    await directory.close();
    return;
  }
  const readiness = new Readiness();
  readiness.require('edge', async () => {
    keeper.requireSuccess();
    return Promise.resolve();
  });
  const internal = await startInternalServer(
    [
      { name: 'haproxy', readiness, registry: metrics.registry },
      { name: 'node', readiness: new Readiness(), registry: processMetrics() },
    ],
    { host: config.HARKA_INTERNAL_HOST, port: config.HARKA_METRICS_PORT },
  );
  const stop = new AbortController();
  const keeping = keeper.keep(stop.signal);
  logger.info({ socket: config.HARKA_EDGE_SOCKET }, 'the edge is kept as the directory has it');
  await untilStopped();
  stop.abort();
  await keeping;
  await directory.close();
  await internal.close();
}

async function writeOnce(keeper: EdgeKeeper, warn: (words: string, detail: object) => void): Promise<void> {
  const deadline = Date.now() + FIRST_MAPS_MS;
  for (;;) {
    try {
      await keeper.write();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        warn('HAProxy starts without the hosts of the directory', { err: error });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
