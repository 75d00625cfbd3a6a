import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';

interface ConflictNoticeProps {
  /** The newest version becomes the base; what was typed stays and can be saved on top of it. */
  readonly onKeep: () => void;
  readonly onTake: () => void;
}

/** Somebody else was faster (412). Nothing of what was typed here is lost. */
export function ConflictNotice({ onKeep, onTake }: ConflictNoticeProps) {
  return (
    <Notice
      tone="warn"
      title={t('overtaken.title')}
      live
      action={
        <>
          <Button look="quiet" size="s" onPress={onTake}>
            {t('overtaken.takeTheirs')}
          </Button>
          <Button look="secondary" size="s" onPress={onKeep}>
            {t('overtaken.keepMine')}
          </Button>
        </>
      }
    >
      {t('overtaken.text')}
    </Notice>
  );
}
