import { ConfigError, loadConfig, processEnvironment } from '#libs/config';
import { migrate } from './migrate.js';
import { planOf } from './migration-plan.js';
import { migratorConfig } from './migrator.config.js';
import { lineOf } from './report-lines.js';
import { services } from './services.js';

const asJson = process.argv.includes('--json');

function print(line: string, json: object): void {
  process.stdout.write(`${asJson ? JSON.stringify(json) : line}\n`);
}

async function main(): Promise<boolean> {
  const config = loadConfig(migratorConfig, processEnvironment());
  return migrate({
    directoryUrl: config.HARKA_DIRECTORY_URL,
    shards: config.HARKA_SHARDS,
    passwords: config.HARKA_DATABASE_PASSWORDS,
    parallel: config.HARKA_MIGRATOR_PARALLEL,
    plan: planOf(services),
    onReport: (report) => {
      print(lineOf(report), report);
    },
    onUnknownShard: (name) => {
      print(`${name}: in the directory but not in HARKA_SHARDS, so not migrated`, {
        database: name,
        unknown: true,
      });
    },
  });
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const { message } = error;
  process.stderr.write(
    `${error instanceof ConfigError ? message : `The databases were not migrated: ${message}`}\n`,
  );
  process.exitCode = 1;
}
