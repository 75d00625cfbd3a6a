import { ArrowRightLeft, FolderOpen } from 'lucide-react';
import type { CourseComparison, FieldChange, PartChange } from '#libs/contracts/courses';
import { lessonKindIcon } from '../course/lesson-kind.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { type MessageKey, t } from '../language/t.js';
import { TextChanges } from './text-changes.js';
import './changes.css';

type Module = CourseComparison['modules'][number];
type Lesson = Module['lessons'][number];

/** Everything that differs, part by part; what is the same is left out. */
export function Comparison({ comparison }: { readonly comparison: CourseComparison }) {
  const modules = comparison.modules.filter(isTouched);
  if (comparison.fields.length + modules.length === 0) {
    return <p className="changes__none">{t('diff.nothing')}</p>;
  }
  return (
    <div className="changes">
      <Counts comparison={comparison} />
      {comparison.fields.length > 0 && (
        <section className="changes__part" aria-label={t('editor.details')}>
          <h3 className="changes__title">{t('editor.details')}</h3>
          <Fields fields={comparison.fields} />
        </section>
      )}
      {modules.map((module) => (
        <ModuleChanges key={module.id} module={module} />
      ))}
    </div>
  );
}

function isTouched({ change, moved, lessons }: Module): boolean {
  return change !== 'same' || moved || lessons.some((lesson) => lesson.change !== 'same' || lesson.moved);
}

function Counts({ comparison: { counts, fields } }: { readonly comparison: CourseComparison }) {
  const said = [
    counts.added > 0 && t('diff.countAdded', { count: counts.added }),
    counts.changed + (fields.length > 0 ? 1 : 0) > 0 &&
      t('diff.countChanged', { count: counts.changed + (fields.length > 0 ? 1 : 0) }),
    counts.moved > 0 && t('diff.countMoved', { count: counts.moved }),
    counts.removed > 0 && t('diff.countRemoved', { count: counts.removed }),
  ].filter((text) => text !== false);
  return <p className="changes__counts">{said.join(' · ')}</p>;
}

function ModuleChanges({ module }: { readonly module: Module }) {
  const name = module.title || t('editor.untitledModule');
  return (
    <section className="changes__part" aria-label={name}>
      <h3 className="changes__title">
        <FolderOpen aria-hidden />
        {name}
        <ChangeBadge change={module.change} />
        {module.moved && <MovedBadge from={null} />}
      </h3>
      <Fields fields={module.fields} />
      <ul className="changes__lessons">
        {module.lessons
          .filter(({ change, moved }) => change !== 'same' || moved)
          .map((lesson) => (
            <LessonChanges key={lesson.id} lesson={lesson} />
          ))}
      </ul>
    </section>
  );
}

function LessonChanges({ lesson }: { readonly lesson: Lesson }) {
  const Icon = lessonKindIcon[lesson.kind];
  return (
    <li className="changes__lesson">
      <p className="changes__lesson-title">
        <Icon aria-hidden />
        <span>{lesson.title || t('editor.untitledLesson')}</span>
        <ChangeBadge change={lesson.change} />
        {lesson.moved && <MovedBadge from={lesson.from} />}
      </p>
      <Fields fields={lesson.fields} />
    </li>
  );
}

function Fields({ fields }: { readonly fields: readonly FieldChange[] }) {
  if (fields.length === 0) return null;
  return (
    <dl className="changes__fields">
      {fields.map(({ field, question, parts }) => (
        <div key={`${field}-${question ?? 0}`}>
          <dt>
            {question !== null && `${t('builder.question', { number: question })}: `}
            {t(fieldNames[field])}
          </dt>
          <dd>
            <TextChanges parts={parts} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const tones: Readonly<Record<PartChange, BadgeTone>> = {
  added: 'good',
  removed: 'bad',
  changed: 'accent',
  same: 'neutral',
};
const changeNames: Readonly<Record<PartChange, MessageKey>> = {
  added: 'diff.added',
  removed: 'diff.removed',
  changed: 'diff.changed',
  same: 'diff.same',
};

function ChangeBadge({ change }: { readonly change: PartChange }) {
  return change === 'same' ? null : <Badge tone={tones[change]}>{t(changeNames[change])}</Badge>;
}

function MovedBadge({ from }: { readonly from: string | null }) {
  return (
    <Badge icon={<ArrowRightLeft aria-hidden />}>
      {from === null ? t('diff.moved') : t('diff.movedFrom', { module: from || t('editor.untitledModule') })}
    </Badge>
  );
}

export const fieldNames: Readonly<Record<FieldChange['field'], MessageKey>> = {
  title: 'diff.field.title',
  summary: 'editor.summary',
  language: 'diff.field.language',
  estimatedMinutes: 'editor.estimatedMinutes',
  certificate: 'diff.field.certificate',
  tags: 'diff.field.tags',
  cover: 'editor.cover',
  minutes: 'editor.minutes',
  kind: 'builder.kind',
  markdown: 'editor.text',
  source: 'diff.field.source',
  transcript: 'editor.transcript',
  description: 'editor.fileDescription',
  intro: 'builder.intro',
  passMark: 'builder.passMark',
  attempts: 'builder.attempts',
  shuffle: 'diff.field.shuffle',
  question: 'diff.field.question',
  prompt: 'diff.field.prompt',
  points: 'builder.points',
  options: 'builder.options',
  answers: 'builder.answers',
  explanation: 'builder.explanation',
  order: 'diff.field.order',
};
