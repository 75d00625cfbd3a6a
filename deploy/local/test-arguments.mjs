import { Problem } from './problem.mjs';

export const PROJECTS = ['local', 'unit', 'integration', 'e2e'];
const USAGE = `Usage: npm test [-- [--project ${PROJECTS.join('|')}]… [path or other argument of Jest]…]`;

/** `npm test -- --project unit libs/kernel -t 'a title'` */
export function readTestArguments(args) {
  const projects = [];
  const rest = [];
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] !== '--project') {
      rest.push(args[index]);
      continue;
    }
    index += 1;
    if (!PROJECTS.includes(args[index])) {
      throw new Problem(`"${args[index] ?? ''}" is no project. ${USAGE}`);
    }
    projects.push(args[index]);
  }
  return { projects: projects.length > 0 ? projects : PROJECTS, filter: rest };
}
