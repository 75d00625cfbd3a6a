import { describeEveryPage } from './every-page.js';

describeEveryPage('of authors and of operators', ['author', 'operator']);
