import type { changeUsers, User, UserChangeResult } from '#libs/contracts/auth';
import type { Role } from '#libs/contracts';
import { type ApiClient } from '../api/api-client.js';

/** What is done to many people at once. */
export type Change =
  | { readonly action: 'deactivate' | 'reactivate' | 'invite' }
  | { readonly action: 'set_role'; readonly role: Role }
  | { readonly action: 'set_team'; readonly teamId: string | null }
  | { readonly action: 'set_manager'; readonly managerId: string | null }
  | { readonly action: 'set_department'; readonly department: string | null };

type Outcome = UserChangeResult['items'][number];

const AT_A_TIME = 50;

/** The same change for many people, some at a time. What was done stays done when a later call fails. */
export async function changePeople(
  api: ApiClient,
  change: Change,
  userIds: readonly string[],
  onProgress: (share: number) => void = () => undefined,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < userIds.length; from += AT_A_TIME) {
    const some = userIds.slice(from, from + AT_A_TIME);
    const { data } = await api.send<typeof changeUsers>('POST', '/api/v1/users/changes', {
      body: { ...change, userIds: some } as never,
    });
    outcomes.push(...data.items);
    onProgress(Math.min(1, (from + some.length) / userIds.length));
  }
  return outcomes;
}

/** What takes a change back, for those who were changed by it; null for what cannot be taken back. */
export function undoOf(
  change: Change,
  before: readonly User[],
): readonly { change: Change; userIds: string[] }[] | null {
  switch (change.action) {
    case 'deactivate':
      return [{ change: { action: 'reactivate' }, userIds: before.map(({ id }) => id) }];
    case 'reactivate':
      return [{ change: { action: 'deactivate' }, userIds: before.map(({ id }) => id) }];
    case 'invite':
      return null;
    case 'set_role':
      return grouped(
        before,
        ({ role }) => role,
        (role): Change => ({ action: 'set_role', role }),
      );
    case 'set_team':
      return grouped(
        before,
        ({ teamId }) => teamId,
        (teamId): Change => ({ action: 'set_team', teamId }),
      );
    case 'set_manager':
      return grouped(
        before,
        ({ managerId }) => managerId,
        (managerId): Change => ({ action: 'set_manager', managerId }),
      );
    case 'set_department':
      return grouped(
        before,
        ({ department }) => department,
        (department): Change => ({ action: 'set_department', department }),
      );
  }
}

function grouped<V>(
  people: readonly User[],
  valueOf: (person: User) => V,
  changeTo: (value: V) => Change,
): { change: Change; userIds: string[] }[] {
  const groups = new Map<V, User[]>();
  for (const person of people) groups.set(valueOf(person), [...(groups.get(valueOf(person)) ?? []), person]);
  return [...groups].map(([value, members]) => ({
    change: changeTo(value),
    userIds: members.map(({ id }) => id),
  }));
}
