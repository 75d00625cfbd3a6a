import { useQuery } from '@tanstack/react-query';
import type { TenantUsage as Usage } from '#libs/contracts/insights';
import { useApi } from '../api/api-context.js';
import { ProgressBar } from '../design/progress.js';
import { Section } from '../design/section.js';
import { SkeletonText } from '../design/skeleton.js';
import { formatBytes, formatNumber, formatPercent } from '../language/numbers.js';
import { type MessageKey, t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { usageQuery } from './control.queries.js';
import './control.css';

type LimitName = Usage['limits'][number]['name'];
const limitNames: Readonly<Record<LimitName, MessageKey>> = {
  users: 'limit.users',
  storageBytes: 'limit.storageBytes',
  requestsPerMonth: 'limit.requestsPerMonth',
  requestsPerMinute: 'limit.requestsPerMinute',
  queuedJobs: 'limit.queuedJobs',
};

function amount(name: LimitName, value: number | null): string {
  if (value === null) return t('limit.none');
  return name === 'storageBytes' ? formatBytes(value) : formatNumber(value);
}

/** What the tenant has used of what it may. */
export function TenantUsage({ tenantId }: { readonly tenantId: string }) {
  const usage = useQuery(usageQuery(useApi(), tenantId));
  return (
    <Section title={t('control.usage')} lead={t('control.usageLead')}>
      <Answer of={usage} skeleton={<SkeletonText lines={5} />}>
        {({ limits, activeUsers, coursesCompleted, averageProgress }) => (
          <>
            {limits.map(({ name, used, most }) => (
              <div key={name} className="control-meter">
                <div className="control-meter__line">
                  <span>{t(limitNames[name])}</span>
                  <span>
                    {used === null
                      ? amount(name, most)
                      : t('limit.of', { used: amount(name, used), most: amount(name, most) })}
                  </span>
                </div>
                {used !== null && most !== null && (
                  <ProgressBar label={t(limitNames[name])} value={most === 0 ? 0 : used / most} />
                )}
              </div>
            ))}
            <dl className="control-facts">
              <dt>{t('control.activeUsers')}</dt>
              <dd>{formatNumber(activeUsers)}</dd>
              <dt>{t('control.completed')}</dt>
              <dd>{formatNumber(coursesCompleted)}</dd>
              <dt>{t('control.progress')}</dt>
              <dd>{formatPercent(averageProgress)}</dd>
            </dl>
          </>
        )}
      </Answer>
    </Section>
  );
}
