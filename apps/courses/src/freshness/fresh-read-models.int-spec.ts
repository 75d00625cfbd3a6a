import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userCreated, userDeactivated, userUpdated } from '#libs/contracts/auth';
import { mediaDeleted, mediaStored } from '#libs/contracts/media';
import { EventLog } from '#libs/events';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { MediaLibrary } from '../media-file/media-library.js';
import { PersonRepository } from '../person/person.repository.js';
import { FreshReadModels } from './fresh-read-models.js';
import { ProjectedReadModels } from './fresh-read-models.projector.js';

describe(ProjectedReadModels.name, () => {
  let academy: TestAcademy;

  beforeAll(async () => {
    academy = await testAcademy();
  });
  afterAll(() => academy.close());

  const as = <R>(work: () => Promise<R>) => academy.as(aUser(), work);
  const person = (userId: string, overrides: { name?: string; status?: 'deactivated' } = {}) => ({
    ...{
      userId,
      email: `${userId}@acme.example`,
      name: 'Before',
      role: 'learner' as const,
      status: 'active' as 'active' | 'deactivated',
    },
    ...{ department: null, team: null, managerId: null },
    ...overrides,
  });
  const catchUp = () => as(() => academy.get(FreshReadModels).catchUp());

  it('follows people through their changes', async () => {
    const id = newId();
    const events = academy.get(EventLog);
    const look = () => as(() => academy.get(PersonRepository).byIds([id]));
    await as(() => events.append(userCreated, id, person(id)));
    await catchUp();
    expect(await look()).toMatchObject([{ name: 'Before', status: 'active' }]);
    await as(() => events.append(userUpdated, id, person(id, { name: 'After' })));
    await as(() => events.append(userDeactivated, id, person(id, { name: 'After', status: 'deactivated' })));
    await catchUp();
    expect(await look()).toEqual([
      { id, name: 'After', email: `${id}@acme.example`, role: 'learner', status: 'deactivated' },
    ]);
  });

  it('forgets files that were deleted', async () => {
    const mediaId = newId();
    const file = { mediaId, bytes: 3_000_000_000, name: 'a.png' };
    const events = academy.get(EventLog);
    const look = async () => (await as(() => academy.get(MediaLibrary).byIds([mediaId]))).get(mediaId);
    await as(() =>
      events.append(mediaStored, mediaId, { ...file, contentType: 'image/png', sha256: 'd'.repeat(64) }),
    );
    expect(await look()).toMatchObject({ bytes: 3_000_000_000, sha256: 'd'.repeat(64) });
    await as(() => events.append(mediaDeleted, mediaId, file));
    await catchUp();
    expect(await look()).toBeUndefined();
  });

  it('lets several requests catch up at once', async () => {
    const ids = Array.from({ length: 30 }, () => newId());
    for (const id of ids) await as(() => academy.get(EventLog).append(userCreated, id, person(id)));
    await Promise.all(Array.from({ length: 5 }, catchUp));
    expect(await as(() => academy.get(PersonRepository).byIds(ids))).toHaveLength(30);
  });
});
