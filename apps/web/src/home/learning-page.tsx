import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Award, BookOpen } from 'lucide-react';
import type { MyCourse } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { CertificateList } from '../certificate/certificate-list.js';
import { myCertificatesQuery } from '../certificate/certificate.queries.js';
import { ButtonLink } from '../design/button-link.js';
import { EmptyState } from '../design/empty-state.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { type Column, Table } from '../design/table.js';
import { formatShortDay } from '../language/dates.js';
import { formatMinutes } from '../language/minutes.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { CoursePart, Part } from './course-part.js';
import { myCoursesQuery } from './home.queries.js';
import { myLearning } from './my-learning.js';
import './home-page.css';

/** Everything one has begun, done and been given for it. */
export function LearningPage() {
  const api = useApi();
  const courses = useQuery({ ...myCoursesQuery(api), select: myLearning });
  const certificates = useQuery(myCertificatesQuery(api));
  usePageTitle(t('nav.learning'));
  return (
    <>
      <PageHeading title={t('nav.learning')}>{t('learning.lead')}</PageHeading>
      <Answer of={courses} skeleton={<Skeleton className="skeleton--list" />}>
        {({ current, completed }) =>
          current.length + completed.length === 0 ? (
            <EmptyState
              icon={BookOpen}
              title={t('home.empty.title')}
              action={<ButtonLink to="/catalogue">{t('home.empty.action')}</ButtonLink>}
            >
              {t('home.empty.text')}
            </EmptyState>
          ) : (
            <>
              <CoursePart title={t('learning.current')} courses={current} />
              <Part title={t('home.certificates')}>
                <Answer of={certificates} skeleton={<Skeleton className="skeleton--list" />}>
                  {(list) =>
                    list.length === 0 ? (
                      <p className="home__nothing">
                        <Award aria-hidden /> {t('learning.noCertificates')}
                      </p>
                    ) : (
                      <CertificateList certificates={list} />
                    )
                  }
                </Answer>
              </Part>
              {completed.length > 0 && (
                <Part title={t('learning.history')}>
                  <Table
                    label={t('learning.history')}
                    rows={completed}
                    keyOf={({ enrolmentId }) => enrolmentId}
                    columns={historyColumns()}
                  />
                </Part>
              )}
            </>
          )
        }
      </Answer>
    </>
  );
}

const historyColumns = (): readonly Column<MyCourse>[] => [
  {
    title: t('learning.course'),
    cell: ({ title, enrolmentId }) => (
      <Link to="/learn/$enrolmentId" params={{ enrolmentId }}>
        {title}
      </Link>
    ),
  },
  {
    title: t('learning.completedOn'),
    cell: ({ completedAt }) => (completedAt === null ? '–' : formatShortDay(completedAt)),
  },
  { title: t('course.duration'), cell: ({ estimatedMinutes }) => formatMinutes(estimatedMinutes) },
  {
    title: t('course.certificate'),
    cell: ({ certificateId, title }) =>
      certificateId === null ? (
        t('course.certificateNo')
      ) : (
        <Link
          to="/certificates/$certificateId"
          params={{ certificateId }}
          aria-label={t('learning.certificateOf', { title })}
        >
          {t('finished.certificate')}
        </Link>
      ),
  },
];
