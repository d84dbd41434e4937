import { expect, type Page } from '@playwright/test'
import { unique } from './unique.ts'

/** A person's account at one project. */
export type Account = { readonly email: string; readonly password: string }

export const newAccount = (): Account => ({ email: `${unique('person')}@example.com`, password: unique('password') })

/** From the sign-in page a client has sent the browser to, through a new account, to the consent page. */
export async function signUpOn(page: Page, { email, password }: Account): Promise<void> {
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
}

export async function signInOn(page: Page, { email, password }: Account): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
