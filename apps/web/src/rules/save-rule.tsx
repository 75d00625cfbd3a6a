import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { createRule, replaceRule, Rule } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { inputOf, type RuleForm } from './rule-form.js';
import { rulesKey } from './rules.queries.js';

export function useSaveRule(rule: Rule | null, etag: string | null, onDone: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: async (form: RuleForm) => {
      const body = inputOf(form);
      if (rule === null) {
        await api.send<typeof createRule>('POST', '/api/v1/enrolment-rules', { body });
        return;
      }
      await api.send<typeof replaceRule>('PUT', '/api/v1/enrolment-rules/:ruleId', {
        ...{ params: { ruleId: rule.id }, body },
        ...(etag === null ? {} : { ifMatch: etag }),
      });
    },
    onSuccess: async () => {
      toasts.show(t('rules.saved'));
      queries.removeQueries({ queryKey: [...rulesKey, 'one'] });
      onDone();
      await queries.invalidateQueries({ queryKey: [...rulesKey, 'list'] });
    },
  });
}

interface SaveProblemProps {
  readonly error: unknown;
  /** The rule was there before: it can have been changed by somebody else. */
  readonly isOwn: boolean;
  readonly ref: React.Ref<HTMLDivElement>;
}

export function SaveProblem({ error, isOwn, ref }: SaveProblemProps) {
  const changed = isProblem(error) && error.status === 412 && isOwn;
  return (
    <Notice
      tone="bad"
      live
      ref={ref}
      title={changed ? t('rules.changed.title') : t('rules.notSaved')}
      {...(changed && {
        action: (
          <Button
            look="secondary"
            size="s"
            onPress={() => {
              window.location.reload();
            }}
          >
            {t('rules.changed.load')}
          </Button>
        ),
      })}
    >
      {changed ? t('rules.changed.text') : textOf(error)}
    </Notice>
  );
}

function textOf(error: unknown): string {
  if (!isProblem(error)) return t('rules.notSavedText');
  if (error.isUnreachable) return t('problem.offline.text');
  return error.code === 'rule.team_not_found' ? t('rules.teamGone') : t('rules.notSavedText');
}
