import { contextIfAny } from '#libs/tenancy';
import { hash, parseOptions, verify } from '@node-rs/bcrypt';
import { HashQueue, type HashQueueLimits } from './hash-queue.js';
import { PasswordHasher } from './password-hasher.js';
import { fitsHash } from './password.js';

export interface BcryptOptions extends HashQueueLimits {
  readonly cost: number;
}

/** bcrypt on the threads of libuv, of which the queue leaves some to others. */
export class BcryptPasswordHasher extends PasswordHasher {
  private readonly queue: HashQueue;
  private nobodysHash: Promise<string> | undefined;

  constructor(private readonly options: BcryptOptions) {
    super();
    this.queue = new HashQueue(options);
  }

  async hash(password: string): Promise<string> {
    if (!fitsHash(password)) throw new Error('A password beyond what bcrypt reads must not be hashed.');
    return this.queue.run(realm(), async () => hash(password, { cost: this.options.cost, version: '2b' }));
  }

  async verify(password: string, known: string | null): Promise<boolean> {
    const readable = fitsHash(password);
    const compared = known ?? (await this.decoy());
    const isSame = await this.queue.run(realm(), async () => verify(readable ? password : '', compared));
    return isSame && readable && known !== null;
  }

  isOutdated(known: string): boolean {
    return parseOptions(known).cost < this.options.cost;
  }

  /** Compared with where there is nothing to compare with: as dear as any, and of a password that nobody knows. */
  private decoy(): Promise<string> {
    this.nobodysHash ??= hash(crypto.getRandomValues(new Uint8Array(32)), { cost: this.options.cost });
    return this.nobodysHash;
  }
}

/** Whose turn it is: the tenant's. */
function realm(): string {
  return contextIfAny()?.tenant?.id ?? '';
}
