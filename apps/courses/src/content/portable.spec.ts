import { describe, expect, it } from '@jest/globals';
import { portableContent } from '#libs/contracts/courses';
import { newId } from '#libs/kernel';
import { aContent, anArticle, aQuiz, aVideo } from '../../testing/content.js';
import { withIds } from './content.js';
import { digestOf } from './digest.js';
import { fromPortable, mediaMentions, toPortable } from './portable.js';

const picture = newId();
const video = newId();
const sha = (letter: string) => letter.repeat(64);
const digests = new Map([
  [picture, sha('a')],
  [video, sha('b')],
]);
const content = aContent(
  [
    anArticle({ markdown: `See ![plan](media:${picture}) and (media:nonsense).` }),
    aVideo({ source: { kind: 'media', mediaId: video } }),
    aQuiz(),
  ],
  { cover: { kind: 'media', mediaId: picture } },
);
const portable = toPortable(content, (id) => digests.get(id) ?? '');

describe(mediaMentions, () => {
  it('finds covers, sources and pictures in text', () => {
    expect(mediaMentions(content)).toEqual([
      { name: picture, use: 'picture', pointer: '/cover/mediaId' },
      { name: picture, use: 'picture', pointer: '/modules/0/lessons/0/markdown' },
      { name: video, use: 'video', pointer: '/modules/0/lessons/1/source/mediaId' },
    ]);
  });
});

describe(toPortable, () => {
  it('names no id', () => {
    const ids = JSON.stringify(portable).match(/[0-9a-f]{8}-[0-9a-f]{4}/g);
    expect(ids).toBeNull();
    expect(portableContent.parse(portable)).toEqual(portable);
  });

  it('comes back with other ids and the same digest', () => {
    const other = new Map([...digests].map(([, digest]) => [digest, newId()]));
    const back = withIds(fromPortable(portable, (digest) => other.get(digest) ?? ''));
    expect(mediaMentions(back).map(({ name }) => name)).toContain(other.get(sha('b')));
    expect(back.modules[0]?.id).not.toBe(content.modules[0]?.id);
    const digestById = new Map([...other].map(([digest, id]) => [id, digest]));
    expect(digestOf(toPortable(back, (id) => digestById.get(id) ?? ''))).toBe(digestOf(portable));
  });
});

describe(digestOf, () => {
  it('does not depend on the order of members', () => {
    const reversed = Object.fromEntries(Object.entries(portable).toReversed()) as typeof portable;
    expect(digestOf(reversed)).toBe(digestOf(portable));
  });

  it('changes with a letter and with the order of lessons', () => {
    expect(digestOf({ ...portable, summary: 'What to do!' })).not.toBe(digestOf(portable));
    const turned = {
      ...portable,
      modules: portable.modules.map((module) => ({ ...module, lessons: module.lessons.toReversed() })),
    };
    expect(digestOf(turned)).not.toBe(digestOf(portable));
  });
});
