import { currentTenant } from '#libs/tenancy';
import { OneTimeStore } from './one-time-store.js';

/** In memory, and nothing runs out. */
export class FakeOneTimeStore extends OneTimeStore {
  readonly values = new Map<string, string>();

  async put(kind: string, key: string, value: unknown): Promise<void> {
    this.values.set(nameOf(kind, key), JSON.stringify(value));
  }

  async read(kind: string, key: string): Promise<unknown> {
    const text = this.values.get(nameOf(kind, key));
    return text === undefined ? null : JSON.parse(text);
  }

  async take(kind: string, key: string): Promise<unknown> {
    const value = await this.read(kind, key);
    this.values.delete(nameOf(kind, key));
    return value;
  }

  async claim(kind: string, key: string): Promise<boolean> {
    if (this.values.has(nameOf(kind, key))) return false;
    this.values.set(nameOf(kind, key), '1');
    return true;
  }
}

const nameOf = (kind: string, key: string) => `${currentTenant().id}:${kind}:${key}`;
