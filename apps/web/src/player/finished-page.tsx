import { useSuspenseQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { Award, Compass, RotateCcw } from 'lucide-react';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { CourseCover } from '../course/course-cover.js';
import { ButtonLink } from '../design/button-link.js';
import { formatDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { firstNameOf } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { lessonsOf } from './outline.js';
import { outlineQuery } from './player.queries.js';
import './finished.css';

export function FinishedPage() {
  const api = useApi();
  const user = useUser();
  const { enrolmentId } = useParams({ from: '/member/learn/$enrolmentId/finished' });
  const { data: outline } = useSuspenseQuery(outlineQuery(api, enrolmentId));
  usePageTitle(t('finished.title'));
  if (outline.status !== 'completed') {
    return <Navigate to="/learn/$enrolmentId" params={{ enrolmentId }} replace />;
  }
  const first = lessonsOf(outline)[0];
  return (
    <div className="finished">
      <div className="finished__art" aria-hidden="true">
        <CourseCover courseId={outline.courseId} coverUrl={null} columns={9} rows={2} scheme="bold" />
        <span className="finished__seal">
          <Award />
        </span>
      </div>
      <h1 className="finished__title" tabIndex={-1}>
        {t('finished.wellDone', { name: firstNameOf(user) })}
      </h1>
      <p className="finished__text">{t('finished.text', { title: outline.title })}</p>
      <dl className="finished__facts">
        <div>
          <dt>{t('course.lessonsName')}</dt>
          <dd>{outline.lessonsTotal}</dd>
        </div>
        {outline.completedAt !== null && (
          <div>
            <dt>{t('finished.on')}</dt>
            <dd>{formatDay(outline.completedAt)}</dd>
          </div>
        )}
      </dl>
      <div className="finished__actions">
        {outline.certificateId !== null && (
          <ButtonLink
            to="/certificates/$certificateId"
            params={{ certificateId: outline.certificateId }}
            size="l"
            icon={<Award aria-hidden />}
          >
            {t('finished.certificate')}
          </ButtonLink>
        )}
        <ButtonLink to="/catalogue" look="secondary" size="l" icon={<Compass aria-hidden />}>
          {t('finished.more')}
        </ButtonLink>
        {first !== undefined && (
          <ButtonLink
            to="/learn/$enrolmentId/$lessonId"
            params={{ enrolmentId, lessonId: first.id }}
            look="quiet"
            size="l"
            icon={<RotateCcw aria-hidden />}
          >
            {t('course.lookAgain')}
          </ButtonLink>
        )}
      </div>
    </div>
  );
}
