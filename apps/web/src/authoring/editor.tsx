import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Draft } from '#libs/contracts/courses';
import { type ApiAnswer } from '../api/api-client.js';
import { ContentLanguage } from '../course/content-language.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { useToasts } from '../design/toasts.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { isProblem } from '../api/problem.js';
import { ConflictDialog } from './conflict-dialog.js';
import { DetailsForm } from './details-form.js';
import { findLesson, putBack, type Removal, removalOf, remove } from './draft-edits.js';
import { EditorHeader } from './editor-header.js';
import { LeaveDialog } from './leave-dialog.js';
import { LessonForm } from './lesson-form.js';
import { ModuleForm } from './module-form.js';
import { PublishDialog } from './publish-dialog.js';
import { Structure } from './structure.js';
import { useDraft } from './use-draft.js';
import './editor.css';

interface EditorProps {
  readonly courseId: string;
  readonly draft: ApiAnswer<Draft>;
}

export function Editor({ courseId, draft: first }: EditorProps) {
  const draft = useDraft(courseId, first);
  const toasts = useToasts();
  const navigate = useNavigate();
  const { lesson: partId } = useSearch({ from: '/member/app/author/$courseId' });
  const [publishing, setPublishing] = useState(false);
  const [preparing, setPreparing] = useState(false);
  const [removed, setRemoved] = useState<Removal | null>(null);
  const { content, isDirty } = draft;

  const openPart = (id: string | null): void => {
    void navigate({
      to: '/author/$courseId',
      params: { courseId },
      search: id === null ? {} : { lesson: id },
    });
  };
  const save = async (): Promise<boolean> => {
    try {
      await draft.saveNow();
      toasts.show(t('editor.savedToast'));
      return true;
    } catch {
      // Shown where the draft stands: the conflict or the refusal.
      return false;
    }
  };
  const take = (id: string): void => {
    const removal = removalOf(content, id);
    if (removal === null) return;
    draft.edit(remove(removal));
    setRemoved(removal);
    openPart(removal.kind === 'lesson' ? removal.moduleId : null);
  };
  const preview = async (): Promise<void> => {
    if (isDirty && !(await save())) return;
    const lessonId = partId !== undefined && findLesson(content, partId) !== null ? partId : null;
    await navigate({
      to: '/author/$courseId/preview',
      params: { courseId },
      search: lessonId === null ? {} : { lesson: lessonId },
    });
  };
  /** What is published is what is saved, so that the dialog tells of nothing else. */
  const preparePublication = async (): Promise<void> => {
    draft.publish.reset();
    setPreparing(true);
    const isSaved = !isDirty || (await save());
    setPreparing(false);
    setPublishing(isSaved);
  };
  useSaveKey(() => {
    if (isDirty && !draft.save.isPending) void save();
  });
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  const lesson = partId === undefined ? null : findLesson(content, partId);
  const module = content.modules.find(({ id }) => id === partId);
  const saveError = isProblem(draft.save.error) && draft.save.error.status === 412 ? null : draft.save.error;
  return (
    <div className="editor">
      <EditorHeader
        draft={draft}
        onSave={() => {
          void save();
        }}
        onPreview={() => {
          void preview();
        }}
        onPublish={() => {
          void preparePublication();
        }}
        isPublishing={preparing}
      />
      {draft.backup !== null && (
        <Notice
          tone="info"
          title={t('editor.backup.title')}
          action={
            <div className="form__actions">
              <Button size="s" look="quiet" onPress={draft.discardBackup}>
                {t('editor.backup.discard')}
              </Button>
              <Button size="s" onPress={draft.restoreBackup}>
                {t('editor.backup.restore')}
              </Button>
            </div>
          }
        >
          {t('editor.backup.text', { when: formatAgo(draft.backup.savedAt) })}
        </Notice>
      )}
      <FormProblem error={saveError} />
      {saveError !== null && <p className="editor__kept">{t('editor.keptHere')}</p>}
      {removed !== null && (
        <Notice
          tone="info"
          live
          action={
            <Button
              size="s"
              look="secondary"
              onPress={() => {
                draft.edit(putBack(removed));
                openPart(removed.kind === 'lesson' ? removed.lesson.id : removed.module.id);
                setRemoved(null);
              }}
            >
              {t('action.undo')}
            </Button>
          }
        >
          {removed.kind === 'lesson'
            ? t('editor.lessonRemoved', { title: removed.lesson.title || t('editor.untitledLesson') })
            : t('editor.moduleRemoved', { title: removed.module.title || t('editor.untitledModule') })}
        </Notice>
      )}
      <div className="editor__body">
        <Structure content={content} partId={partId ?? null} onEdit={draft.edit} onOpen={openPart} />
        <div className="editor__panel">
          {lesson !== null && (
            <ContentLanguage value={content.language}>
              <LessonForm
                key={lesson.id}
                lesson={lesson}
                onEdit={draft.edit}
                onRemove={() => {
                  take(lesson.id);
                }}
              />
            </ContentLanguage>
          )}
          {module !== undefined && (
            <ModuleForm
              key={module.id}
              module={module}
              onEdit={draft.edit}
              onRemove={() => {
                take(module.id);
              }}
            />
          )}
          {lesson === null && module === undefined && <DetailsForm content={content} onEdit={draft.edit} />}
        </div>
      </div>
      {publishing && draft.theirs === null && (
        <PublishDialog
          draft={draft}
          onClose={() => {
            setPublishing(false);
          }}
          onOpenPart={(id) => {
            setPublishing(false);
            openPart(id);
          }}
        />
      )}
      <ConflictDialog draft={draft} />
      {blocker.status === 'blocked' && (
        <LeaveDialog
          isSaving={draft.save.isPending}
          onStay={blocker.reset}
          onLeave={blocker.proceed}
          onSave={() => {
            void save().then((saved) => {
              if (saved) blocker.proceed();
              else blocker.reset();
            });
          }}
        />
      )}
    </div>
  );
}

/** Ctrl+S or ⌘S saves, as everywhere. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      save();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [save]);
}
