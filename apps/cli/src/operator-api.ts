import type { Endpoint, EndpointRequest, EndpointResponse } from '#libs/contracts';

/** The operator's API of a running platform. */
export abstract class OperatorApi {
  /** @throws Failure with what the platform said, or that it does not answer */
  abstract call<E extends Endpoint>(
    endpoint: E,
    request?: EndpointRequest<E>,
    /** The version that is to be changed, as `etag` gave it. */
    ifMatch?: string,
  ): Promise<EndpointResponse<E>>;

  /** The version of what the endpoint shows. @throws as `call` */
  abstract etag<E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>): Promise<string>;
}
