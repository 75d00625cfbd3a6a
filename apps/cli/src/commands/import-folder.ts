import type { Command } from 'commander';
import { checkBundle, showOnboarding, startOnboarding, type Onboarding } from '#libs/contracts/tenants';
import { show, wantsJson, type CliContext } from '../cli-context.js';
import { Failure } from '../failure.js';
import { readFolder } from '../folder.js';
import { progressOf, type Progress } from '../progress.js';
import { line } from '../terminal.js';

const POLL = 300;
const PATIENCE = 60;

export function addImport(tenants: Command, context: CliContext): void {
  tenants
    .command('import')
    .description('bring an academy in from a folder; repeating it goes on where it stopped, or verifies')
    .argument('<folder>', 'holds tenant.yaml, users.csv, courses/ and, if need be, enrolments.csv')
    .option('--check', 'only say what is wrong with the folder')
    .action(async (folder: string, { check }: { check?: boolean }, command: Command) => {
      await (check === true ? checkFolder : importFolder)(folder, context, command);
    });
}

async function checkFolder(folder: string, context: CliContext, command: Command): Promise<void> {
  const found = await context.api.call(checkBundle, { body: await readFolder(folder) });
  const { slug, users, courses, enrolments } = found;
  show(context, command, found, () =>
    line(`${slug} can be imported: ${users} users, ${courses} courses, ${enrolments} enrolments.`),
  );
}

async function importFolder(folder: string, context: CliContext, command: Command): Promise<void> {
  const body = await readFolder(folder);
  let onboarding = await context.api.call(startOnboarding, { body });
  const wasDone = onboarding.state === 'done';
  const progress = progressOf(context.terminal, wantsJson(command) || wasDone);
  try {
    onboarding = await followed(onboarding, context, progress);
  } finally {
    progress.end();
  }
  if (onboarding.state === 'failed') {
    throw new Failure(
      `${onboarding.failure?.detail ?? 'The import failed.'} It stopped at the step "${onboarding.step}"; repeat the command to go on.`,
      onboarding.failure?.code,
    );
  }
  show(context, command, onboarding, () => summary(onboarding, wasDone));
}

async function followed(begun: Onboarding, context: CliContext, progress: Progress): Promise<Onboarding> {
  let onboarding = begun;
  progress.show(onboarding);
  while (onboarding.state === 'running') {
    await context.wait(POLL);
    onboarding = await patiently(context, onboarding);
    progress.show(onboarding);
  }
  return onboarding;
}

/** The import goes on by itself when the platform is started again: that is worth a minute's wait. */
async function patiently({ api, wait }: CliContext, { id }: Onboarding): Promise<Onboarding> {
  for (let left = PATIENCE; ; left -= 1) {
    try {
      return await api.call(showOnboarding, { params: { onboardingId: id } });
    } catch (error) {
      if (left === 0 || !(error instanceof Failure) || !isPassing(error)) throw error;
      await wait(1_000);
    }
  }
}

function isPassing({ code, problem }: Failure): boolean {
  return code === 'cli.unreachable' || problem?.status === 503;
}

function summary({ slug, tenantId, progress, verification }: Onboarding, wasDone: boolean): string {
  const { users, courses, enrolments } = progress;
  const counts = `${users.total} users, ${courses.total} courses, ${enrolments.total} enrolments`;
  if (!wasDone) return line(`${slug} is in and verified: ${counts} (tenant ${tenantId}).`);
  if (verification?.matches !== false) {
    return line(`${slug} was imported before; it still matches: ${counts}.`);
  }
  return line(`${slug} was imported before and has changed since: ${verification.differences.join('; ')}.`);
}
