import { managementApi } from '#lib/management/api/router.ts'

export const dynamic = 'force-dynamic'
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = managementApi()
