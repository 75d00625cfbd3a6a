import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, CloudOff, NotebookPen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Note } from '#libs/contracts/courses';
import { type ApiAnswer } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Skeleton } from '../design/skeleton.js';
import { DraftOffer } from '../drafts/draft-offer.js';
import { useLocalDraft } from '../drafts/use-local-draft.js';
import { t } from '../language/t.js';
import { Answer } from '../shell/answer.js';
import { Autosave, type SaveState } from './autosave.js';
import { NoteKeeper } from './note-keeper.js';
import { noteKey, noteQuery } from './note.queries.js';
import './note-panel.css';

interface NotePanelProps {
  readonly enrolmentId: string;
  readonly lessonId: string;
}

const MOST = 20_000;

/** The learner's own note beside a lesson. */
export function NotePanel({ enrolmentId, lessonId }: NotePanelProps) {
  const note = useQuery({ ...noteQuery(useApi(), enrolmentId, lessonId), refetchOnWindowFocus: false });
  return (
    <section className="note" aria-labelledby="note-title">
      <h2 className="note__title" id="note-title">
        <NotebookPen aria-hidden /> {t('note.title')}
      </h2>
      <Answer of={note} skeleton={<Skeleton className="skeleton--note" />}>
        {(answer) => <NoteField key={`${enrolmentId}/${lessonId}`} answer={answer} />}
      </Answer>
    </section>
  );
}

function NoteField({ answer }: { readonly answer: ApiAnswer<Note> }) {
  const api = useApi();
  const queries = useQueryClient();
  const { enrolmentId, lessonId, text: stored } = answer.data;
  const [text, setText] = useState(stored);
  const [state, setState] = useState<SaveState>('saved');
  const [theirs, setTheirs] = useState<ApiAnswer<Note> | null>(null);
  const [keeper] = useState(() => new NoteKeeper(api, answer));
  const isOpen = state === 'failed' || state === 'conflict' || state === 'waiting' || state === 'saving';
  const draft = useLocalDraft(`note.${enrolmentId}.${lessonId}`, isOpen ? text : null);
  const [autosave] = useState(
    () =>
      new Autosave({
        save: async (wanted) => {
          queries.setQueryData(noteKey(enrolmentId, lessonId), await keeper.save(wanted));
        },
        isConflict: (error) => isProblem(error) && (error.status === 412 || error.status === 409),
        onState: setState,
        later: (work, milliseconds) => {
          const timer = setTimeout(work, milliseconds);
          return () => {
            clearTimeout(timer);
          };
        },
      }),
  );
  const { done } = draft;
  const wasOpen = useRef(false);
  useEffect(() => {
    // What was found from before is not done by the mere opening of the page.
    if (state === 'saved' && wasOpen.current) done();
    wasOpen.current = state !== 'saved';
  }, [state, done]);
  useEffect(() => {
    const flush = (): void => {
      autosave.flush();
    };
    window.addEventListener('online', flush);
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('online', flush);
      window.removeEventListener('pagehide', flush);
      autosave.stop();
    };
  }, [autosave]);
  useEffect(() => {
    if (state !== 'conflict') return;
    keeper
      .look()
      .then(setTheirs)
      .catch(() => undefined);
  }, [state, keeper]);

  const type = (next: string): void => {
    setText(next);
    autosave.typed(next);
  };
  const keep = (next: string): void => {
    if (theirs !== null) keeper.seen(theirs);
    setTheirs(null);
    type(next);
    autosave.flush();
  };
  const found = draft.found !== null && draft.found.value !== text ? draft.found : null;
  return (
    <>
      {found !== null && state === 'saved' && (
        <DraftOffer
          keptAt={found.keptAt}
          onTake={() => {
            type(found.value);
            draft.settle(true);
          }}
          onDiscard={() => {
            draft.settle(false);
          }}
        />
      )}
      <TextField
        label={t('note.title')}
        hideLabel
        multiline
        rows={6}
        value={text}
        maxLength={MOST}
        placeholder={t('note.hint')}
        onChange={type}
        onBlur={() => {
          autosave.flush();
        }}
      />
      <p className="note__state" role="status">
        {state === 'saved' && text !== '' && (
          <>
            <Check aria-hidden /> {t('note.saved')}
          </>
        )}
        {(state === 'waiting' || state === 'saving') && t('note.saving')}
        {state === 'failed' && (
          <>
            <CloudOff aria-hidden /> {t('note.failed')}
          </>
        )}
      </p>
      {state === 'conflict' && theirs !== null && (
        <Notice
          tone="warn"
          title={t('note.conflict')}
          live
          action={
            <>
              <Button
                look="quiet"
                size="s"
                onPress={() => {
                  keep(theirs.data.text);
                }}
              >
                {t('note.takeTheirs')}
              </Button>
              <Button
                look="secondary"
                size="s"
                onPress={() => {
                  keep(`${theirs.data.text}\n\n${text}`);
                }}
              >
                {t('note.keepBoth')}
              </Button>
            </>
          }
        >
          <blockquote className="note__theirs">{theirs.data.text}</blockquote>
        </Notice>
      )}
      <p className="note__private">{t('note.private')}</p>
    </>
  );
}
