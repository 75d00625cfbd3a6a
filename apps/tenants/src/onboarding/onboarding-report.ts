import { toView, type Onboarding } from './onboarding.js';

export interface OnboardingReport {
  readonly name: string;
  readonly contentType: string;
  readonly content: string;
}

/** What became of an onboarding, to keep or to send on. */
export function reportOf(onboarding: Onboarding, format: 'json' | 'text'): OnboardingReport {
  const name = `onboarding-${onboarding.slug}-${onboarding.createdAt.toISOString().slice(0, 10)}`;
  if (format === 'json') {
    const { requestedBy } = onboarding;
    const report = { ...toView(onboarding), requestedBy: requestedBy.name ?? requestedBy.id };
    const content = `${JSON.stringify(report, null, 2)}\n`;
    return { name: `${name}.json`, contentType: 'application/json; charset=utf-8', content };
  }
  return { name: `${name}.txt`, contentType: 'text/plain; charset=utf-8', content: textOf(onboarding) };
}

function textOf(onboarding: Onboarding): string {
  const { slug, tenantId, id, bundleDigest, state, step, progress, failure, verification } = onboarding;
  const { requestedBy, createdAt, finishedAt } = onboarding;
  const counted = ({ done, total }: { readonly done: number; readonly total: number }) =>
    `${done} of ${total}`;
  const facts: readonly (readonly [string, string])[] = [
    ['Academy', slug],
    ['Tenant', tenantId],
    ['Onboarding', id],
    ['Folder (SHA-256)', bundleDigest],
    ['Asked for by', requestedBy.name ?? requestedBy.id ?? 'unknown'],
    ['Begun', createdAt.toISOString()],
    ['Finished', finishedAt?.toISOString() ?? 'not yet'],
    ['State', state === 'failed' ? `failed at the step "${step}"` : state],
    ['People', counted(progress.users)],
    ['Courses', counted(progress.courses)],
    ['Enrolments', counted(progress.enrolments)],
  ];
  const lines = facts.map(([name, value]) => `${name.padEnd(18)}${value}`);
  if (failure !== null) lines.push('', `What went wrong: ${failure.detail} (${failure.code})`);
  if (verification !== null) {
    const { checkedAt, matches, differences } = verification;
    const verdict = matches ? 'The academy has what the folder has.' : 'The academy differs from the folder:';
    lines.push(
      '',
      `Compared ${checkedAt.toISOString()}: ${verdict}`,
      ...differences.map((one) => `  - ${one}`),
    );
  }
  return `Onboarding report\n=================\n\n${lines.join('\n')}\n`;
}
