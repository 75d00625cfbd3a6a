import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ProfilePatch, updateMe } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { follow, rememberTag } from '../language/reader.js';
import { sessionKey } from '../session/session.queries.js';

/** Changes what people may change about themselves. A new language is spoken by the page that follows. */
export function useSaveProfile(onSaved: () => void = () => undefined) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: ProfilePatch) =>
      (await api.send<typeof updateMe>('PATCH', '/api/v1/auth/me', { body })).data,
    onSuccess: (saved, { locale }) => {
      queries.setQueryData(sessionKey, saved);
      if (locale === null) {
        // As the browser wishes from now on: what was chosen before must not stand in its way.
        rememberTag(null, localStorage);
        window.location.reload();
      } else if (follow(saved, localStorage)) window.location.reload();
      else onSaved();
    },
  });
}
