import { GripVertical } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { DragPreview, type DragPreviewRenderer, useDrag } from 'react-aria/useDrag';
import { useDrop } from 'react-aria/useDrop';
import { classNames } from '../design/class-names.js';
import { type Where } from './draft-edits.js';
import './reorder.css';

interface ReorderProps {
  /** Only rows of the same kind change places with each other. */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  /** Kinds that may be dropped here; its own where it is left out. */
  readonly accepts?: readonly string[];
  readonly onPlace: (dragged: { readonly kind: string; readonly id: string }, where: Where) => void;
  readonly className?: string;
  readonly children: (handle: ReactNode) => ReactNode;
}

const typeOf = (kind: string): string => `application/x-harka-${kind}`;

/**
 * A row that a pointer drags to another place. The handle is for pointers alone: by keyboard every row moves with Alt and
 * an arrow, or by its own buttons, which need no second tab stop and are heard by everybody.
 */
export function Reorder({ kind, id, name, accepts = [kind], onPlace, className, children }: ReorderProps) {
  const row = useRef<HTMLDivElement>(null);
  const preview = useRef<DragPreviewRenderer>(null);
  const [over, setOver] = useState<Where | null>(null);
  const { dragProps, isDragging } = useDrag({
    getItems: () => [{ [typeOf(kind)]: id, 'text/plain': name }],
    getAllowedDropOperations: () => ['move'],
    hasDragButton: true,
    preview,
  });
  const whereOf = (y: number): Where => (y < (row.current?.offsetHeight ?? 0) / 2 ? 'before' : 'after');
  const { dropProps } = useDrop({
    ref: row,
    getDropOperation: (types) => (accepts.some((one) => types.has(typeOf(one))) ? 'move' : 'cancel'),
    onDropMove: ({ y }) => {
      setOver(whereOf(y));
    },
    onDropExit: () => {
      setOver(null);
    },
    onDrop: ({ items, y }) => {
      setOver(null);
      for (const item of items) {
        const found = accepts.find((one) => item.kind === 'text' && item.types.has(typeOf(one)));
        if (item.kind !== 'text' || found === undefined) continue;
        void item.getText(typeOf(found)).then((dragged) => {
          onPlace({ kind: found, id: dragged }, whereOf(y));
        });
        return;
      }
    },
  });
  const handle = (
    <span {...dragProps} className="reorder__handle" aria-hidden="true" data-reorder={id}>
      <GripVertical aria-hidden />
    </span>
  );
  return (
    <div
      {...dropProps}
      ref={row}
      className={classNames(
        'reorder',
        isDragging && 'reorder--dragged',
        over !== null && `reorder--${over}`,
        className,
      )}
    >
      {children(handle)}
      <DragPreview ref={preview}>{() => <div className="reorder__preview">{name}</div>}</DragPreview>
    </div>
  );
}
