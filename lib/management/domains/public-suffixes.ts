/**
 * Names below which anybody may have one. What decides is the record; this list only says sooner that nobody can have the name itself,
 * and that a provider who hands out `_gatehouse.<suffix>` to a customer has not handed out the suffix.
 */
const SUFFIXES = new Set(
  `co.uk org.uk me.uk ac.uk gov.uk com.au net.au org.au co.nz co.jp or.jp ne.jp com.br net.br org.br com.mx com.ar com.co com.tr com.cn
  net.cn org.cn com.hk com.tw com.sg com.my co.in net.in org.in co.kr or.kr co.za co.il co.id co.th com.ua com.pl com.vn com.ph com.pk
  eu.org us.com uk.com de.com github.io gitlab.io pages.dev workers.dev vercel.app netlify.app netlify.com herokuapp.com onrender.com
  fly.dev railway.app up.railway.app web.app firebaseapp.com run.app a.run.app appspot.com cloudfront.net amazonaws.com azurewebsites.net
  azurestaticapps.net cloudapp.azure.com cloudapp.net windows.net ngrok.io ngrok.app ngrok-free.app ngrok.dev trycloudflare.com ts.net
  duckdns.org dyndns.org no-ip.org ddns.net hopto.org zapto.org nip.io sslip.io repl.co replit.app replit.dev glitch.me surge.sh
  blogspot.com wordpress.com myshopify.com webflow.io deno.dev val.run lovable.app bubbleapps.io supabase.co`
    .split(/\s+/)
    .filter(Boolean),
)

export const isPublicSuffix = (host: string): boolean => SUFFIXES.has(host) || !host.includes('.')
