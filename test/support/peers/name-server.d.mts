export class NameServer {
  /** What each name says; lower case, without a dot at the end. */
  readonly records: Map<string, readonly string[]>;
  static start(port: number): Promise<NameServer>;
  close(): Promise<void>;
}
