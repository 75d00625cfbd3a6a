import { Controller } from '@nestjs/common';
import {
  bulkScim,
  createScimGroup,
  createScimUser,
  deleteScimGroup,
  deleteScimUser,
  getScimConfig,
  getScimGroup,
  getScimResourceType,
  getScimSchema,
  getScimUser,
  listScimGroups,
  listScimResourceTypes,
  listScimSchemas,
  listScimUsers,
  patchScimGroup,
  patchScimUser,
  replaceScimGroup,
  replaceScimUser,
  scimSchemas,
} from '#libs/contracts/auth';
import { Endpoint, Input, Reply, type InputOf, type ResultOf } from '#libs/service';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { ListScim } from './list-scim.use-case.js';
import { ProvisionGroup } from './provision-group.use-case.js';
import { ProvisionUser } from './provision-user.use-case.js';
import { RunScimBulk } from './run-scim-bulk.use-case.js';
import { resourceTypes, schemaDocuments, serviceProviderConfig } from './scim-catalogue.js';
import { ScimDoor } from './scim-door.http.js';
import { groupChangeOf, groupPatchOf, groupReplacementOf, type ScimGroup } from './scim-group.js';
import { changeOf, patchOf, replacementOf, type ScimUser } from './scim-user.js';
import { scimProblemOf } from './scim-problem.http.js';
import { ShowScimStatus } from './show-scim-status.use-case.js';

type Resource = Record<string, unknown>;
type Request = RequestSite & { readonly headers: Readonly<Record<string, string | undefined>> };

/** SCIM 2.0. Every handler goes through the door, which asks for the token. */
@Controller()
export class ScimController {
  constructor(
    private readonly door: ScimDoor,
    private readonly reading: ListScim,
    private readonly users: ProvisionUser,
    private readonly groups: ProvisionGroup,
    private readonly bulk: RunScimBulk,
    private readonly status: ShowScimStatus,
  ) {}

  @Endpoint(listScimUsers)
  async listUsers(@Input() input: InputOf<typeof listScimUsers>): Promise<ResultOf<typeof listScimUsers>> {
    return this.enter(input, 'GET /Users', async (base) => this.reading.users(input.query, base));
  }

  @Endpoint(createScimUser)
  async createUser(@Input() input: InputOf<typeof createScimUser>): Promise<ResultOf<typeof createScimUser>> {
    return this.enter(input, 'POST /Users', async (base) =>
      this.ofUser(await this.users.create(changeOf(input.body)), base),
    );
  }

  @Endpoint(getScimUser)
  async getUser(@Input() input: InputOf<typeof getScimUser>): Promise<ResultOf<typeof getScimUser>> {
    return this.enter(input, 'GET /Users/…', async (base) =>
      this.reading.user(await this.users.show(input.params.userId), base, input.query),
    );
  }

  @Endpoint(replaceScimUser)
  async replaceUser(
    @Input() input: InputOf<typeof replaceScimUser>,
  ): Promise<ResultOf<typeof replaceScimUser>> {
    const { userId } = input.params;
    return this.enter(input, `PUT /Users/${userId}`, async (base) =>
      this.ofUser(await this.users.update(userId, replacementOf(input.body), matched(input)), base),
    );
  }

  @Endpoint(patchScimUser)
  async patchUser(@Input() input: InputOf<typeof patchScimUser>): Promise<ResultOf<typeof patchScimUser>> {
    const { userId } = input.params;
    return this.enter(input, `PATCH /Users/${userId}`, async (base) =>
      this.ofUser(await this.users.update(userId, patchOf(input.body), matched(input)), base),
    );
  }

  @Endpoint(deleteScimUser)
  async deleteUser(@Input() input: InputOf<typeof deleteScimUser>): Promise<ResultOf<typeof deleteScimUser>> {
    const { userId } = input.params;
    const work = async () => this.users.remove(userId);
    await this.door.enter(input.headers['authorization'], `DELETE /Users/${userId}`, work);
    return undefined;
  }

  @Endpoint(listScimGroups)
  async listGroups(@Input() input: InputOf<typeof listScimGroups>): Promise<ResultOf<typeof listScimGroups>> {
    return this.enter(input, 'GET /Groups', async (base) => this.reading.groups(input.query, base));
  }

  @Endpoint(createScimGroup)
  async createGroup(
    @Input() input: InputOf<typeof createScimGroup>,
  ): Promise<ResultOf<typeof createScimGroup>> {
    return this.enter(input, 'POST /Groups', async (base) =>
      this.ofGroup(await this.groups.create(groupChangeOf(input.body)), base),
    );
  }

  @Endpoint(getScimGroup)
  async getGroup(@Input() input: InputOf<typeof getScimGroup>): Promise<ResultOf<typeof getScimGroup>> {
    return this.enter(input, 'GET /Groups/…', async (base) =>
      this.reading.group(await this.groups.show(input.params.teamId), base, input.query),
    );
  }

  @Endpoint(replaceScimGroup)
  async replaceGroup(
    @Input() input: InputOf<typeof replaceScimGroup>,
  ): Promise<ResultOf<typeof replaceScimGroup>> {
    const { teamId } = input.params;
    return this.enter(input, `PUT /Groups/${teamId}`, async (base) =>
      this.ofGroup(await this.groups.update(teamId, groupReplacementOf(input.body), matched(input)), base),
    );
  }

  @Endpoint(patchScimGroup)
  async patchGroup(@Input() input: InputOf<typeof patchScimGroup>): Promise<ResultOf<typeof patchScimGroup>> {
    const { teamId } = input.params;
    return this.enter(input, `PATCH /Groups/${teamId}`, async (base) =>
      this.ofGroup(await this.groups.update(teamId, groupPatchOf(input.body), matched(input)), base),
    );
  }

  @Endpoint(deleteScimGroup)
  async deleteGroup(
    @Input() input: InputOf<typeof deleteScimGroup>,
  ): Promise<ResultOf<typeof deleteScimGroup>> {
    const { teamId } = input.params;
    const work = async () => this.groups.remove(teamId);
    await this.door.enter(input.headers['authorization'], `DELETE /Groups/${teamId}`, work);
    return undefined;
  }

  @Endpoint(bulkScim)
  async many(@Input() input: InputOf<typeof bulkScim>): Promise<ResultOf<typeof bulkScim>> {
    return this.enter(input, 'POST /Bulk', async (base) =>
      this.bulk.execute(input.body, base, scimProblemOf),
    );
  }

  @Endpoint(getScimConfig)
  async config(@Input() input: InputOf<typeof getScimConfig>): Promise<ResultOf<typeof getScimConfig>> {
    return this.enter(input, 'GET /ServiceProviderConfig', async (base) => serviceProviderConfig(base));
  }

  @Endpoint(listScimResourceTypes)
  async types(
    @Input() input: InputOf<typeof listScimResourceTypes>,
  ): Promise<ResultOf<typeof listScimResourceTypes>> {
    return this.enter(input, 'GET /ResourceTypes', async (base) => listOf(resourceTypes(base)));
  }

  @Endpoint(getScimResourceType)
  async type(
    @Input() input: InputOf<typeof getScimResourceType>,
  ): Promise<ResultOf<typeof getScimResourceType>> {
    const { resourceType } = input.params;
    return this.enter(
      input,
      'GET /ResourceTypes/…',
      async (base) => resourceTypes(base).find(({ id }) => id === resourceType) ?? {},
    );
  }

  @Endpoint(listScimSchemas)
  async schemas(@Input() input: InputOf<typeof listScimSchemas>): Promise<ResultOf<typeof listScimSchemas>> {
    return this.enter(input, 'GET /Schemas', async (base) => listOf(schemaDocuments(base)));
  }

  @Endpoint(getScimSchema)
  async schema(@Input() input: InputOf<typeof getScimSchema>): Promise<ResultOf<typeof getScimSchema>> {
    const { schemaUrn } = input.params;
    return this.enter(
      input,
      'GET /Schemas/…',
      async (base) => schemaDocuments(base).find(({ id }) => id === schemaUrn) ?? {},
    );
  }

  private async enter(
    request: Request,
    operation: string,
    work: (base: string) => Promise<Resource>,
  ): Promise<Reply<Resource>> {
    const base = await this.status.base(request);
    const body = await this.door.enter(request.headers['authorization'], operation, async () => work(base));
    const { version, location } = (body['meta'] ?? {}) as { version?: string; location?: string };
    const headers: Record<string, string> = { 'content-type': 'application/scim+json; charset=utf-8' };
    if (version !== undefined) headers['etag'] = version;
    if (location !== undefined) headers['location'] = location;
    return new Reply(body, { headers });
  }

  private async ofUser(user: ScimUser, base: string): Promise<Resource> {
    return this.reading.user(user, base);
  }

  private async ofGroup(group: ScimGroup, base: string): Promise<Resource> {
    return this.reading.group(group, base);
  }
}

function matched({ headers }: Request): string | undefined {
  const tag = headers['if-match'];
  return tag === '*' ? undefined : tag;
}

function listOf(resources: readonly Resource[]): Resource {
  const count = resources.length;
  const shared = { totalResults: count, startIndex: 1, itemsPerPage: count };
  return { schemas: [scimSchemas.list], ...shared, Resources: [...resources] };
}
