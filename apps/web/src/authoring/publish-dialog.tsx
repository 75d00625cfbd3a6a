import { useQuery } from '@tanstack/react-query';
import { UserCheck, UserPlus, Users } from 'lucide-react';
import { type ReactNode } from 'react';
import type { CourseContent, PublishImpact } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { Dialog } from '../design/dialog.js';
import { Notice } from '../design/notice.js';
import { Loading, SkeletonText } from '../design/skeleton.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { Problem } from '../shell/problem-page.js';
import { impactQuery } from './authoring.queries.js';
import { Comparison } from './comparison.js';
import { faultPlace } from './fault-place.js';
import { faultText } from './fault-text.js';
import { type DraftEditor } from './use-draft.js';
import './publish-dialog.css';

interface PublishDialogProps {
  readonly draft: DraftEditor;
  readonly onClose: () => void;
  readonly onOpenPart: (partId: string | null) => void;
}

/** What a publication changes, for whom, and what has to be put right before. The draft is saved already. */
export function PublishDialog({ draft, onClose, onOpenPart }: PublishDialogProps) {
  const api = useApi();
  const { publish, content, saved } = draft;
  const impact = useQuery(impactQuery(api, draft.courseId, saved.revision));
  if (publish.isSuccess) {
    return (
      <Dialog
        title={t('publish.done.title')}
        isOpen
        onClose={onClose}
        actions={
          <>
            <Button look="secondary" onPress={onClose}>
              {t('publish.done.stay')}
            </Button>
            <ButtonLink to="/courses/$courseId" params={{ courseId: draft.courseId }}>
              {t('publish.done.see')}
            </ButtonLink>
          </>
        }
      >
        <p>{t('publish.done.text', { title: content.title, number: publish.data.number })}</p>
      </Dialog>
    );
  }
  const refused = isProblem(publish.error, 'course.incomplete') ? publish.error.errors : null;
  const faults = refused ?? impact.data?.faults ?? [];
  const isReady = impact.isSuccess && faults.length === 0 && !impact.data.identical;
  return (
    <Dialog
      title={faults.length > 0 ? t('publish.faults.title') : t('publish.title')}
      isOpen
      onClose={onClose}
      size="l"
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {isReady ? t('action.cancel') : t('action.close')}
          </Button>
          {isReady && (
            <Button
              isPending={publish.isPending}
              onPress={() => {
                publish.mutate();
              }}
            >
              {t('publish.action')}
            </Button>
          )}
        </>
      }
    >
      {impact.isPending && (
        <Loading>
          <SkeletonText lines={5} />
        </Loading>
      )}
      {impact.isError && (
        <Problem
          level={2}
          error={impact.error}
          onRetry={() => {
            void impact.refetch();
          }}
        />
      )}
      {faults.length > 0 && <Faults content={content} faults={faults} onOpenPart={onOpenPart} />}
      {impact.isSuccess && faults.length === 0 && <Impact impact={impact.data} />}
      {refused === null && <FormProblem error={publish.error} />}
    </Dialog>
  );
}

function Impact({ impact }: { readonly impact: PublishImpact }) {
  const { learners, staying, nextVersion, changes, identical } = impact;
  if (identical) return <Notice tone="info">{t('publish.nothing')}</Notice>;
  return (
    <div className="impact">
      <h3 className="impact__title">{t('publish.forWhom')}</h3>
      <ul className="impact__people">
        <Group icon={<UserPlus aria-hidden />}>{t('publish.newLearners', { number: nextVersion })}</Group>
        {learners.notStarted > 0 && (
          <Group icon={<UserPlus aria-hidden />}>
            {t('publish.moving', { count: learners.notStarted, number: nextVersion })}
          </Group>
        )}
        {staying.map(({ version, learners: count }) => (
          <Group key={version} icon={<Users aria-hidden />}>
            {t('publish.staying', { count, number: version })}
          </Group>
        ))}
        {learners.completed > 0 && (
          <Group icon={<UserCheck aria-hidden />}>
            {t('publish.completed', { count: learners.completed })}
          </Group>
        )}
      </ul>
      <h3 className="impact__title">
        {changes === null
          ? t('publish.first')
          : t('publish.changesSince', { number: impact.currentVersion ?? 0 })}
      </h3>
      {changes !== null && <Comparison comparison={changes} />}
    </div>
  );
}

function Group({ icon, children }: { readonly icon: ReactNode; readonly children: string }) {
  return (
    <li>
      {icon}
      <span>{children}</span>
    </li>
  );
}

interface FaultsProps {
  readonly content: CourseContent;
  readonly faults: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
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
            <li key={fault.pointer + fault.code}>
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
                <span>{faultText(fault)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
