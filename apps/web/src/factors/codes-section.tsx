import { useState } from 'react';
import type { Factors, renewRecoveryCodes } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Section } from '../design/section.js';
import { t } from '../language/t.js';
import { CodesDialog } from './app-section.js';
import { useFactorChange } from './use-factor-change.js';

const FEW = 3;

export function CodesSection({ factors: { recoveryCodes } }: { readonly factors: Factors }) {
  const api = useApi();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = useFactorChange(async () => {
    const { data } = await api.send<typeof renewRecoveryCodes>('POST', '/api/v1/auth/factors/recovery-codes');
    setCodes(data.recoveryCodes);
  });
  return (
    <Section title={t('accountSecurity.codes')} lead={t('accountSecurity.codesLead')}>
      {recoveryCodes === null ? (
        <p>{t('accountSecurity.codesNone')}</p>
      ) : (
        <div className="factor-state">
          <Badge tone={recoveryCodes.left <= FEW ? 'warn' : 'good'}>
            {t('accountSecurity.codesLeft', { count: recoveryCodes.left })}
          </Badge>
          <Button
            look="secondary"
            isPending={renew.isPending}
            onPress={() => {
              renew.mutate(undefined);
            }}
          >
            {t('accountSecurity.codesRenew')}
          </Button>
        </div>
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
