import { z } from 'zod';
import { defineEndpoint, uuid } from '../index.js';
import { newTeam, team, teamPage, teamPatch, teamQuery } from './team.js';

const service = 'auth';
const params = z.strictObject({ teamId: uuid() });

export const listTeams = defineEndpoint({
  id: 'auth.team.list',
  service,
  method: 'GET',
  path: '/api/v1/teams',
  summary: 'Teams of the academy, by name',
  access: 'users.read',
  query: teamQuery,
  response: teamPage,
});

export const createTeam = defineEndpoint({
  id: 'auth.team.create',
  service,
  method: 'POST',
  path: '/api/v1/teams',
  summary: 'Make a team',
  access: 'teams.manage',
  body: newTeam,
  response: team,
  status: 201,
});

export const getTeam = defineEndpoint({
  id: 'auth.team.get',
  service,
  method: 'GET',
  path: '/api/v1/teams/:teamId',
  summary: 'One team; its members are the people of that team',
  access: 'users.read',
  params,
  response: team,
  etag: true,
});

export const updateTeam = defineEndpoint({
  id: 'auth.team.update',
  service,
  method: 'PATCH',
  path: '/api/v1/teams/:teamId',
  summary: 'Change the name or the leads of a team',
  access: 'teams.manage',
  params,
  body: teamPatch,
  response: team,
  etag: true,
  ifMatch: true,
});

export const deleteTeam = defineEndpoint({
  id: 'auth.team.delete',
  service,
  method: 'DELETE',
  path: '/api/v1/teams/:teamId',
  summary: 'Remove a team that nobody is in any more',
  access: 'teams.manage',
  params,
  response: null,
  status: 204,
});

export const teamEndpoints = [listTeams, createTeam, getTeam, updateTeam, deleteTeam] as const;
