import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatZonedMoment } from '../language/dates.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { tenantEventsQuery } from './control.queries.js';
import './control.css';

/** What happened last. */
export function TenantEvents({ tenantId }: { readonly tenantId: string }) {
  const events = useInfiniteQuery(tenantEventsQuery(useApi(), tenantId));
  return (
    <>
      <Answer of={events} skeleton={<SkeletonText lines={6} />}>
        {({ pages }) => (
          <Table
            label={t('control.recentEvents')}
            rows={pages.flatMap((page) => page.items)}
            keyOf={({ id }) => id}
            columns={[
              { title: t('control.event'), cell: ({ type }) => <span className="control-code">{type}</span> },
              {
                title: t('control.by'),
                cell: ({ actor }) => (
                  <>
                    <span>{actor.name ?? actor.id ?? actor.kind}</span>
                    {actor.by !== null && (
                      <span className="table__detail">
                        {t('control.actedBy', { operator: actor.by.name ?? actor.by.id })}
                      </span>
                    )}
                  </>
                ),
              },
              { title: t('control.when'), cell: ({ occurredAt }) => formatZonedMoment(occurredAt) },
            ]}
          />
        )}
      </Answer>
      {events.hasNextPage && (
        <p className="more">
          <Button
            look="secondary"
            isPending={events.isFetchingNextPage}
            onPress={() => {
              void events.fetchNextPage();
            }}
          >
            {t('action.more')}
          </Button>
        </p>
      )}
    </>
  );
}
