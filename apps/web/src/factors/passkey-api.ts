import type { PasskeyAssertion, PasskeyOptions, PasskeyRegistration } from '#libs/contracts/auth';

/** Loaded when a passkey is wanted. */
const library = async () => import('@simplewebauthn/browser');

/** Whether this browser can do it at all. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

/** Makes a passkey on this device. Fails when the person says no. */
export async function makePasskey({ options }: PasskeyOptions): Promise<PasskeyRegistration> {
  const { startRegistration } = await library();
  const made = await startRegistration({ optionsJSON: options as never });
  const { id, rawId, type, response } = made;
  const { clientDataJSON, attestationObject, transports } = response;
  return {
    id,
    rawId,
    type,
    response: { clientDataJSON, attestationObject, transports: transports ?? [] },
  };
}

/** Has a passkey of this device sign. Fails when the person says no. */
export async function askPasskey({ options }: PasskeyOptions): Promise<PasskeyAssertion> {
  const { startAuthentication } = await library();
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON: options });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature, userHandle } };
}
