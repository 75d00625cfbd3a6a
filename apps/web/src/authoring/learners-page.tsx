import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { BadgeX, EllipsisVertical, RotateCcw, UserMinus, Users } from 'lucide-react';
import { createContext, use, useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type {
  EnrolmentStatus,
  ManagedEnrolment,
  assignCourse,
  withdrawLearner,
} from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge, type BadgeTone } from '../design/badge.js';
import { type DataColumn, DataTable, moreOf } from '../design/data-table.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, SelectField } from '../design/field.js';
import { Menu, MenuItem } from '../design/menu.js';
import { ProgressBar } from '../design/progress.js';
import { Loading, Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { useSettled } from '../design/use-settled.js';
import { formatShortDay } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden, Problem } from '../shell/problem-page.js';
import { AttemptsDialog } from './attempts-dialog.js';
import { authoringKey, learnersQuery } from './authoring.queries.js';
import { CourseFrame } from './course-frame.js';
import { RevokeDialog } from './revoke-dialog.js';
import '../design/table.css';

const page = '/member/app/author/$courseId/learners';

interface Asked {
  readonly what: 'attempts' | 'revoke';
  readonly of: ManagedEnrolment;
}
type Filter = EnrolmentStatus | 'all';

const Ask = createContext<(asked: Asked) => void>(() => undefined);

export function LearnersPage() {
  const user = useUser();
  return may(user, 'enrolments.manage') ? <Learners /> : <Forbidden />;
}

function Learners() {
  const api = useApi();
  const { courseId } = useParams({ from: page });
  const [words, setWords] = useState('');
  const [status, setStatus] = useState<Filter>('all');
  const [asked, setAsked] = useState<Asked | null>(null);
  const found = useInfiniteQuery({
    ...learnersQuery(api, courseId, status, useSettled(words.trim(), 250)),
    placeholderData: (previous) => previous,
  });
  const rows = useMemo(() => found.data?.pages.flatMap(({ items }) => items) ?? [], [found.data]);
  const columns = useMemo(() => columnsOf(), []);
  usePageTitle(t('learners.title'));
  const close = (): void => {
    setAsked(null);
  };
  return (
    <CourseFrame courseId={courseId} title={t('learners.title')} lead={t('learners.lead')}>
      <search className="filters">
        <SearchField
          label={t('learners.search')}
          placeholder={t('learners.searchHint')}
          value={words}
          onChange={setWords}
        />
        <SelectField
          label={t('authoring.state')}
          hideLabel
          value={status}
          onChange={setStatus}
          options={[
            { value: 'all', label: t('learners.all') },
            ...(Object.keys(statusNames) as EnrolmentStatus[]).map((value) => ({
              value,
              label: t(statusNames[value]),
            })),
          ]}
        />
      </search>
      {found.isPending && (
        <Loading>
          <Skeleton className="skeleton--list" />
        </Loading>
      )}
      {found.isError && (
        <Problem
          level={2}
          error={found.error}
          onRetry={() => {
            void found.refetch();
          }}
        />
      )}
      {found.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Users}
          title={words === '' && status === 'all' ? t('learners.none') : t('learners.noMatch')}
        >
          {words === '' && status === 'all' ? t('learners.noneText') : undefined}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Ask value={setAsked}>
          <DataTable
            label={t('learners.title')}
            rows={rows}
            keyOf={({ enrolmentId }) => enrolmentId}
            nameOf={nameOf}
            columns={columns}
            more={moreOf(found)}
          />
        </Ask>
      )}
      {asked?.what === 'attempts' && (
        <AttemptsDialog courseId={courseId} enrolment={asked.of} name={nameOf(asked.of)} onClose={close} />
      )}
      {asked?.what === 'revoke' && (
        <RevokeDialog enrolment={asked.of} name={nameOf(asked.of)} onClose={close} />
      )}
    </CourseFrame>
  );
}

const nameOf = ({ learner }: ManagedEnrolment): string =>
  learner === null ? t('learners.unknown') : learner.name || learner.email;

const statusNames: Readonly<Record<EnrolmentStatus, MessageKey>> = {
  not_started: 'learners.notStarted',
  in_progress: 'learners.inProgress',
  completed: 'learners.completed',
  withdrawn: 'learners.withdrawn',
};
const tones: Readonly<Record<EnrolmentStatus, BadgeTone>> = {
  not_started: 'neutral',
  in_progress: 'accent',
  completed: 'good',
  withdrawn: 'warn',
};

function columnsOf(): readonly DataColumn<ManagedEnrolment>[] {
  return [
    {
      id: 'name',
      title: t('learners.name'),
      width: '3fr',
      minWidth: 190,
      cell: (row) => (
        <span className="learner">
          <span>{nameOf(row)}</span>
          {row.learner !== null && row.learner.name !== '' && (
            <span className="learner__email">{row.learner.email}</span>
          )}
        </span>
      ),
    },
    {
      id: 'status',
      title: t('authoring.state'),
      width: '1.5fr',
      minWidth: 130,
      cell: ({ status }) => <Badge tone={tones[status]}>{t(statusNames[status])}</Badge>,
    },
    {
      id: 'progress',
      title: t('learners.progress'),
      width: '2fr',
      minWidth: 130,
      cell: (row) => (
        <div className="learner__progress">
          <ProgressBar label={t('learners.progressOf', { name: nameOf(row) })} value={row.progress} />
        </div>
      ),
    },
    {
      id: 'version',
      title: t('learners.version'),
      width: '1fr',
      minWidth: 90,
      align: 'end',
      cell: ({ version }) => version,
    },
    {
      id: 'due',
      title: t('learners.due'),
      width: '1.5fr',
      minWidth: 120,
      cell: ({ dueAt }) => (dueAt === null ? '–' : formatShortDay(dueAt)),
    },
    {
      id: 'actions',
      title: t('authoring.actions'),
      width: 88,
      align: 'end',
      cell: (row) => <LearnerMenu enrolment={row} />,
    },
  ];
}

function LearnerMenu({ enrolment }: { readonly enrolment: ManagedEnrolment }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const ask = use(Ask);
  const { courseId, enrolmentId, status, certificateId, userId, dueAt } = enrolment;
  const name = nameOf(enrolment);
  const failed = () => {
    toasts.show(t('problem.unknown.title'), 'bad');
  };
  const refresh = () => queries.invalidateQueries({ queryKey: authoringKey });
  // Whoever comes back has the progress made before.
  const takeBack = useMutation({
    mutationFn: () =>
      api.send<typeof assignCourse>('POST', '/api/v1/courses/:courseId/assignments', {
        params: { courseId },
        body: { userIds: [userId], dueAt },
      }),
    onError: failed,
    onSettled: refresh,
  });
  const withdraw = useMutation({
    mutationFn: () =>
      api.send<typeof withdrawLearner>('DELETE', '/api/v1/courses/:courseId/enrolments/:enrolmentId', {
        params: { courseId, enrolmentId },
      }),
    onSuccess: () => {
      toasts.show(t('learners.withdrawnToast', { name }), 'good', {
        label: t('action.undo'),
        run: () => {
          takeBack.mutate();
        },
      });
    },
    onError: failed,
    onSettled: refresh,
  });
  const isOpen = status === 'in_progress' || status === 'not_started';
  if (!isOpen && certificateId === null) return null;
  return (
    <Menu
      label={t('authoring.actions')}
      trigger={
        <AriaButton
          className="icon-button icon-button--quiet"
          aria-label={t('authoring.actionsOf', { title: name })}
        >
          <EllipsisVertical aria-hidden />
        </AriaButton>
      }
    >
      <>
        {isOpen && (
          <MenuItem
            icon={<RotateCcw aria-hidden />}
            onAction={() => {
              ask({ what: 'attempts', of: enrolment });
            }}
          >
            {t('learners.grant')}
          </MenuItem>
        )}
        {isOpen && (
          <MenuItem
            icon={<UserMinus aria-hidden />}
            tone="danger"
            onAction={() => {
              withdraw.mutate();
            }}
          >
            {t('learners.withdraw')}
          </MenuItem>
        )}
        {certificateId !== null && (
          <MenuItem
            icon={<BadgeX aria-hidden />}
            tone="danger"
            onAction={() => {
              ask({ what: 'revoke', of: enrolment });
            }}
          >
            {t('learners.revoke')}
          </MenuItem>
        )}
      </>
    </Menu>
  );
}
