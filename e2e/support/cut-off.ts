import type { Page } from '@playwright/test'

/** What cannot be read without scrolling sideways, and words that their own box cuts off without an ellipsis or a way to scroll. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) faults.push(`scrolls sideways by ${scrollWidth - clientWidth} pixels`)
    for (const element of document.querySelectorAll<HTMLElement>('main *')) {
      const style = getComputedStyle(element)
      const isShown = element.checkVisibility() && element.clientWidth > 1 && !element.closest('.sr-only, svg, [aria-hidden="true"]')
      const ownWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
      if (!isShown || !ownWords) continue
      const cutsX =
        /hidden|clip/.test(style.overflowX) && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1
      const cutsY =
        /hidden|clip/.test(style.overflowY) && style.textOverflow !== 'ellipsis' && element.scrollHeight > element.clientHeight + 2
      const isButton = element.closest('button, a, [role="tab"]') !== null && style.display !== 'inline'
      const spills = isButton && element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'visible'
      if (cutsX || cutsY || spills) faults.push(`cuts “${element.textContent?.trim().slice(0, 40)}” (${element.className})`)
    }
    return faults
  })
