import { queryOptions } from '@tanstack/react-query';
import type { listMyCertificates, verifyCertificate } from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';

export const myCertificatesKey = ['me', 'certificates'] as const;

export const myCertificatesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: myCertificatesKey,
    queryFn: async ({ signal }) => {
      const page = await api.read<typeof listMyCertificates>('/api/v1/me/certificates', {
        query: { limit: 100 },
        signal,
      });
      return page.items;
    },
  });

export const certificateQuery = (api: ApiClient, certificateId: string) =>
  queryOptions({
    queryKey: ['certificate', certificateId],
    queryFn: ({ signal }) =>
      api.read<typeof verifyCertificate>('/api/v1/certificates/:certificateId', {
        params: { certificateId },
        signal,
      }),
    staleTime: 60_000,
  });
