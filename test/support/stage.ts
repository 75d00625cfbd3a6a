import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { processEnvironment } from '#libs/config';
import { testPlatform, useTestPlatform, type TestPlatform } from './platform.js';

export type Server = 'services' | 'postgres' | 'redis';
type Action = 'open' | 'kill' | 'stop' | 'start' | 'pid';

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** A whole platform that a test may break: servers, ports and data of its own, and nobody who starts again what was killed. */
export class Stage {
  private calls = 0;

  private constructor(private readonly process: ChildProcess) {}

  /** From here on the helpers of this folder talk to this platform. */
  static async open(): Promise<Stage> {
    const { chromium } = testPlatform();
    const outside = Object.entries(processEnvironment()).filter(([name]) => !name.startsWith('HARKA_'));
    const stage = new Stage(
      fork(join('deploy', 'local', 'stage.mjs'), { env: Object.fromEntries(outside), execArgv: [] }),
    );
    const whereabouts = await stage.ask('open').catch(async (error: unknown) => {
      await stage.close();
      throw error;
    });
    useTestPlatform({ ...(whereabouts as Omit<TestPlatform, 'chromium'>), chromium });
    return stage;
  }

  async kill(server: Server): Promise<void> {
    await this.ask('kill', server);
  }

  async stop(server: Server): Promise<void> {
    await this.ask('stop', server);
  }

  async start(server: Server): Promise<void> {
    await this.ask('start', server);
  }

  async pid(server: Server): Promise<number | null> {
    return (await this.ask('pid', server)) as number | null;
  }

  async close(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.disconnect();
    await ended;
  }

  private async ask(action: Action, server?: Server): Promise<unknown> {
    this.calls += 1;
    const id = this.calls;
    return new Promise((resolve, reject) => {
      const settle = (work: () => void) => {
        this.process.off('message', hear);
        this.process.off('exit', gone);
        work();
      };
      const hear = (reply: Reply) => {
        if (reply.id !== id) return;
        settle(() => {
          if (reply.error === undefined) resolve(reply.result);
          else reject(new Error(reply.error));
        });
      };
      const gone = () => {
        settle(() => {
          reject(new Error(`The stage ended before it answered "${action}".`));
        });
      };
      this.process.on('message', hear);
      this.process.on('exit', gone);
      this.process.send({ id, action, server });
    });
  }
}
