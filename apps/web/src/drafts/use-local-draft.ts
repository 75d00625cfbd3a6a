import { useEffect, useState } from 'react';
import { useBrand } from '../brand/brand-context.js';
import { useUser } from '../session/session.queries.js';
import { type Draft, LocalDraft } from './local-draft.js';

const PAUSE_MS = 500;

interface KeptDraft<T> {
  /** From before: to be offered back, see DraftOffer. */
  readonly found: Draft<T> | null;
  /** The offer was taken, or turned down. */
  readonly settle: (keep: boolean) => void;
  /** Sent and accepted: nothing needs to be kept any more. */
  readonly done: () => void;
}

/**
 * Keeps what is being typed until it is sent, whatever happens to the tab, the session or the network.
 * `form` names the form and what it is about: `invite`, `team.${id}`. `value` is null while there is nothing to keep.
 */
export function useLocalDraft<T>(form: string, value: T | null): KeptDraft<T> {
  const { id: tenantId } = useBrand();
  const { id: userId } = useUser();
  const [draft] = useState(() => new LocalDraft<T>(localStorage, { tenantId, userId }, form));
  const [found, setFound] = useState(() => draft.read());
  const typed = value === null ? null : JSON.stringify(value);
  useEffect(() => {
    if (typed === null) return undefined;
    const keep = (): void => {
      draft.keep(JSON.parse(typed) as T);
    };
    const timer = setTimeout(keep, PAUSE_MS);
    // A tab that is closed or put away does not wait.
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [typed, draft]);
  return {
    found,
    settle: (keep) => {
      setFound(null);
      if (!keep) draft.clear();
    },
    done: () => {
      setFound(null);
      draft.clear();
    },
  };
}
