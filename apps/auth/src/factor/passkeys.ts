import { Injectable } from '@nestjs/common';
import type { PasskeyAssertion, PasskeyRegistration } from '#libs/contracts/auth';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import type { User } from '../user/user.js';
import type { Passkey } from './factor.js';

/** Where a passkey is asked for: it signs the origin, and is bound to the host. */
export interface PasskeySite {
  readonly origin: string;
  readonly rpId: string;
}

export type CheckedAssertion =
  | { readonly kind: 'right'; readonly counter: number; readonly userVerified: boolean }
  | { readonly kind: 'wrong' }
  /** It was used elsewhere since: there is a copy of the key. */
  | { readonly kind: 'counter' };

/** Ed25519, P-256, RSA. */
const ALGORITHMS = [-8, -7, -257];
/** How the library begins to say that a counter did not grow. */
const COUNTER_FAULT = 'Response counter value';

/** WebAuthn (level 3) for the host of one tenant. What the library throws is an answer that is not right. */
@Injectable()
export class Passkeys {
  constructor(private readonly profiles: TenantProfiles) {}

  /** The host that is proved to be the tenant's, whatever the request says. */
  async siteOf(site: RequestSite): Promise<PasskeySite> {
    const origin = await this.profiles.linkOrigin(site);
    return { origin, rpId: new URL(origin).hostname };
  }

  async registrationOptions(user: User, { rpId }: PasskeySite, known: readonly Passkey[]) {
    const { name } = await this.profiles.current();
    return generateRegistrationOptions({
      rpName: name,
      rpID: rpId,
      userName: user.email,
      userID: new Uint8Array(userHandle(user.id)),
      userDisplayName: user.name,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Null where it is not right. */
  async checkRegistration(response: PasskeyRegistration, expectedChallenge: string, site: PasskeySite) {
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: { ...response, clientExtensionResults: {} } as never,
        expectedChallenge,
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        supportedAlgorithmIDs: ALGORITHMS,
        requireUserVerification: true,
      });
      return verified ? registrationInfo : null;
    } catch {
      return null;
    }
  }

  /** @param known those that are asked for; none: whichever the device has */
  async assertionOptions({ rpId }: PasskeySite, known: readonly Passkey[]) {
    return generateAuthenticationOptions({
      rpID: rpId,
      userVerification: known.length === 0 ? 'required' : 'preferred',
      allowCredentials: known
        .filter((passkey) => passkey.rpId === rpId)
        .map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] })),
    });
  }

  async checkAssertion(
    passkey: Passkey,
    response: PasskeyAssertion,
    expectedChallenge: string,
    site: PasskeySite,
    requireUserVerification: boolean,
  ): Promise<CheckedAssertion> {
    const { userHandle: handle } = response.response;
    if (passkey.rpId !== site.rpId) return { kind: 'wrong' };
    if (handle !== undefined && handle !== null && handle !== handleText(passkey.userId)) {
      return { kind: 'wrong' };
    }
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: { ...response, clientExtensionResults: {} } as never,
        expectedChallenge,
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        credential: {
          id: passkey.credentialId,
          publicKey: new Uint8Array(passkey.publicKey),
          counter: passkey.counter,
        },
        requireUserVerification,
      });
      if (!verified) return { kind: 'wrong' };
      const { newCounter, userVerified } = authenticationInfo;
      return { kind: 'right', counter: newCounter, userVerified };
    } catch (error) {
      const isCounter = error instanceof Error && error.message.startsWith(COUNTER_FAULT);
      return { kind: isCounter ? 'counter' : 'wrong' };
    }
  }
}

/** Says nothing about the person to whoever reads it from a device. */
function userHandle(userId: string): Buffer {
  return Buffer.from(userId.replaceAll('-', ''), 'hex');
}

function handleText(userId: string): string {
  return userHandle(userId).toString('base64url');
}
