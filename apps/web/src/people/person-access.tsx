import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { deactivateUser, reactivateUser, User } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { useUser } from '../session/session.queries.js';
import { peopleKey } from './people.queries.js';
import './people.css';

/** Takes the access away, with an undo, or gives it back. */
export function PersonAccess({ person }: { readonly person: User }) {
  const api = useApi();
  const user = useUser();
  const queries = useQueryClient();
  const toasts = useToasts();
  const { id, name, status } = person;
  const settled = () => queries.invalidateQueries({ queryKey: peopleKey });
  const failed = (error: unknown) => {
    toasts.show(isProblem(error) && error.status < 500 ? error.detail : t('problem.unknown.title'), 'bad');
  };
  const reactivate = useMutation({
    mutationFn: () =>
      api.send<typeof reactivateUser>('POST', '/api/v1/users/:userId/reactivate', { params: { userId: id } }),
    onSuccess: () => {
      toasts.show(t('person.reactivated', { name }));
    },
    onError: failed,
    onSettled: settled,
  });
  const deactivate = useMutation({
    mutationFn: () =>
      api.send<typeof deactivateUser>('POST', '/api/v1/users/:userId/deactivate', { params: { userId: id } }),
    onSuccess: () => {
      toasts.show(t('person.deactivated', { name }), 'good', {
        label: t('action.undo'),
        run: () => {
          reactivate.mutate();
        },
      });
    },
    onError: failed,
    onSettled: settled,
  });
  if (id === user.id) return null;
  return status === 'deactivated' ? (
    <Button
      isPending={reactivate.isPending}
      onPress={() => {
        reactivate.mutate();
      }}
    >
      {t('people.reactivate')}
    </Button>
  ) : (
    <Button
      look="quiet-danger"
      isPending={deactivate.isPending}
      onPress={() => {
        deactivate.mutate();
      }}
    >
      {t('people.deactivate')}
    </Button>
  );
}
