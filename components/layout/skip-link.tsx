/** First on a page with a navigation: past it, to the part with the id `content` (WCAG 2.4.1). */
export const SkipLink = () => (
  <a
    href="#content"
    className="-translate-y-20 fixed top-3 left-3 z-50 rounded-md bg-solid px-3 py-2 text-on-solid text-sm focus:translate-y-0"
  >
    Skip to content
  </a>
)
