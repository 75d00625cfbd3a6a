import type { Feature, Limit } from '#libs/contracts';
import { DomainError } from '#libs/kernel';

export class FeatureNotInPlan extends DomainError {
  constructor(feature: Feature) {
    super('forbidden', 'entitlement.feature_not_in_plan', 'Your plan does not include this feature.', {
      details: { feature },
    });
  }
}

export class LimitExceeded extends DomainError {
  constructor(limit: Limit, most: number) {
    const { kind, code, message } = told[limit];
    super(kind, code, message, { details: { limit, most } });
  }
}

const told: Readonly<Record<Limit, Pick<DomainError, 'kind' | 'code' | 'message'>>> = {
  users: {
    kind: 'conflict',
    code: 'limit.users_exceeded',
    message: 'All seats of your plan are taken. Deactivate somebody or change the plan.',
  },
  storageBytes: {
    kind: 'insufficient_storage',
    code: 'limit.storage_exceeded',
    message: 'The storage of your plan is full. Remove files or change the plan.',
  },
  bandwidthBytes: {
    kind: 'rate_limited',
    code: 'limit.bandwidth_exceeded',
    message: 'The bandwidth of your plan is used up for this month.',
  },
  requestsPerMinute: {
    kind: 'rate_limited',
    code: 'limit.requests_exceeded',
    message: 'Too many requests in this minute.',
  },
  requestsPerMonth: {
    kind: 'rate_limited',
    code: 'limit.monthly_requests_exceeded',
    message: 'The requests of your plan are used up for this month.',
  },
  queuedJobs: {
    kind: 'rate_limited',
    code: 'queue.limit_exceeded',
    message: 'Queue limit exceeded: wait until some of the jobs are done.',
  },
  cacheBytes: {
    kind: 'rate_limited',
    code: 'limit.cache_exceeded',
    message: 'The cache of your plan is full.',
  },
};
