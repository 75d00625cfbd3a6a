import { Award, BookOpen, Clock } from 'lucide-react';
import { t } from '../language/t.js';
import { formatMinutes } from '../language/minutes.js';

interface CourseFactsProps {
  readonly lessons?: number;
  readonly minutes?: number;
  readonly certificate?: boolean;
}

/** How long, how many, and what for. */
export function CourseFacts({ lessons, minutes = 0, certificate = false }: CourseFactsProps) {
  return (
    <>
      {lessons !== undefined && (
        <span className="course-facts__item">
          <BookOpen aria-hidden />
          {t('course.lessons', { count: lessons })}
        </span>
      )}
      {minutes > 0 && (
        <span className="course-facts__item">
          <Clock aria-hidden />
          {formatMinutes(minutes)}
        </span>
      )}
      {certificate && (
        <span className="course-facts__item">
          <Award aria-hidden />
          {t('course.certificate')}
        </span>
      )}
    </>
  );
}
