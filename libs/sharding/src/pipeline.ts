import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { types, type Connection, type Submittable } from 'pg';
import { toWire, type WireValue } from './wire-value.js';

/** One statement of a pipeline. The text names it to Postgres, so texts must be few and constant. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

export type Row = Record<string, unknown>;

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** The messages of the protocol as the driver sends them; its published types are older than the driver. */
interface Wire extends EventEmitter {
  readonly stream: Duplex;
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: readonly WireValue[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
}

/** Any type may come, not only those that the driver's own types name. */
const parserOf = types.getTypeParser as (dataTypeId: number, format?: 'text') => Column['parse'];

interface Prepared {
  readonly name: string;
  /** Whether the server holds it: an error may leave us unable to tell. */
  state: 'absent' | 'ready' | 'doubtful';
  columns: readonly Column[];
}

/** The named statements of one connection: the oldest goes when there are too many. */
export class PreparedStatements {
  private readonly byText = new Map<string, Prepared>();
  private counter = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.byText.size;
  }

  find(text: string): Prepared {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    this.counter += 1;
    const fresh: Prepared = { name: `harka_${this.counter}`, state: 'absent', columns: [] };
    this.byText.set(text, fresh);
    return fresh;
  }

  /** Statements beyond the capacity, forgotten here and to be closed at the server. */
  evict(inUse: ReadonlySet<Prepared>): Prepared[] {
    const evicted: Prepared[] = [];
    for (const [text, prepared] of this.byText) {
      if (this.byText.size <= this.capacity) break;
      if (inUse.has(prepared)) continue;
      this.byText.delete(text);
      if (prepared.state !== 'absent') evicted.push(prepared);
    }
    return evicted;
  }
}

interface Step {
  readonly text: string;
  readonly values: readonly WireValue[];
  readonly prepared: Prepared;
  isParsed: boolean;
}

/** The plan or the name that the connection remembers no longer fits: preparing it anew cures it. */
const OUTDATED = new Set(['0A000', '26000']);

/**
 * Several statements in one flush under one Sync, each prepared once a connection and described once. Unless one of
 * them is BEGIN, the server runs them as a single transaction, in a single round trip (PostgreSQL, 55.2.3, 55.2.4).
 * Resolves to the rows of the last.
 */
export class Pipeline implements Submittable {
  /** Called by the driver, which may wrap it with its time-out. */
  callback: (error: unknown, rows?: Row[]) => void = () => undefined;
  private readonly steps: readonly Step[];
  private rows: Row[] = [];
  private at = 0;
  private fault: unknown;

  constructor(
    statements: readonly Statement[],
    private readonly prepared: PreparedStatements,
  ) {
    this.steps = statements.map(({ text, values = [] }) => {
      if (values.length > 65_535) throw new RangeError('A statement takes at most 65,535 parameters.');
      return { text, values: values.map(toWire), prepared: prepared.find(text), isParsed: false };
    });
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    for (const { name } of this.prepared.evict(new Set(this.steps.map((step) => step.prepared)))) {
      wire.close({ type: 'S', name });
    }
    for (const step of this.steps) {
      const { state, name } = step.prepared;
      step.isParsed = state !== 'ready';
      if (step.isParsed) {
        if (state === 'doubtful') wire.close({ type: 'S', name });
        wire.parse({ name, text: step.text });
      }
      wire.bind({ portal: '', statement: name, values: step.values });
      if (step.isParsed) wire.describe({ type: 'P', name: '' });
      wire.execute({ portal: '', rows: 0 });
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    const step = this.steps[this.at];
    if (step === undefined) return;
    step.prepared.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: parserOf(dataTypeID),
    }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.at !== this.steps.length - 1) return;
    const columns = this.steps[this.at]?.prepared.columns ?? [];
    const row: Row = {};
    try {
      for (const [index, { name, parse }] of columns.entries()) {
        const text = fields[index];
        row[name] = text === null || text === undefined ? null : parse(text);
      }
      this.rows.push(row);
    } catch (error) {
      this.fault ??= error;
    }
  }

  handleCommandComplete(): void {
    this.complete();
  }

  handleEmptyQuery(): void {
    this.complete();
  }

  handleReadyForQuery(): void {
    this.callback(this.fault, this.rows);
  }

  handleError(error: unknown): void {
    const isOutdated = OUTDATED.has(String((error as { code?: unknown }).code));
    for (const [index, { prepared, isParsed }] of this.steps.entries()) {
      if (index < this.at) continue;
      if (isParsed || (isOutdated && index === this.at)) prepared.state = 'doubtful';
    }
    this.callback(error);
  }

  handlePortalSuspended(): void {
    this.fault ??= new Error('A portal was suspended that fetches all rows.');
  }

  handleCopyInResponse(connection: { sendCopyFail(message: string): void }): void {
    connection.sendCopyFail('COPY is not for this door.');
  }

  handleCopyData(): void {
    this.fault ??= new Error('COPY is not for this door.');
  }

  private complete(): void {
    const step = this.steps[this.at];
    if (step !== undefined) step.prepared.state = 'ready';
    this.at += 1;
  }
}
