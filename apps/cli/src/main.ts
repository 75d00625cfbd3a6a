import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError, loadConfig, processEnvironment } from '#libs/config';
import { cliConfig } from './cli.config.js';
import { findToken } from './operator-token.js';
import { HttpOperatorApi } from './operator-api.http-client.js';
import { runCli } from './program.js';
import { processTerminal } from './terminal.js';

const migrator = new URL('../../migrator/src/main.js', import.meta.url);

async function migrate(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [migrator.pathname, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

try {
  const config = loadConfig(cliConfig, processEnvironment());
  const api = new HttpOperatorApi(config, () => findToken(config));
  const wait = (milliseconds: number) => delay(milliseconds);
  process.exitCode = await runCli(process.argv.slice(2), { api, terminal: processTerminal(), migrate, wait });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`harka: ${error.message}\n`);
  process.exitCode = 1;
}
