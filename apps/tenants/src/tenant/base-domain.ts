/** The domain under which every tenant has its subdomain. */
export class BaseDomain {
  constructor(readonly name: string) {}

  /** Whether a host is the base domain itself or below it. */
  holds(host: string): boolean {
    return host === this.name || host.endsWith(`.${this.name}`);
  }

  hostOf(slug: string): string {
    return `${slug}.${this.name}`;
  }
}
