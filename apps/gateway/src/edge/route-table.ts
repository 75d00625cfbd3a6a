import { DEFAULT_BODY_LIMIT, type Endpoint } from '#libs/contracts';
import {
  acceptInvitation,
  answerSecondStep,
  authEndpoints,
  beginPasskeyEnrolment,
  beginTotpEnrolment,
  enrolInSecondStep,
  enterActing,
  forgotPassword,
  getJsonWebKeySet,
  gotrueToken,
  login,
  passkeySignInOptions,
  operatorLogin,
  readInvitation,
  register,
  resetPassword,
  secondStepPasskey,
  signInByPasskey,
  verifyEmail,
} from '#libs/contracts/auth';
import { coursesEndpoints } from '#libs/contracts/courses';
import { csrfToken, gatewayEndpoints, openApiDocument } from '#libs/contracts/gateway';
import { insightsEndpoints } from '#libs/contracts/insights';
import { mediaEndpoints } from '#libs/contracts/media';
import { tenantsEndpoints } from '#libs/contracts/tenants';

/** Whose API it is, by the host. */
export type Surface = 'tenant' | 'operator';

export interface EdgeRoute {
  readonly endpoint: Endpoint;
  readonly surface: Surface | 'both';
  readonly bodyLimit: number;
  /** Changes something, so a browser must prove that its own page asked. */
  readonly mutating: boolean;
  /** Answers a guess at a secret, so one address may not make many. */
  readonly guessable: boolean;
}

const guessable = new Set<string>(
  [
    login,
    gotrueToken,
    register,
    forgotPassword,
    resetPassword,
    verifyEmail,
    readInvitation,
    acceptInvitation,
    answerSecondStep,
    secondStepPasskey,
    beginTotpEnrolment,
    beginPasskeyEnrolment,
    enrolInSecondStep,
    passkeySignInOptions,
    signInByPasskey,
    enterActing,
    operatorLogin,
  ].map(({ id }) => id),
);

const onEveryHost = new Set<string>([csrfToken, openApiDocument, getJsonWebKeySet].map(({ id }) => id));
const OPERATOR_PATHS = '/api/v1/operator/';

/** Everything that anybody outside may call. What only services call is not in it and so cannot be reached. */
export const edgeRoutes: readonly EdgeRoute[] = [
  ...gatewayEndpoints,
  ...tenantsEndpoints,
  ...authEndpoints,
  ...coursesEndpoints,
  ...mediaEndpoints,
  ...insightsEndpoints,
]
  .filter(({ access }) => access !== 'service')
  .map(routeOf);

/** What a host of that kind answers. */
export function endpointsOn(surface: Surface): Endpoint[] {
  return edgeRoutes
    .filter((route) => route.surface === surface || route.surface === 'both')
    .map(({ endpoint }) => endpoint);
}

export function routeOf(endpoint: Endpoint): EdgeRoute {
  return {
    endpoint,
    surface: surfaceOf(endpoint),
    bodyLimit: endpoint.bodyLimit ?? DEFAULT_BODY_LIMIT,
    mutating: endpoint.method !== 'GET',
    guessable: guessable.has(endpoint.id),
  };
}

function surfaceOf({ id, access, path }: Endpoint): EdgeRoute['surface'] {
  if (onEveryHost.has(id)) return 'both';
  return access === 'operator' || path.startsWith(OPERATOR_PATHS) ? 'operator' : 'tenant';
}
