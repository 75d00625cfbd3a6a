import { createHash } from 'node:crypto';
import { termsOf, type Plan, type PlanTerms } from '#libs/contracts';
import type { KubeObject } from '../kube/kube-object.js';

const PREFIX = 'harka-tenant-';
const LONGEST = 63;
export const TENANT_LABEL = 'harka.ai/tenant';
export const RESIDENCY_LABEL = 'harka.ai/residency';

/** A roll-out starts new pods before old ones end: what a plan grants and a quarter more. */
const SURGE = 5 / 4;
/** What a container may use above what it asked for. */
const BURST = 2;

export interface PlanObjects {
  readonly quotas: readonly KubeObject[];
  readonly limits: KubeObject;
}

/** The namespace of a dedicated tenant. A slug that is too long is cut, and told apart by its digest. */
export function namespaceOf(slug: string): string {
  if (PREFIX.length + slug.length <= LONGEST) return `${PREFIX}${slug}`;
  const digest = createHash('sha256').update(slug).digest('hex').slice(0, 8);
  return `${PREFIX}${slug.slice(0, LONGEST - PREFIX.length - digest.length - 1)}-${digest}`;
}

/**
 * What a plan's cpu, memory and storage are in a namespace. Jobs have a quota of their own (pods that have to end, by
 * `activeDeadlineSeconds`), so that a namespace full of pods does not stop a release from migrating. Every quantity is
 * written as the server would, so that what it gives back compares equal.
 */
export function planObjects(slug: string, plan: Plan, residency: string | undefined): PlanObjects {
  const terms = termsOf(plan);
  const cpu = milliOf(terms.resources.cpu);
  const memory = mebiOf(terms.resources.memory);
  const metadata = (name: string) => ({
    name,
    namespace: namespaceOf(slug),
    labels: { [TENANT_LABEL]: slug, ...(residency !== undefined && { [RESIDENCY_LABEL]: residency }) },
  });
  const compute = (share: number) => ({
    'limits.cpu': milli(cpu * share * BURST),
    'limits.memory': mebi(memory * share * BURST),
    'requests.cpu': milli(cpu * share),
    'requests.memory': mebi(memory * share),
  });
  return {
    quotas: [
      { metadata: metadata('harka-plan'), spec: { hard: compute(SURGE), scopes: ['NotTerminating'] } },
      { metadata: metadata('harka-plan-jobs'), spec: { hard: compute(1), scopes: ['Terminating'] } },
      {
        metadata: metadata('harka-plan-storage'),
        spec: { hard: { 'requests.storage': mebi(mebiOf(terms.resources.storage)) } },
      },
    ],
    limits: {
      metadata: metadata('harka-plan'),
      spec: {
        limits: [
          {
            type: 'Container',
            default: { cpu: milli(cpu), memory: mebi(memory) },
            defaultRequest: { cpu: milli(cpu / 4), memory: mebi(memory / 4) },
            max: { cpu: milli(cpu * BURST), memory: mebi(memory * BURST) },
          },
          { type: 'PersistentVolumeClaim', max: { storage: mebi(mebiOf(terms.resources.storage)) } },
        ],
      },
    },
  };
}

function milliOf(quantity: PlanTerms['resources']['cpu']): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000;
}

const POWERS: Readonly<Record<string, number>> = { Mi: 0, Gi: 1, Ti: 2 };

function mebiOf(quantity: string): number {
  const [, number = '', unit = ''] = /^(\d+)(Mi|Gi|Ti)$/.exec(quantity) ?? [];
  const power = POWERS[unit];
  if (power === undefined) throw new Error(`${quantity} is no quantity of memory`);
  return Number(number) * 1024 ** power;
}

/** `1500m`, `2` */
function milli(value: number): string {
  const whole = Math.ceil(value);
  return whole % 1000 === 0 ? String(whole / 1000) : `${whole}m`;
}

/** `1280Mi`, `5Gi` */
function mebi(value: number): string {
  let whole = Math.ceil(value);
  const units = ['Mi', 'Gi', 'Ti'];
  let unit = 0;
  while (unit < 2 && whole % 1024 === 0) {
    whole /= 1024;
    unit += 1;
  }
  return `${whole}${units[unit] ?? ''}`;
}
