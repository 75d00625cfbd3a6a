import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { IconButton } from '../design/button.js';
import { t } from '../language/t.js';
import { type Direction } from './draft-edits.js';

interface PartToolsProps {
  readonly onMove: (direction: Direction) => void;
  readonly onRemove: () => void;
  /** What is moved and removed, where more than one thing could be meant. */
  readonly name?: string;
}

export function PartTools({ onMove, onRemove, name }: PartToolsProps) {
  const label = (action: string): string => (name === undefined ? action : `${action}: ${name}`);
  return (
    <div className="part-form__tools">
      <IconButton
        label={label(t('editor.moveUp'))}
        onPress={() => {
          onMove('up');
        }}
      >
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton
        label={label(t('editor.moveDown'))}
        onPress={() => {
          onMove('down');
        }}
      >
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton label={label(t('editor.remove'))} onPress={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}
