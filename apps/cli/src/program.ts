import { Command, CommanderError } from 'commander';
import { problem } from '#libs/contracts';
import { bundleIssue } from '#libs/contracts/tenants';
import { z } from 'zod';
import type { CliContext } from './cli-context.js';
import { addDomains } from './commands/domains.js';
import { addEvents } from './commands/events.js';
import { addMigrate } from './commands/migrate.js';
import { addShards } from './commands/shards.js';
import { addTenants } from './commands/tenants.js';
import { Failure } from './failure.js';
import { line } from './terminal.js';

/** Runs one command line (without node and script). Answers the exit code: 0 only on success. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const program = createProgram(context);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof Failure)) throw error;
    context.terminal.err(args.includes('--json') ? asJson(error) : asText(error));
    return 1;
  }
}

function createProgram(context: CliContext): Command {
  const { terminal } = context;
  const program = new Command('harka')
    .description('The operator at the command line: tenants, shards, domains, events.')
    .option('--json', 'print JSON, for scripts')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(see --help)')
    .showSuggestionAfterError();
  addTenants(program, context);
  addShards(program, context);
  addDomains(program, context);
  addEvents(program, context);
  addMigrate(program, context);
  inherit(program);
  return program;
}

/** Sub-commands made by `command()` copy settings only as they were at that moment. */
function inherit(parent: Command): void {
  for (const child of parent.commands) {
    child.copyInheritedSettings(parent);
    inherit(child);
  }
}

function asJson({ code, message, problem: said }: Failure): string {
  return line(JSON.stringify(said ?? { code, detail: message }));
}

const withIssues = z.looseObject({ ...problem.shape, issues: z.array(bundleIssue) });

/** The places of a folder's faults as compilers tell them, so that editors can jump there. */
function asText({ message, problem: said }: Failure): string {
  const bundle = withIssues.safeParse(said);
  if (bundle.success) {
    const places = bundle.data.issues.map(({ file, line: row, column, detail, help }) => {
      const place = [file, row, column].filter((part) => part !== null).join(':');
      return line(`${place}: ${detail} ${help}`);
    });
    return `${places.join('')}${line(message)}`;
  }
  const faults = said?.errors?.map(({ pointer, detail }) => line(`  ${pointer}: ${detail}`)) ?? [];
  return `${line(`harka: ${message}`)}${faults.join('')}`;
}
