import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { devicePage } from '#lib/issuer/device-page.ts'
import { pathOf } from '#lib/issuer/locate.ts'
import { Sheet } from '../../../components/consent/sheet.tsx'
import { DeviceForm } from '../../../components/device/device-form.tsx'
import { pageWords } from '../../../components/end-user/words.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: { absolute: (await pageWords()).device.tab } })

type Asked = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function DevicePage({ searchParams }: Asked) {
  const { user_code, error } = await searchParams
  const page = await devicePage((await headers()).get('x-issuer-url'), user_code)
  if (!page) return <NoDevices />

  return (
    <Sheet host={new URL(page.issuerUrl).host}>
      <DeviceForm
        action={pathOf(page.issuerUrl, '/oauth/device')}
        projectName={page.projectName}
        userCode={page.userCode}
        error={typeof error === 'string' ? error : null}
      />
    </Sheet>
  )
}

async function NoDevices() {
  const words = (await pageWords()).device
  return (
    <Sheet host={null}>
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">{words.offTitle}</h1>
        <p className="text-ink-soft">{words.off}</p>
      </div>
    </Sheet>
  )
}
