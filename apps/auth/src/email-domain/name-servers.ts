/** Asks DNS. */
export abstract class NameServers {
  /** The TXT records at a name; none where there are none. @throws NameServersUnavailable */
  abstract txt(name: string): Promise<readonly string[]>;
}
