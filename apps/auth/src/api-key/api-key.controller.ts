import { Controller } from '@nestjs/common';
import { createApiKey, listApiKeys, recordApiKeyUse, revokeApiKey, rotateApiKey } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { currentActor } from '#libs/tenancy';
import { apiKeyView } from './api-key.js';
import { ApiKeyReadModel } from './api-key.read-model.js';
import { CreateApiKey } from './create-api-key.use-case.js';
import { RecordApiKeyUses } from './record-api-key-uses.use-case.js';
import { RotateApiKey } from './rotate-api-key.use-case.js';
import { RevokeApiKey } from './revoke-api-key.use-case.js';

@Controller()
export class ApiKeyController {
  constructor(
    private readonly keys: ApiKeyReadModel,
    private readonly creating: CreateApiKey,
    private readonly rotating: RotateApiKey,
    private readonly revoking: RevokeApiKey,
    private readonly uses: RecordApiKeyUses,
    private readonly clock: Clock,
  ) {}

  @Endpoint(listApiKeys)
  async list(@Input() { query }: InputOf<typeof listApiKeys>): Promise<ResultOf<typeof listApiKeys>> {
    return this.keys.page(query);
  }

  @Endpoint(createApiKey)
  async create(@Input() { body }: InputOf<typeof createApiKey>): Promise<ResultOf<typeof createApiKey>> {
    const { apiKey, key } = await this.creating.execute(body);
    return { ...apiKeyView(apiKey, currentActor().name, this.clock.now()), key };
  }

  @Endpoint(rotateApiKey)
  async rotate(@Input() input: InputOf<typeof rotateApiKey>): Promise<ResultOf<typeof rotateApiKey>> {
    const { apiKey, key } = await this.rotating.execute(input.params.apiKeyId, input.body);
    return { ...apiKeyView(apiKey, currentActor().name, this.clock.now()), key };
  }

  @Endpoint(revokeApiKey)
  async revoke(@Input() { params }: InputOf<typeof revokeApiKey>): Promise<ResultOf<typeof revokeApiKey>> {
    await this.revoking.execute(params.apiKeyId);
    return undefined;
  }

  @Endpoint(recordApiKeyUse)
  async used(@Input() { body }: InputOf<typeof recordApiKeyUse>): Promise<ResultOf<typeof recordApiKeyUse>> {
    await this.uses.execute(body.uses);
    return undefined;
  }
}
