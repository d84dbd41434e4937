'use client'

import { Download } from 'lucide-react'
import { MAX_EXPORTED_EVENTS } from '#lib/management/audit-log/inputs.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '../ui/dialog.tsx'
import { RadioField } from '../ui/field.tsx'
import { useOpen } from '../ui/use-open.ts'
import type { LogFilter } from './log-filter.ts'

/** `action` answers with a file. A plain form: the browser saves what comes as it comes, however long it is. */
export function ExportDialog({ action, filter }: { action: string; filter: LogFilter }) {
  const [open, setOpen] = useOpen('export')
  const isNarrow = Object.keys(filter).length > 0
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button tone="secondary">
          <Download aria-hidden />
          Export
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Export events"
        description={`${isNarrow ? 'The events that fit the filter' : 'All events of this log'}, newest first, at most ${MAX_EXPORTED_EVENTS.toLocaleString('en')}. The log will say that you took them.`}
      >
        <form method="post" action={action} onSubmit={() => setTimeout(() => setOpen(false), 0)} className="grid gap-4">
          {Object.entries(filter).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <fieldset className="grid gap-3">
            <legend className="sr-only">Format</legend>
            <RadioField
              label="CSV"
              name="format"
              value="csv"
              defaultChecked
              hint="For spreadsheets; cells that look like formulas are defused."
            />
            <RadioField label="JSON Lines" name="format" value="jsonl" hint="One event in each line, with everything it says." />
          </fieldset>
          <DialogFooter>
            <DialogClose asChild>
              <Button tone="secondary">Cancel</Button>
            </DialogClose>
            <Button type="submit">Download</Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}
