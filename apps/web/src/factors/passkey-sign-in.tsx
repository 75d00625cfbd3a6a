import { useMutation } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import type { passkeySignInOptions, signInByPasskey } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { askPasskey, knowsPasskeys } from './passkey-api.js';

/** The way in without a password. */
export function PasskeySignIn({ onDone }: { readonly onDone: () => Promise<void> }) {
  const api = useApi();
  const signIn = useMutation({
    mutationFn: async () => {
      const path = '/api/v1/auth/passkey-sign-in';
      const { data } = await api.send<typeof passkeySignInOptions>('POST', `${path}/options`);
      const body = { challengeId: data.challengeId, response: await askPasskey(data) };
      await api.send<typeof signInByPasskey>('POST', path, { body });
      await onDone();
    },
  });
  if (!knowsPasskeys()) return null;
  return (
    <>
      {signIn.isError && (
        <Notice tone="bad" title={t('passkeySignIn.failed')} live>
          {t('passkeySignIn.failedText')}
        </Notice>
      )}
      <Button
        look="secondary"
        size="l"
        wide
        icon={<Fingerprint aria-hidden />}
        isPending={signIn.isPending}
        onPress={() => {
          signIn.mutate();
        }}
      >
        {t('passkeySignIn.action')}
      </Button>
    </>
  );
}
