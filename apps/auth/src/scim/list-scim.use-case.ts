import { Injectable } from '@nestjs/common';
import { MAX_SCIM_PAGE, scimSchemas, type ScimListQuery } from '#libs/contracts/auth';
import { conditionOf, groupColumns, userColumns, type Columns } from './scim-filter.sql.js';
import { attributeName, filterOf } from './scim-attributes.js';
import { scimGroupView, type ScimGroup } from './scim-group.js';
import { ScimRepository, type Found, type Slice } from './scim.repository.js';
import { scimUserView, type ScimUser } from './scim-user.js';

type Shown = Pick<ScimListQuery, 'attributes' | 'excludedAttributes'>;
type Resource = Record<string, unknown>;

/** People and teams as identity providers read them. */
@Injectable()
export class ListScim {
  constructor(private readonly scim: ScimRepository) {}

  /** @throws ScimInvalid */
  async users(query: ScimListQuery, base: string) {
    const slice = sliceOf(query);
    const found = await this.scim.users(conditionFrom(query, userColumns), slice);
    return listOf(found, slice, await this.userViews(found.items, base, query));
  }

  /** @throws ScimInvalid */
  async groups(query: ScimListQuery, base: string) {
    const slice = sliceOf(query);
    const found = await this.scim.groups(conditionFrom(query, groupColumns), slice);
    return listOf(found, slice, await this.groupViews(found.items, base, query));
  }

  async user(user: ScimUser, base: string, shown: Shown = {}): Promise<Resource> {
    return (await this.userViews([user], base, shown))[0] ?? {};
  }

  async group(group: ScimGroup, base: string, shown: Shown = {}): Promise<Resource> {
    return (await this.groupViews([group], base, shown))[0] ?? {};
  }

  private async userViews(users: readonly ScimUser[], base: string, shown: Shown): Promise<Resource[]> {
    const all = await this.scim.groupsOf(users.map(({ user }) => user.id));
    return users.map((one) => {
      const groups = all.filter(({ userId }) => userId === one.user.id);
      return chosen(scimUserView(one, groups, base), shown);
    });
  }

  private async groupViews(groups: readonly ScimGroup[], base: string, shown: Shown): Promise<Resource[]> {
    const isLeftOut = namesOf(shown.excludedAttributes).includes('members');
    const all = isLeftOut ? [] : await this.scim.membersOf(groups.map(({ team }) => team.id));
    return groups.map((one) => {
      const members = all.filter(({ teamId }) => teamId === one.team.id);
      return chosen(scimGroupView(one, members, base), shown);
    });
  }
}

function conditionFrom({ filter }: ScimListQuery, columns: Columns) {
  return filter === undefined ? null : conditionOf(filterOf(filter), columns);
}

function sliceOf({ startIndex = 1, count = 100 }: ScimListQuery): Slice {
  return { offset: Math.max(0, startIndex - 1), limit: Math.min(MAX_SCIM_PAGE, Math.max(0, count)) };
}

function listOf(found: Found<unknown>, { offset }: Slice, resources: readonly Resource[]) {
  return {
    schemas: [scimSchemas.list],
    totalResults: found.total,
    startIndex: offset + 1,
    itemsPerPage: resources.length,
    Resources: [...resources],
  };
}

function namesOf(list: string | undefined): string[] {
  return (list ?? '').split(',').map(attributeName).filter(Boolean);
}

/** RFC 7644 3.9, for whole attributes; what a resource cannot be without is always there. */
function chosen(resource: Resource, { attributes, excludedAttributes }: Shown): Resource {
  const [wanted, unwanted] = [namesOf(attributes), namesOf(excludedAttributes)];
  if (wanted.length + unwanted.length === 0) return resource;
  const isShown = (name: string) => {
    const plain = attributeName(name);
    if (plain === 'id' || plain === 'schemas') return true;
    return wanted.length > 0 ? wanted.some((one) => one.split('.')[0] === plain) : !unwanted.includes(plain);
  };
  return Object.fromEntries(Object.entries(resource).filter(([name]) => isShown(name)));
}
