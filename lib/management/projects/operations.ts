import { organisationOperation, projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createProject } from './create.ts'
import { createTestProject } from './create-test-project.ts'
import { deleteProject, getDeletionImpact } from './delete.ts'
import { getProject } from './get.ts'
import {
  createProjectInput,
  createTestProjectInput,
  deleteProjectInput,
  getProjectInput,
  listProjectsInput,
  promoteSettingsInput,
  updateProjectInput,
} from './inputs.ts'
import { listProjects } from './list.ts'
import {
  createProjectOutput,
  deletionImpactOutput,
  getEnvironmentOutput,
  getProgressOutput,
  getProjectOutput,
  getPromotionOutput,
  listProjectsOutput,
  promoteSettingsOutput,
} from './outputs.ts'
import { getProgress } from './progress.ts'
import { promoteSettings } from './promote.ts'
import { getPromotion } from './promotion.ts'
import { getEnvironment } from './twin.ts'
import { updateProject } from './update.ts'

export const projectOperations = [
  organisationOperation({
    ...{ id: 'listProjects', method: 'GET', path: '/projects', permission: 'project:read', audit: null },
    summary: 'List projects with their figures, newest first',
    input: listProjectsInput,
    output: listProjectsOutput,
    run: listProjects,
  }),
  organisationOperation({
    ...{ id: 'createProject', method: 'POST', path: '/projects', permission: 'project:create', audit: 'project.created' },
    summary: 'Make a project; its two secrets are in this answer and nowhere else',
    input: createProjectInput,
    output: createProjectOutput,
    run: createProject,
  }),
  projectOperation({
    ...{ id: 'getProject', method: 'GET', path: '', permission: 'project:read', audit: null },
    summary: 'Get the project with its settings, issuers, resources and scopes',
    input: getProjectInput,
    output: getProjectOutput,
    run: getProject,
  }),
  projectOperation({
    ...{ id: 'updateProject', method: 'PATCH', path: '', permission: 'project:write', audit: 'project.updated' },
    summary: 'Change the name or settings; what is not given stays',
    input: updateProjectInput,
    output: nothing,
    run: updateProject,
  }),
  projectOperation({
    ...{ id: 'deleteProject', method: 'DELETE', path: '', permission: 'project:delete', audit: 'project.deleted', recent: true },
    summary: 'End the project for good; its slug is never given out again',
    input: deleteProjectInput,
    output: nothing,
    run: deleteProject,
  }),
  projectOperation({
    ...{ id: 'getDeletionImpact', method: 'GET', path: '/deletion-impact', permission: 'project:read', audit: null },
    summary: 'Count the users, clients and grants that would end with the project',
    input: getProjectInput,
    output: deletionImpactOutput,
    run: getDeletionImpact,
  }),
  projectOperation({
    ...{ id: 'getProgress', method: 'GET', path: '/progress', permission: 'project:read', audit: null },
    summary: 'Tell when real traffic first did each step of a connection',
    input: getProjectInput,
    output: getProgressOutput,
    run: getProgress,
  }),
  projectOperation({
    ...{ id: 'getEnvironment', method: 'GET', path: '/environment', permission: 'project:read', audit: null },
    summary: 'Tell whether the project is live or test, and which is its counterpart',
    input: getProjectInput,
    output: getEnvironmentOutput,
    run: getEnvironment,
  }),
  projectOperation({
    ...{ id: 'createTestProject', method: 'POST', path: '/test-project', permission: 'project:create', audit: 'test_project.created' },
    summary: 'Make a test project with the same settings, scopes and resources, and keys and secrets of its own',
    input: createTestProjectInput,
    output: createProjectOutput,
    run: createTestProject,
  }),
  projectOperation({
    ...{ id: 'getPromotion', method: 'GET', path: '/promotion', permission: 'project:read', audit: null },
    summary: 'Compare the settings and scopes of the test project with those of this live one',
    input: getProjectInput,
    output: getPromotionOutput,
    run: getPromotion,
  }),
  projectOperation({
    ...{ id: 'promoteSettings', method: 'POST', path: '/promotion', permission: 'project:write', audit: 'settings.promoted' },
    summary: 'Take the settings and scopes of the test project over into this live one',
    input: promoteSettingsInput,
    output: promoteSettingsOutput,
    run: promoteSettings,
  }),
]
