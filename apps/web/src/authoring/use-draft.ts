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

const BACKUP_PAUSE_MS = 400;

/** A draft as the server has it, with the ETag that a change of it must name. */
interface Saved {
  readonly draft: Draft;
  readonly etag: string;
}

const savedOf = ({ data, etag }: ApiAnswer<Draft>): Saved => ({
  draft: data,
  etag: etag ?? `"${data.revision}"`,
});

/**
 * One author's work on one draft: typed here, saved over the revision that was read, kept in this browser in between.
 * Where somebody else was faster, nothing is overwritten: both are shown and become one.
 */
export function useDraft(courseId: string, first: ApiAnswer<Draft>) {
  const api = useApi();
  const queries = useQueryClient();
  const [saved, setSaved] = useState(() => savedOf(first));
  /** What the work began from; it is older than `saved` where a kept draft was brought back. */
  const [base, setBase] = useState(first.data.content);
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
    // An offer that is not answered yet must not be written over.
    if (!isDirty || backup !== null) return undefined;
    const write = (): void => {
      store.write({ revision, base, content }, new Date());
    };
    const timer = setTimeout(write, BACKUP_PAUSE_MS);
    globalThis.addEventListener('pagehide', write);
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener('pagehide', write);
    };
  }, [content, isDirty, revision, base, store, backup]);

  const take = (next: Saved): void => {
    setSaved(next);
    setBase(next.draft.content);
  };

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
      take(savedOf(answer));
      // What was typed while the answer was under way stays.
      setContent((now) => (now === sent.content ? answer.data.content : now));
      store.clear();
      setBackup(null);
      void queries.invalidateQueries({ queryKey: [...authoringKey, 'courses'] });
    },
    onError: async (error) => {
      store.write({ revision, base, content }, new Date());
      await meetConflict(error);
    },
  });

  // A line that was dead when the author saved: once it is back, the same is sent again.
  const isCutOff = isProblem(save.error) && save.error.isUnreachable;
  const { mutate } = save;
  useEffect(() => {
    if (!isCutOff) return undefined;
    const again = (): void => {
      mutate({ content, etag: saved.etag });
    };
    globalThis.addEventListener('online', again);
    return () => {
      globalThis.removeEventListener('online', again);
    };
  }, [isCutOff, mutate, content, saved.etag]);

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

  /** Over theirs, knowingly: their revision is the one that is replaced. */
  const saveOver = (next: CourseContent): void => {
    if (theirs === null) return;
    take(theirs);
    setContent(next);
    setTheirs(null);
    save.mutate({ content: next, etag: theirs.etag });
  };

  return {
    courseId,
    content,
    base,
    saved: saved.draft,
    isDirty,
    edit: (change: Edit) => {
      setContent(change);
    },
    save,
    saveNow: () => save.mutateAsync({ content, etag: saved.etag }),
    publish,
    theirs: theirs?.draft ?? null,
    takeMerged: saveOver,
    keepMine: () => {
      saveOver(content);
    },
    takeTheirs: () => {
      if (theirs === null) return;
      // What is given up can still be found until the next save.
      store.write({ revision, base, content }, new Date());
      take(theirs);
      setContent(theirs.draft.content);
      setTheirs(null);
      save.reset();
    },
    decideLater: () => {
      setTheirs(null);
    },
    backup,
    restoreBackup: () => {
      if (backup === null) return;
      setContent(backup.content);
      setBackup(null);
      if (backup.revision === saved.draft.revision) return;
      // The draft has gone on without it: what was kept is merged into it like any other work of two.
      setBase(backup.base);
      setTheirs(saved);
    },
    discardBackup: () => {
      store.clear();
      setBackup(null);
    },
  };
}

export type DraftEditor = ReturnType<typeof useDraft>;
