/** What the Host header points at. Everything that is not plainly a host name is refused before it gets here. */
export type Host =
  | { readonly kind: 'bare'; readonly name: string }
  | { readonly kind: 'admin'; readonly name: string }
  | { readonly kind: 'subdomain'; readonly name: string; readonly slug: string }
  | { readonly kind: 'custom'; readonly name: string };

const MAX_HEADER = 260;
const MAX_NAME = 253;
const hostHeader = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The host name in lower case without port and final dot, or null for whatever is not one: userinfo, blanks, odd or
 * non-ASCII characters (browsers send punycode), empty labels, absurd lengths.
 */
export function hostNameOf(header: string): string | null {
  if (header.length > MAX_HEADER) return null;
  const match = hostHeader.exec(header.toLowerCase());
  if (match === null) return null;
  const [, named = '', port] = match;
  if (port !== undefined && Number(port) > 65_535) return null;
  if (named.startsWith('[')) return named;
  const name = named.endsWith('.') ? named.slice(0, -1) : named;
  return name.length <= MAX_NAME && name.split('.').every((part) => label.test(part)) ? name : null;
}

/** Sorts host names of one installation. */
export class HostReader {
  private readonly base: string;
  private readonly known = new Map<string, Host | null>();

  constructor(
    baseDomain: string,
    private readonly remembered = 10_000,
  ) {
    this.base = baseDomain.toLowerCase();
  }

  /** Null: the header is not a host name. */
  read(header: string): Host | null {
    const known = this.known.get(header);
    if (known !== undefined) return known;
    const name = hostNameOf(header);
    const host = name === null ? null : this.sort(name);
    if (this.known.size >= this.remembered) this.known.clear();
    this.known.set(header, host);
    return host;
  }

  private sort(name: string): Host {
    if (name === this.base || this.isOwnAddress(name)) return { kind: 'bare', name };
    if (name === `admin.${this.base}`) return { kind: 'admin', name };
    if (!name.endsWith(`.${this.base}`)) return { kind: 'custom', name };
    return { kind: 'subdomain', name, slug: name.slice(0, -this.base.length - 1) };
  }

  // On a laptop people also type the address; it means the bare host there and nowhere else.
  private isOwnAddress(name: string): boolean {
    return this.base === 'localhost' && (name === '127.0.0.1' || name === '[::1]');
  }
}
