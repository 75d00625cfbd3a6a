import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { formatAgo } from '../language/dates.js';
import { t } from '../language/t.js';

interface DraftOfferProps {
  readonly keptAt: string;
  readonly onTake: () => void;
  readonly onDiscard: () => void;
}

/** Offers back what was typed and never sent. */
export function DraftOffer({ keptAt, onTake, onDiscard }: DraftOfferProps) {
  return (
    <Notice
      tone="info"
      title={t('draft.title')}
      live
      action={
        <>
          <Button look="quiet" size="s" onPress={onDiscard}>
            {t('draft.discard')}
          </Button>
          <Button look="secondary" size="s" onPress={onTake}>
            {t('draft.take')}
          </Button>
        </>
      }
    >
      {t('draft.text', { when: formatAgo(keptAt) })}
    </Notice>
  );
}
