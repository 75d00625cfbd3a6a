import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  listPeopleImportRows,
  listPeopleImports,
  PeopleImport,
  PeopleOutcome,
  showPeopleImport,
} from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { problemOf, unreachable } from '../api/problem.js';

export const importsKey = ['imports'] as const;

const WORKING_MS = 800;
const atWork: readonly PeopleImport['state'][] = ['receiving', 'checking', 'running', 'inviting'];

export const isAtWork = ({ state }: Pick<PeopleImport, 'state'>): boolean => atWork.includes(state);

export const importsQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: [...importsKey, 'list'],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listPeopleImports>('/api/v1/user-imports', {
        query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** Watched while something is being done. */
export const importQuery = (api: ApiClient, importId: string) =>
  queryOptions({
    queryKey: [...importsKey, 'one', importId],
    queryFn: ({ signal }) =>
      api.read<typeof showPeopleImport>('/api/v1/user-imports/:importId', { params: { importId }, signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isAtWork(state.data) ? WORKING_MS : false),
  });

export const importRowsQuery = (
  api: ApiClient,
  importId: string,
  stage: string,
  outcome: PeopleOutcome | 'all',
) =>
  infiniteQueryOptions({
    queryKey: [...importsKey, 'rows', importId, stage, outcome],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listPeopleImportRows>('/api/v1/user-imports/:importId/rows', {
        params: { importId },
        query: {
          limit: 100,
          ...(outcome === 'all' ? {} : { outcome }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** Sends a list of people, with progress, which `fetch` does not tell. */
export async function uploadPeopleFile(
  api: ApiClient,
  file: File,
  { onProgress, signal }: { readonly onProgress: (share: number) => void; readonly signal: AbortSignal },
): Promise<PeopleImport> {
  const path = `/api/v1/user-imports?name=${encodeURIComponent(file.name)}`;
  const once = async (): Promise<Response> =>
    send(path, file, await api.headersForChange(), onProgress, signal);
  let response = await once();
  if (response.status === 401 && (await api.renew())) response = await once();
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as PeopleImport;
}

async function send(
  path: string,
  file: File,
  headers: Readonly<Record<string, string>>,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', 'text/csv');
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total === 0 ? 0 : loaded / total);
    };
    request.onload = () => {
      resolve(new Response(request.responseText, { status: request.status }));
    };
    request.onerror = () => {
      reject(unreachable());
    };
    signal.addEventListener('abort', () => {
      request.abort();
      reject(new DOMException('', 'AbortError'));
    });
    request.send(file);
  });
}
