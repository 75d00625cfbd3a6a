import type { Command } from 'commander';
import type { OperatorApi } from './operator-api.js';
import { line, type Terminal } from './terminal.js';

/** What commands work with. */
export interface CliContext {
  readonly api: OperatorApi;
  readonly terminal: Terminal;
  /** Runs the migrator with these arguments. Answers its exit code. */
  readonly migrate: (args: readonly string[]) => Promise<number>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

/** Prints a result for scripts or for people. */
export function show(context: CliContext, command: Command, value: unknown, forPeople: () => string): void {
  context.terminal.out(wantsJson(command) ? line(JSON.stringify(value)) : forPeople());
}
