import { lazy, Suspense } from 'react';
import { useSessionEnded } from './session-ended-context.js';

const Dialog = lazy(async () => ({
  default: (await import('./session-ended-dialog.js')).SessionEndedDialog,
}));

/** Asks for the password again when the session ends under an open page; costs nothing until then. */
export function SessionEndedGuard() {
  const [ended] = useSessionEnded();
  return (
    ended && (
      <Suspense>
        <Dialog />
      </Suspense>
    )
  );
}
