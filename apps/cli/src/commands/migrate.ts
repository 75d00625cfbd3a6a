import type { Command } from 'commander';
import { wantsJson, type CliContext } from '../cli-context.js';
import { Failure } from '../failure.js';

export function addMigrate(program: Command, context: CliContext): void {
  program
    .command('migrate')
    .description(
      'bring the directory and every shard up to date (needs HARKA_DIRECTORY_URL and HARKA_SHARDS)',
    )
    .action(async (_options: object, command: Command) => {
      const code = await context.migrate(wantsJson(command) ? ['--json'] : []);
      if (code !== 0) {
        throw new Failure(
          'Not every database was migrated; see above. Repeat it: what is done stays done.',
          'migrate.failed',
        );
      }
    });
}
