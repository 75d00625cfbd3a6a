import { KubeConfig } from '@kubernetes/client-node';
import { ConfigError, loadConfig, processEnvironment } from '#libs/config';
import { startInternalServer } from './internal-server.js';
import { operatorConfig } from './operator.config.js';
import { Operator } from './operator.js';

async function main(): Promise<number> {
  const config = loadConfig(operatorConfig, processEnvironment());
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromDefault();
  const operator = new Operator(config, kubeConfig);
  const server = await startInternalServer(operator, {
    host: config.HARKA_INTERNAL_HOST,
    port: config.HARKA_METRICS_PORT,
  });
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        resolve('stopped');
      });
    }
  });
  const ended = await Promise.race([operator.run(), stopped]);
  // Somebody else may be at work already: nothing of ours is finished first.
  if (ended === 'lost') return 1;
  await operator.stop();
  server.close();
  server.closeAllConnections();
  return 0;
}

try {
  process.exit(await main());
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`operator: ${error.message}\n`);
  process.exitCode = 1;
}
