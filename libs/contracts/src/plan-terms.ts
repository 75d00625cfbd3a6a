import type { Plan } from './role.js';

export const features = ['sso', 'customBranding', 'apiAccess', 'advancedAnalytics', 'customAI'] as const;
export type Feature = (typeof features)[number];

export const limits = [
  'users',
  'storageBytes',
  'bandwidthBytes',
  'requestsPerMinute',
  'requestsPerMonth',
  'queuedJobs',
  'cacheBytes',
] as const;
export type Limit = (typeof limits)[number];

/** What a plan grants. `resources` are Kubernetes quantities, for the deployments of dedicated tenants. */
export interface PlanTerms {
  readonly features: Readonly<Record<Feature, boolean>>;
  /** null means without limit. */
  readonly limits: Readonly<Record<Limit, number | null>>;
  readonly resources: {
    readonly cpu: string;
    readonly memory: string;
    readonly storage: string;
    readonly bandwidth: string;
  };
}

const GiB = 1024 ** 3;
const MiB = 1024 ** 2;
const GB = 1000 ** 3;

const catalogue: Readonly<Record<Plan, PlanTerms>> = {
  starter: {
    features: {
      sso: false,
      customBranding: true,
      apiAccess: true,
      advancedAnalytics: false,
      customAI: false,
    },
    limits: {
      users: 100,
      storageBytes: 10 * GiB,
      bandwidthBytes: 100 * GB,
      requestsPerMinute: 1_200,
      requestsPerMonth: 1_000_000,
      queuedJobs: 1_000,
      cacheBytes: 8 * MiB,
    },
    resources: { cpu: '100m', memory: '256Mi', storage: '10Gi', bandwidth: '100GB' },
  },
  growth: {
    features: { sso: true, customBranding: true, apiAccess: true, advancedAnalytics: true, customAI: false },
    limits: {
      users: 1_000,
      storageBytes: 100 * GiB,
      bandwidthBytes: 1_000 * GB,
      requestsPerMinute: 6_000,
      requestsPerMonth: 10_000_000,
      queuedJobs: 10_000,
      cacheBytes: 32 * MiB,
    },
    resources: { cpu: '500m', memory: '1Gi', storage: '100Gi', bandwidth: '1TB' },
  },
  enterprise: {
    features: { sso: true, customBranding: true, apiAccess: true, advancedAnalytics: true, customAI: true },
    limits: {
      users: null,
      storageBytes: 1024 * GiB,
      bandwidthBytes: null,
      requestsPerMinute: 60_000,
      requestsPerMonth: 100_000_000,
      queuedJobs: 50_000,
      cacheBytes: 128 * MiB,
    },
    resources: { cpu: '2000m', memory: '4Gi', storage: '1Ti', bandwidth: 'unlimited' },
  },
};

/** The terms of a plan. */
export function termsOf(plan: Plan): PlanTerms {
  return catalogue[plan];
}
