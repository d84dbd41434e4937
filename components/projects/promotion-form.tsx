'use client'

import { ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Promotion } from '#lib/management/projects/promotion.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardBody, CardFooter, CardHeader } from '../ui/card.tsx'
import type { FormAction } from '../ui/form-state.ts'
import { Checkbox } from '../ui/input.tsx'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { useForm } from '../ui/use-form.ts'
import { settingWords, valueWords } from './setting-words.ts'

type PromotionFormProps = { promotion: Promotion; live: string; promote?: FormAction | undefined }

/** Before and after of each difference; what is not ticked stays as it is. */
export function PromotionForm({ promotion: { test, differences }, live, promote }: PromotionFormProps) {
  const router = useRouter()
  const form = useForm(promote ?? (async (state) => state), () => {
    toast.success(`${live} has the settings of ${test.name} now`)
    router.refresh()
  })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(differences.map(({ name }) => name)))
  const toggle = (name: string, isChosen: boolean) =>
    setChosen(isChosen ? new Set([...chosen, name]) : new Set([...chosen].filter((each) => each !== name)))

  return (
    <form {...form.props}>
      <Card>
        <CardHeader
          title={differences.length === 1 ? '1 difference' : `${differences.length} differences`}
          description={`On the left what ${live} has now, on the right what ${test.name} has. Scopes are added and changed, never removed.`}
        />
        <CardBody>
          {form.message && <Notice tone="bad">{form.message}</Notice>}
          <ul aria-label="Differences" className="grid">
            {differences.map((difference) => (
              <li key={difference.name} className="border-t py-3 first:border-t-0">
                <label className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-[13px]">
                  <Checkbox
                    name="take"
                    value={difference.name}
                    checked={chosen.has(difference.name)}
                    onChange={(event) => toggle(difference.name, event.target.checked)}
                    disabled={!promote}
                    className="mt-0.5"
                  />
                  <input type="hidden" name="shown" value={difference.name} />
                  <span className="font-medium">{settingWords(difference.name)}</span>
                  <span className="col-start-2 grid min-w-0 items-start gap-x-3 gap-y-1 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
                    <Value tone="before">{valueWords(difference.live)}</Value>
                    <ArrowRight aria-label="becomes" className="mt-1.5 size-3.5 text-ink-faint max-sm:rotate-90" />
                    <Value tone="after">{valueWords(difference.test)}</Value>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </CardBody>
        {promote && (
          <CardFooter>
            <span>In force within seconds, for everybody who is connected to {live}.</span>
            <Button type="submit" pending={form.pending} disabled={chosen.size === 0}>
              {chosen.size === 1 ? 'Promote 1 change' : `Promote ${chosen.size} changes`}
            </Button>
          </CardFooter>
        )}
      </Card>
    </form>
  )
}

const Value = ({ tone, children }: { tone: 'before' | 'after'; children: string }) => (
  <code
    className={`wrap-anywhere whitespace-pre-wrap rounded-md px-2 py-1 font-mono text-[12.5px] ${tone === 'before' ? 'bg-bad-soft text-bad' : 'bg-good-soft text-good'}`}
  >
    {children}
  </code>
)
