import { pageWords } from '../end-user/words.ts'

export async function NoAppsYet({ projectName }: { projectName: string }) {
  const words = (await pageWords()).connectedApps
  return (
    <div className="grid gap-2 rounded-lg border border-line-strong border-dashed px-4 py-5 text-ink-soft">
      <h2 className="font-semibold text-[15px] text-ink">{words.noneTitle}</h2>
      <p>{words.none(projectName)}</p>
      <p>{words.noneNext(projectName)}</p>
    </div>
  )
}
