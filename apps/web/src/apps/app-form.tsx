import type { App, AppKey, AppScope } from '#libs/contracts/auth';
import { CheckField } from '../design/check-field.js';
import { SelectField, TextField } from '../design/field.js';
import { type MessageKey, t } from '../language/t.js';
import './apps.css';

/** What people type; lists of addresses are a line each. */
export interface AppFields {
  readonly name: string;
  readonly kind: App['kind'];
  readonly redirectUris: string;
  readonly postLogoutRedirectUris: string;
  readonly backchannelLogoutUri: string;
  readonly scopes: readonly AppScope[];
  readonly firstParty: boolean;
  readonly subject: App['subject'];
  readonly authentication: App['authentication'];
  /** As they were pasted: one key, a list of them, or a key set. */
  readonly publicKeys: string;
}

export const emptyApp: AppFields = {
  ...{
    name: '',
    kind: 'confidential',
    redirectUris: '',
    postLogoutRedirectUris: '',
    backchannelLogoutUri: '',
  },
  ...{ scopes: ['openid', 'profile', 'email'], firstParty: false, subject: 'stable' },
  ...{ authentication: 'client_secret_basic', publicKeys: '' },
};

export function fieldsOf(app: App): AppFields {
  const { name, kind, scopes, firstParty, subject } = app;
  return {
    ...{ name, kind, scopes, firstParty, subject, authentication: app.authentication },
    publicKeys: app.publicKeys.length === 0 ? '' : JSON.stringify({ keys: app.publicKeys }, null, 2),
    redirectUris: app.redirectUris.join('\n'),
    postLogoutRedirectUris: app.postLogoutRedirectUris.join('\n'),
    backchannelLogoutUri: app.backchannelLogoutUri ?? '',
  };
}

export function bodyOf(fields: AppFields) {
  const { firstParty, subject, authentication, backchannelLogoutUri: heard } = fields;
  const hasKeys = authentication === 'private_key_jwt';
  return {
    ...(authentication === 'none' || fields.kind === 'public' ? {} : { authentication }),
    publicKeys: hasKeys ? (keysOf(fields.publicKeys) ?? []) : [],
    ...{ firstParty, subject },
    name: fields.name.trim(),
    scopes: [...fields.scopes],
    redirectUris: linesOf(fields.redirectUris),
    postLogoutRedirectUris: linesOf(fields.postLogoutRedirectUris),
    backchannelLogoutUri: heard.trim() === '' ? null : heard.trim(),
  };
}

const members = ['kty', 'kid', 'use', 'alg', 'n', 'e', 'crv', 'x', 'y'] as const;

/** What of a pasted key is public and needed. Null: it is no key, or a private one, which is not to be sent anywhere. */
export function keysOf(text: string): AppKey[] | null {
  try {
    const parsed = JSON.parse(text) as unknown;
    const found = isSet(parsed) ? parsed.keys : [parsed].flat();
    const keys = found as Readonly<Record<string, unknown>>[];
    if (keys.some((key) => typeof key['kty'] !== 'string' || 'd' in key || 'k' in key)) return null;
    return keys.map(
      (key) =>
        Object.fromEntries(
          members.flatMap((name) => (key[name] === undefined ? [] : [[name, key[name]]])),
        ) as AppKey,
    );
  } catch {
    return null;
  }
}

const isSet = (value: unknown): value is { readonly keys: unknown[] } =>
  typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);

const scopes: readonly AppScope[] = ['profile', 'email', 'groups', 'offline_access'];
const kinds = ['confidential', 'public'] as const;
const ways = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;
const subjects = ['stable', 'pairwise'] as const;

interface AppFormFieldsProps {
  readonly fields: AppFields;
  readonly set: (change: Partial<AppFields>) => void;
  /** The kind is chosen once: a secret that was, was. */
  readonly isNew: boolean;
}

export function AppFormFields({ fields, set, isNew }: AppFormFieldsProps) {
  return (
    <>
      <TextField
        label={t('apps.name')}
        description={t('apps.nameAbout')}
        value={fields.name}
        maxLength={100}
        onChange={(name) => {
          set({ name });
        }}
        isRequired
      />
      {isNew && (
        <SelectField
          label={t('apps.kind')}
          description={t('apps.kindAbout')}
          value={fields.kind}
          options={kinds.map((value) => ({ value, label: t(`apps.kind.${value}` satisfies MessageKey) }))}
          onChange={(kind) => {
            set({ kind });
          }}
        />
      )}
      {fields.kind === 'confidential' && <Proof fields={fields} set={set} />}
      <TextField
        label={t('apps.redirects')}
        description={t('apps.redirectsAbout')}
        multiline
        mono
        value={fields.redirectUris}
        onChange={(redirectUris) => {
          set({ redirectUris });
        }}
        isRequired
      />
      <TextField
        label={t('apps.logouts')}
        description={t('apps.logoutsAbout')}
        multiline
        mono
        rows={2}
        value={fields.postLogoutRedirectUris}
        onChange={(postLogoutRedirectUris) => {
          set({ postLogoutRedirectUris });
        }}
      />
      <TextField
        label={t('apps.backchannel')}
        description={t('apps.backchannelAbout')}
        mono
        value={fields.backchannelLogoutUri}
        onChange={(backchannelLogoutUri) => {
          set({ backchannelLogoutUri });
        }}
      />
      <fieldset className="apps__scopes">
        <legend className="field__label">{t('apps.scopes')}</legend>
        {scopes.map((scope) => (
          <CheckField
            key={scope}
            isSelected={fields.scopes.includes(scope)}
            onChange={(isSelected) => {
              const others = fields.scopes.filter((one) => one !== scope);
              set({ scopes: isSelected ? [...others, scope] : others });
            }}
          >
            {scopeName(scope)}
          </CheckField>
        ))}
      </fieldset>
      <CheckField
        isSelected={fields.firstParty}
        description={t('apps.firstPartyAbout')}
        onChange={(firstParty) => {
          set({ firstParty, ...(firstParty ? { subject: 'stable' } : {}) });
        }}
      >
        {t('apps.firstPartyLabel')}
      </CheckField>
      <SelectField
        label={t('apps.subject')}
        value={fields.subject}
        isDisabled={fields.firstParty}
        options={subjects.map((value) => ({ value, label: t(`apps.subject.${value}` satisfies MessageKey) }))}
        onChange={(subject) => {
          set({ subject });
        }}
      />
    </>
  );
}

/** How a server shows that it is itself. */
function Proof({ fields, set }: Pick<AppFormFieldsProps, 'fields' | 'set'>) {
  const { authentication, publicKeys } = fields;
  const isWrong = publicKeys.trim() !== '' && keysOf(publicKeys) === null;
  return (
    <>
      <SelectField
        label={t('apps.proof')}
        value={authentication}
        options={ways.map((value) => ({ value, label: t(`apps.proof.${value}` satisfies MessageKey) }))}
        onChange={(way) => {
          set({ authentication: way });
        }}
      />
      {authentication === 'private_key_jwt' && (
        <TextField
          label={t('apps.publicKeys')}
          description={t('apps.publicKeysAbout')}
          error={isWrong ? t('apps.publicKeysWrong') : undefined}
          multiline
          mono
          rows={6}
          value={publicKeys}
          onChange={(pasted) => {
            set({ publicKeys: pasted });
          }}
          isRequired
        />
      )}
    </>
  );
}

export const scopeName = (scope: AppScope): string => t(`apps.scope.${scope}` satisfies MessageKey);

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
