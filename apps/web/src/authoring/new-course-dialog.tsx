import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { createCourse } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { TextField } from '../design/field.js';
import { FormDialog } from '../forms/form-dialog.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { authoringKey } from './authoring.queries.js';

export function NewCourseDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [tried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: async () =>
      (await api.send<typeof createCourse>('POST', '/api/v1/courses', { body: { title: title.trim() } }))
        .data,
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: authoringKey });
      await navigate({ to: '/author/$courseId', params: { courseId: id } });
    },
  });
  const submit = (): void => {
    setTried(true);
    if (title.trim() !== '') create.mutate();
  };
  return (
    <FormDialog
      title={t('authoring.new')}
      submit={t('authoring.create')}
      isPending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('editor.title')}
        value={title}
        onChange={setTitle}
        isRequired
        maxLength={200}
        autoFocus
        description={t('authoring.newHint')}
        error={tried && title.trim() === '' ? t('editor.titleMissing') : fieldErrors(create.error)['title']}
      />
    </FormDialog>
  );
}
