import { cookies } from 'next/headers'

/** The columns a member took out of this table, by their ids. What a cookie says only hides. */
export async function hiddenColumns(table: string): Promise<string[]> {
  const jar = await cookies()
  return (jar.get(`columns-${table}`)?.value ?? '').split('.').filter((id) => /^[A-Za-z]{1,40}$/.test(id))
}
