import { randomFillSync } from 'node:crypto';
import { newId } from '#libs/kernel';

/** How one request is followed through logs and traces. */
export interface Trace {
  readonly requestId: string;
  /** W3C Trace Context: the caller's trace continued, or one of our own. */
  readonly traceparent: string;
}

const saneRequestId = /^[A-Za-z0-9._:-]{8,128}$/;
const incomingParent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;
const SPAN_BYTES = 8;

/** Names requests and spans. */
export class Tracer {
  // One call to the system for hundreds of spans.
  private readonly random = Buffer.alloc(512 * SPAN_BYTES);
  private used = this.random.length;

  trace(requestId: string | undefined, traceparent: string | undefined): Trace {
    const id = requestId !== undefined && saneRequestId.test(requestId) ? requestId : newId();
    const parent = traceparent === undefined ? null : incomingParent.exec(traceparent);
    const [trace, flags] = [parent?.[1] ?? this.span() + this.span(), parent?.[2] ?? '01'];
    return { requestId: id, traceparent: `00-${trace}-${this.span()}-${flags}` };
  }

  private span(): string {
    if (this.used >= this.random.length) {
      randomFillSync(this.random);
      this.used = 0;
    }
    return this.random.toString('hex', this.used, (this.used += SPAN_BYTES));
  }
}
