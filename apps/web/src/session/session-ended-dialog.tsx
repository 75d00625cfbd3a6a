import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { t } from '../language/t.js';
import { logIn } from './log-in.js';
import { SignInForm } from './sign-in-form.js';
import { useSessionEnded } from './session-ended-context.js';
import { useUser } from './session.queries.js';

/** Signs in again on top of the page, so that nothing that was typed there is lost. */
export function SessionEndedDialog() {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const [, setEnded] = useSessionEnded();
  const signIn = async (email: string, password: string): Promise<void> => {
    const { user: again } = await logIn(api, email, password);
    // A second step has a page of its own; and somebody else must not find this person's page.
    if (again?.id !== user.id) window.location.assign(again === undefined ? '/sign-in' : '/');
    if (again === undefined) return;
    setEnded(false);
    void queries.invalidateQueries();
  };
  return (
    <Dialog
      title={t('session.ended.title')}
      isOpen
      onClose={() => {
        setEnded(false);
      }}
      role="alertdialog"
      size="s"
    >
      <p>{t('session.ended.text')}</p>
      <SignInForm email={user.email} signIn={signIn} />
      <Button
        look="quiet"
        onPress={() => {
          window.location.assign('/sign-in');
        }}
      >
        {t('session.ended.leave')}
      </Button>
    </Dialog>
  );
}
