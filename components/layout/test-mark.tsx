import { FlaskConical } from 'lucide-react'
import { Badge } from '../ui/badge.tsx'

/** Beside the name of a test project, wherever projects are named together. */
export function TestMark() {
  return (
    <Badge tone="warn" className="h-5">
      <FlaskConical aria-hidden className="size-3 text-warn" />
      Test
    </Badge>
  )
}
