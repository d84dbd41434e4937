import { apiKeyOperations } from './api-keys/operations.ts'
import { auditLogOperations } from './audit-log/operations.ts'
import { checkOperations } from './checks/operations.ts'
import { clientOperations } from './clients/operations.ts'
import { domainOperations } from './domains/operations.ts'
import { grantOperations } from './grants/operations.ts'
import { invitationOperations } from './invitations/operations.ts'
import { keyOperations } from './keys/operations.ts'
import { logoOperations } from './logo/operations.ts'
import { mailOperations } from './mails/operations.ts'
import { memberOperations } from './members/operations.ts'
import type { Operation } from './operation.ts'
import { organisationOperations } from './organisations/operations.ts'
import { projectOperations } from './projects/operations.ts'
import { readinessOperations } from './readiness/operations.ts'
import { resourceOperations } from './resources/operations.ts'
import { reviewerOperations } from './reviewer/operations.ts'
import { savedViewOperations } from './saved-views/operations.ts'
import { scopeOperations } from './scopes/operations.ts'
import { searchOperations } from './search-hits/operations.ts'
import { secretOperations } from './secrets/operations.ts'
import { tokenOperations } from './tokens/operations.ts'
import { trustedIssuerOperations } from './trusted-issuers/operations.ts'
import { upstreamProviderOperations } from './upstream-providers/operations.ts'
import { usageOperations } from './usage/operations.ts'
import { userOperations } from './users/operations.ts'
import { webhookOperations } from './webhooks/operations.ts'

/** Everything that can be done to an organisation and its projects. The dashboard, the management API and its reference all call these. */
export const operations: readonly Operation[] = [
  ...apiKeyOperations,
  ...auditLogOperations,
  ...clientOperations,
  ...domainOperations,
  ...resourceOperations,
  ...scopeOperations,
  ...trustedIssuerOperations,
  ...grantOperations,
  ...invitationOperations,
  ...memberOperations,
  ...organisationOperations,
  ...projectOperations,
  ...keyOperations,
  ...logoOperations,
  ...mailOperations,
  ...reviewerOperations,
  ...secretOperations,
  ...upstreamProviderOperations,
  ...savedViewOperations,
  ...searchOperations,
  ...webhookOperations,
  ...userOperations,
  ...usageOperations,
  ...checkOperations,
  ...readinessOperations,
  ...tokenOperations,
]
