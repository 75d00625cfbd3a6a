import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { ProgressBar } from '../design/progress.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { formatShortDay } from '../language/dates.js';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { learningOfQuery } from './people.queries.js';
import './people.css';

/** The courses of the person, and how far they are. */
export function PersonLearning({ userId }: { readonly userId: string }) {
  const learning = useQuery(learningOfQuery(useApi(), userId));
  return (
    <Answer of={learning} skeleton={<Skeleton className="skeleton--list" />}>
      {({ courses }) =>
        courses.length === 0 ? (
          <p>{t('person.noCourses')}</p>
        ) : (
          <Table
            label={t('person.learning')}
            rows={courses}
            keyOf={({ enrolmentId }) => enrolmentId}
            columns={[
              {
                title: t('person.course'),
                cell: ({ courseTitle }) => <span className="table__name">{courseTitle}</span>,
              },
              {
                title: t('person.progress'),
                cell: ({ progress, courseTitle }) => (
                  <span className="people__names">
                    {formatPercent(progress)}
                    <ProgressBar label={courseTitle} value={progress} />
                  </span>
                ),
              },
              {
                title: t('person.due'),
                cell: ({ dueAt, overdue }) =>
                  dueAt === null ? (
                    '–'
                  ) : overdue ? (
                    <Badge tone="bad">{formatShortDay(dueAt)}</Badge>
                  ) : (
                    formatShortDay(dueAt)
                  ),
              },
            ]}
          />
        )
      }
    </Answer>
  );
}
