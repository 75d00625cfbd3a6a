import { FolderPlus, Plus, Settings2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { CourseContent, CourseModule, Lesson, LessonKind } from '#libs/contracts/courses';
import { newUuid } from '../api/request.js';
import { lessonKindIcon, lessonKindName } from '../course/lesson-kind.js';
import { Button } from '../design/button.js';
import { classNames } from '../design/class-names.js';
import { Menu, MenuItem } from '../design/menu.js';
import { t } from '../language/t.js';
import {
  addLesson,
  addModule,
  type Direction,
  type Edit,
  moveLesson,
  moveModule,
  newLesson,
  placeLesson,
  placeLessonIn,
  placeModule,
  standingOf,
} from './draft-edits.js';
import { Reorder } from './reorder.js';
import './structure.css';

interface StructureProps {
  readonly content: CourseContent;
  /** The module or lesson that is open; null for the course itself. */
  readonly partId: string | null;
  readonly onEdit: (edit: Edit) => void;
  readonly onOpen: (partId: string | null) => void;
}

const kinds: readonly LessonKind[] = ['article', 'video', 'file', 'quiz'];

/** The course as a tree. A pointer drags its parts; Alt with an arrow moves what has the focus. */
export function Structure({ content, partId, onEdit, onOpen }: StructureProps) {
  const append = (moduleId: string, kind: LessonKind): void => {
    const lesson = newLesson(kind, newUuid(), newUuid);
    onEdit(addLesson(moduleId, lesson));
    onOpen(lesson.id);
  };
  const [said, setSaid] = useState('');
  /** Moves, and says where it is now to those who cannot see it. */
  const move = (id: string, edit: Edit): void => {
    onEdit(edit);
    const standing = standingOf(edit(content), id);
    if (standing === null) return;
    const { number, of } = standing;
    setSaid(t('editor.movedTo', { name: standing.title || t('editor.untitled'), number, of }));
  };
  const appendModule = (): void => {
    const id = newUuid();
    onEdit(addModule(id));
    onOpen(id);
  };
  return (
    <nav className="structure" aria-label={t('editor.structure')}>
      <Part
        id="course"
        isOpen={partId === null}
        onOpen={() => {
          onOpen(null);
        }}
      >
        <Settings2 aria-hidden />
        <span className="structure__name">{t('editor.details')}</span>
      </Part>
      <ol className="structure__modules">
        {content.modules.map((module) => (
          <ModulePart
            key={module.id}
            module={module}
            partId={partId}
            onMove={move}
            onOpen={onOpen}
            onAppend={(kind) => {
              append(module.id, kind);
            }}
          />
        ))}
      </ol>
      <Button look="secondary" size="s" icon={<FolderPlus aria-hidden />} onPress={appendModule}>
        {t('editor.addModule')}
      </Button>
      <p className="structure__hint">{t('editor.moveHint')}</p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </nav>
  );
}

type Move = (id: string, edit: Edit) => void;

interface ModulePartProps {
  readonly module: CourseModule;
  readonly partId: string | null;
  readonly onMove: Move;
  readonly onOpen: (partId: string) => void;
  readonly onAppend: (kind: LessonKind) => void;
}

function ModulePart({ module, partId, onMove, onOpen, onAppend }: ModulePartProps) {
  const name = module.title || t('editor.untitledModule');
  return (
    <li>
      <Reorder
        kind="module"
        id={module.id}
        name={name}
        accepts={['module', 'lesson']}
        onPlace={({ kind, id }, where) => {
          if (kind === 'lesson') onMove(id, placeLessonIn(id, module.id));
          else onMove(id, placeModule(id, module.id, where));
        }}
        className="structure__row"
      >
        {(handle) => (
          <>
            <Part
              id={module.id}
              isOpen={partId === module.id}
              onOpen={() => {
                onOpen(module.id);
              }}
              onMove={(direction) => {
                onMove(module.id, moveModule(module.id, direction));
              }}
              strong
            >
              <span
                className={classNames('structure__name', module.title === '' && 'structure__name--untitled')}
              >
                {name}
              </span>
            </Part>
            {handle}
          </>
        )}
      </Reorder>
      <ol className="structure__lessons">
        {module.lessons.map((lesson) => (
          <li key={lesson.id}>
            <LessonPart lesson={lesson} isOpen={partId === lesson.id} onMove={onMove} onOpen={onOpen} />
          </li>
        ))}
      </ol>
      <Menu
        label={t('editor.lessonKind')}
        trigger={
          <AriaButton className="structure__add" aria-label={t('editor.addLessonTo', { module: name })}>
            <Plus aria-hidden />
            {t('editor.addLesson')}
          </AriaButton>
        }
      >
        {kinds.map((kind) => {
          const Icon = lessonKindIcon[kind];
          return (
            <MenuItem
              key={kind}
              icon={<Icon aria-hidden />}
              onAction={() => {
                onAppend(kind);
              }}
            >
              {t(lessonKindName[kind])}
            </MenuItem>
          );
        })}
      </Menu>
    </li>
  );
}

interface LessonPartProps {
  readonly lesson: Lesson;
  readonly isOpen: boolean;
  readonly onMove: Move;
  readonly onOpen: (partId: string) => void;
}

function LessonPart({ lesson, isOpen, onMove, onOpen }: LessonPartProps) {
  const Icon = lessonKindIcon[lesson.kind];
  const name = lesson.title || t('editor.untitledLesson');
  return (
    <Reorder
      kind="lesson"
      id={lesson.id}
      name={name}
      onPlace={({ id }, where) => {
        onMove(id, placeLesson(id, lesson.id, where));
      }}
      className="structure__row"
    >
      {(handle) => (
        <>
          <Part
            id={lesson.id}
            isOpen={isOpen}
            onOpen={() => {
              onOpen(lesson.id);
            }}
            onMove={(direction) => {
              onMove(lesson.id, moveLesson(lesson.id, direction));
            }}
          >
            <Icon aria-hidden />
            <span
              className={classNames('structure__name', lesson.title === '' && 'structure__name--untitled')}
            >
              {name}
            </span>
          </Part>
          {handle}
        </>
      )}
    </Reorder>
  );
}

interface PartProps {
  readonly id: string;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onMove?: (direction: Direction) => void;
  readonly strong?: boolean;
  readonly children: ReactNode;
}

function Part({ id, isOpen, onOpen, onMove, strong = false, children }: PartProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (!event.altKey || onMove === undefined) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? 'up' : 'down');
    // The button may land in another list: it keeps the focus all the same.
    requestAnimationFrame(() => document.getElementById(`part-${id}`)?.focus());
  };
  return (
    <button
      id={`part-${id}`}
      type="button"
      className={classNames(
        'structure__part',
        isOpen && 'structure__part--open',
        strong && 'structure__part--module',
      )}
      aria-current={isOpen ? 'true' : undefined}
      aria-keyshortcuts={onMove === undefined ? undefined : 'Alt+ArrowUp Alt+ArrowDown'}
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      {children}
    </button>
  );
}
