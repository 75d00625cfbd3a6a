import { z } from 'zod';
import { defineEndpoint } from '../index.js';
import { domain, domainCheck, domainList, domainParams, newDomain } from './domain.js';
import {
  brandAsset,
  brandIcon,
  brandingPatch,
  brandingView,
  MAX_BRAND_ASSET_BYTES,
  organization,
  settingsPatch,
  settingsView,
  tenantBrand,
} from './organization.js';

const service = 'tenants';
const assetParams = z.strictObject({ asset: brandAsset });

export const showBrand = defineEndpoint({
  id: 'tenants.tenant.show',
  service,
  method: 'GET',
  path: '/api/v1/tenant',
  summary: 'The brand of this academy and the ways to sign in',
  access: 'public',
  response: tenantBrand,
});

export const downloadBrandAsset = defineEndpoint({
  id: 'tenants.brand_asset.download',
  service,
  method: 'GET',
  path: '/api/v1/brand/:asset',
  summary: 'The logo or the favicon of this academy',
  access: 'public',
  params: assetParams,
  query: z.strictObject({ v: z.string().max(64).optional() }),
  download: true,
  response: null,
});

export const downloadBrandIcon = defineEndpoint({
  id: 'tenants.brand_icon.download',
  service,
  method: 'GET',
  path: '/api/v1/brand/icons/:icon',
  summary: 'An icon of this academy as PNG, made from its favicon, its logo or its initials',
  access: 'public',
  params: z.strictObject({ icon: brandIcon }),
  query: z.strictObject({ v: z.string().max(64).optional() }),
  download: true,
  response: null,
});

export const showOrganization = defineEndpoint({
  id: 'tenants.organization.show',
  service,
  method: 'GET',
  path: '/api/v1/organization',
  summary: 'The organisation: plan, users, features, brand',
  access: 'member',
  response: organization,
});

export const showBranding = defineEndpoint({
  id: 'tenants.branding.show',
  service,
  method: 'GET',
  path: '/api/v1/organization/branding',
  summary: 'The brand, to edit it',
  access: 'tenant.manage',
  response: brandingView,
  etag: true,
});

export const changeBranding = defineEndpoint({
  id: 'tenants.branding.change',
  service,
  method: 'PATCH',
  path: '/api/v1/organization/branding',
  summary: 'Change the name and the colours; colours that cannot be read are refused',
  access: 'tenant.manage',
  body: brandingPatch,
  response: brandingView,
  etag: true,
  ifMatch: true,
});

export const uploadBrandAsset = defineEndpoint({
  id: 'tenants.brand_asset.upload',
  service,
  method: 'PUT',
  path: '/api/v1/organization/branding/:asset',
  summary: 'Replace the logo or the favicon; the body is the picture (PNG, SVG, ICO, WebP)',
  access: 'tenant.manage',
  params: assetParams,
  upload: true,
  bodyLimit: MAX_BRAND_ASSET_BYTES,
  response: brandingView,
});

export const removeBrandAsset = defineEndpoint({
  id: 'tenants.brand_asset.remove',
  service,
  method: 'DELETE',
  path: '/api/v1/organization/branding/:asset',
  summary: 'Remove the logo or the favicon',
  access: 'tenant.manage',
  params: assetParams,
  response: null,
  status: 204,
});

export const showSettings = defineEndpoint({
  id: 'tenants.settings.show',
  service,
  method: 'GET',
  path: '/api/v1/organization/settings',
  summary: 'Name, registration policy, e-mail domains and language',
  access: 'tenant.manage',
  response: settingsView,
  etag: true,
});

export const changeSettings = defineEndpoint({
  id: 'tenants.settings.change',
  service,
  method: 'PATCH',
  path: '/api/v1/organization/settings',
  summary: 'Change name, registration policy, e-mail domains and language',
  access: 'tenant.manage',
  body: settingsPatch,
  response: settingsView,
  etag: true,
  ifMatch: true,
});

export const listDomains = defineEndpoint({
  id: 'tenants.domain.list',
  service,
  method: 'GET',
  path: '/api/v1/domains',
  summary: 'The host names of this academy',
  access: 'tenant.manage',
  response: domainList,
});

export const addDomain = defineEndpoint({
  id: 'tenants.domain.add',
  service,
  method: 'POST',
  path: '/api/v1/domains',
  summary: 'Announce a custom domain; the answer names the TXT record that proves it',
  access: 'tenant.manage',
  body: newDomain,
  response: domain,
  status: 201,
});

export const verifyDomain = defineEndpoint({
  id: 'tenants.domain.verify',
  service,
  method: 'POST',
  path: '/api/v1/domains/:host/verify',
  summary: 'Look the TXT record up; with it the domain leads to this academy',
  access: 'tenant.manage',
  params: domainParams,
  response: domain,
});

export const checkDomain = defineEndpoint({
  id: 'tenants.domain.check',
  service,
  method: 'POST',
  path: '/api/v1/domains/:host/check',
  summary: 'Look the records of a domain up and say what was found; with its proof it leads to this academy',
  access: 'tenant.manage',
  params: domainParams,
  response: domainCheck,
});

export const removeDomain = defineEndpoint({
  id: 'tenants.domain.remove',
  service,
  method: 'DELETE',
  path: '/api/v1/domains/:host',
  summary: 'Give a custom domain up',
  access: 'tenant.manage',
  params: domainParams,
  response: null,
  status: 204,
});

export const memberEndpoints = [
  showBrand,
  downloadBrandAsset,
  downloadBrandIcon,
  showOrganization,
  showBranding,
  changeBranding,
  uploadBrandAsset,
  removeBrandAsset,
  showSettings,
  changeSettings,
  listDomains,
  addDomain,
  verifyDomain,
  checkDomain,
  removeDomain,
] as const;
