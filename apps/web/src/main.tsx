import '@fontsource-variable/inter/index.css';
import './design/tokens.css';
import './design/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { showBrand } from '#libs/contracts/tenants';
import { ApiClient } from './api/api-client.js';
import { ApiContext } from './api/api-context.js';
import { newQueryClient } from './api/query-client.js';
import { oneTabAtATime } from './api/tab-lock.js';
import { brandInPage } from './brand/brand.js';
import { BrandContext } from './brand/brand-context.js';
import { ToastProvider } from './design/toasts.js';
import { locale } from './language/t.js';
import { newRouter } from './router.js';
import { SessionEnded } from './session/session-ended.js';
import { SessionEndedContext } from './session/session-ended-context.js';
import { sessionKey } from './session/session.queries.js';
import { followNavigation } from './shell/follow-navigation.js';

const queries = newQueryClient();
const sessionEnded = new SessionEnded();
const api = new ApiClient({
  fetch: (url, init) => fetch(url, init),
  exclusively: oneTabAtATime({
    storage: localStorage,
    locks: 'locks' in navigator ? navigator.locks : undefined,
    now: Date.now,
  }),
  onSignedOut: () => {
    const wasSignedIn = (queries.getQueryData(sessionKey) ?? null) !== null;
    if (wasSignedIn) sessionEnded.set(true);
  },
});
const router = newRouter({ api, queries });
followNavigation(router);

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has lost its #root.');

const brand = brandInPage(document) ?? (await api.read<typeof showBrand>('/api/v1/tenant'));
await router.load();

createRoot(container).render(
  <StrictMode>
    <I18nProvider locale={locale}>
      <ApiContext value={api}>
        <BrandContext value={brand}>
          <SessionEndedContext value={sessionEnded}>
            <QueryClientProvider client={queries}>
              <ToastProvider>
                <RouterProvider router={router} />
              </ToastProvider>
            </QueryClientProvider>
          </SessionEndedContext>
        </BrandContext>
      </ApiContext>
    </I18nProvider>
  </StrictMode>,
);
