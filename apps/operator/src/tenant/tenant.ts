import type { Plan, Tier } from '#libs/contracts';
import type { KubeObject } from '../kube/kube-object.js';

/** Held by every Tenant until its academy is closed in the directory. */
export const FINALIZER = 'harka.ai/directory';

export interface TenantSpec {
  readonly displayName: string;
  readonly plan: Plan;
  /** Absent: what the directory finds by the number of users. */
  readonly tier?: Tier;
  /** Custom domains. */
  readonly domains?: readonly string[];
  /** Where its data shall stay; a label of what is made for it. */
  readonly residency?: string;
  readonly suspended?: boolean;
}

export interface Condition {
  readonly type: 'Ready' | 'InDirectory' | 'Agreed' | 'Domains' | 'Resources';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
}

/** What object and directory last agreed on: the base of the next comparison. */
export interface Agreement {
  readonly displayName?: string;
  readonly plan?: Plan;
  readonly suspended?: boolean;
  readonly domains?: readonly string[];
}

export interface TenantStatus {
  readonly observedGeneration?: number;
  readonly id?: string;
  readonly host?: string;
  readonly shard?: string;
  readonly tier?: Tier;
  readonly phase?: 'Ready' | 'Suspended' | 'Disagreed' | 'Failed';
  readonly namespace?: string;
  readonly domains?: readonly { readonly host: string; readonly state: string }[];
  readonly agreed?: Agreement;
  readonly conditions?: readonly Condition[];
}

export interface Tenant extends KubeObject {
  readonly spec: TenantSpec;
  readonly status?: TenantStatus;
}

/** What the directory says of an academy, as far as an object can say the same. */
export interface Registered {
  readonly displayName: string;
  readonly plan: Plan;
  readonly suspended: boolean;
  readonly domains: readonly string[];
}

export interface Comparison {
  /** To be changed in the directory. */
  readonly push: {
    readonly plan?: Plan;
    readonly suspended?: boolean;
    readonly addDomains: readonly string[];
    readonly removeDomains: readonly string[];
  };
  /** To be changed in the object. */
  readonly pull: {
    readonly displayName?: string;
    readonly plan?: Plan;
    readonly suspended?: boolean;
    readonly domains?: readonly string[];
  };
  /** What both changed, each to something else: nobody is overruled, and it is said. */
  readonly disagreements: readonly string[];
}

type Side = 'same' | 'push' | 'pull' | 'disagree';

/** Which side has changed since both agreed. */
function sideOf<T>(base: T | undefined, ours: T, theirs: T): Side {
  if (ours === theirs) return 'same';
  if (base === undefined) return 'disagree';
  if (ours === base) return 'pull';
  return theirs === base ? 'push' : 'disagree';
}

/** Compares object and directory by what they last agreed on, as `git merge` does. */
export function compare(spec: TenantSpec, registered: Registered, base: Agreement): Comparison {
  const disagreements: string[] = [];
  const suspended = spec.suspended ?? false;
  const plan = sideOf(base.plan, spec.plan, registered.plan);
  const closed = sideOf(base.suspended, suspended, registered.suspended);
  const name = sideOf(base.displayName, spec.displayName, registered.displayName);
  if (plan === 'disagree') {
    disagreements.push(`plan is ${spec.plan} here and ${registered.plan} in the directory`);
  }
  if (closed === 'disagree') {
    disagreements.push(
      `suspended is ${String(suspended)} here and ${String(registered.suspended)} in the directory`,
    );
  }
  if (name === 'disagree' || name === 'push') {
    disagreements.push(
      `displayName is changed by the academy itself, where it is "${registered.displayName}"`,
    );
  }
  const domains = compareDomains(spec.domains ?? [], registered.domains, base.domains ?? []);
  return {
    push: {
      ...(plan === 'push' && { plan: spec.plan }),
      ...(closed === 'push' && { suspended }),
      addDomains: domains.add,
      removeDomains: domains.remove,
    },
    pull: {
      ...(plan === 'pull' && { plan: registered.plan }),
      ...(closed === 'pull' && { suspended: registered.suspended }),
      ...(name === 'pull' && { displayName: registered.displayName }),
      ...(domains.pulled !== null && { domains: domains.pulled }),
    },
    disagreements,
  };
}

/** A set is merged element by element: it never disagrees. */
function compareDomains(
  ours: readonly string[],
  theirs: readonly string[],
  base: readonly string[],
): { add: string[]; remove: string[]; pulled: string[] | null } {
  const here = new Set(ours);
  const there = new Set(theirs);
  const before = new Set(base);
  const add = ours.filter((host) => !there.has(host) && !before.has(host));
  const remove = theirs.filter((host) => !here.has(host) && before.has(host));
  const goneThere = ours.filter((host) => !there.has(host) && before.has(host));
  const newThere = theirs.filter((host) => !here.has(host) && !before.has(host));
  const changed = goneThere.length > 0 || newThere.length > 0;
  const pulled = [...ours.filter((host) => !goneThere.includes(host)), ...newThere];
  return { add, remove, pulled: changed ? pulled : null };
}

export function isEmpty({ push, pull }: Comparison): boolean {
  const { addDomains, removeDomains, ...rest } = push;
  return (
    addDomains.length + removeDomains.length === 0 &&
    Object.keys(rest).length === 0 &&
    Object.keys(pull).length === 0
  );
}

/** The conditions, with the time of the last change of each kept. */
export function withTimes(
  conditions: readonly Omit<Condition, 'lastTransitionTime' | 'observedGeneration'>[],
  before: readonly Condition[],
  generation: number,
  now: Date,
): Condition[] {
  return conditions.map((condition) => {
    const known = before.find(({ type }) => type === condition.type);
    const time =
      known?.status === condition.status
        ? known.lastTransitionTime
        : now.toISOString().replace(/\.\d+Z$/, 'Z');
    return { ...condition, observedGeneration: generation, lastTransitionTime: time };
  });
}
