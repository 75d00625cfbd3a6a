import { describe, expect, it } from '@jest/globals';
import { describeEveryPage } from './every-page.js';
import { pages, titleOf } from './pages.js';
import { routesOfTheApp } from './routes.js';

describe('the list of pages', () => {
  it('has every route of the web app, and none that is gone', () => {
    const listed = [...new Set(pages.map(({ route }) => route))].filter((route) => route !== '/nothing-here');
    expect(listed.sort()).toEqual(routesOfTheApp());
  });

  it('names each once', () => {
    const titles = pages.map(titleOf);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describeEveryPage('of learners and of who is not signed in', ['learner', 'nobody']);
