import type { CourseContent } from '#libs/contracts/courses';
import { isProblem } from '../api/problem.js';
import { Button, ButtonLink } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { faultPlace } from './fault-place.js';
import { type DraftEditor } from './use-draft.js';

interface PublishDialogProps {
  readonly draft: DraftEditor;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpenPart: (partId: string | null) => void;
}

export function PublishDialog({ draft, isOpen, onClose, onOpenPart }: PublishDialogProps) {
  const { publish, content } = draft;
  if (publish.isSuccess) {
    return (
      <Dialog
        title={t('publish.done.title')}
        isOpen={isOpen}
        onClose={onClose}
        actions={
          <>
            <Button look="secondary" onPress={onClose}>
              {t('publish.done.stay')}
            </Button>
            <ButtonLink to="/courses/$courseId" params={{ courseId: draft.saved.courseId }}>
              {t('publish.done.see')}
            </ButtonLink>
          </>
        }
      >
        <p>{t('publish.done.text', { title: content.title, number: publish.data.number })}</p>
      </Dialog>
    );
  }
  const refused = isProblem(publish.error, 'course.incomplete');
  return (
    <Dialog
      title={refused ? t('publish.faults.title') : t('publish.title')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        refused ? (
          <Button look="secondary" onPress={onClose}>
            {t('action.close')}
          </Button>
        ) : (
          <>
            <Button look="secondary" onPress={onClose}>
              {t('action.cancel')}
            </Button>
            <Button
              isPending={publish.isPending}
              onPress={() => {
                publish.mutate();
              }}
            >
              {t('publish.action')}
            </Button>
          </>
        )
      }
    >
      {refused ? (
        <Faults
          content={content}
          faults={isProblem(publish.error) ? publish.error.errors : []}
          onOpenPart={onOpenPart}
        />
      ) : (
        <>
          <ul className="facts-list">
            <li>{t('publish.new')}</li>
            <li>{t('publish.running')}</li>
            {draft.isDirty && <li>{t('publish.saves')}</li>}
          </ul>
          {isProblem(publish.error, 'course.nothing_to_publish') ? (
            <Notice tone="info" live>
              {t('publish.nothing')}
            </Notice>
          ) : (
            <FormProblem error={publish.error} />
          )}
        </>
      )}
    </Dialog>
  );
}

interface FaultsProps {
  readonly content: CourseContent;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
  readonly onOpenPart: (partId: string | null) => void;
}

/** Everything that is missing, each a step away from where it is put right. */
function Faults({ content, faults, onOpenPart }: FaultsProps) {
  return (
    <>
      <p>{t('publish.faults.text', { count: faults.length })}</p>
      <ul className="faults">
        {faults.map((fault) => {
          const place = faultPlace(content, fault.pointer);
          const where = [
            ...place.path.map((name) => name ?? t('editor.untitled')),
            ...(place.question === null ? [] : [t('builder.question', { number: place.question })]),
          ];
          return (
            <li key={fault.pointer + fault.detail}>
              <button
                type="button"
                className="faults__item"
                onClick={() => {
                  onOpenPart(place.partId);
                }}
              >
                <span className="faults__where">
                  {where.length === 0 ? t('editor.course') : where.join(' › ')}
                </span>
                <span>{fault.detail}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
