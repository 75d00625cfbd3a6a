import type { ConnectionProvider, SetupKind, SetupLinkView } from '#libs/contracts/auth';
import { anonymous, type Actor } from '#libs/tenancy';

/** A way for people without an account to set up one connection. */
export interface SetupLink {
  readonly id: string;
  /** Of a connection that there is, or that is made with this id when something is saved. */
  readonly connectionId: string;
  readonly name: string;
  /** Null: whoever uses the link chooses. */
  readonly kind: SetupKind | null;
  readonly provider: ConnectionProvider;
  readonly recipient: string | null;
  /** Only the browser that opened it first may use it. */
  readonly isForOne: boolean;
  readonly origin: string;
  /** SHA-256 of the token; it has full entropy, so nothing slower is needed. */
  readonly hash: Buffer;
  /** Of the browser that has it, where it is for one. */
  readonly browser: Buffer | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly openedAt: Date | null;
  readonly usedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly revokedAt: Date | null;
}

export const MOST_SETUP_LINKS = 20;

export function statusOfLink(
  { revokedAt, finishedAt, expiresAt }: Pick<SetupLink, 'revokedAt' | 'finishedAt' | 'expiresAt'>,
  now: Date,
): SetupLinkView['status'] {
  if (revokedAt !== null) return 'revoked';
  if (finishedAt !== null) return 'finished';
  return expiresAt > now ? 'open' : 'expired';
}

/** Who acts by a link: nobody who is known, with the link as all that is known of him. */
export function setupActor({ id, name }: Pick<SetupLink, 'id' | 'name'>): Actor {
  return { ...anonymous, id, name: `Setup link: ${name}` };
}

/** The link as its events tell it. */
export function toldOfLink({ id, connectionId, name }: SetupLink) {
  return { setupLinkId: id, connectionId, name };
}

export function setupLinkView(link: SetupLink, now: Date): SetupLinkView {
  const { id, connectionId, name, kind, recipient, isForOne } = link;
  return {
    ...{ id, connectionId, name, kind, recipient },
    uses: isForOne ? 'one' : 'many',
    status: statusOfLink(link, now),
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    openedAt: link.openedAt?.toISOString() ?? null,
    usedAt: link.usedAt?.toISOString() ?? null,
    finishedAt: link.finishedAt?.toISOString() ?? null,
  };
}
