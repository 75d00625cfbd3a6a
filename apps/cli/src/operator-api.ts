import type { Endpoint, EndpointRequest, EndpointResponse } from '#libs/contracts';

/** The operator's API of a running platform. */
export abstract class OperatorApi {
  /** @throws Failure with what the platform said, or that it does not answer */
  abstract call<E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>): Promise<EndpointResponse<E>>;
}
