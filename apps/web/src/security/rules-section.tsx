import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import type { Role } from '#libs/contracts';
import type {
  AttributeMapping,
  ConnectionView,
  previewMapping,
  Provisioning,
  RoleRule,
  updateConnection,
} from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { CheckField } from '../design/check-field.js';
import { SelectField, TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { useToasts } from '../design/toasts.js';
import { type MessageKey, t } from '../language/t.js';
import { roleName, roleOrder } from '../people/role-name.js';
import { FormProblem } from '../session/form-problem.js';
import { attemptsQuery, connectionsKey } from './security.queries.js';

type AssignedRole = Exclude<Role, 'owner'>;
const assigned = roleOrder.filter((role): role is AssignedRole => role !== 'owner');
const fields = ['email', 'name', 'firstName', 'lastName', 'department', 'groups'] as const;
const fieldKeys = {
  email: 'sso.map.email',
  name: 'sso.map.name',
  firstName: 'sso.map.firstName',
  lastName: 'sso.map.lastName',
  department: 'sso.map.department',
  groups: 'sso.map.groups',
} as const satisfies Readonly<Record<(typeof fields)[number], MessageKey>>;
const noRule: RoleRule = { attribute: null, value: '', role: 'learner', team: null };

interface Draft {
  readonly mapping: AttributeMapping;
  readonly provisioning: Provisioning;
}
interface PartProps {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
}

/** Who becomes whom: which attribute says what, and which group gives which role and team. With a look at a real answer. */
export function RulesSection({
  connection,
  etag,
}: {
  readonly connection: ConnectionView;
  readonly etag: string;
}) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const { id, mapping, provisioning } = connection;
  const [draft, set] = useState<Draft>({ mapping, provisioning });
  const save = useMutation({
    mutationFn: () =>
      api.send<typeof updateConnection>('PATCH', `/api/v1/sso/connections/${id}`, {
        body: tidy(draft),
        ifMatch: etag,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: connectionsKey });
      toasts.show(t('sso.saved'));
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title={t('sso.rules')} lead={t('sso.rules.lead')}>
      <form className="form" onSubmit={submit} noValidate>
        <People draft={draft} set={set} />
        <Mapping draft={draft} set={set} />
        <Groups draft={draft} set={set} />
        <Preview connectionId={id} draft={draft} />
        <FormProblem error={save.error} />
        <div className="form__actions">
          <Button type="submit" isPending={save.isPending}>
            {t('sso.rules.save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function People({ draft, set }: PartProps) {
  const { provisioning } = draft;
  const change = (rules: Partial<Provisioning>) => {
    set({ ...draft, provisioning: { ...provisioning, ...rules } });
  };
  return (
    <>
      <SelectField
        label={t('sso.mode')}
        value={provisioning.mode}
        options={[
          { value: 'invited', label: t('sso.mode.invited') },
          { value: 'create', label: t('sso.mode.create') },
          { value: 'off', label: t('sso.mode.off') },
        ]}
        onChange={(mode) => {
          change({ mode });
        }}
      />
      <SelectField
        label={t('sso.addresses')}
        description={t('sso.addresses.about')}
        value={provisioning.emailDomains}
        options={[
          { value: 'verified', label: t('sso.addresses.verified') },
          { value: 'any', label: t('sso.addresses.any') },
        ]}
        onChange={(emailDomains) => {
          change({ emailDomains });
        }}
      />
      <SelectField
        label={t('sso.defaultRole')}
        value={provisioning.defaultRole}
        options={assigned.map((value) => ({ value, label: roleName(value) }))}
        onChange={(defaultRole) => {
          change({ defaultRole });
        }}
      />
      <CheckField
        isSelected={provisioning.updateOnSignIn}
        onChange={(updateOnSignIn) => {
          change({ updateOnSignIn });
        }}
      >
        {t('sso.follow')}
      </CheckField>
    </>
  );
}

function Mapping({ draft, set }: PartProps) {
  return (
    <fieldset className="sso-fields">
      <legend>{t('sso.map')}</legend>
      <p>{t('sso.map.about')}</p>
      {fields.map((field) => (
        <TextField
          key={field}
          label={t(fieldKeys[field])}
          value={draft.mapping[field] ?? ''}
          placeholder={t('sso.map.usual')}
          mono
          onChange={(name) => {
            set({ ...draft, mapping: { ...draft.mapping, [field]: name === '' ? null : name } });
          }}
        />
      ))}
    </fieldset>
  );
}

function Groups({ draft, set }: PartProps) {
  const { provisioning } = draft;
  const { rules } = provisioning;
  const change = (next: readonly RoleRule[]) => {
    set({ ...draft, provisioning: { ...provisioning, rules: [...next] } });
  };
  const edit = (index: number, rule: Partial<RoleRule>) => {
    change(rules.map((one, at) => (at === index ? { ...one, ...rule } : one)));
  };
  return (
    <fieldset className="sso-fields">
      <legend>{t('sso.groups')}</legend>
      <p>{t('sso.groups.about')}</p>
      {rules.map((rule, index) => (
        <div
          className="sso-rule"
          role="group"
          key={index}
          aria-label={t('sso.groups.rule', { number: index + 1 })}
        >
          <TextField
            label={t('sso.groups.value')}
            value={rule.value}
            mono
            onChange={(value) => {
              edit(index, { value });
            }}
          />
          <SelectField
            label={t('sso.groups.role')}
            value={rule.role ?? ''}
            options={[
              { value: '', label: t('sso.groups.noRole') },
              ...assigned.map((value) => ({ value, label: roleName(value) })),
            ]}
            onChange={(role) => {
              edit(index, { role: role === '' ? null : role });
            }}
          />
          <TextField
            label={t('sso.groups.team')}
            value={rule.team ?? ''}
            onChange={(team) => {
              edit(index, { team: team === '' ? null : team });
            }}
          />
          <Button
            look="quiet"
            icon={<Trash2 aria-hidden />}
            aria-label={t('sso.groups.removeOf', { number: index + 1 })}
            onPress={() => {
              change(rules.filter((_, at) => at !== index));
            }}
          >
            {t('sso.groups.remove')}
          </Button>
        </div>
      ))}
      <div className="form__actions">
        <Button
          look="secondary"
          onPress={() => {
            change([...rules, noRule]);
          }}
        >
          {t('sso.groups.add')}
        </Button>
      </div>
    </fieldset>
  );
}

/** On the last answer of the provider that could be read. */
function Preview({ connectionId, draft }: { readonly connectionId: string; readonly draft: Draft }) {
  const api = useApi();
  const attempts = useQuery(attemptsQuery(api, connectionId));
  const last = attempts.data?.find(({ subject }) => subject !== null);
  const preview = useMutation({
    mutationFn: (attemptId: string) =>
      api.send<typeof previewMapping>('POST', `/api/v1/sso/connections/${connectionId}/preview`, {
        body: { attemptId, ...tidy(draft) },
      }),
  });
  if (last === undefined) return <p>{t('sso.preview.none')}</p>;
  const person = preview.data?.data.person ?? null;
  return (
    <>
      <div className="form__actions">
        <Button
          look="secondary"
          isPending={preview.isPending}
          onPress={() => {
            preview.mutate(last.id);
          }}
        >
          {t('sso.preview')}
        </Button>
      </div>
      <FormProblem error={preview.error} />
      {person !== null && (
        <Notice tone={person.email === null ? 'bad' : 'good'} title={t('sso.preview.title')} live>
          {t('sso.preview.person', {
            name: person.name ?? '–',
            email: person.email ?? '–',
            role: roleName(person.role),
            team: person.team ?? '–',
            groups: person.groups.length === 0 ? '–' : person.groups.join(', '),
          })}
        </Notice>
      )}
    </>
  );
}

/** Rules without a value say nothing. */
function tidy({ mapping, provisioning }: Draft): Draft {
  const rules = provisioning.rules.filter(({ value }) => value.trim() !== '');
  return { mapping, provisioning: { ...provisioning, rules } };
}
