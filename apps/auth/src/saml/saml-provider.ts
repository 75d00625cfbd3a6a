import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SAML, ValidateInResponseTo, type Profile } from '@node-saml/node-saml';
import {
  addressesOf,
  isSaml,
  signingKeyOf,
  type Connection,
  type SamlConnection,
} from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { IdentityProvider, type ProviderQuestion } from '../federation/identity-provider.js';
import type { FederatedSession } from '../federation/identity.repository.js';
import { Refusal } from '../federation/refusal.js';
import { nameIdFormats } from './saml-names.js';

/** Speaks to SAML providers: requests that we begin, written and signed by node-saml. */
@Injectable()
export class SamlProvider extends IdentityProvider {
  override readonly kind = 'saml';

  constructor(private readonly connections: ConnectionRepository) {
    super();
  }

  override async question(connection: Connection): Promise<ProviderQuestion> {
    if (!isSaml(connection)) throw new Refusal('connection_kind');
    if (connection.saml.certificates.length === 0) throw new Refusal('no_certificate');
    const id = newMessageId();
    const saml = await this.speaker(connection, id);
    return { url: await saml.getAuthorizeUrlAsync('', undefined, {}), id, nonce: null, codeVerifier: null };
  }

  override async logoutUrl(
    connection: Connection,
    session: FederatedSession & { readonly logoutHint: string | null },
  ): Promise<string | null> {
    if (!isSaml(connection) || connection.saml.sloUrl === null) return null;
    const saml = await this.speaker(connection, newMessageId());
    return saml.getLogoutUrlAsync(profileOf(session), '', {});
  }

  /** The answer to a logout that the provider asked for. */
  async logoutAnswerUrl(
    connection: SamlConnection,
    requestId: string,
    relayState: string,
  ): Promise<string | null> {
    if (connection.saml.sloUrl === null) return null;
    const saml = await this.speaker(connection, newMessageId());
    const request = { ID: requestId, issuer: connection.saml.entityId, nameID: '', nameIDFormat: '' };
    return saml.getLogoutResponseUrlAsync(request, relayState, {}, true);
  }

  private async speaker(connection: SamlConnection, id: string): Promise<SAML> {
    const { ssoUrl, sloUrl, certificates, signRequests, nameIdFormat, forceAuthn } = connection.saml;
    const { acs, samlMetadata, slo } = addressesOf(connection);
    const key = signRequests ? signingKeyOf(await this.connections.secretsOf(connection.id)) : undefined;
    return new SAML({
      callbackUrl: acs,
      issuer: samlMetadata,
      audience: samlMetadata,
      entryPoint: ssoUrl,
      logoutUrl: sloUrl ?? '',
      logoutCallbackUrl: slo,
      idpCert: [...certificates],
      ...(key === undefined ? {} : { privateKey: key }),
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      identifierFormat: nameIdFormats[nameIdFormat],
      disableRequestedAuthnContext: true,
      forceAuthn,
      // What comes back is looked at by the strict profile, not by this class.
      validateInResponseTo: ValidateInResponseTo.never,
      generateUniqueId: () => id,
    });
  }
}

/** An XML id: it must not begin with a digit. */
function newMessageId(): string {
  return `_${randomBytes(20).toString('hex')}`;
}

function profileOf({
  issuer,
  subject,
  providerSession,
  logoutHint,
}: FederatedSession & { logoutHint: string | null }): Profile {
  return {
    ...{ issuer, nameID: subject, nameIDFormat: logoutHint ?? nameIdFormats.persistent },
    ...(providerSession === null ? {} : { sessionIndex: providerSession }),
  };
}
