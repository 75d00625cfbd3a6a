import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck, CircleDotDashed, Trophy } from 'lucide-react';
import type { CourseOutline, LessonState } from '#libs/contracts/courses';
import { lessonKindName } from '../course/lesson-kind.js';
import { formatMinutes } from '../language/minutes.js';
import { type MessageKey, t } from '../language/t.js';
import { type OutlineLesson } from './outline.js';
import './outline-nav.css';

interface OutlineProps {
  readonly outline: CourseOutline;
  readonly lessonId: string | null;
  readonly onOpen: () => void;
}

export function Outline({ outline, lessonId, onOpen }: OutlineProps) {
  return (
    <nav className="outline" aria-label={t('player.outline')}>
      <p className="outline__sum">
        {t('course.lessonsDone', { done: outline.lessonsCompleted, count: outline.lessonsTotal })}
      </p>
      <ol className="outline__modules">
        {outline.modules.map((module) => (
          <li key={module.id}>
            <h2 className="outline__title">{module.title}</h2>
            <ol className="outline__lessons">
              {module.lessons.map((lesson) => (
                <li key={lesson.id}>
                  <OutlineLink
                    enrolmentId={outline.enrolmentId}
                    lesson={lesson}
                    isOpen={lesson.id === lessonId}
                    onOpen={onOpen}
                  />
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
      {outline.status === 'completed' && (
        <Link
          to="/learn/$enrolmentId/finished"
          params={{ enrolmentId: outline.enrolmentId }}
          className="outline__link outline__link--finished"
          onClick={onOpen}
        >
          <Trophy aria-hidden className="outline__state" />
          <span className="outline__name">{t('finished.title')}</span>
        </Link>
      )}
    </nav>
  );
}

interface OutlineLinkProps {
  readonly enrolmentId: string;
  readonly lesson: OutlineLesson;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function OutlineLink({ enrolmentId, lesson, isOpen, onOpen }: OutlineLinkProps) {
  return (
    <Link
      to="/learn/$enrolmentId/$lessonId"
      params={{ enrolmentId, lessonId: lesson.id }}
      className={isOpen ? 'outline__link outline__link--open' : 'outline__link'}
      aria-current={isOpen ? 'page' : undefined}
      onClick={onOpen}
    >
      <StateMark state={lesson.state} />
      <span className="outline__name">
        {lesson.title}
        <span className="outline__meta">
          {t(lessonKindName[lesson.kind])}
          {lesson.minutes > 0 && ` · ${formatMinutes(lesson.minutes)}`}
        </span>
      </span>
      <span className="visually-hidden">{t(stateNames[lesson.state])}</span>
    </Link>
  );
}

const stateNames: Readonly<Record<LessonState, MessageKey>> = {
  not_started: 'lesson.notStarted',
  started: 'lesson.started',
  completed: 'lesson.completed',
};

function StateMark({ state }: { readonly state: LessonState }) {
  switch (state) {
    case 'completed':
      return <CircleCheck aria-hidden className="outline__state outline__state--completed" />;
    case 'started':
      return <CircleDotDashed aria-hidden className="outline__state outline__state--started" />;
    case 'not_started':
      return <Circle aria-hidden className="outline__state" />;
  }
}
