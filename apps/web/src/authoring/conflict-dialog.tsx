import { diffWordsWithSpace } from 'diff';
import { useId, useMemo, useState } from 'react';
import type { TextPart } from '#libs/contracts/courses';
import { newUuid } from '../api/request.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { Notice } from '../design/notice.js';
import { formatAgo } from '../language/dates.js';
import { type MessageKey, t } from '../language/t.js';
import { fieldNames } from './comparison.js';
import { type Conflict, mergeDrafts, type Side } from './merge.js';
import { TextChanges } from './text-changes.js';
import { type DraftEditor } from './use-draft.js';
import './changes.css';

/** Somebody else saved meanwhile: shows both against what they began with, and makes one draft of them. */
export function ConflictDialog({ draft }: { readonly draft: DraftEditor }) {
  const { theirs, base, content } = draft;
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const merge = useMemo(
    () => (theirs === null ? null : mergeDrafts(base, content, theirs.content)),
    [base, content, theirs],
  );
  if (theirs === null || merge === null) return null;
  return (
    <Dialog
      title={t('conflict.title')}
      isOpen
      onClose={draft.decideLater}
      role="alertdialog"
      size="l"
      actions={
        <>
          <Button look="quiet" onPress={draft.takeTheirs}>
            {t('conflict.takeTheirs')}
          </Button>
          <Button look="secondary" onPress={draft.keepMine}>
            {t('conflict.keepMine')}
          </Button>
          <Button
            onPress={() => {
              draft.takeMerged(merge.resolve(choices, newUuid));
              setChoices(new Map());
            }}
          >
            {t('conflict.merge')}
          </Button>
        </>
      }
    >
      <p>{t('conflict.text', { when: formatAgo(theirs.updatedAt) })}</p>
      {merge.taken > 0 && <p>{t('conflict.taken', { count: merge.taken })}</p>}
      {merge.conflicts.length === 0 ? (
        <Notice tone="good">{t('conflict.noneInTheWay')}</Notice>
      ) : (
        <>
          <p>{t('conflict.choose', { count: merge.conflicts.length })}</p>
          <div className="conflicts">
            {merge.conflicts.map((conflict) => (
              <ConflictChoice
                key={conflict.key}
                conflict={conflict}
                side={choices.get(conflict.key) ?? defaultSide(conflict)}
                onChoose={(side) => {
                  setChoices(new Map([...choices, [conflict.key, side]]));
                }}
              />
            ))}
          </div>
        </>
      )}
      <p className="field__description">{t('conflict.safe')}</p>
    </Dialog>
  );
}

function defaultSide({ both, theirs }: Conflict): Side {
  if (both !== null) return 'both';
  return theirs === null ? 'mine' : 'theirs';
}

interface ConflictChoiceProps {
  readonly conflict: Conflict;
  readonly side: Side;
  readonly onChoose: (side: Side) => void;
}

function ConflictChoice({ conflict, side, onChoose }: ConflictChoiceProps) {
  const name = useId();
  const { base, mine, theirs, both } = conflict;
  const sides: readonly Side[] = both === null ? ['theirs', 'mine'] : ['theirs', 'mine', 'both'];
  return (
    <fieldset className="conflict">
      <legend className="conflict__title">{titleOf(conflict)}</legend>
      <div className="conflict__sides">
        <SideText who={t('conflict.theirs')} base={base} text={theirs} />
        <SideText who={t('conflict.mine')} base={base} text={mine} />
      </div>
      <div className="conflict__choice">
        {sides.map((one) => (
          <label key={one} className="check">
            <input
              type="radio"
              name={name}
              checked={side === one}
              onChange={() => {
                onChoose(one);
              }}
            />
            {t(one === 'both' && both !== null ? bothNames[both] : sideNames[one])}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const sideNames: Readonly<Record<Side, MessageKey>> = {
  theirs: 'conflict.useTheirs',
  mine: 'conflict.useMine',
  both: 'conflict.useBoth',
};
const bothNames: Readonly<Record<NonNullable<Conflict['both']>, MessageKey>> = {
  combined: 'conflict.useCombined',
  two_lessons: 'conflict.useBoth',
};

function titleOf({ kind, key, title }: Conflict): string {
  if (kind === 'course') {
    return t('conflict.ofCourse', { field: t(fieldNames[key as keyof typeof fieldNames]) });
  }
  if (kind === 'module') return t('conflict.ofModule', { title: title || t('editor.untitledModule') });
  return t('conflict.ofLesson', { title: title || t('editor.untitledLesson') });
}

interface SideTextProps {
  readonly who: string;
  readonly base: string | null;
  readonly text: string | null;
}

function SideText({ who, base, text }: SideTextProps) {
  const parts = useMemo(() => (text === null ? [] : partsOf(base ?? '', text)), [base, text]);
  return (
    <div className="conflict__side">
      <p className="conflict__who">{who}</p>
      {text === null ? <p>{t('conflict.removed')}</p> : <TextChanges parts={parts} />}
    </div>
  );
}

function partsOf(before: string, after: string): TextPart[] {
  const changes = diffWordsWithSpace(before, after, { timeout: 300 }) ?? [
    { value: after, added: true, removed: false },
  ];
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}
