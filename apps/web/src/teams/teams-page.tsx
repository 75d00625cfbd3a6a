import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { createTeam } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { EmptyState } from '../design/empty-state.js';
import { SearchField, TextField } from '../design/field.js';
import { MoreButton } from '../design/more-button.js';
import { PageHeading } from '../design/page-heading.js';
import { Skeleton } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { useSettled } from '../design/use-settled.js';
import { FormDialog } from '../forms/form-dialog.js';
import { formatNumber } from '../language/numbers.js';
import { t } from '../language/t.js';
import { type PickedPerson, PersonPicker } from '../people/person-picker.js';
import { fieldErrors } from '../session/field-errors.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { teamsKey, teamsQuery } from './teams.queries.js';

export function TeamsPage() {
  const user = useUser();
  usePageTitle(t('admin.teams'));
  return may(user, 'users.read') ? <Teams mayManage={may(user, 'teams.manage')} /> : <Forbidden />;
}

function Teams({ mayManage }: { readonly mayManage: boolean }) {
  const [words, setWords] = useState('');
  const [creating, setCreating] = useState(false);
  const settled = useSettled(words.trim(), 250);
  const found = useInfiniteQuery({
    ...teamsQuery(useApi(), settled),
    placeholderData: (before) => before,
  });
  const create = mayManage && (
    <Button
      icon={<Plus aria-hidden />}
      onPress={() => {
        setCreating(true);
      }}
    >
      {t('teams.new')}
    </Button>
  );
  return (
    <>
      <PageHeading title={t('admin.teams')} actions={create}>
        {t('teams.lead')}
      </PageHeading>
      <search className="filters">
        <SearchField
          label={t('teams.search')}
          placeholder={t('teams.search')}
          value={words}
          onChange={setWords}
        />
      </search>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {({ pages }) => {
          const teams = pages.flatMap(({ items }) => items);
          if (teams.length === 0) {
            return (
              <EmptyState
                icon={UsersRound}
                title={settled === '' ? t('teams.none.title') : t('teams.noMatch.title')}
                action={settled === '' && create}
              >
                {settled === '' ? t('teams.none.text') : t('teams.noMatch.text')}
              </EmptyState>
            );
          }
          return (
            <>
              <Table
                label={t('admin.teams')}
                rows={teams}
                keyOf={({ id }) => id}
                columns={[
                  {
                    title: t('field.name'),
                    cell: ({ id, name }) => (
                      <Link className="table__name" to="/admin/teams/$teamId" params={{ teamId: id }}>
                        {name}
                      </Link>
                    ),
                  },
                  { title: t('teams.members'), cell: ({ members }) => formatNumber(members) },
                  {
                    title: t('teams.leads'),
                    cell: ({ leads }) =>
                      leads.length === 0 ? '–' : leads.map(({ name }) => name).join(', '),
                  },
                ]}
              />
              <MoreButton of={found} />
            </>
          );
        }}
      </Answer>
      {creating && (
        <NewTeamDialog
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </>
  );
}

function NewTeamDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [lead, setLead] = useState<PickedPerson | null>(null);
  const [tried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      api.send<typeof createTeam>('POST', '/api/v1/teams', {
        body: { name, leadIds: lead === null ? [] : [lead.id] },
      }),
    onSuccess: ({ data }) => {
      toasts.show(t('teams.created', { name: data.name }));
      void queries.invalidateQueries({ queryKey: teamsKey });
      void navigate({ to: '/admin/teams/$teamId', params: { teamId: data.id } });
    },
  });
  const submit = (): void => {
    setTried(true);
    if (name.trim() !== '') create.mutate();
  };
  return (
    <FormDialog
      title={t('teams.new')}
      submit={t('teams.create')}
      isPending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('field.name')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        error={tried && name.trim() === '' ? t('field.nameMissing') : fieldErrors(create.error)['name']}
      />
      <PersonPicker label={t('teams.lead1')} value={lead} onChange={setLead} />
    </FormDialog>
  );
}
