import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type ApiAnswer } from '../api/api-client.js';
import { isProblem } from '../api/problem.js';
import { useToasts } from '../design/toasts.js';
import { DraftOffer } from '../drafts/draft-offer.js';
import { useLocalDraft } from '../drafts/use-local-draft.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { ConflictNotice } from './conflict-notice.js';

interface SavedFormSpec<View, Form extends object> {
  /** Under which what was typed is kept in this browser. */
  readonly name: string;
  readonly answer: ApiAnswer<View>;
  readonly formOf: (view: View) => Form;
  /** Writes over the version of that ETag, and keeps the answer. */
  readonly write: (form: Form, ifMatch: string) => Promise<ApiAnswer<View>>;
  /** The newest from the server. */
  readonly reload: () => Promise<ApiAnswer<View>>;
  /** What is said when it is saved. */
  readonly saved: string;
}

interface SavedForm<Form> {
  readonly form: Form;
  /** As it is on the server. */
  readonly saved: Form;
  readonly isDirty: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly set: (part: Partial<Form>) => void;
  readonly save: () => void;
  /** To stand above the fields: what was kept from before, who else has changed it, what is wrong. */
  readonly notices: ReactNode;
}

/** A form over something that others may change too: saved by its ETag, with a way back, and nothing typed is lost. */
export function useSavedForm<View, Form extends object>({
  name,
  answer,
  formOf,
  write,
  reload,
  saved: savedText,
}: SavedFormSpec<View, Form>): SavedForm<Form> {
  const toasts = useToasts();
  const saved = formOf(answer.data);
  const [form, setForm] = useState(saved);
  const isDirty = JSON.stringify(form) !== JSON.stringify(saved);
  const draft = useLocalDraft(name, isDirty ? form : null);
  const save = useMutation({
    mutationFn: () => write(form, answer.etag ?? ''),
    onSuccess: (written) => {
      draft.done();
      setForm(formOf(written.data));
      toasts.show(savedText, 'good', {
        label: t('action.undo'),
        run: () => {
          write(saved, written.etag ?? '').then(
            ({ data }) => {
              setForm(formOf(data));
            },
            () => {
              toasts.show(t('problem.unknown.title'), 'bad');
            },
          );
        },
      });
    },
  });
  const refetch = async (): Promise<ApiAnswer<View>> => {
    save.reset();
    return reload();
  };
  const { found } = draft;
  const notices = (
    <>
      {found !== null && !isDirty && (
        <DraftOffer
          keptAt={found.keptAt}
          onTake={() => {
            setForm({ ...saved, ...found.value });
            draft.settle(true);
          }}
          onDiscard={() => {
            draft.settle(false);
          }}
        />
      )}
      {isProblem(save.error) && save.error.status === 412 ? (
        <ConflictNotice
          onKeep={() => void refetch()}
          onTake={() => {
            void refetch().then(({ data }) => {
              setForm(formOf(data));
            });
          }}
        />
      ) : (
        <FormProblem error={save.error} />
      )}
    </>
  );
  return {
    ...{ form, saved, isDirty, isPending: save.isPending, error: save.error, notices },
    set: (part) => {
      setForm({ ...form, ...part });
    },
    save: () => {
      save.mutate();
    },
  };
}
