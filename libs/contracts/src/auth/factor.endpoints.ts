import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import {
  addedPasskey,
  challengeInput,
  enrolAnswer,
  enrolledSignedIn,
  factorReset,
  factors,
  factorSummary,
  newPasskey,
  newRecoveryCodes,
  passkeyOptions,
  passkeySignIn,
  recoveryCodes,
  secondStepAnswer,
  stepUpAnswer,
  stepUpChoices,
  steppedUp,
  totpConfirmation,
  totpSetup,
} from './factor.js';
import { signedIn } from './sign-in.js';
import { signInPolicy, signInPolicyInput } from './sign-in-policy.js';

const service = 'auth';
const open = { service, access: 'public', secret: true } as const;
const own = { service, access: 'member', personal: true } as const;

export const answerSecondStep = defineEndpoint({
  ...open,
  id: 'auth.second_step.answer',
  method: 'POST',
  path: '/api/v1/auth/second-step',
  summary: 'Finish a sign-in with a code, a passkey or a recovery code',
  body: secondStepAnswer,
  response: signedIn,
});

export const secondStepPasskey = defineEndpoint({
  ...open,
  id: 'auth.second_step.passkey_options',
  method: 'POST',
  path: '/api/v1/auth/second-step/passkey-options',
  summary: 'What to ask a passkey for in the second step of a sign-in',
  body: challengeInput,
  response: passkeyOptions,
});

export const beginTotpEnrolment = defineEndpoint({
  ...open,
  id: 'auth.second_step.enrol_totp',
  method: 'POST',
  path: '/api/v1/auth/second-step/enrol/totp',
  summary: 'Begin to set up an authenticator app during a sign-in that requires a factor',
  body: challengeInput,
  response: totpSetup,
});

export const beginPasskeyEnrolment = defineEndpoint({
  ...open,
  id: 'auth.second_step.enrol_passkey',
  method: 'POST',
  path: '/api/v1/auth/second-step/enrol/passkey',
  summary: 'Begin to set up a passkey during a sign-in that requires a factor',
  body: challengeInput,
  response: passkeyOptions,
});

export const enrolInSecondStep = defineEndpoint({
  ...open,
  id: 'auth.second_step.enrol',
  method: 'POST',
  path: '/api/v1/auth/second-step/enrol',
  summary: 'Set the factor up and finish the sign-in; shows the recovery codes once',
  body: enrolAnswer,
  response: enrolledSignedIn,
});

export const passkeySignInOptions = defineEndpoint({
  ...open,
  id: 'auth.passkey_sign_in.options',
  method: 'POST',
  path: '/api/v1/auth/passkey-sign-in/options',
  summary: 'What to ask a passkey for to sign in without a password',
  response: passkeyOptions,
});

export const signInByPasskey = defineEndpoint({
  ...open,
  id: 'auth.passkey_sign_in.create',
  method: 'POST',
  path: '/api/v1/auth/passkey-sign-in',
  summary: 'Sign in by a passkey alone; sets the session cookies',
  body: passkeySignIn,
  response: signedIn,
});

export const listFactors = defineEndpoint({
  ...own,
  id: 'auth.factor.list',
  method: 'GET',
  path: '/api/v1/auth/factors',
  summary: 'My factors, recovery codes and trusted devices, and what the academy demands',
  response: factors,
});

export const beginTotp = defineEndpoint({
  ...own,
  id: 'auth.totp.begin',
  method: 'POST',
  path: '/api/v1/auth/factors/totp',
  summary: 'Begin to set up an authenticator app; it counts once it is confirmed',
  response: totpSetup,
  secret: true,
});

export const confirmTotp = defineEndpoint({
  ...own,
  id: 'auth.totp.confirm',
  method: 'POST',
  path: '/api/v1/auth/factors/totp/confirm',
  summary:
    'Confirm the authenticator app with a code; shows recovery codes where these are the first factors',
  body: totpConfirmation,
  response: newRecoveryCodes,
  secret: true,
});

export const removeTotp = defineEndpoint({
  ...own,
  id: 'auth.totp.remove',
  method: 'DELETE',
  path: '/api/v1/auth/factors/totp',
  summary: 'Remove my authenticator app',
  response: null,
  status: 204,
});

export const beginPasskey = defineEndpoint({
  ...own,
  id: 'auth.passkey.begin',
  method: 'POST',
  path: '/api/v1/auth/factors/passkeys/options',
  summary: 'What to ask the device for to make a passkey',
  response: passkeyOptions,
  secret: true,
});

export const addPasskey = defineEndpoint({
  ...own,
  id: 'auth.passkey.add',
  method: 'POST',
  path: '/api/v1/auth/factors/passkeys',
  summary: 'Keep a passkey that the device has made',
  body: newPasskey,
  response: addedPasskey,
  status: 201,
  secret: true,
});

export const removePasskey = defineEndpoint({
  ...own,
  id: 'auth.passkey.remove',
  method: 'DELETE',
  path: '/api/v1/auth/factors/passkeys/:passkeyId',
  summary: 'Remove one of my passkeys',
  params: z.strictObject({ passkeyId: uuid() }),
  response: null,
  status: 204,
});

export const renewRecoveryCodes = defineEndpoint({
  ...own,
  id: 'auth.recovery_code.renew',
  method: 'POST',
  path: '/api/v1/auth/factors/recovery-codes',
  summary: 'Make new recovery codes, shown once; the old ones stop working',
  response: recoveryCodes,
  secret: true,
});

export const forgetDevice = defineEndpoint({
  ...own,
  id: 'auth.trusted_device.remove',
  method: 'DELETE',
  path: '/api/v1/auth/factors/trusted-devices/:trustedDeviceId',
  summary: 'Trust one of my devices no longer',
  params: z.strictObject({ trustedDeviceId: uuid() }),
  response: null,
  status: 204,
});

export const forgetDevices = defineEndpoint({
  ...own,
  id: 'auth.trusted_device.remove_all',
  method: 'DELETE',
  path: '/api/v1/auth/factors/trusted-devices',
  summary: 'Trust none of my devices any longer',
  response: null,
  status: 204,
});

export const beginStepUp = defineEndpoint({
  ...own,
  id: 'auth.step_up.begin',
  method: 'POST',
  path: '/api/v1/auth/step-up/options',
  summary: 'How I can prove once more that it is me',
  response: stepUpChoices,
  secret: true,
});

export const stepUp = defineEndpoint({
  ...own,
  id: 'auth.step_up.create',
  method: 'POST',
  path: '/api/v1/auth/step-up',
  summary: 'Prove once more that it is me, for changes that ask for it',
  body: stepUpAnswer,
  response: steppedUp,
  secret: true,
});

const userParams = z.strictObject({ userId: uuid() });

export const getUserFactors = defineEndpoint({
  service,
  id: 'auth.user_factor.get',
  method: 'GET',
  path: '/api/v1/users/:userId/factors',
  summary: 'Which factors somebody has set up',
  access: 'users.manage',
  params: userParams,
  response: factorSummary,
});

export const resetUserFactors = defineEndpoint({
  service,
  id: 'auth.user_factor.reset',
  method: 'POST',
  path: '/api/v1/users/:userId/factors/reset',
  summary: 'Remove all factors of somebody who lost them; ends sessions, and the person is told by mail',
  access: 'users.manage',
  params: userParams,
  body: factorReset,
  response: null,
  status: 204,
  personal: true,
});

export const getSignInPolicy = defineEndpoint({
  service,
  id: 'auth.sign_in_policy.get',
  method: 'GET',
  path: '/api/v1/sign-in-policy',
  summary: 'How people of the academy sign in, and how long they stay signed in',
  access: 'tenant.manage',
  response: signInPolicy,
  etag: true,
});

export const putSignInPolicy = defineEndpoint({
  service,
  id: 'auth.sign_in_policy.replace',
  method: 'PUT',
  path: '/api/v1/sign-in-policy',
  summary: 'Change how people sign in, and how long they stay signed in',
  access: 'tenant.manage',
  body: signInPolicyInput,
  response: signInPolicy,
  etag: true,
  ifMatch: true,
});

export const factorEndpoints = [
  answerSecondStep,
  secondStepPasskey,
  beginTotpEnrolment,
  beginPasskeyEnrolment,
  enrolInSecondStep,
  passkeySignInOptions,
  signInByPasskey,
  listFactors,
  beginTotp,
  confirmTotp,
  removeTotp,
  beginPasskey,
  addPasskey,
  removePasskey,
  renewRecoveryCodes,
  forgetDevice,
  forgetDevices,
  beginStepUp,
  stepUp,
  getUserFactors,
  resetUserFactors,
  getSignInPolicy,
  putSignInPolicy,
] as const;
