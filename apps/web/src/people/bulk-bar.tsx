import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { roles, type Role } from '#libs/contracts';
import type { User, UserChangeResult } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { type Chosen } from '../design/data-table.js';
import { Dialog } from '../design/dialog.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { ProgressBar } from '../design/progress.js';
import { useToasts } from '../design/toasts.js';
import { type MessageKey, t } from '../language/t.js';
import { useUser } from '../session/session.queries.js';
import { type Change, changePeople, undoOf } from './change-people.js';
import { everybody, type PeopleFilter, peopleKey, teamNamesQuery } from './people.queries.js';
import { type PickedPerson, PersonPicker } from './person-picker.js';
import { roleName } from './role-name.js';
import './people.css';

type Action = Change['action'];
const actions: readonly Action[] = [
  'set_role',
  'set_team',
  'set_department',
  'set_manager',
  'invite',
  'reactivate',
  'deactivate',
];
const names: Readonly<Record<Action, MessageKey>> = {
  set_role: 'bulk.role',
  set_team: 'bulk.team',
  set_department: 'bulk.department',
  set_manager: 'bulk.manager',
  invite: 'bulk.invite',
  reactivate: 'people.reactivate',
  deactivate: 'people.deactivate',
};
const NONE = '';

interface BulkBarProps {
  readonly chosen: Chosen;
  readonly filter: PeopleFilter;
  /** Those that are loaded. */
  readonly people: readonly User[];
  readonly total: number;
  readonly onDone: () => void;
}

/** What can be done to all who are chosen; appears with the first of them. */
export function BulkBar({ chosen, filter, people, total, onDone }: BulkBarProps) {
  const [action, setAction] = useState<Action>('set_role');
  const [asking, setAsking] = useState(false);
  const count = chosen === 'all' ? total : chosen.size;
  if (count === 0 && !asking) return null;
  return (
    <div className="bulk" role="region" aria-label={t('bulk.label')}>
      <p className="bulk__count">{t('bulk.count', { count })}</p>
      <SelectField
        label={t('bulk.action')}
        hideLabel
        value={action}
        onChange={setAction}
        options={actions.map((value) => ({ value, label: t(names[value]) }))}
      />
      <Button
        onPress={() => {
          setAsking(true);
        }}
      >
        {t('action.goOn')}
      </Button>
      <Button look="quiet" onPress={onDone}>
        {t('bulk.clear')}
      </Button>
      {asking && (
        <BulkDialog
          action={action}
          count={count}
          members={async (api) =>
            chosen === 'all' ? everybody(api, filter) : people.filter(({ id }) => chosen.has(id))
          }
          onClose={(isDone) => {
            setAsking(false);
            if (isDone) onDone();
          }}
        />
      )}
    </div>
  );
}

interface BulkDialogProps {
  readonly action: Action;
  readonly count: number;
  readonly members: (api: ReturnType<typeof useApi>) => Promise<readonly User[]>;
  readonly onClose: (isDone: boolean) => void;
}

function BulkDialog({ action, count, members, onClose }: BulkDialogProps) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const toasts = useToasts();
  const teams = useQuery(teamNamesQuery(api));
  const [role, setRole] = useState<Role>('learner');
  const [teamId, setTeamId] = useState<string>(NONE);
  const [department, setDepartment] = useState('');
  const [manager, setManager] = useState<PickedPerson | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [failures, setFailures] = useState<readonly Failure[] | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: peopleKey });
  const undo = (change: Change, changed: readonly User[]) => async (): Promise<void> => {
    try {
      for (const step of undoOf(change, changed) ?? []) await changePeople(api, step.change, step.userIds);
      toasts.show(t('bulk.undone'));
    } catch {
      toasts.show(t('problem.unknown.title'), 'bad');
    }
    await refresh();
  };
  const run = useMutation({
    mutationFn: async () => {
      setProgress(0);
      const before = await members(api);
      const change = changeOf(action, { role, teamId, department, manager });
      const outcomes = await changePeople(
        api,
        change,
        before.map(({ id }) => id),
        setProgress,
      );
      return { change, before, outcomes };
    },
    onSuccess: ({ change, before, outcomes }) => {
      const changed = new Set(
        outcomes.filter(({ outcome }) => outcome === 'changed').map(({ userId }) => userId),
      );
      const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
      const people = before.filter(({ id }) => changed.has(id));
      const back = undoOf(change, people);
      toasts.show(
        t('bulk.done', { count: changed.size }),
        'good',
        back === null || people.length === 0
          ? undefined
          : { label: t('action.undo'), run: () => void undo(change, people)() },
      );
      if (failed.length === 0) onClose(true);
      else {
        setFailures(
          failed.map((item) => ({ ...item, name: before.find(({ id }) => id === item.userId)?.name ?? '' })),
        );
      }
    },
    onSettled: () => {
      setProgress(null);
      return refresh();
    },
  });
  if (failures !== null) {
    return (
      <Failures
        failures={failures}
        onClose={() => {
          onClose(true);
        }}
      />
    );
  }
  return (
    <Dialog
      title={t(names[action])}
      isOpen
      role={action === 'deactivate' ? 'alertdialog' : 'dialog'}
      onClose={() => {
        onClose(false);
      }}
      actions={
        <>
          <Button
            look="secondary"
            onPress={() => {
              onClose(false);
            }}
          >
            {t('action.cancel')}
          </Button>
          <Button
            look={action === 'deactivate' ? 'danger' : 'primary'}
            isPending={run.isPending}
            onPress={() => {
              run.mutate();
            }}
          >
            {t('bulk.run', { count })}
          </Button>
        </>
      }
    >
      <div className="form">
        {run.isError && (
          <Notice tone="bad" title={t('problem.unknown.title')} live>
            {t('problem.unknown.text')}
          </Notice>
        )}
        <p>
          {t(
            action === 'deactivate'
              ? 'bulk.deactivateText'
              : action === 'invite'
                ? 'bulk.inviteText'
                : 'bulk.text',
            { count },
          )}
        </p>
        {action === 'set_role' && (
          <SelectField
            label={t('people.role')}
            value={role}
            onChange={setRole}
            options={roles
              .filter((value) => value !== 'owner' || user.role === 'owner')
              .map((value) => ({ value, label: roleName(value) }))}
          />
        )}
        {action === 'set_team' && (
          <SelectField
            label={t('people.team')}
            value={teamId}
            onChange={setTeamId}
            options={[
              { value: NONE, label: t('people.noTeam') },
              ...(teams.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        {action === 'set_department' && (
          <TextField
            label={t('people.department')}
            description={t('bulk.emptyRemoves')}
            value={department}
            onChange={setDepartment}
            maxLength={100}
          />
        )}
        {action === 'set_manager' && (
          <PersonPicker
            label={t('people.manager')}
            description={t('bulk.emptyRemoves')}
            value={manager}
            onChange={setManager}
          />
        )}
        {progress !== null && <ProgressBar label={t('bulk.progress')} value={progress} />}
      </div>
    </Dialog>
  );
}

type Failure = UserChangeResult['items'][number] & { readonly name: string };

function Failures({
  failures,
  onClose,
}: {
  readonly failures: readonly Failure[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title={t('bulk.failed', { count: failures.length })}
      isOpen
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('action.close')}</Button>}
    >
      <ul className="outcomes">
        {failures.map(({ userId, name, detail, code }) => (
          <li key={userId}>
            <strong>{name}</strong>
            <span>{detail ?? code}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function changeOf(
  action: Action,
  given: { role: Role; teamId: string; department: string; manager: PickedPerson | null },
): Change {
  switch (action) {
    case 'set_role':
      return { action, role: given.role };
    case 'set_team':
      return { action, teamId: given.teamId === NONE ? null : given.teamId };
    case 'set_department':
      return { action, department: given.department.trim() === '' ? null : given.department.trim() };
    case 'set_manager':
      return { action, managerId: given.manager?.id ?? null };
    default:
      return { action };
  }
}
