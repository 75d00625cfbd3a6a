import { ArrowLeft, ArrowRight, Check } from 'lucide-react';
import type { CourseProgress, LessonKind } from '#libs/contracts/courses';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { t } from '../language/t.js';
import { type Place } from './outline.js';

interface LessonBarProps {
  readonly enrolmentId: string;
  readonly place: Place | null;
  readonly kind: LessonKind;
  readonly isCompleted: boolean;
  readonly isSaving: boolean;
  readonly lessonId: string;
  readonly course: Pick<CourseProgress, 'status' | 'nextLessonId'>;
  readonly onComplete: () => void;
}

/** Where one is in the course, and the way on. */
export function LessonBar(props: LessonBarProps) {
  const { enrolmentId, place } = props;
  return (
    <nav className="lesson-bar" aria-label={t('player.lessonNav')}>
      <div className="lesson-bar__inner">
        {place?.previous !== null && place !== null ? (
          <ButtonLink
            to="/learn/$enrolmentId/$lessonId"
            params={{ enrolmentId, lessonId: place.previous.id }}
            look="quiet"
            icon={<ArrowLeft aria-hidden />}
            className="lesson-bar__previous"
          >
            {t('player.previous')}
          </ButtonLink>
        ) : (
          <span />
        )}
        {place !== null && (
          <p className="lesson-bar__place">
            {t('player.place', { number: place.number, total: place.total })}
          </p>
        )}
        <WayOn {...props} />
      </div>
    </nav>
  );
}

function WayOn(props: LessonBarProps) {
  const { enrolmentId, lessonId, place, kind, isCompleted, isSaving, course, onComplete } = props;
  const next = place?.next ?? null;
  const mustComplete = !isCompleted && kind !== 'quiz';
  if (mustComplete) {
    return (
      <Button isPending={isSaving} onPress={onComplete} icon={<Check aria-hidden />}>
        {next === null ? t('lesson.complete') : t('lesson.completeAndGoOn')}
      </Button>
    );
  }
  if (next !== null) {
    return (
      <ButtonLink
        to="/learn/$enrolmentId/$lessonId"
        params={{ enrolmentId, lessonId: next.id }}
        look={isCompleted ? 'primary' : 'secondary'}
        iconAfter={<ArrowRight aria-hidden />}
      >
        {t('player.next')}
      </ButtonLink>
    );
  }
  if (course.status === 'completed') {
    return (
      <ButtonLink
        to="/learn/$enrolmentId/finished"
        params={{ enrolmentId }}
        iconAfter={<ArrowRight aria-hidden />}
      >
        {t('player.finish')}
      </ButtonLink>
    );
  }
  // Nothing is open but this one: the way on is in the lesson itself.
  if (course.nextLessonId === null || course.nextLessonId === lessonId) return <span />;
  return (
    <ButtonLink
      to="/learn/$enrolmentId/$lessonId"
      params={{ enrolmentId, lessonId: course.nextLessonId }}
      look="secondary"
      iconAfter={<ArrowRight aria-hidden />}
    >
      {t('player.openLesson')}
    </ButtonLink>
  );
}
