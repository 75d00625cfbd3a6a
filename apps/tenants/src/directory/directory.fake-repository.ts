import { Directory } from './directory.js';

export class FakeDirectory extends Directory {
  async run<R>(work: () => Promise<R>): Promise<R> {
    return work();
  }
}
