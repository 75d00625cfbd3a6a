/** Asks DNS. */
export abstract class DomainResolver {
  /** The TXT records at a name, each joined from its parts; none when the name or its records do not exist. @throws DnsUnavailable */
  abstract txt(name: string): Promise<string[]>;

  /** The names that a name stands for (CNAME); none when there are none. @throws DnsUnavailable */
  abstract cname(name: string): Promise<string[]>;
}
