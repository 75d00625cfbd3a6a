import { createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { textParam } from '../api/search-param.js';
import { withWords } from '../language/speech.js';
import { isServed, safeNext } from '../session/safe-next.js';
import { sessionQuery } from '../session/session.queries.js';
import { root } from './root.routes.js';

/** In front of the sign-in; who is signed in has no business here. */
const front = createRoute({
  getParentRoute: () => root,
  id: 'front',
  validateSearch: (search): { next?: string; sso?: string; ref?: string } => ({
    ...textParam(search, 'next'),
    ...textParam(search, 'sso'),
    ...textParam(search, 'ref'),
  }),
  beforeLoad: async ({ context, search }) => {
    const user = await context.queries.query({ ...sessionQuery(context.api), staleTime: 'static' });
    if (user !== null) {
      redirect({ href: safeNext(search.next), reloadDocument: isServed(safeNext(search.next)), throw: true });
    }
  },
  component: Outlet,
});

const signIn = createRoute({
  getParentRoute: () => front,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../session/sign-in-page.js'), 'SignInPage'),
});

const confirmSignIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/confirm',
  component: lazyRouteComponent(
    withWords('security', () => import('../security/confirm-sign-in-page.js')),
    'ConfirmSignInPage',
  ),
});

const appSignIn = createRoute({
  getParentRoute: () => root,
  path: '/app-sign-in',
  validateSearch: (search): { ask?: string; again?: string; 'sign-out'?: string; problem?: string } => ({
    ...textParam(search, 'ask'),
    ...textParam(search, 'again'),
    ...textParam(search, 'sign-out'),
    ...textParam(search, 'problem'),
  }),
  component: lazyRouteComponent(
    withWords('apps', () => import('../apps/app-sign-in-page.js')),
    'AppSignInPage',
  ),
});

const directorySignIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/directory/$connectionId',
  component: lazyRouteComponent(
    withWords('security', () => import('../security/directory-sign-in-page.js')),
    'DirectorySignInPage',
  ),
});

const connectionSetup = createRoute({
  getParentRoute: () => root,
  path: '/connection-setup',
  validateSearch: (search): { attempt?: string } => textParam(search, 'attempt'),
  component: lazyRouteComponent(
    withWords('security', () => import('../security/setup-page.js')),
    'SetupPage',
  ),
});

const register = createRoute({
  getParentRoute: () => front,
  path: '/register',
  component: lazyRouteComponent(() => import('../session/register-page.js'), 'RegisterPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../session/forgot-password-page.js'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../session/reset-password-page.js'), 'ResetPasswordPage'),
});

/** Where the control centre sends an operator who acts as somebody. */
const acting = createRoute({
  getParentRoute: () => root,
  path: '/act-as',
  component: lazyRouteComponent(() => import('../session/acting-page.js'), 'ActingPage'),
});

const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: '/accept-invitation',
  component: lazyRouteComponent(() => import('../session/accept-invitation-page.js'), 'AcceptInvitationPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('../session/verify-email-page.js'), 'VerifyEmailPage'),
});

const certificate = createRoute({
  getParentRoute: () => root,
  path: '/certificates/$certificateId',
  component: lazyRouteComponent(() => import('../certificate/certificate-page.js'), 'CertificatePage'),
});

/** For everybody: the sign-in and its kin, and the public proof of a certificate. */
export const frontRoutes = [
  front.addChildren([signIn, register]),
  confirmSignIn,
  appSignIn,
  directorySignIn,
  connectionSetup,
  forgotPassword,
  resetPassword,
  acting,
  acceptInvitation,
  verifyEmail,
  certificate,
] as const;
