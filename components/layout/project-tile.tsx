import { classNames } from '../ui/class-names.ts'

/** The first letter, on one of a few hues that the name decides: enough to tell projects apart at a glance. A test project's is framed. */
export function ProjectTile({ name, small = false, test = false }: { name: string; small?: boolean; test?: boolean }) {
  return (
    <span
      aria-hidden
      style={{ '--hue': hueOf(name) } as React.CSSProperties}
      className={classNames(
        'grid shrink-0 place-items-center rounded-md bg-[oklch(0.92_0.045_var(--hue))] font-semibold text-[oklch(0.38_0.09_var(--hue))] dark:bg-[oklch(0.33_0.06_var(--hue))] dark:text-[oklch(0.9_0.05_var(--hue))]',
        small ? 'size-5 text-[10px]' : 'size-7 text-xs',
        test && 'outline-2 outline-warn outline-dashed outline-offset-1',
      )}
    >
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  )
}

function hueOf(name: string): number {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360
  return Math.round(sum / 45) * 45
}
