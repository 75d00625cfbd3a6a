import { Injectable } from '@nestjs/common';
import { randomToken } from '#libs/crypto';
import { addressesOf, isLdap, type Connection } from '../connection/connection.js';
import { IdentityProvider, type ProviderQuestion } from '../federation/identity-provider.js';
import { Refusal } from '../federation/refusal.js';

/** A directory has no page of its own: name and password are asked for on ours, of the browser that began. */
@Injectable()
export class LdapProvider extends IdentityProvider {
  override readonly kind = 'ldap';

  override async question(connection: Connection): Promise<ProviderQuestion> {
    if (!isLdap(connection)) throw new Refusal('connection_kind');
    const id = randomToken();
    // As a fragment, which browsers send to no server and no log keeps.
    const url = `${addressesOf(connection).ldapSignIn}#flow=${id}`;
    return Promise.resolve({ url, id, nonce: null, codeVerifier: null });
  }

  override async logoutUrl(): Promise<string | null> {
    return Promise.resolve(null);
  }
}
