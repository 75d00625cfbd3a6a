import { describeEveryPage } from './every-page.js';

describeEveryPage('of administrators', ['owner']);
