import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { formatAgo } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { differences, frameDiffers, type PartDifference } from './draft-compare.js';
import { type DraftEditor } from './use-draft.js';

/** Somebody else saved meanwhile: shows what differs, and lets the author choose. */
export function ConflictDialog({ draft }: { readonly draft: DraftEditor }) {
  const { theirs, content } = draft;
  if (theirs === null) return null;
  const parts = differences(content, theirs.content);
  const frame = frameDiffers(content, theirs.content);
  return (
    <Dialog
      title={t('conflict.title')}
      isOpen
      onClose={draft.decideLater}
      role="alertdialog"
      actions={
        <>
          <Button look="secondary" onPress={draft.takeTheirs}>
            {t('conflict.takeTheirs')}
          </Button>
          <Button onPress={draft.keepMine}>{t('conflict.keepMine')}</Button>
        </>
      }
    >
      <p>{t('conflict.text', { when: formatAgo(theirs.updatedAt) })}</p>
      {(parts.length > 0 || frame) && (
        <ul className="facts-list">
          {frame && <li>{t('conflict.frame')}</li>}
          {parts.map((part, index) => (
            <li key={index}>
              <strong>{part.title || t('editor.untitledLesson')}</strong>: {t(words[part.kind])}
            </li>
          ))}
        </ul>
      )}
      <p>{t('conflict.choice')}</p>
    </Dialog>
  );
}

const words: Readonly<Record<PartDifference['kind'], MessageKey>> = {
  only_mine: 'conflict.onlyMine',
  only_theirs: 'conflict.onlyTheirs',
  differs: 'conflict.differs',
};
