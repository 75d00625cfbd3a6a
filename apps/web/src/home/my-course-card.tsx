import { CircleCheck } from 'lucide-react';
import type { MyCourse } from '#libs/contracts/courses';
import { CourseCard } from '../course/course-card.js';
import { Badge } from '../design/badge.js';
import { ProgressBar } from '../design/progress.js';
import { formatShortDay } from '../language/dates.js';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import { DueBadge } from './due-badge.js';

export function MyCourseCard({ course }: { readonly course: MyCourse }) {
  const done = course.status === 'completed';
  return (
    <CourseCard
      courseId={course.courseId}
      coverUrl={course.coverUrl}
      title={course.title}
      link={{ to: '/learn/$enrolmentId', params: { enrolmentId: course.enrolmentId } }}
      badge={!done && course.dueAt !== null ? <DueBadge dueAt={course.dueAt} /> : undefined}
      footer={
        done ? (
          <Badge tone="good" icon={<CircleCheck aria-hidden />}>
            {course.completedAt === null
              ? t('course.completed')
              : t('course.completedOn', { when: formatShortDay(course.completedAt) })}
          </Badge>
        ) : (
          <Progress course={course} />
        )
      }
    />
  );
}

function Progress({ course }: { readonly course: MyCourse }) {
  return (
    <div className="card-progress">
      <ProgressBar label={t('course.progressOf', { title: course.title })} value={course.progress} />
      <p className="card-progress__words">
        <span>
          {course.status === 'not_started'
            ? t('course.lessons', { count: course.lessonsTotal })
            : t('course.lessonsDone', { done: course.lessonsCompleted, count: course.lessonsTotal })}
        </span>
        <span>
          {course.status === 'not_started' ? t('course.notStarted') : formatPercent(course.progress)}
        </span>
      </p>
    </div>
  );
}
