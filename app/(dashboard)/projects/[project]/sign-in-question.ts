import { cookies } from 'next/headers'

const COOKIE = 'who-signs-in'
const YEAR_SECONDS = 31_536_000
/** The latest ones; a cookie has little room. */
const KEPT = 50

/** Whether this browser was told not to ask of this project again. What a cookie says only hides. */
export async function isQuestionAnswered(slug: string): Promise<boolean> {
  return (await answered()).includes(slug)
}

export async function rememberAnswer(slug: string): Promise<void> {
  const slugs = [slug, ...(await answered()).filter((each) => each !== slug)].slice(0, KEPT)
  const jar = await cookies()
  jar.set(COOKIE, slugs.join('.'), { path: '/projects', maxAge: YEAR_SECONDS, httpOnly: true, sameSite: 'lax' })
}

const answered = async (): Promise<string[]> => ((await cookies()).get(COOKIE)?.value ?? '').split('.').filter(Boolean)
