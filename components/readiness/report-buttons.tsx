import { Download } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'

/** `slug` names the file. */
export function ReportButtons({ slug, report }: { slug: string; report: string }) {
  return (
    <div className="flex items-center gap-2">
      <CopyButton text={report} label="Copy the report as Markdown" />
      <Button asChild tone="secondary">
        <a href={`data:text/markdown;charset=utf-8,${encodeURIComponent(report)}`} download={`${slug}-readiness.md`}>
          <Download aria-hidden />
          Download report
        </a>
      </Button>
    </div>
  )
}
