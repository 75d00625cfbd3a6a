import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { LogIn, Plus } from 'lucide-react';
import type { ConnectionView, putSignInEnforcement, SignInEnforcementView } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { CheckField } from '../design/check-field.js';
import { EmptyState } from '../design/empty-state.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton, SkeletonText } from '../design/skeleton.js';
import { Table } from '../design/table.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { kindNames, providerName, stateName, stateTones } from './connection-words.js';
import { SetupLinksSection } from './setup-links-section.js';
import { EmailDomainsSection } from './email-domains-section.js';
import { connectionsQuery, enforcementKey, enforcementQuery, ownersQuery } from './security.queries.js';
import './security.css';

export function ConnectionsPage() {
  usePageTitle(t('admin.signIn'));
  return may(useUser(), 'sso.manage') ? <Connections /> : <Forbidden />;
}

function Connections() {
  const api = useApi();
  const found = useQuery(connectionsQuery(api));
  const enforcement = useQuery(enforcementQuery(api));
  const add = (
    <ButtonLink to="/admin/sign-in/new" icon={<Plus aria-hidden />}>
      {t('sso.new')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeading title={t('admin.signIn')} actions={add}>
        {t('sso.lead')}
      </PageHeading>
      <Answer of={found} skeleton={<Skeleton className="skeleton--list" />}>
        {(connections) =>
          connections.length === 0 ? (
            <>
              <div className="sso-list">
                <EmptyState icon={LogIn} title={t('sso.none.title')} action={add}>
                  {t('sso.none.text')}
                </EmptyState>
              </div>
              <SetupLinksSection />
            </>
          ) : (
            <>
              <div className="sso-list">
                <Table
                  label={t('admin.signIn')}
                  rows={connections}
                  keyOf={({ id }) => id}
                  columns={columns()}
                />
              </div>
              <SetupLinksSection />
              <EmailDomainsSection connections={connections} />
              <Answer of={enforcement} skeleton={<Skeleton className="skeleton--list" />}>
                {(rule) => <Enforcement rule={rule} />}
              </Answer>
            </>
          )
        }
      </Answer>
    </>
  );
}

const columns = () => [
  {
    title: t('sso.name'),
    cell: ({ id, name }: ConnectionView) => (
      <Link to="/admin/sign-in/$connectionId" params={{ connectionId: id }}>
        {name}
      </Link>
    ),
  },
  { title: t('sso.provider'), cell: ({ provider }: ConnectionView) => providerName(provider) },
  {
    title: t('sso.kind'),
    cell: ({ kind }: ConnectionView) => kindNames[kind],
  },
  {
    title: t('sso.state'),
    cell: ({ state, isDefault }: ConnectionView) => (
      <>
        <Badge tone={stateTones[state]}>{stateName(state)}</Badge>{' '}
        {isDefault && <Badge>{t('sso.default')}</Badge>}
      </>
    ),
  },
];

function Enforcement({ rule }: { readonly rule: SignInEnforcementView }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const user = useUser();
  const owners = useQuery(ownersQuery(api));
  const [chosen, setChosen] = useState<readonly string[]>(
    rule.enforced ? rule.breakGlassUserIds : [...new Set([...rule.breakGlassUserIds, user.id])],
  );
  const change = useMutation({
    mutationFn: (enforced: boolean) =>
      api.send<typeof putSignInEnforcement>('PUT', '/api/v1/sso/enforcement', {
        body: { enforced, breakGlassUserIds: [...chosen] },
      }),
    onSuccess: ({ data }) => {
      queries.setQueryData(enforcementKey, data);
      toasts.show(t('sso.enforce.saved'));
    },
  });
  return (
    <Section title={t('sso.enforce.title')} lead={t('sso.enforce.lead')}>
      <div className="sso-stack">
        <FormProblem
          error={change.error}
          say={{
            'sign_in_enforcement.not_tested': t('sso.enforce.notTested'),
            'sign_in_enforcement.no_break_glass': t('sso.enforce.noOwner'),
          }}
        />
        <p>{rule.enforced ? t('sso.enforce.on') : t('sso.enforce.off')}</p>
        <fieldset className="sso-fields">
          <legend>{t('sso.enforce.exceptions')}</legend>
          <Answer of={owners} skeleton={<SkeletonText lines={2} />}>
            {(all) =>
              all.map(({ id, name, email }) => (
                <CheckField
                  key={id}
                  isSelected={chosen.includes(id)}
                  description={email}
                  onChange={(isChosen) => {
                    setChosen(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id));
                  }}
                >
                  {name}
                </CheckField>
              ))
            }
          </Answer>
        </fieldset>
        <div className="form__actions">
          {rule.enforced && (
            <Button
              isPending={change.isPending}
              onPress={() => {
                change.mutate(true);
              }}
            >
              {t('sso.enforce.keep')}
            </Button>
          )}
          <Button
            look={rule.enforced ? 'secondary' : 'primary'}
            isPending={change.isPending}
            onPress={() => {
              change.mutate(!rule.enforced);
            }}
          >
            {rule.enforced ? t('sso.enforce.stop') : t('sso.enforce.start')}
          </Button>
        </div>
      </div>
    </Section>
  );
}
