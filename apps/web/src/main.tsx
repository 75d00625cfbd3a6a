import './forms/no-code-at-run-time.js';
import './design/empty-markup.js';
import '@fontsource-variable/inter/index.css';
import './design/tokens.css';
import './design/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, startTransition, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import type { showBrand } from '#libs/contracts/tenants';
import { ApiClient } from './api/api-client.js';
import { ApiContext } from './api/api-context.js';
import { inAdvance, newQueryClient } from './api/query-client.js';
import { SessionHint } from './api/session-hint.js';
import { oneTabAtATime } from './api/tab-lock.js';
import { placeInPage, placeOf } from './brand/brand.js';
import { BrandContext } from './brand/brand-context.js';
import { ToastProvider } from './design/toasts.js';
import { directionOf } from './language/languages.js';
import { startOf } from './language/reader.js';
import { tellComponents } from './language/component-locale.js';
import { language, speak } from './language/speech.js';
import { newRouter } from './router.js';
import { SessionEnded } from './session/session-ended.js';
import { SessionEndedContext } from './session/session-ended-context.js';
import { operatorKey } from './control/operator.queries.js';
import { StepUps } from './session/step-ups.js';
import { StepUpContext } from './session/step-up-context.js';
import { sessionKey, sessionQuery } from './session/session.queries.js';
import { followNavigation } from './shell/follow-navigation.js';
import { nextTask } from './shell/next-task.js';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has lost its #root.');

// A slow phone answers a finger between the steps from here on: each is a task of its own.
await nextTask();
const queries = newQueryClient();
const sessionEnded = new SessionEnded();
const stepUps = new StepUps();
const inPage = placeInPage(document);
const forOperators = inPage?.mode === 'operator';
const api = new ApiClient({
  fetch: (url, init) => fetch(url, init),
  hint: new SessionHint(localStorage),
  refreshPath: forOperators ? '/api/v1/operator/auth/refresh' : '/api/v1/auth/refresh',
  exclusively: oneTabAtATime({
    storage: localStorage,
    locks: 'locks' in navigator ? navigator.locks : undefined,
    now: Date.now,
  }),
  onStepUp: () => stepUps.ask(),
  onSignedOut: () => {
    const wasSignedIn = (queries.getQueryData(sessionKey) ?? null) !== null;
    if (wasSignedIn) sessionEnded.set(true);
    if ((queries.getQueryData(operatorKey) ?? null) !== null) window.location.assign('/control/sign-in');
  },
});
const place = inPage ?? placeOf(await api.read<typeof showBrand>('/api/v1/tenant'));
// Who is signed in, and the words: both are on their way at the same time.
if (place.mode === 'academy') inAdvance(queries.query(sessionQuery(api)));
await nextTask();
const start = startOf(localStorage, navigator.languages, place.brand.locale);
await speak(start.language, start.tags);
tellComponents();
document.documentElement.lang = language();
document.documentElement.dir = directionOf(language());
if (language() === 'ar') void import('@fontsource-variable/noto-sans-arabic/index.css');
await nextTask();
const router = newRouter({ api, queries, mode: place.mode });
followNavigation(router);
await nextTask();
await router.load();
// An operator begins to act by loading a page afresh, so whether one does is known from here on.
const session = place.mode === 'academy' ? await queries.query(sessionQuery(api)).catch(() => null) : null;
const ActingBanner = lazy(async () => ({
  default: (await import('./session/acting-banner.js')).ActingBanner,
}));

// A first rendering of its own accord is done in one go; as a transition it leaves the thread every few milliseconds.
startTransition(() => {
  createRoot(container).render(
    <StrictMode>
      <ApiContext value={api}>
        <BrandContext value={place.brand}>
          <StepUpContext value={stepUps}>
            <SessionEndedContext value={sessionEnded}>
              <QueryClientProvider client={queries}>
                <ToastProvider>
                  {(session?.acting ?? null) !== null && (
                    <Suspense>
                      <ActingBanner />
                    </Suspense>
                  )}
                  <RouterProvider router={router} />
                </ToastProvider>
              </QueryClientProvider>
            </SessionEndedContext>
          </StepUpContext>
        </BrandContext>
      </ApiContext>
    </StrictMode>,
  );
});
