import { lazy, Suspense } from 'react';
import { withWords } from '../language/speech.js';
import { useStepUp } from './step-up-context.js';

const load = withWords('factors', () => import('../factors/step-up-dialog.js'));
const Dialog = lazy(async () => ({ default: (await load()).StepUpDialog }));

/** Asks for a fresh proof when a change needs one, then the change goes on; costs nothing until then. */
export function StepUpGuard() {
  const [isAsked] = useStepUp();
  return (
    isAsked && (
      <Suspense>
        <Dialog />
      </Suspense>
    )
  );
}
