export { testAcademy, type TestAcademy } from './academy.js';
export { aChoice, aContent, anArticle, aQuiz, aShortQuestion, aVideo, rightOptions } from './content.js';
