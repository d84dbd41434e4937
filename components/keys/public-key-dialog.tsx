'use client'

import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog, DialogContent, DialogTrigger } from '../ui/dialog.tsx'

/** RFC 7517: what anybody may know, for a server that cannot read the JWKS itself. */
export function PublicKeyDialog({ kid, jwk }: { kid: string; jwk: string }) {
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button tone="ghost" size="sm" aria-label={`Public key ${kid.slice(0, 8)}`}>
          Public key
        </Button>
      </DialogTrigger>
      <DialogContent title="Public key" description="Anybody may know it. Its private half never leaves this server.">
        <CodeBlock title="JWK" code={jwk} language="json" wrap />
      </DialogContent>
    </Dialog>
  )
}
