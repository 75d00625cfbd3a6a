import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useId, useState } from 'react';
import type { createCourse } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { authoringKey } from './authoring.queries.js';

export function NewCourseDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useId();
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
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (title.trim() !== '') create.mutate();
  };
  return (
    <Dialog
      title={t('authoring.new')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={form} isPending={create.isPending}>
            {t('authoring.create')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <FormProblem error={create.error} />
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
      </form>
    </Dialog>
  );
}
