import { Fingerprint, Plus } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import type { addPasskey, beginPasskey, Factors, Passkey, removePasskey } from '#libs/contracts/auth';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Section } from '../design/section.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';
import { CodesDialog } from './app-section.js';
import { knowsPasskeys, makePasskey } from './passkey-api.js';
import { ownName } from './second-step-form.js';
import { useFactorChange } from './use-factor-change.js';
import '../account/sessions.css';

const PATH = '/api/v1/auth/factors/passkeys';

export function PasskeysSection({ factors: { passkeys } }: { readonly factors: Factors }) {
  const api = useApi();
  const [isAdding, setAdding] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [going, setGoing] = useState<Passkey | null>(null);
  const remove = useFactorChange(
    async (passkeyId: string) =>
      api.send<typeof removePasskey>('DELETE', `${PATH}/:passkeyId`, { params: { passkeyId } }),
    t('accountSecurity.removed'),
  );
  return (
    <Section title={t('accountSecurity.passkeys')} lead={t('accountSecurity.passkeysLead')}>
      {passkeys.length === 0 ? (
        <p>{t('accountSecurity.passkeysNone')}</p>
      ) : (
        <ul className="sessions">
          {passkeys.map((passkey) => (
            <PasskeyItem
              key={passkey.id}
              passkey={passkey}
              isRemoving={remove.isPending && remove.variables === passkey.id}
              onRemove={() => {
                setGoing(passkey);
              }}
            />
          ))}
        </ul>
      )}
      {knowsPasskeys() && (
        <p className="sessions__all">
          <Button
            look="secondary"
            icon={<Plus aria-hidden />}
            onPress={() => {
              setAdding(true);
            }}
          >
            {t('accountSecurity.passkeyAdd')}
          </Button>
        </p>
      )}
      <NewPasskey
        isOpen={isAdding}
        onClose={() => {
          setAdding(false);
        }}
        onCodes={setCodes}
      />
      {going !== null && (
        <ConfirmDialog
          title={t('accountSecurity.passkeyRemove', { name: going.name })}
          confirm={t('accountSecurity.remove')}
          isPending={false}
          onConfirm={() => {
            setGoing(null);
            remove.mutate(going.id);
          }}
          onClose={() => {
            setGoing(null);
          }}
        >
          <p>{t('accountSecurity.passkeyRemoveText')}</p>
        </ConfirmDialog>
      )}
      <CodesDialog
        codes={codes}
        onClose={() => {
          setCodes(null);
        }}
      />
    </Section>
  );
}

interface PasskeyItemProps {
  readonly passkey: Passkey;
  readonly isRemoving: boolean;
  readonly onRemove: () => void;
}

function PasskeyItem({
  passkey: { name, synced, createdAt, lastUsedAt, host },
  isRemoving,
  onRemove,
}: PasskeyItemProps) {
  const when =
    lastUsedAt === null
      ? t('accountSecurity.passkeyNew', { when: formatAgo(createdAt) })
      : t('accountSecurity.passkeyUsed', { when: formatAgo(lastUsedAt) });
  return (
    <li className="sessions__item">
      <Fingerprint aria-hidden className="sessions__icon" />
      <div className="sessions__text">
        <p className="sessions__name">
          {name} {synced && <Badge>{t('accountSecurity.passkeySynced')}</Badge>}
        </p>
        <p>
          {host} · {when}
        </p>
      </div>
      <Button
        look="quiet"
        size="s"
        isPending={isRemoving}
        onPress={onRemove}
        aria-label={t('accountSecurity.passkeyRemove', { name })}
      >
        {t('accountSecurity.remove')}
      </Button>
    </li>
  );
}

interface NewPasskeyProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCodes: (codes: readonly string[] | null) => void;
}

function NewPasskey({ isOpen, onClose, onCodes }: NewPasskeyProps) {
  const api = useApi();
  const [name, setName] = useState(ownName);
  const [tried, setTried] = useState(false);
  const [failed, setFailed] = useState(false);
  const add = useFactorChange(async () => {
    setFailed(false);
    const { data } = await api.send<typeof beginPasskey>('POST', `${PATH}/options`);
    const response = await makePasskey(data).catch(() => null);
    if (response === null) {
      setFailed(true);
      return;
    }
    const body = { challengeId: data.challengeId, name, response };
    const added = await api.send<typeof addPasskey>('POST', PATH, { body });
    onClose();
    onCodes(added.data.recoveryCodes);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '') add.mutate(undefined);
  };
  const isRefused = failed || isProblem(add.error, 'factor.passkey_refused');
  return (
    <Dialog title={t('accountSecurity.passkeyAdd')} isOpen={isOpen} onClose={onClose} size="s">
      <form className="factor-form" onSubmit={submit} noValidate>
        {isRefused && <Notice tone="bad" title={t('accountSecurity.passkeyFailed')} live />}
        <p>{t('secondStep.passkeyAbout')}</p>
        <TextField
          label={t('accountSecurity.passkeyName')}
          description={t('accountSecurity.passkeyNameAbout')}
          value={name}
          onChange={setName}
          maxLength={100}
          isRequired
          error={tried && name.trim() === '' ? t('accountSecurity.passkeyNameMissing') : null}
        />
        <Button type="submit" isPending={add.isPending}>
          {t('accountSecurity.passkeyAdd')}
        </Button>
      </form>
    </Dialog>
  );
}
