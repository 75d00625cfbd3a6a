import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { endAfterBody, isStillSending } from '../edge/unread-body.js';

export interface ExchangeOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The headers to answer with, given those of the service. */
  readonly headers: (answer: IncomingHttpHeaders) => string[];
  /** Called at most once, and only while nothing was answered yet. */
  readonly failed: (error: Error) => void;
}

/** A short body is read and thrown away, which keeps the connection; a long one is cheaper to break off. */
const WORTH_READING = 64 * 1024;

/**
 * One answer on its way from a service to a client: as fast as the client reads and no faster, and given up on both sides
 * when either goes away.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null;
  private listening = false;
  private done = false;

  constructor(private readonly options: ExchangeOptions) {
    options.response.once('close', () => {
      if (!this.done) this.controller?.abort(new Error('The client went away.'));
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.options.response.destroyed) controller.abort(new Error('The client went away.'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return;
    const { request, response } = this.options;
    const list = this.options.headers(headers);
    if (isStillSending(request)) list.push('connection', 'close');
    response.writeHead(status, list);
    if (request.method === 'HEAD') this.endWithHeaders(controller, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.done) return;
    if (this.options.response.write(chunk)) return;
    controller.pause();
    if (this.listening) return;
    this.listening = true;
    this.options.response.on('drain', () => {
      controller.resume();
    });
  }

  onResponseEnd(): void {
    if (this.done) return;
    this.done = true;
    const { request, response } = this.options;
    if (isStillSending(request)) endAfterBody(request, response);
    else response.end();
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.done) return;
    this.done = true;
    const { response, failed } = this.options;
    // Half an answer must not look like a whole one.
    if (response.headersSent || response.destroyed) response.destroy();
    else failed(error);
  }

  /** Services know no HEAD: they are asked to GET, and what would follow is not waited for. */
  private endWithHeaders(controller: Dispatcher.DispatchController, headers: IncomingHttpHeaders): void {
    this.done = true;
    this.options.response.end();
    const length = Number(headers['content-length'] ?? Infinity);
    if (length > WORTH_READING) controller.abort(new Error('Only the headers were asked for.'));
  }
}
