import type { Lesson } from '#libs/contracts/courses';
import { lessonKindIcon, lessonKindName } from '../course/lesson-kind.js';
import { TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { type Edit, editLesson, moveLesson } from './draft-edits.js';
import { MarkdownField } from './markdown-field.js';
import { NumberField } from './number-field.js';
import { PartTools } from './part-tools.js';
import { QuizBuilder } from './quiz-builder.js';
import { SourceField } from './source-field.js';

interface LessonFormProps {
  readonly lesson: Lesson;
  readonly onEdit: (edit: Edit) => void;
  readonly onRemove: () => void;
}

export function LessonForm({ lesson, onEdit, onRemove }: LessonFormProps) {
  const Icon = lessonKindIcon[lesson.kind];
  const change = (next: Lesson): void => {
    onEdit(editLesson(lesson.id, () => next));
  };
  return (
    <div className="part-form">
      <div className="part-form__header">
        <h2 className="part-form__kind">
          <Icon aria-hidden />
          {t(lessonKindName[lesson.kind])}
        </h2>
        <PartTools
          onMove={(direction) => {
            onEdit(moveLesson(lesson.id, direction));
          }}
          onRemove={onRemove}
        />
      </div>
      <div className="part-form__row part-form__row--wide-first">
        <TextField
          label={t('editor.lessonTitle')}
          value={lesson.title}
          onChange={(title) => {
            change({ ...lesson, title });
          }}
          maxLength={200}
          autoFocus={lesson.title === ''}
          isRequired
        />
        <NumberField
          label={t('editor.minutes')}
          value={lesson.minutes}
          max={600}
          onChange={(minutes) => {
            change({ ...lesson, minutes });
          }}
        />
      </div>
      <LessonContent lesson={lesson} onChange={change} />
    </div>
  );
}

interface LessonContentProps {
  readonly lesson: Lesson;
  readonly onChange: (lesson: Lesson) => void;
}

function LessonContent({ lesson, onChange }: LessonContentProps) {
  switch (lesson.kind) {
    case 'article':
      return (
        <MarkdownField
          label={t('editor.text')}
          value={lesson.markdown}
          onChange={(markdown) => {
            onChange({ ...lesson, markdown });
          }}
        />
      );
    case 'video':
      return (
        <>
          <SourceField
            label={t('lesson.video')}
            description={t('editor.videoHint')}
            accept={['video/mp4', 'video/webm', 'audio/mpeg', 'audio/mp4', 'audio/ogg']}
            value={lesson.source}
            onChange={(source) => {
              onChange({ ...lesson, source });
            }}
          />
          <MarkdownField
            label={t('editor.transcript')}
            description={t('editor.transcriptHint')}
            rows={10}
            value={lesson.transcript}
            onChange={(transcript) => {
              onChange({ ...lesson, transcript });
            }}
          />
        </>
      );
    case 'file':
      return (
        <>
          <SourceField
            label={t('lesson.file')}
            accept={['.pdf', '.zip', '.docx', '.pptx', '.xlsx', '.txt', '.csv', '.vtt', 'image/*', 'audio/*']}
            value={lesson.source}
            onChange={(source) => {
              onChange({ ...lesson, source });
            }}
          />
          <MarkdownField
            label={t('editor.fileDescription')}
            rows={8}
            value={lesson.description}
            onChange={(description) => {
              onChange({ ...lesson, description });
            }}
          />
        </>
      );
    case 'quiz':
      return <QuizBuilder quiz={lesson} onChange={onChange} />;
  }
}
