import type { Endpoint, EndpointRequest, EndpointResponse } from '#libs/contracts';
import { OperatorApi } from './operator-api.js';

type Answer = unknown;

/** Answers what it was told to, in that order, and remembers what it was asked. */
export class FakeOperatorApi extends OperatorApi {
  readonly asked: { readonly id: string; readonly request: unknown }[] = [];
  private readonly answers = new Map<string, Answer[]>();

  /** An Error is thrown. The last answer is given for ever. */
  answer(endpoint: Endpoint, ...answers: readonly Answer[]): this {
    this.answers.set(endpoint.id, [...answers]);
    return this;
  }

  async call<E extends Endpoint>(
    endpoint: E,
    request: EndpointRequest<E> = {},
  ): Promise<EndpointResponse<E>> {
    this.asked.push({ id: endpoint.id, request });
    const answers = this.answers.get(endpoint.id) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    if (answer === undefined) throw new Error(`Nothing to answer to ${endpoint.id}.`);
    return answer as EndpointResponse<E>;
  }

  async etag(endpoint: Endpoint, request: unknown = {}): Promise<string> {
    this.asked.push({ id: endpoint.id, request });
    return '"1"';
  }
}
