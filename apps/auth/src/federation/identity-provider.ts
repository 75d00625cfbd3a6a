import type { Connection } from '../connection/connection.js';
import type { FederatedSession } from './identity.repository.js';

/** A question to a provider, and what has to be remembered to recognise its answer. */
export interface ProviderQuestion {
  readonly url: string;
  /** What the answer will name. */
  readonly id: string;
  readonly nonce: string | null;
  readonly codeVerifier: string | null;
}

/** How one kind of provider is spoken to. */
export abstract class IdentityProvider {
  abstract readonly kind: Connection['kind'];

  /** @throws Refusal, OutboundRefused, OutboundFailed when the provider cannot be asked */
  abstract question(connection: Connection): Promise<ProviderQuestion>;

  /** Where to go to sign out at the provider too; null where it offers no such thing. */
  abstract logoutUrl(
    connection: Connection,
    session: FederatedSession & { readonly logoutHint: string | null },
  ): Promise<string | null>;
}

/** All kinds. */
export class IdentityProviders {
  constructor(private readonly providers: readonly IdentityProvider[]) {}

  of({ kind }: Connection): IdentityProvider {
    const found = this.providers.find((provider) => provider.kind === kind);
    if (found === undefined) throw new Error(`Nothing speaks to providers of kind ${kind}.`);
    return found;
  }
}
