import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CourseContent, Draft, getDraft, publishCourse, saveDraft } from '#libs/contracts/courses';
import { type ApiAnswer } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { catalogueKey } from '../catalogue/catalogue.queries.js';
import { authoringKey } from './authoring.queries.js';
import { same } from './draft-compare.js';
import { DraftBackup } from './draft-backup.js';
import { type Edit } from './draft-edits.js';

const BACKUP_PAUSE_MS = 600;

/** A draft as the server has it, with the ETag that a change of it must name. */
interface Saved {
  readonly draft: Draft;
  readonly etag: string;
}

const savedOf = ({ data, etag }: ApiAnswer<Draft>): Saved => ({
  draft: data,
  etag: etag ?? `"${data.revision}"`,
});

/** One author's work on one draft: typed here, saved over the revision that was read, backed up in between. */
export function useDraft(courseId: string, first: ApiAnswer<Draft>) {
  const api = useApi();
  const queries = useQueryClient();
  const [saved, setSaved] = useState(() => savedOf(first));
  const [content, setContent] = useState(first.data.content);
  const [theirs, setTheirs] = useState<Saved | null>(null);
  const [store] = useState(() => new DraftBackup(localStorage, courseId));
  const [backup, setBackup] = useState(() => {
    const found = store.read();
    return found === null || same(found.content, first.data.content) ? null : found;
  });
  const isDirty = content !== saved.draft.content && !same(content, saved.draft.content);
  const { revision } = saved.draft;

  useEffect(() => {
    if (!isDirty) return undefined;
    const timer = setTimeout(() => {
      store.write(revision, content, new Date());
    }, BACKUP_PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [content, isDirty, revision, store]);

  /** Somebody else was faster: shows both, overwrites nothing. */
  const meetConflict = async (error: unknown): Promise<void> => {
    if (!isProblem(error) || error.status !== 412) return;
    setTheirs(
      savedOf(
        await api.send<typeof getDraft>('GET', '/api/v1/courses/:courseId/draft', { params: { courseId } }),
      ),
    );
  };

  const save = useMutation({
    mutationFn: (sent: { readonly content: CourseContent; readonly etag: string }) =>
      api.send<typeof saveDraft>('PUT', '/api/v1/courses/:courseId/draft', {
        params: { courseId },
        body: { content: sent.content },
        ifMatch: sent.etag,
      }),
    onSuccess: (answer, sent) => {
      setSaved(savedOf(answer));
      // What was typed while the answer was under way stays.
      setContent((now) => (now === sent.content ? answer.data.content : now));
      store.clear();
      void queries.invalidateQueries({ queryKey: [...authoringKey, 'courses'] });
    },
    onError: meetConflict,
  });

  const publish = useMutation({
    mutationFn: async () => {
      const etag = isDirty ? savedOf(await save.mutateAsync({ content, etag: saved.etag })).etag : saved.etag;
      const answer = await api.send<typeof publishCourse>('POST', '/api/v1/courses/:courseId/publish', {
        params: { courseId },
        ifMatch: etag,
      });
      return answer.data;
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: authoringKey });
      void queries.invalidateQueries({ queryKey: catalogueKey });
    },
    onError: meetConflict,
  });

  return {
    content,
    saved: saved.draft,
    isDirty,
    edit: (change: Edit) => {
      setContent(change);
    },
    save,
    saveNow: () => save.mutateAsync({ content, etag: saved.etag }),
    publish,
    theirs: theirs?.draft ?? null,
    keepMine: () => {
      if (theirs === null) return;
      setTheirs(null);
      save.mutate({ content, etag: theirs.etag });
    },
    takeTheirs: () => {
      if (theirs === null) return;
      // What is given up can still be found until the next save.
      store.write(revision, content, new Date());
      setSaved(theirs);
      setContent(theirs.draft.content);
      setTheirs(null);
      save.reset();
    },
    decideLater: () => {
      setTheirs(null);
    },
    backup,
    restoreBackup: () => {
      if (backup !== null) setContent(backup.content);
      setBackup(null);
    },
    discardBackup: () => {
      store.clear();
      setBackup(null);
    },
  };
}

export type DraftEditor = ReturnType<typeof useDraft>;
