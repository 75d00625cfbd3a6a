import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, Keyboard, ListTree } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { CourseOutline } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { IconButton } from '../design/button.js';
import { Drawer } from '../design/dialog.js';
import { ProgressBar } from '../design/progress.js';
import { Loading, Skeleton, SkeletonText } from '../design/skeleton.js';
import { useMediaQuery } from '../design/use-media-query.js';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import { SessionEndedGuard } from '../session/session-ended-guard.js';
import { OfflineNotice } from '../shell/offline-notice.js';
import { Problem } from '../shell/problem-page.js';
import { SkipLink } from '../shell/skip-link.js';
import { Outline } from './outline-nav.js';
import { placeOf } from './outline.js';
import { outlineQuery } from './player.queries.js';
import { ShortcutsDialog } from './shortcuts-dialog.js';
import { type ShortcutHandlers, useLetterShortcuts, useShortcuts } from './use-shortcuts.js';
import './player.css';
import './lesson.css';

/** The course one is in: its outline beside the lesson, nothing else around it. */
export function PlayerLayout() {
  const api = useApi();
  const { enrolmentId } = useParams({ from: '/member/learn/$enrolmentId' });
  const outline = useQuery(outlineQuery(api, enrolmentId));
  if (outline.isPending) return <PlayerSkeleton />;
  if (outline.isError) {
    return (
      <main id="main" className="problem-page" tabIndex={-1}>
        <Problem
          error={outline.error}
          onRetry={() => {
            void outline.refetch();
          }}
        />
      </main>
    );
  }
  return <Player outline={outline.data} />;
}

function Player({ outline }: { readonly outline: CourseOutline }) {
  const lessonId = useParams({ strict: false, select: (params) => params.lessonId });
  const navigate = useNavigate();
  const wide = useMediaQuery('(min-width: 64rem)');
  const [beside, setBeside] = useState(true);
  const [drawn, setDrawn] = useState(false);
  const [help, setHelp] = useState(false);
  const [letters, setLetters] = useLetterShortcuts();
  const { enrolmentId } = outline;

  const handlers = useMemo<ShortcutHandlers>(() => {
    const place = lessonId === undefined ? null : placeOf(outline, lessonId);
    const open = (id: string | undefined): void => {
      if (id !== undefined) {
        void navigate({ to: '/learn/$enrolmentId/$lessonId', params: { enrolmentId, lessonId: id } });
      }
    };
    return {
      next: () => {
        open(place?.next?.id);
      },
      previous: () => {
        open(place?.previous?.id);
      },
      outline: () => {
        if (wide) setBeside((shown) => !shown);
        else setDrawn(true);
      },
      help: () => {
        setHelp(true);
      },
    };
  }, [outline, lessonId, enrolmentId, wide, navigate]);
  useShortcuts(handlers, letters);

  const besideShown = wide && beside;
  const nav = (
    <Outline
      outline={outline}
      lessonId={lessonId ?? null}
      onOpen={() => {
        setDrawn(false);
      }}
    />
  );
  return (
    <div className={besideShown ? 'player player--outline' : 'player'}>
      <SkipLink />
      <header className="player__header">
        <Link to="/" className="player__back">
          <ArrowLeft aria-hidden />
          <span className="player__back-text">{t('nav.home')}</span>
        </Link>
        <p className="player__course">{outline.title}</p>
        <div className="player__progress">
          <ProgressBar label={t('course.progressOf', { title: outline.title })} value={outline.progress} />
          <span aria-hidden="true">{formatPercent(outline.progress)}</span>
        </div>
        <div className="player__tools">
          <IconButton
            label={t('player.shortcuts')}
            onPress={() => {
              setHelp(true);
            }}
          >
            <Keyboard aria-hidden />
          </IconButton>
          <IconButton
            label={besideShown ? t('player.hideOutline') : t('player.showOutline')}
            aria-expanded={wide ? besideShown : drawn}
            onPress={handlers.outline}
          >
            <ListTree aria-hidden />
          </IconButton>
        </div>
      </header>
      {besideShown && <aside className="player__outline">{nav}</aside>}
      <main id="main" className="player__main" tabIndex={-1}>
        <Outlet />
      </main>
      {!wide && (
        <Drawer
          label={t('player.outline')}
          isOpen={drawn}
          onClose={() => {
            setDrawn(false);
          }}
        >
          <div className="player__drawer">{nav}</div>
        </Drawer>
      )}
      <ShortcutsDialog
        isOpen={help}
        onClose={() => {
          setHelp(false);
        }}
        letters={letters}
        onLetters={setLetters}
      />
      <OfflineNotice />
      <SessionEndedGuard />
    </div>
  );
}

function PlayerSkeleton() {
  return (
    <main id="main" className="player__main player__main--waiting" tabIndex={-1}>
      <Loading>
        <div className="lesson">
          <Skeleton className="skeleton--title" />
          <SkeletonText lines={8} />
        </div>
      </Loading>
    </main>
  );
}
