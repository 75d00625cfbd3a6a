import type { CatalogueCourse } from '#libs/contracts/courses';
import { CourseCard } from '../course/course-card.js';
import { CourseFacts } from '../course/course-facts.js';
import { Badge } from '../design/badge.js';
import { t } from '../language/t.js';

/** A course that one may take. */
export function CatalogueCard({ course }: { readonly course: CatalogueCourse }) {
  return (
    <CourseCard
      courseId={course.courseId}
      coverUrl={course.coverUrl}
      title={course.title}
      summary={course.summary}
      link={{ to: '/courses/$courseId', params: { courseId: course.courseId } }}
      badge={enrolmentBadge(course)}
      footer={
        <div className="course-card__facts">
          <CourseFacts
            lessons={course.lessons}
            minutes={course.estimatedMinutes}
            certificate={course.certificate}
          />
        </div>
      }
    />
  );
}

function enrolmentBadge({ enrolment }: CatalogueCourse) {
  if (enrolment === null || enrolment.status === 'withdrawn') return undefined;
  return enrolment.status === 'completed' ? (
    <Badge tone="good">{t('course.completed')}</Badge>
  ) : (
    <Badge tone="accent">{t('course.enrolled')}</Badge>
  );
}
