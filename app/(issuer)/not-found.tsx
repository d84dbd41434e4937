import { Sheet } from '../../components/consent/sheet.tsx'
import { pageWords } from '../../components/end-user/words.ts'

/** End users have no dashboard to go back to. */
export default async function NotFound() {
  const { title, text } = (await pageWords()).nothingHere
  return (
    <Sheet host={null}>
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">{title}</h1>
        <p className="text-ink-soft">{text}</p>
      </div>
    </Sheet>
  )
}
