import { useState } from 'react';
import type { beginTotp, confirmTotp, Factors, removeTotp, TotpSetup as Setup } from '#libs/contracts/auth';
import { ConfirmDialog } from '../forms/confirm-dialog.js';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { Section } from '../design/section.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { RecoveryCodes } from './recovery-codes.js';
import { TotpSetup } from './totp-setup.js';
import { useFactorChange } from './use-factor-change.js';

const PATH = '/api/v1/auth/factors/totp';

/** The authenticator app: there is one at most. */
export function AppSection({ factors: { totp, offered } }: { readonly factors: Factors }) {
  const api = useApi();
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const begin = useFactorChange(async () => {
    setSetup((await api.send<typeof beginTotp>('POST', PATH)).data);
  });
  const confirm = useFactorChange(async (code: string) => {
    const { data } = await api.send<typeof confirmTotp>('POST', `${PATH}/confirm`, { body: { code } });
    setSetup(null);
    setCodes(data.recoveryCodes);
  }, t('accountSecurity.added'));
  const remove = useFactorChange(
    async () => api.send<typeof removeTotp>('DELETE', PATH),
    t('accountSecurity.removed'),
  );
  return (
    <Section title={t('accountSecurity.app')} lead={t('accountSecurity.appLead')}>
      <div className="factor-state">
        <p>
          {totp === null ? (
            <Badge>{t('accountSecurity.appOff')}</Badge>
          ) : (
            <>
              <Badge tone="good">
                {t('accountSecurity.appOn', { when: formatShortDay(totp.createdAt) })}
              </Badge>{' '}
              {totp.lastUsedAt !== null && t('accountSecurity.appUsed', { when: formatAgo(totp.lastUsedAt) })}
            </>
          )}
        </p>
        {totp === null ? (
          <Button
            look="secondary"
            isDisabled={!offered}
            isPending={begin.isPending}
            onPress={() => {
              begin.mutate(undefined);
            }}
          >
            {t('accountSecurity.appSetUp')}
          </Button>
        ) : (
          <Button
            look="quiet"
            aria-label={t('accountSecurity.appRemove')}
            isPending={remove.isPending}
            onPress={() => {
              setRemoving(true);
            }}
          >
            {t('accountSecurity.remove')}
          </Button>
        )}
      </div>
      <Dialog
        title={t('accountSecurity.app')}
        isOpen={setup !== null}
        onClose={() => {
          setSetup(null);
        }}
      >
        {setup !== null && (
          <TotpSetup
            setup={setup}
            error={confirm.error}
            isPending={confirm.isPending}
            onCode={(code) => {
              confirm.mutate(code);
            }}
          />
        )}
      </Dialog>
      {isRemoving && (
        <ConfirmDialog
          title={t('accountSecurity.appRemove')}
          confirm={t('accountSecurity.remove')}
          isPending={false}
          onConfirm={() => {
            setRemoving(false);
            remove.mutate(undefined);
          }}
          onClose={() => {
            setRemoving(false);
          }}
        >
          <p>{t('accountSecurity.appRemoveText')}</p>
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

interface CodesDialogProps {
  readonly codes: readonly string[] | null;
  readonly onClose: () => void;
}

/** They are shown once, so nothing but the button closes them. */
export function CodesDialog({ codes, onClose }: CodesDialogProps) {
  return (
    <Dialog title={t('codes.title')} isOpen={codes !== null} onClose={onClose} role="alertdialog">
      {codes !== null && <RecoveryCodes codes={codes} onDone={onClose} />}
    </Dialog>
  );
}
