import { Controller } from '@nestjs/common';
import {
  createScimToken,
  getScimStatus,
  listScimTokens,
  revokeScimToken,
  rotateScimToken,
} from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { ManageScimTokens, type MadeScimToken } from './manage-scim-tokens.use-case.js';
import { scimTokenView } from './scim-token.js';
import { ShowScimStatus } from './show-scim-status.use-case.js';

@Controller()
export class ScimTokenController {
  constructor(
    private readonly manage: ManageScimTokens,
    private readonly status: ShowScimStatus,
    private readonly clock: Clock,
  ) {}

  @Endpoint(getScimStatus)
  async show(@Input() input: InputOf<typeof getScimStatus>): Promise<ResultOf<typeof getScimStatus>> {
    return this.status.execute(input);
  }

  @Endpoint(listScimTokens)
  async list(@Input() { query }: InputOf<typeof listScimTokens>): Promise<ResultOf<typeof listScimTokens>> {
    return this.status.tokens(query);
  }

  @Endpoint(createScimToken)
  async create(
    @Input() { body }: InputOf<typeof createScimToken>,
  ): Promise<ResultOf<typeof createScimToken>> {
    return this.shown(await this.manage.create(body));
  }

  @Endpoint(rotateScimToken)
  async rotate(@Input() input: InputOf<typeof rotateScimToken>): Promise<ResultOf<typeof rotateScimToken>> {
    return this.shown(await this.manage.rotate(input.params.scimTokenId, input.body.graceSeconds));
  }

  @Endpoint(revokeScimToken)
  async revoke(
    @Input() { params }: InputOf<typeof revokeScimToken>,
  ): Promise<ResultOf<typeof revokeScimToken>> {
    await this.manage.revoke(params.scimTokenId);
    return undefined;
  }

  private shown({ made, token }: MadeScimToken) {
    return { ...scimTokenView(made, this.clock.now()), token };
  }
}
