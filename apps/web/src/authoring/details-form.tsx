import { useState } from 'react';
import type { CourseContent } from '#libs/contracts/courses';
import { SelectField, TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { languageName } from '../language/language-name.js';
import { edited, type Edit } from './draft-edits.js';
import { NumberField } from './number-field.js';
import { SourceField } from './source-field.js';
import { tagsOf } from './tags.js';

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'tr', 'ar', 'he'];

interface DetailsFormProps {
  readonly content: CourseContent;
  readonly onEdit: (edit: Edit) => void;
}

export function DetailsForm({ content, onEdit }: DetailsFormProps) {
  const [tags, setTags] = useState(content.tags.join(', '));
  const known = languages.includes(content.language) ? languages : [content.language, ...languages];
  return (
    <div className="part-form">
      <h2 className="part-form__title">{t('editor.details')}</h2>
      <TextField
        label={t('editor.title')}
        value={content.title}
        onChange={(title) => {
          onEdit(edited({ title }));
        }}
        isRequired
        maxLength={200}
        error={content.title.trim() === '' ? t('editor.titleMissing') : null}
      />
      <TextField
        label={t('editor.summary')}
        description={t('editor.summaryHint')}
        value={content.summary}
        onChange={(summary) => {
          onEdit(edited({ summary }));
        }}
        multiline
        rows={4}
        maxLength={1000}
      />
      <div className="part-form__row">
        <SelectField
          label={t('course.language')}
          value={content.language}
          options={known.map((value) => ({ value, label: languageName(value) }))}
          onChange={(language) => {
            onEdit(edited({ language }));
          }}
        />
        <NumberField
          label={t('editor.estimatedMinutes')}
          description={t('editor.estimatedHint')}
          value={content.estimatedMinutes}
          max={100_000}
          onChange={(estimatedMinutes) => {
            onEdit(edited({ estimatedMinutes }));
          }}
        />
      </div>
      <TextField
        label={t('course.tags')}
        description={t('editor.tagsHint')}
        value={tags}
        onChange={(text) => {
          setTags(text);
          onEdit(edited({ tags: tagsOf(text) }));
        }}
      />
      <SourceField
        label={t('editor.cover')}
        description={t('editor.coverHint')}
        accept={['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml']}
        value={content.cover}
        onChange={(cover) => {
          onEdit(edited({ cover }));
        }}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={content.certificate}
          onChange={(event) => {
            onEdit(edited({ certificate: event.target.checked }));
          }}
        />
        {t('editor.certificate')}
      </label>
    </div>
  );
}
