import { ArrowRight } from 'lucide-react';
import type { MyCourse } from '#libs/contracts/courses';
import { CourseCover } from '../course/course-cover.js';
import { ButtonLink } from '../design/button-link.js';
import { ProgressBar } from '../design/progress.js';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import { DueBadge } from './due-badge.js';
import './continue-card.css';

/** The first thing on the first page: one press and one is back where one was. */
export function ContinueCard({ course }: { readonly course: MyCourse }) {
  const begun = course.status === 'in_progress';
  return (
    <section className="continue" aria-labelledby="continue-title">
      <div className="continue__text">
        <p className="continue__eyebrow">
          {begun ? t('home.continue') : t('home.startNext')}
          {course.dueAt !== null && <DueBadge dueAt={course.dueAt} />}
        </p>
        <h2 className="continue__title" id="continue-title">
          {course.title}
        </h2>
        {begun ? (
          <div className="continue__progress">
            <ProgressBar label={t('course.progressOf', { title: course.title })} value={course.progress} />
            <p>
              <span>
                {t('course.lessonsDone', { done: course.lessonsCompleted, count: course.lessonsTotal })}
              </span>
              <span>{formatPercent(course.progress)}</span>
            </p>
          </div>
        ) : (
          <p className="continue__summary">{course.summary}</p>
        )}
        <ButtonLink
          to="/learn/$enrolmentId"
          params={{ enrolmentId: course.enrolmentId }}
          look="inverse"
          size="l"
          iconAfter={<ArrowRight aria-hidden />}
        >
          {begun ? t('action.resume') : t('action.start')}
        </ButtonLink>
      </div>
      <div className="continue__art">
        <CourseCover
          courseId={course.courseId}
          coverUrl={course.coverUrl}
          columns={5}
          rows={3}
          scheme="deep"
        />
      </div>
    </section>
  );
}
